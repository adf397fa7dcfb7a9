// Acting for somebody absent: up to the cap and the instant, with the other's exclusions, never twice on one case, under both names.
import { describe, expect, it } from '@jest/globals';
import type { Actor, OnBehalfOf, RoleHeld } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import { capacitiesOf, delegationFault, overCap, signedBy } from '../../domain/delegation.js';
import { decideBatch, foldBatchEntry, newBatch } from '../../domain/money/payment-batch.js';
import {
  approveBody,
  journey,
  journeyTo,
  metChecklist,
  openWith,
  paymentFacts,
  startMs,
  walk,
} from '../support/journey.js';
import type { Journey } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const nadia = 'nadia';
const whose = ({ personId, name }: Actor, more: Partial<OnBehalfOf> = {}): OnBehalfOf => ({ personId, name, ...more });
/** Nadia with the first role of somebody absent, and perhaps roles of her own. */
const nadiaFor = (absent: Actor, more: Partial<OnBehalfOf> = {}, ...own: RoleHeld[]): Actor => {
  const [held] = absent.roles;
  if (held === undefined) throw new Error(`${absent.personId} has no role to hand over`);
  return { personId: nadia, name: nadia, roles: [...own, { ...held, onBehalfOf: whose(absent, more) }] };
};
const approve = { verdict: 'approve' } as const;
const answered = { checklist: metChecklist(calmPlan), points: [], reasonCodes: [] };
const eligible = { ...answered, verdict: 'eligible' } as const;
const approvedBy = (told: Journey, by: Actor) => told.ask(by, 'recordApproval', approve).refusal;

describe('a delegate', () => {
  it('acts, and both names stand on the decision', () => {
    const told = journeyTo('authority').act(nadiaFor(people.programmeDirector), 'recordApproval', approve);

    expect(told.entries().at(-1)).toMatchObject({
      actor: { personId: nadia, roles: [{ level: 'programme-director' }], onBehalfOf: whose(people.programmeDirector) },
      events: [{ kind: 'approvalRecorded', personId: nadia, onBehalfOf: 'programme-director' }],
    });
    expect(told.request().acts.filter(({ duty }) => duty === 'authorise')).toEqual([
      { personId: nadia, duty: 'authorise', onBehalfOf: 'programme-director' },
      { personId: 'programme-director', duty: 'authorise' },
    ]);
  });

  it('acts up to the cap and not a piastre beyond', () => {
    const told = journeyTo('authority');

    expect(approvedBy(told, nadiaFor(people.programmeDirector, { capMinor: '60000000' }))).toBeUndefined();
    expect(approvedBy(told, nadiaFor(people.programmeDirector, { capMinor: '59999999' }))).toEqual({
      code: 'conditionsNotMet',
      rule: 'delegation-cap',
      accepted: '59999999',
    });
    expect(approvedBy(told, nadiaFor(people.programmeDirector, { capMinor: 'plenty' }))?.rule).toBe('delegation-cap');
  });

  it('acts until the last instant and no longer', () => {
    const told = journeyTo('authority');
    const until = (untilMs: number) => nadiaFor(people.programmeDirector, { untilMs });

    expect(approvedBy(told, until(told.nowMs() + 1))).toBeUndefined();
    expect(approvedBy(told, until(told.nowMs()))?.code).toBe('notYourRole');
  });

  it('uses the own right first', () => {
    const own = { role: 'approver', level: 'programme-director' } as const;
    const told = journeyTo('authority').act(nadiaFor(people.programmeDirector, {}, own), 'recordApproval', approve);

    expect(told.entries().at(-1)?.actor.onBehalfOf).toBeUndefined();
    expect(told.request().acts.at(-1)).toEqual({ personId: nadia, duty: 'authorise' });
  });

  it('never gets a vote or another role that cannot be handed over', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    const [member] = members;
    if (member === undefined) throw new Error('the committee has members');

    expect(told.ask(nadiaFor(member), 'castVote', { vote: 'approve' }).refusal?.code).toBe('notYourRole');
    expect(journeyTo('implementation').ask(nadiaFor(people.finance), 'prepareTranche', {
      number: 1,
      facts: paymentFacts(startMs),
    }).refusal?.code).toBe('notYourRole'); // prettier-ignore
  });

  it('stays barred by an own role that never decides', () => {
    expect(approvedBy(journeyTo('authority'), nadiaFor(people.programmeDirector, {}, { role: 'auditor' }))).toEqual({
      code: 'dutyConflict',
      rule: 'auditor-never-decides',
    });
  });

  it('cannot forge on whose behalf a decision was taken', () => {
    const forging = { ...people.programmeDirector, onBehalfOf: whose(people.deputy) };
    const told = journeyTo('authority').act(forging, 'recordApproval', approve);

    expect(told.entries().at(-1)?.actor.onBehalfOf).toBeUndefined();
  });

  it('is told what may be done, and why not', () => {
    const told = journeyTo('authority');
    const actionsOf = (actor: Actor) =>
      allowedActions(told.request(), actor, { plan: calmPlan, nowMs: told.nowMs() }).find(
        ({ command }) => command === 'recordApproval',
      );

    expect(actionsOf(nadiaFor(people.programmeDirector))).toMatchObject({ allowed: true });
    expect(
      actionsOf(nadiaFor(people.programmeDirector, {}, { role: 'approver', level: 'board-deputy' })),
    ).toMatchObject({ allowed: true });
    expect(actionsOf(nadiaFor(people.programmeDirector, { capMinor: '1' }))).toMatchObject({
      allowed: false,
      refusal: { rule: 'delegation-cap' },
    });
  });
});

