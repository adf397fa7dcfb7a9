// The authority matrix fails closed, counts what belongs together, and leaves on every approval which row was used and why.
import { describe, expect, it } from '@jest/globals';
import { askMatrix } from '../../domain/approval/authority-matrix.js';
import { tasksOf } from '../../domain/task.js';
import type { AuthorityRow, Plan } from '../../domain/plan.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import { treasury } from '../../domain/actor.js';
import { approveBody, journeyTo, metChecklist, openWith } from '../support/journey.js';
import type { Journey } from '../support/journey.js';
import { members, people, peopleByLevel } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const pounds = (amount: number): string => String(amount * 100);
const row = (name: string, from: number, to: number, more: Partial<AuthorityRow> = {}): AuthorityRow => ({
  ...{ row: name, aboveMinor: pounds(from), upToMinor: pounds(to) },
  levels: [{ level: 'programme-director', people: 1 }],
  ...more,
});
const withRows = (...authority: AuthorityRow[]): Plan => ({ ...calmPlan, authority });
const ask = (plan: Plan, change: Partial<Parameters<typeof askMatrix>[1]> = {}) => {
  const usual = { amountMinor: pounds(600_000), cumulativeMinor: pounds(600_000), programmeCode: 'disability' };
  const { row: found, rule } = askMatrix(plan, { ...usual, peopleByLevel, ...change });
  return found?.row ?? rule;
};

/** Awarded, with the treasury's answer still to come. */
const awarded = (plan: Plan): Journey => {
  const told = journeyTo('committee', plan).act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  return told.act(people.chair, 'closeItem', approveBody, { reason: 'sound' });
};
const reserved = (told: Journey, people: Readonly<Record<string, number>> | undefined): Journey =>
  told.tell({
    ...{ kind: 'reportReservation', by: treasury, key: told.request().award?.decisionKey ?? '' },
    body: {
      ...{ outcome: 'reserved', cumulativeMinor: pounds(600_000) },
      ...(people === undefined ? {} : { peopleByLevel: people }),
    },
  });
const waitsFor = (told: Journey, plan: Plan) =>
  tasksOf(told.request(), { plan, nowMs: told.nowMs() }).map(({ name, command, role }) => [name, command, role]);

describe('the matrix', () => {
  it('names the row of the sum of all awards that count together', () => {
    expect(ask(calmPlan)).toBe('up-to-5m');
    expect(ask(calmPlan, { amountMinor: pounds(200_000), cumulativeMinor: pounds(200_000) })).toBe('up-to-250k');
    expect(ask(calmPlan, { amountMinor: pounds(200_000), cumulativeMinor: pounds(400_000) })).toBe('up-to-5m');
    expect(ask(calmPlan, { amountMinor: pounds(250_000), cumulativeMinor: pounds(250_000) })).toBe('up-to-250k');
  });

  it('names rows of the programme and of the risk class alone', () => {
    const plan = withRows(
      row('disability', 0, 1_000_000, { programmes: ['disability'] }),
      row('risky', 0, 1_000_000, { programmes: ['health'], risk: ['high'] }),
    );

    expect(ask(plan)).toBe('disability');
    expect(ask(plan, { programmeCode: 'health', risk: 'high' })).toBe('risky');
    expect(ask(plan, { programmeCode: 'health', risk: 'low' })).toBe('no-row');
    expect(ask(plan, { programmeCode: 'health' })).toBe('no-row');
  });

  it('fails closed: no row, two rows, an unreadable one, a level without enough people', () => {
    expect(ask(withRows())).toBe('no-row');
    expect(ask(withRows(row('one', 0, 1_000_000), row('two', 0, 2_000_000)))).toBe('more-than-one-row');
    expect(ask(withRows(row('one', 0, 1_000_000), row('odd', 0, 1, { upToMinor: '1e9' })))).toBe('unreadable-matrix');
    expect(ask(withRows(row('one', 0, 1_000_000, { levels: [] })))).toBe('unreadable-matrix');
    expect(ask(calmPlan, { peopleByLevel: { ...peopleByLevel, 'board-deputy': 0 } })).toBe('not-enough-people');
    expect(askMatrix(calmPlan, { amountMinor: '1', cumulativeMinor: '1', programmeCode: 'x' }).rule).toBe(
      'not-enough-people',
    );
  });

  it('counts no people where the plan does not ask for it', () => {
    const { authorityPeopleChecked, ...before } = calmPlan;

    expect(authorityPeopleChecked).toBe(true);
    expect(ask(before, { peopleByLevel: {} })).toBe('up-to-5m');
  });

  it('is published only without gaps or overlaps for every programme and risk class', () => {
    const faultsOf = (...rows: AuthorityRow[]) => [...new Set(planFaults(withRows(...rows)).map(({ path }) => path))];

    expect(faultsOf(row('all', 0, 10, { programmes: ['a'] }), row('rest', 0, 10))).toEqual(['authority.rest']);
    expect(faultsOf(row('calm', 0, 10, { risk: ['low', 'medium'] }), row('high', 0, 10, { risk: ['high'] }))).toEqual(
      [],
    );
    expect(faultsOf(row('low', 0, 10, { risk: ['low'] }), row('more', 10, 20))).toEqual(['authority.more']);
  });
});

