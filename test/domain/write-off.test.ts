// Giving up what is owed: who proposes, who approves in what order, what each step leaves in the trail, and what ends a proposal.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PersonBodies } from '../../domain/command.js';
import { decideRecovery } from '../../domain/closure/recovery.js';
import type { Plan } from '../../domain/plan.js';
import type { Extra, Journey } from '../support/journey.js';
import { recovering } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, owingPlan } from '../support/plans.js';

type Body = PersonBodies['recordRecovery'];
const bodyOf = (change: Partial<Body> = {}): Body => ({ kind: 'written-off', amountMinor: '6000000', ...change });
const lost = { reason: 'the NGO was dissolved' };
const ask = (told: Journey, by: Actor, change: Partial<Body> = {}, extra: Extra = lost) =>
  told.ask(by, 'recordRecovery', bodyOf(change), extra).refusal;
const write = (told: Journey, by: Actor, change: Partial<Body> = {}): Journey =>
  told.act(by, 'recordRecovery', bodyOf(change), lost);
const proposed = (plan: Plan = owingPlan): Journey => write(recovering(plan), people.finance);
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;
const theRest = { code: 'tranchesDoNotAddUp', rule: 'write-off-the-rest', accepted: '6000000' };
const refused = { kind: 'write-off-refused' } as const;
const over = [
  { kind: 'recoveryWrittenOff', amountMinor: '6000000' },
  { kind: 'requestEnded', outcome: 'terminated' },
];

describe('one approver alone, under a plan without a part on recovery', () => {
  const told = (): Journey => recovering(calmPlan);

  it('writes off the rest, all of it', () => {
    expect(ask(told(), people.finance)).toEqual({ code: 'notYourRole', rule: 'written-off' });
    expect(ask(told(), people.deputy, { amountMinor: '5999999' })).toEqual(theRest);
    expect(ask(told(), people.deputy, refused)).toEqual({ code: 'conditionsNotMet', rule: 'write-off-proposed' });
    expect(lastEvents(write(told(), people.deputy))).toEqual(over);
  });

  it('needs no reason and no proposal', () => {
    expect(ask(told(), people.deputy, {}, {})).toBeUndefined();
  });
});

describe('a proposal to write off', () => {
  it('is made by the finance officer', () => {
    const first = { code: 'conditionsNotMet', rule: 'write-off-proposed', accepted: 'recordRecovery' };
    expect(ask(recovering(owingPlan), people.deputy)).toEqual(first);
    expect(ask(recovering(owingPlan), people.finance, refused)).toEqual(first);
    expect(ask(recovering(owingPlan), people.finance)).toBeUndefined();
  });

  it('gives a reason, and is about all that is owed', () => {
    const told = recovering(owingPlan);
    expect(ask(told, people.finance, {}, {})).toEqual({ code: 'conditionsNotMet', rule: 'reason-missing' });
    expect(ask(told, people.finance, { amountMinor: '5999999' })).toEqual(theRest);
    expect(ask(told, people.finance, { amountMinor: '6000001' })).toEqual(theRest);
    told.act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '1000000' });
    expect(ask(told, people.finance)).toEqual({ ...theRest, accepted: '5000000' });
    expect(ask(told, people.finance, { amountMinor: '5000000' })).toBeUndefined();
  });

  it('names the row and the levels that approve it, and waits for them', () => {
    const levels = [
      { level: 'programme-director', people: 1 },
      { level: 'executive-director', people: 1 },
    ];
    const told = proposed();
    expect(lastEvents(told)).toEqual([
      ...[{ kind: 'writeOffProposed', amountMinor: '6000000', personId: 'finance', row: 'up-to-250k', levels }],
    ]);
    expect(told.request()).toMatchObject({ outcome: null, position: { stage: 'recovery' } });
    expect(told.request().recovery?.writeOff).toEqual({
      ...{ amountMinor: '6000000', proposedBy: 'finance', row: 'up-to-250k', levels, approvals: [] },
      changedVersion: told.request().version,
    });
  });

  it('fails closed where the matrix has no row for the sum', () => {
    const [, second] = owingPlan.authority;
    if (second === undefined) throw new Error('the matrix has rows');
    const told = recovering({ ...owingPlan, authority: [second] });
    expect(ask(told, people.finance)).toEqual({ code: 'authorityUnresolved', rule: 'no-row', accepted: '6000000' });
  });

  it('that waits for nobody is approved by nobody', () => {
    const request = recovering(owingPlan).request();
    const { recovery, version } = request;
    if (recovery === null) throw new Error('something is owed');
    const writeOff = { amountMinor: '6000000', proposedBy: 'finance', row: 'r', levels: [], approvals: [] };
    const asked = { ...request, recovery: { ...recovery, writeOff: { ...writeOff, changedVersion: version } } };
    const command = {
      kind: 'recordRecovery',
      body: bodyOf(),
      ...{ by: people.deputy, ...lost, key: 'k', fingerprint: 'f', expectedVersion: version },
    } as const;
    const answer = decideRecovery(asked, command, { plan: owingPlan, nowMs: 0 }, () => ({ rule: 'no-row' }));
    expect(answer.refusal).toStrictEqual({ code: 'notYourRole', rule: 'authority-level' });
  });
});