describe('exclusions that come along with a role handed over', () => {
  it("keep the delegate out where the absent person's interest does", () => {
    const told = journeyTo('authority').act(people.programmeDirector, 'declareInterest', { interest: 'conflict' });

    expect(approvedBy(told, nadiaFor(people.programmeDirector))).toEqual({
      code: 'conflictOfInterest',
      rule: 'delegator-excluded',
    });
  });

  it("keep the delegate out where the absent person's acts do", () => {
    const reviewing = { role: 'approver', level: 'programme-director' } as const;
    const reviewer = { personId: 'reviewer-1', name: 'reviewer-1', roles: [reviewing] };

    expect(approvedBy(journeyTo('authority'), nadiaFor(reviewer))).toEqual({
      code: 'dutyConflict',
      rule: 'score-with-authorise',
    });
  });

  it('keep out whoever has acted on the case before', () => {
    const secretary = { ...nadiaFor(people.programmeDirector), personId: people.secretary.personId };

    expect(approvedBy(journeyTo('authority'), secretary)).toEqual({ code: 'dutyConflict', rule: 'delegate-has-acted' });
  });

  it('let an own interest be declared all the same', () => {
    const told = journeyTo('authority').act(nadiaFor(people.programmeDirector, { capMinor: '1' }), 'declareInterest', {
      interest: 'conflict',
    });

    expect(told.request().conflicted).toEqual([nadia]);
  });

  it('fall on the absent person as well once the delegate has acted', () => {
    const told = journeyTo('screening').act(nadiaFor(people.hana), 'recordScreening', eligible);
    walk(told, 'regional-opinion', 'committee');
    const voting = { personId: 'hana', civilSociety: false };
    told.act(people.secretary, 'openItem', { ...openWith(), present: [...openWith().present, voting] });
    const hana = { ...people.hana, roles: [{ role: 'committeeMember' } as const] };

    expect(told.ask(hana, 'castVote', { vote: 'approve' }).refusal?.rule).toBe('judge-eligibility-with-vote');
  });
});

