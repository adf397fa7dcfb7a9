// The authority matrix fails closed, counts what belongs together, and leaves on every approval which row was used and why.
import { describe, expect, it } from '@jest/globals';
import {
  askMatrix,
  authorityFolds,
  decideApproval,
  decideResolution,
  questionOf,
} from '../../domain/approval/authority-matrix.js';
import type { PersonCommand } from '../../domain/command.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { atStage } from '../support/at-stage.js';
import { tasksOf } from '../../domain/task.js';
import type { AuthorityRow, Plan } from '../../domain/plan.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Actor } from '../../domain/actor.js';
import { treasury } from '../../domain/actor.js';
import { approveBody, journeyTo, metChecklist, openWith, startMs, walk } from '../support/journey.js';
import type { Journey } from '../support/journey.js';
import { members, people, peopleByLevel } from '../support/people.js';
import { appealingPlan, calmPlan } from '../support/plans.js';

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
    expect(ask(calmPlan, { amountMinor: pounds(400_000), cumulativeMinor: '0' })).toBe('up-to-5m');
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
    const levels = (...people: number[]) => people.map((count) => ({ level: 'programme-director', people: count }));
    for (const unreadable of [[], levels(0), levels(1, 0), levels(0, 1), levels(-1)])
      expect(ask(withRows(row('one', 0, 1_000_000, { levels: unreadable })))).toBe('unreadable-matrix');
    expect(ask(withRows(row('one', 0, 1_000_000, { levels: levels(1, 1) })))).toBe('one');
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
    expect(walk(told, 'regional-opinion', 'authority', plan).request().authority?.row).toBe('risky');
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

describe('an approval', () => {
  const at = (by: Actor, told = journeyTo('authority')) =>
    told.ask(by, 'recordApproval', { verdict: 'approve' }).refusal;
  const { authorityPeopleChecked, ...unchecked } = calmPlan;
  const command = (verdict: 'approve' | 'reject'): PersonCommand<'recordApproval'> => ({
    ...{ kind: 'recordApproval', by: people.programmeDirector, key: 'k', fingerprint: 'f', expectedVersion: 1 },
    body: { verdict },
  });
  const context = { plan: calmPlan, nowMs: startMs };

  it('is by the level whose turn it is, and not twice by one person', () => {
    expect(at(people.executiveDirector)).toEqual({
      ...{ code: 'notYourRole', rule: 'authority-level', accepted: 'programme-director' },
    });
    const level = { role: 'reviewer', level: 'programme-director' } as const;
    expect(at({ ...people.deputy, roles: [...people.deputy.roles, level] })?.rule).toBe('authority-level');
    const roles = [...people.programmeDirector.roles, ...people.executiveDirector.roles];
    const both = { ...people.programmeDirector, roles };
    const told = journeyTo('authority').act(both, 'recordApproval', { verdict: 'approve' });
    expect(at(both, told)).toEqual({ code: 'alreadyActed', rule: 'approvers-distinct' });
  });

  it('goes on with the last level, and only then', () => {
    const told = journeyTo('authority');
    for (const by of [people.programmeDirector, people.executiveDirector]) {
      told.act(by, 'recordApproval', { verdict: 'approve' });
      expect(told.entries().at(-1)?.events).toHaveLength(1);
    }
    told.act(people.deputy, 'recordApproval', { verdict: 'approve' });
    expect(told.request().position.stage).toBe('agreement');
    expect(told.request().authority?.approvals).toStrictEqual([
      { personId: 'programme-director', level: 'programme-director' },
      { personId: 'executive-director', level: 'executive-director' },
      { personId: 'deputy', level: 'board-deputy' },
    ]);
  });

  it('that rejects ends the request, or opens the time for an appeal against this stage', () => {
    const rejected = (plan: Plan) =>
      journeyTo('authority', plan).act(people.programmeDirector, 'recordApproval', { verdict: 'reject' });
    expect(rejected(calmPlan).entries().at(-1)?.events).toMatchObject([
      { kind: 'approvalRecorded', verdict: 'reject' },
      { kind: 'fundsReleased', amountMinor: pounds(600_000), from: 'reserved' },
      { kind: 'requestEnded', outcome: 'rejected' },
    ]);
    expect(rejected(appealingPlan).request().appeal).toMatchObject({ standing: 'rejected', at: 'authority' });
  });

  it('that sends back lets the money go as well', () => {
    const told = journeyTo('authority').act(people.programmeDirector, 'recordApproval', { verdict: 'return' });
    expect(
      told
        .entries()
        .at(-1)
        ?.events.map(({ kind }) => kind),
    ).toEqual([...['approvalRecorded', 'fundsReleased', 'stageEntered']]);
    expect(told.request()).toMatchObject({ position: { stage: 'committee' }, authority: null });
  });

  it('has no money to let go where there is no award', () => {
    const request = { ...atStage('authority'), award: null };
    expect(decideApproval(request, command('reject'), context).events?.map(({ kind }) => kind)).toEqual([
      ...['approvalRecorded', 'requestEnded'],
    ]);
  });

  it('is refused while no row is known, with the reason where one was kept', () => {
    const refusal = { code: 'authorityUnresolved', rule: 'no-single-row' };
    const request = { ...atStage('authority'), authority: null };
    expect(decideApproval(request, command('approve'), context).refusal).toEqual(refusal);
    const plan = { ...unchecked, authority: [row('one', 0, 1)] };
    const told = reserved(awarded(plan), peopleByLevel);
    expect(at(people.programmeDirector, told)).toEqual(refusal);
    expect(told.request().authority).toStrictEqual({ row: null, levels: [], approvals: [] });
    expect(told.entries().at(-1)?.events.at(-1)).toEqual({
      ...{ kind: 'authorityUnresolved', basisMinor: pounds(600_000) },
    });
  });

  it('is refused when all levels have approved', () => {
    const { authority, ...request } = atStage('authority');
    const approvals = authority?.levels.map(({ level }) => ({ personId: level, level })) ?? [];
    const all = { ...request, authority: authority && { ...authority, approvals } };
    expect(approvals).toHaveLength(3);
    expect(decideApproval(all, command('approve'), context).refusal).toEqual({
      ...{ code: 'authorityUnresolved', rule: 'no-single-row' },
    });
  });

  it('counts where it approves, and where a matrix was used at all', () => {
    const request = atStage('authority');
    const event = { kind: 'approvalRecorded', personId: 'p', level: 'l', verdict: 'approve' } as const;
    const moment = { version: 1, atMs: 0 };
    const after = (change: Partial<GrantRequest>, verdict: 'approve' | 'return' | 'reject') =>
      authorityFolds.approvalRecorded({ ...request, ...change }, { ...event, verdict }, moment).authority?.approvals;
    expect(after({}, 'approve')).toStrictEqual([{ personId: 'p', level: 'l' }]);
    expect([after({}, 'return'), after({}, 'reject'), after({ authority: null }, 'approve')]).toEqual([
      [],
      [],
      undefined,
    ]);
  });

  it('keeps nothing of the matrix where the plan does not ask for it', () => {
    const told = reserved(awarded(unchecked), peopleByLevel);
    expect(told.request().authority).not.toHaveProperty('basisMinor');
    told.act(people.programmeDirector, 'recordApproval', { verdict: 'approve' });
    expect(authorityPeopleChecked).toBe(true);
    expect(told.entries().at(-1)?.events).toEqual([
      ...[
        { kind: 'approvalRecorded', personId: 'programme-director', level: 'programme-director', verdict: 'approve' },
      ],
    ]);
  });
});