describe('the answer to a proposal to write off', () => {
  const director = people.programmeDirector;

  it('comes from approvers, level by level', () => {
    expect(ask(proposed(), people.finance)).toEqual({ code: 'alreadyActed', rule: 'write-off-proposed' });
    const early = (accepted: string) => ({ code: 'notYourRole', rule: 'authority-level', accepted });
    expect(ask(proposed(), people.executiveDirector)).toEqual(early('programme-director'));
    expect(ask(proposed(), people.executiveDirector, refused)).toEqual(early('programme-director'));
    expect(ask(write(proposed(), director), people.deputy)).toEqual(early('executive-director'));
  });

  it('writes off with the last approval, and not before', () => {
    const told = write(proposed(), director);
    expect(lastEvents(told)).toStrictEqual([
      { kind: 'writeOffApproved', personId: director.personId, level: 'programme-director' },
    ]);
    expect(told.request()).toMatchObject({
      outcome: null,
      recovery: {
        writeOff: {
          approvals: [{ personId: director.personId, level: 'programme-director' }],
          changedVersion: told.request().version,
        },
      },
    });
    expect(told.request().recovery?.writeOff?.approvals).toStrictEqual([
      { personId: director.personId, level: 'programme-director' },
    ]);
    write(told, people.executiveDirector);
    expect(lastEvents(told)).toEqual([
      { kind: 'writeOffApproved', personId: people.executiveDirector.personId, level: 'executive-director' },
      ...over,
    ]);
    expect(told.request().recovery?.writeOff?.approvals.map(({ level }) => level)).toEqual([
      'programme-director',
      'executive-director',
    ]);
  });

  it('stands in both names when it is given for somebody absent', () => {
    const [held] = director.roles;
    const onBehalfOf = { personId: director.personId, name: director.name };
    if (held === undefined) throw new Error('the director has a role');
    const nadia: Actor = { personId: 'nadia', name: 'nadia', roles: [{ ...held, onBehalfOf }] };
    const told = write(proposed(), nadia);
    const approval = { personId: 'nadia', level: 'programme-director', onBehalfOf: director.personId };
    expect(lastEvents(told)).toEqual([{ kind: 'writeOffApproved', ...approval }]);
    expect(told.request().recovery?.writeOff?.approvals).toStrictEqual([approval]);
  });

  it('is of one person once, and of nobody who proposed it', () => {
    const both = { ...director, roles: [...director.roles, ...people.executiveDirector.roles] };
    expect(ask(write(proposed(), both), both)).toEqual({ code: 'alreadyActed', rule: 'approvers-distinct' });
    const proposer = { ...people.finance, roles: [...people.finance.roles, ...director.roles] };
    expect(ask(proposed(), proposer)).toEqual({ code: 'dutyConflict', rule: 'propose-with-approve' });
  });

  it('approves without a reason, and refuses with one', () => {
    expect(ask(proposed(), director, {}, {})).toBeUndefined();
    expect(ask(proposed(), director, refused, {})).toEqual({ code: 'conditionsNotMet', rule: 'reason-missing' });
    const told = write(proposed(), director, refused);
    expect(lastEvents(told)).toEqual([
      { kind: 'writeOffRefused', personId: director.personId, level: 'programme-director' },
    ]);
    expect(told.request().recovery).toStrictEqual(recovering(owingPlan).request().recovery);
    expect(ask(told, people.finance)).toBeUndefined();
  });
});