describe('the absent person and the delegate', () => {
  it('are one where approvers have to be distinct', () => {
    const both = [...people.programmeDirector.roles, ...people.executiveDirector.roles];
    const director = { ...people.programmeDirector, roles: both };
    const second = nadiaFor({ ...director, roles: people.executiveDirector.roles });
    const first = nadiaFor(director);

    const ownThenDelegate = journeyTo('authority').act(director, 'recordApproval', approve);
    expect(approvedBy(ownThenDelegate, second)).toEqual({ code: 'alreadyActed', rule: 'approvers-distinct' });
    const delegateThenOwn = journeyTo('authority').act(first, 'recordApproval', approve);
    expect(approvedBy(delegateThenOwn, director)).toEqual({ code: 'alreadyActed', rule: 'approvers-distinct' });
    expect(approvedBy(delegateThenOwn, second)?.rule).toBe('approvers-distinct');
    const own = { personId: nadia, name: nadia, roles: people.executiveDirector.roles };
    expect(approvedBy(delegateThenOwn, own)?.rule).toBe('approvers-distinct');
    expect(approvedBy(delegateThenOwn, people.executiveDirector)).toBeUndefined();
  });

  it('are one where releasers have to be distinct', () => {
    const plan = { ...calmPlan, tranches: { ...calmPlan.tranches, releasers: 2 } };
    const ready = () => {
      const told = walk(journey(plan), 'draft', 'implementation', plan);
      return told.act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });
    };
    const release = (told: Journey, by: Actor) => told.ask(by, 'releaseTranche', { number: 1 }).refusal;
    const after = ready().act(nadiaFor(people.releaser), 'releaseTranche', { number: 1 });

    expect(release(after, people.releaser)?.code).toBe('alreadyActed');
    const own = ready().act(people.releaser, 'releaseTranche', { number: 1 });
    expect(release(own, nadiaFor(people.releaser))?.code).toBe('alreadyActed');
    const other = { ...people.releaser, personId: 'releaser-2' };
    expect(release(after, other)).toBeUndefined();
  });

  it('may go on as one: the same delegate releases a second time', () => {
    const told = journeyTo('implementation');
    const standIn = nadiaFor(people.releaser);
    told
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
      .act(standIn, 'releaseTranche', { number: 1 })
      .pay(1, 'rejected')
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });

    expect(told.ask(standIn, 'releaseTranche', { number: 1 }).refusal).toBeUndefined();
  });
});

describe('a payment batch released on behalf of somebody', () => {
  const line = {
    ...{ instructionId: 'r-t1-1', requestId: 'r', number: 1, amountMinor: '500', accountId: 'a' },
    ...{ preparedBy: 'finance' },
    status: 'claimed',
  } as const;
  const built = foldBatchEntry(newBatch('b', people.finance), {
    ...{ seq: 1, atMs: 0, kind: 'decision', command: 'buildBatch', actor: people.finance },
    events: [{ kind: 'batchBuilt', lines: [line] }],
  });
  const release = (by: Actor, nowMs = 0) =>
    decideBatch(
      built,
      {
        ...{ kind: 'releaseBatch', by, key: 'k', fingerprint: 'f', expectedVersion: 1 },
        body: { count: 1, controlSumMinor: '500' },
      },
      nowMs,
    );

  it('has both names, and the cap, the term and the exclusions of the absent person', () => {
    expect(release(nadiaFor(people.releaser, { capMinor: '500' })).by).toMatchObject({
      personId: nadia,
      onBehalfOf: { personId: 'releaser' },
    });
    expect(release(nadiaFor(people.releaser, { capMinor: '499' })).refusal?.rule).toBe('delegation-cap');
    expect(release(nadiaFor(people.releaser, { untilMs: 5 }), 5).refusal?.code).toBe('notYourRole');
    const preparer = { ...people.finance, roles: people.releaser.roles };
    expect(release(nadiaFor(preparer)).refusal?.code).toBe('dutyConflict');
  });
});

describe('of several absent people', () => {
  const forBoth = (one: Actor, other: Actor): Actor => ({
    ...{ personId: nadia, name: nadia, roles: [...one.roles, ...other.roles] },
  });
  const told = () => journeyTo('authority');
  const capped = nadiaFor(people.programmeDirector, { capMinor: '1' });

  it('the first whose right suffices is acted for', () => {
    const other = { ...people.programmeDirector, personId: 'other-director', name: 'other-director' };
    const acted = told().act(forBoth(capped, nadiaFor(other)), 'recordApproval', approve);
    expect(acted.entries().at(-1)?.actor.onBehalfOf?.personId).toBe('other-director');
  });

  it('the refusal is that of the first whose role is asked for at all', () => {
    expect(approvedBy(told(), forBoth(nadiaFor(people.deputy), capped))?.rule).toBe('delegation-cap');
    expect(approvedBy(told(), forBoth(capped, nadiaFor(people.deputy)))?.rule).toBe('delegation-cap');
  });
});

