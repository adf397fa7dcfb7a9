// What is kept of an accepted command, and of a change in the register: who, when, what, and nothing that was not said.
import { describe, expect, it } from '@jest/globals';
import type { Entry } from '../../domain/audit-entry.js';
import { registerKinds, subjectKinds } from '../../domain/audit/chain.js';
import { changedFields, registerCommands } from '../../domain/audit/register-entry.js';
import { decide } from '../../domain/decide.js';
import type { Journey } from '../support/journey.js';
import { journeyTo, metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const lastOf = (told: Journey): Entry => {
  const entry = told.entries().at(-1);
  if (entry === undefined) throw new Error('nothing happened yet');
  return entry;
};
const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;

describe('an entry', () => {
  it('of a person is a decision with its key and the fingerprint of what was sent', () => {
    const told = journeyTo('screening').wait(5);
    told.act(people.hana, 'recordScreening', eligible, { key: 'k', fingerprint: 'f' });
    const { events, ...entry } = lastOf(told);
    expect(entry).toStrictEqual({
      ...{ seq: 2, atMs: told.nowMs(), kind: 'decision', command: 'recordScreening', actor: people.hana },
      ...{ before: 'screening', after: 'regional-opinion', key: 'k', fingerprint: 'f', updateId: 'update-2' },
    });
    expect(events.map(({ kind }) => kind)).toEqual(['screeningRecorded', 'stageEntered']);
  });

  it('has the reason and the evidence that were given', () => {
    const evidence = [{ fileId: 'file-1', sha256: 'c'.repeat(64) }];
    const entry = lastOf(
      journeyTo('screening').act(people.monitor, 'suspend', { ground: 'fraud-alarm' }, { reason: 'a word', evidence }),
    );
    expect(entry).toMatchObject({ before: 'screening', after: 'suspended', reason: 'a word', evidence });
  });

  it('of a machine is of the system: with a key, without a fingerprint', () => {
    const { events, ...entry } = lastOf(journeyTo('screening').passDeadline());
    expect(events.map(({ kind }) => kind)).toEqual(['deadlineMissed']);
    expect(Object.keys(entry).sort()).toEqual(
      ['actor', 'after', 'atMs', 'before', 'command', 'key', 'kind', 'seq', 'updateId'].sort(),
    );
    expect(entry).toMatchObject({ kind: 'system', command: 'passDeadline', actor: { personId: 'system:clock' } });
  });

  it('names the plan once it is no longer the one the request was submitted under', () => {
    const migrated = journeyTo('screening').act(
      people.administrator,
      'migratePlan',
      { plan: { ...calmPlan, version: '99.0.0' }, planHash: 'b'.repeat(64), fromPlanHash: 'a'.repeat(64) },
      { reason: 'the rules changed' },
    );
    expect(lastOf(migrated)).not.toHaveProperty('planHash');
    expect(lastOf(migrated.act(people.hana, 'recordScreening', eligible))).toHaveProperty('planHash', 'b'.repeat(64));
  });

  it('names no update where none carried it', () => {
    const told = journeyTo('screening');
    const command = { kind: 'recordScreening', body: eligible, by: people.hana, key: 'k', fingerprint: 'f' } as const;
    const { entry } = decide(
      told.request(),
      { ...command, expectedVersion: 1 },
      { plan: calmPlan, nowMs: told.nowMs() },
    );
    expect(entry?.command).toBe('recordScreening');
    expect(entry).not.toHaveProperty('updateId');
  });
});

describe('what changed in the register', () => {
  it.each<[string, Record<string, unknown>, Record<string, unknown>, unknown[]]>([
    ['nothing', { a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 }, []],
    ['one field of two', { a: 1, b: 2 }, { a: 1, b: 3 }, [{ field: 'b', before: 2, after: 3 }]],
    ['a field inside', { a: { b: 1 } }, { a: { b: 2 } }, [{ field: 'a', before: { b: 1 }, after: { b: 2 } }]],
    ['a field that is new', {}, { a: 1 }, [{ field: 'a', before: null, after: 1 }]],
    ['a field that is gone', { a: 1 }, {}, [{ field: 'a', before: 1, after: null }]],
    ['a field that was empty', { a: null }, { a: '' }, [{ field: 'a', before: null, after: '' }]],
    [
      'fields in the order of the new ones, then those that are gone',
      { gone: 1, a: 1, b: 1 },
      { b: 2, a: 2 },
      [
        { field: 'b', before: 1, after: 2 },
        { field: 'a', before: 1, after: 2 },
        { field: 'gone', before: 1, after: null },
      ],
    ],
  ])('is %s', (_what, before, after, changed) => {
    expect(changedFields(before, after)).toEqual(changed);
  });
});

describe('the names an audit trail uses', () => {
  it('for what it is about: two kinds of workflow and what the API keeps, in small letters', () => {
    expect(subjectKinds).toEqual(['request', 'batch', ...registerKinds]);
    // lifecycle.md §11
    expect(registerKinds).toEqual(
      expect.arrayContaining(['plan', 'person', 'organisation', 'session', 'calendar', 'envelope']),
    );
    expect(new Set(subjectKinds).size).toBe(12);
    for (const kind of subjectKinds) expect(kind).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('for commands on the register: each a verb, with what it is done to, none twice', () => {
    // lifecycle.md §9
    expect(registerCommands).toEqual(
      expect.arrayContaining([
        ...['delegate', 'endDelegation', 'grantRole', 'endRole', 'scheduleSession', 'publishPlan', 'editCalendar'],
        'verifyBankAccount',
      ]),
    );
    expect(new Set(registerCommands).size).toBe(registerCommands.length);
    for (const command of registerCommands) expect(command).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
  });
});