describe('asking the matrix again', () => {
  const few = { ...peopleByLevel, 'board-deputy': 0 };
  const command: PersonCommand<'resolveAuthority'> = {
    ...{ kind: 'resolveAuthority', by: people.administrator, key: 'k', fingerprint: 'f', expectedVersion: 1 },
    body: { peopleByLevel },
  };
  const context = { plan: calmPlan, nowMs: startMs };

  it('needs an award that was asked about, and is not done twice', () => {
    const refusal = { code: 'conditionsNotMet', rule: 'funds-reserved' };
    const request = atStage('authority');
    expect(decideResolution({ ...request, award: null }, command, context).refusal).toEqual(refusal);
    expect(decideResolution({ ...request, authority: null }, command, context).refusal).toEqual(refusal);
    expect(decideResolution(request, command, context).refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'authority-resolved' },
    });
  });

  it('keeps why it named nobody, and the sum it looked at', () => {
    const told = reserved(awarded(calmPlan), few);
    const authority = { row: null, levels: [], approvals: [], rule: 'not-enough-people', basisMinor: pounds(600_000) };
    expect(told.request().authority).toEqual(authority);
    expect(told.ask(people.administrator, 'resolveAuthority', { peopleByLevel: few }).refusal?.accepted).toBe(
      pounds(600_000),
    );
  });

  it('asks about all awards that count together', () => {
    const told = awarded(calmPlan);
    told.tell({
      ...{ kind: 'reportReservation', by: treasury, key: told.request().award?.decisionKey ?? '' },
      body: { outcome: 'reserved', cumulativeMinor: pounds(6_000_000), peopleByLevel: few },
    });
    told.act(people.administrator, 'resolveAuthority', { peopleByLevel });
    expect(told.request().authority).toMatchObject({ row: 'up-to-50m', basisMinor: pounds(6_000_000) });
  });

  it('asks about the award alone where nothing else is known', () => {
    const request = reserved(awarded(calmPlan), few).request();
    const award = request.award && { ...request.award, cumulativeMinor: null };
    expect(decideResolution({ ...request, award }, command, context).events).toMatchObject([
      { kind: 'authorityResolved', row: 'up-to-5m', basisMinor: pounds(600_000) },
    ]);
  });

  it('asks about nothing where nothing is awarded or handed in', () => {
    const question = questionOf({ ...atStage('screening'), file: null }, { cumulativeMinor: '0' });
    expect(question).toEqual({ amountMinor: '0', cumulativeMinor: '0', programmeCode: '' });
  });
});