describe('the right that was handed over', () => {
  const own: RoleHeld = { role: 'approver', level: 'board-deputy' };

  it('is that role alone, beside own roles that bar', () => {
    const actor = nadiaFor(people.hana, {}, own, { role: 'auditor' });
    const [first, second, ...others] = capacitiesOf(actor, startMs);
    const [handed] = nadiaFor(people.hana).roles;
    expect(first).toStrictEqual({ personId: nadia, name: nadia, roles: [own, { role: 'auditor' }] });
    expect(second).toStrictEqual({
      ...{ personId: nadia, name: nadia, roles: [{ role: 'auditor' }, handed], onBehalfOf: whose(people.hana) },
    });
    expect(others).toEqual([]);
  });

  it('leaves whoever acts for nobody as they were sent', () => {
    expect(capacitiesOf(people.chair, startMs)).toEqual([people.chair]);
    expect(capacitiesOf(people.chair, startMs)[0]).toBe(people.chair);
    expect(signedBy(people.chair, people.chair)).toBe(people.chair);
  });

  it('is none where somebody would stand in for themselves', () => {
    const itself = { ...nadiaFor(people.programmeDirector), personId: 'programme-director' };
    expect(approvedBy(journeyTo('authority'), itself)?.code).toBe('notYourRole');
  });

  it('does not lift what data show of the delegate', () => {
    const connected: Actor = { ...nadiaFor(people.programmeDirector), interests: ['employee'] };
    expect(approvedBy(journeyTo('authority'), connected)).toEqual({ code: 'conflictOfInterest', rule: 'employee' });
    const self: Actor = { ...nadiaFor(people.deputy, {}, ...people.programmeDirector.roles), interests: ['employee'] };
    expect(approvedBy(journeyTo('authority'), self)?.code).toBe('conflictOfInterest');
  });

  it('leaves on record what was found of the delegate, and nothing where nobody looked', () => {
    const recorded = (by: Actor) => journeyTo('authority').act(by, 'recordApproval', approve).entries().at(-1)?.actor;
    const looked: Actor = { ...nadiaFor(people.programmeDirector), interests: [] };
    expect(recorded(looked)?.interests).toEqual([]);
    expect(recorded(nadiaFor(people.programmeDirector))).not.toHaveProperty('interests');
    const forging = { ...people.programmeDirector, onBehalfOf: whose(people.deputy) };
    expect(recorded(forging)).not.toHaveProperty('onBehalfOf');
  });
});

describe('the cap', () => {
  it('is held against the award, not against what was asked for', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    const half = { ...approveBody, amountMinor: '30000000' };
    told.act(people.chair, 'closeItem', half, { reason: 'half of it' }).reserve();
    expect(approvedBy(told, nadiaFor(people.programmeDirector, { capMinor: '30000000' }))).toBeUndefined();
    expect(approvedBy(told, nadiaFor(people.programmeDirector, { capMinor: '29999999' }))?.rule).toBe('delegation-cap');
  });

  it('is held against what is asked for while there is no award, and against nothing before that', () => {
    const screen = (capMinor: string) =>
      journeyTo('screening').ask(nadiaFor(people.hana, { capMinor }), 'recordScreening', eligible).refusal?.rule;
    expect([screen('60000000'), screen('59999999')]).toEqual([undefined, 'delegation-cap']);
    const [, standIn] = capacitiesOf(nadiaFor(people.hana, { capMinor: '0' }), startMs);
    expect(standIn && delegationFault(journey().request(), standIn, null, calmPlan)).toBeNull();
  });

  it('is none for the own right', () => {
    expect(overCap(people.hana, '999')).toBeNull();
    expect(overCap({ ...people.hana, onBehalfOf: whose(people.finance) }, '999')).toBeNull();
  });
});