describe('an award', () => {
  it('leaves row, sum and version of the plan on each approval', () => {
    const told = reserved(awarded(calmPlan), peopleByLevel);
    told.act(people.programmeDirector, 'recordApproval', { verdict: 'approve' });

    expect(told.entries().at(-1)?.events[0]).toMatchObject({
      ...{ kind: 'approvalRecorded', row: 'up-to-5m', basisMinor: pounds(600_000), planVersion: calmPlan.version },
    });
  });

  it('uses the risk class that was judged at screening', () => {
    const plan = withRows(
      row('usual', 0, 1_000_000, { risk: ['low', 'medium'] }),
      row('risky', 0, 1_000_000, { risk: ['high'] }),
    );
    const told = journeyTo('screening', plan);
    const checklist = metChecklist(plan);
    told.act(people.hana, 'recordScreening', {
      ...{ verdict: 'eligible', checklist, points: [], reasonCodes: [], risk: 'high' },
    });

    expect(told.request().screening).toEqual({ checklist, risk: 'high' });
  });

  it('waits for the administrator when a level has too few people, and goes on once it has them', () => {
    const told = reserved(awarded(calmPlan), { ...peopleByLevel, 'board-deputy': 0 });

    expect(told.request()).toMatchObject({
      position: { stage: 'authority' },
      authority: { row: null, rule: 'not-enough-people' },
    });
    expect(waitsFor(told, calmPlan)).toEqual([['mend-authority', 'resolveAuthority', 'administrator']]);
    expect(told.ask(people.programmeDirector, 'recordApproval', { verdict: 'approve' }).refusal).toEqual({
      code: 'authorityUnresolved',
      rule: 'not-enough-people',
    });
    const few = { peopleByLevel: { ...peopleByLevel, 'board-deputy': 0 } };
    expect(told.ask(people.administrator, 'resolveAuthority', few).refusal).toMatchObject({
      code: 'authorityUnresolved',
      rule: 'not-enough-people',
    });
    told.act(people.administrator, 'resolveAuthority', { peopleByLevel });
    expect(waitsFor(told, calmPlan)).toEqual([['approve-programme-director', 'recordApproval', 'approver']]);
    expect(told.ask(people.administrator, 'resolveAuthority', { peopleByLevel }).refusal?.code).toBe('alreadyActed');
    expect(told.request().acts.filter(({ personId }) => personId === 'administrator')).toEqual([
      { personId: 'administrator', duty: 'administer' },
    ]);
  });

  it('waits as well when nobody counted the people', () => {
    expect(reserved(awarded(calmPlan), undefined).request().authority?.rule).toBe('not-enough-people');
  });
});
