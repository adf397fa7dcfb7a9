// What a person is offered on a request right now: the answers waited for from them, what is always open, and why the rest is closed.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { personCommandKinds } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, journey, journeyTo, openWith, owing, paymentFacts, payTranche } from '../support/journey.js';
import { members, people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const [first, , , fourth] = reviewers;
const [member] = members;
if (!first || !fourth || !member) throw new Error('there are reviewers and members');

const actions = (told: Journey, actor: Actor, plan: Plan = calmPlan) =>
  allowedActions(told.request(), actor, { plan, nowMs: told.nowMs() });
const action = (told: Journey, actor: Actor, wanted: PersonCommandKind, plan?: Plan) =>
  actions(told, actor, plan).find(({ command }) => command === wanted);
const allowed = (told: Journey, actor: Actor): PersonCommandKind[] =>
  actions(told, actor).flatMap((one) => (one.allowed ? [one.command] : []));
const also = (actor: Actor, ...roles: Actor['roles']): Actor => ({ ...actor, roles: [...roles, ...actor.roles] });
const panelAssigned = (): Journey =>
  journeyTo('technical-review').act(people.secretary, 'assignReviewers', {
    reviewers: reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name })),
  });

describe('an answer that is waited for', () => {
  it('is offered to whoever may give it, without a number where there is none', () => {
    expect(action(journeyTo('screening'), people.hana, 'recordScreening')).toEqual({
      ...{ command: 'recordScreening', allowed: true },
    });
  });

  it('names the tranches and reports it is about', () => {
    const parts = [
      { shareBasisPoints: 5_000, requires: [] },
      { shareBasisPoints: 5_000, requires: [] },
    ];
    const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, parts } };
    const told = journeyTo('implementation', plan);
    expect(action(told, people.finance, 'prepareTranche', plan)).toEqual({
      ...{ command: 'prepareTranche', allowed: true, numbers: [1, 2] },
    });
    expect(action(told, people.samira, 'submitReport', plan)).toEqual({
      ...{ command: 'submitReport', allowed: true, numbers: [1] },
    });
  });

  it('is offered to the one person it was given to', () => {
    const told = panelAssigned();
    for (const reviewer of reviewers) told.attempt(reviewer, 'declareInterest', { interest: 'none' });
    expect(action(told, first, 'recordScore')).toEqual({ command: 'recordScore', allowed: true });
    expect(action(told, fourth, 'recordScore')).toEqual({
      ...{ command: 'recordScore', allowed: false, refusal: { code: 'notAssigned', rule: 'no-open-task' } },
    });
  });

  it('is offered in the governorate that is asked', () => {
    const told = journeyTo('regional-opinion');
    const refused = { allowed: false, refusal: { code: 'notAssigned', rule: 'no-open-task' } };
    expect(action(told, people.cairo, 'recordOpinion')?.allowed).toBe(true);
    expect(action(told, people.giza, 'recordOpinion')).toMatchObject(refused);
    expect(action(told, also(people.cairo, ...people.giza.roles), 'recordOpinion')?.allowed).toBe(true);
  });

  it('that no governorate is asked for is offered whatever a role is narrowed to', () => {
    const narrowed: Actor = { ...people.hana, roles: [{ role: 'screeningOfficer', governorate: 'EG-C' }] };
    expect(action(journeyTo('screening'), narrowed, 'recordScreening')?.allowed).toBe(true);
  });

  it('is offered at the level whose turn it is', () => {
    const told = journeyTo('authority');
    const offered = (actor: Actor) => action(told, actor, 'recordApproval')?.allowed;
    expect([offered(people.programmeDirector), offered(people.deputy)]).toEqual([true, false]);
    expect(offered(also(people.programmeDirector, ...people.deputy.roles))).toBe(true);
  });

  it('is offered to other roles that may give it as well', () => {
    const told = journeyTo('implementation').act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    expect(action(told, people.deputy, 'liftSuspension')?.allowed).toBe(true);
    const opened = journeyTo('committee').act(people.secretary, 'openItem', openWith([people.chair, ...members]));
    expect(action(opened, people.chair, 'castVote')?.allowed).toBe(true);
  });

  it('that a tranche is released is offered to the role that releases that one', () => {
    const told = journeyTo('implementation');
    told.act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) });
    expect(action(told, people.releaser, 'releaseTranche')).toMatchObject({ allowed: true, numbers: [1] });
    expect(action(told, people.deputy, 'releaseTranche')).toEqual({
      ...{ command: 'releaseTranche', allowed: false, refusal: { code: 'notAssigned', rule: 'no-open-task' } },
    });
  });
});

describe('what nobody waits for', () => {
  it('is closed where it only makes sense as an answer', () => {
    expect(action(panelAssigned(), people.secretary, 'assignReviewers')).toEqual({
      command: 'assignReviewers',
      allowed: false,
      refusal: { code: 'conditionsNotMet', rule: 'no-open-task' },
    });
  });

  const declared = () =>
    journeyTo('committee').act(people.secretary, 'openItem', openWith()).act(member, 'castVote', { vote: 'approve' });
  const freely: readonly (readonly [PersonCommandKind, Actor, () => Journey])[] = [
    ['declareInterest', people.hana, () => journeyTo('screening')],
    ['castVote', member, declared],
    ['declineAgreement', people.samira, () => journeyTo('agreement')],
    ['recordVisit', people.monitor, () => journeyTo('implementation')],
    ['suspend', people.monitor, () => journeyTo('implementation')],
    ['withdraw', people.samira, () => journeyTo('screening')],
    ['terminate', people.deputy, () => journeyTo('implementation')],
    ['recordRefund', people.finance, () => journeyTo('implementation')],
    ['recordRecovery', people.finance, () => owing()],
    ['migratePlan', people.administrator, () => journeyTo('screening')],
  ];
  it.each(freely)('is open all the same: %s', (command, actor, told) => {
    expect(action(told(), actor, command)).toEqual({ command, allowed: true });
  });

  it('is closed to others once its task was given to one person', () => {
    const parts = [{ shareBasisPoints: 10_000, requires: [{ kind: 'visit-passed', number: 1 } as const] }];
    const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, parts } };
    const mona = { personId: 'mona', name: 'mona', roles: people.monitor.roles };
    const told = journeyTo('implementation', plan);
    expect(action(told, mona, 'recordVisit', plan)?.allowed).toBe(true);
    told.act(people.executiveDirector, 'reassignTask', { task: 'visit', to: mona }, { reason: 'on leave' });
    expect(action(told, mona, 'recordVisit', plan)?.allowed).toBe(true);
    expect(action(told, people.monitor, 'recordVisit', plan)).toEqual({
      ...{ command: 'recordVisit', allowed: false, refusal: { code: 'notAssigned', rule: 'no-open-task' } },
    });
  });
});

describe('the list', () => {
  it('leaves out what the roles never give', () => {
    expect(actions(journeyTo('screening'), people.hana).map(({ command }) => command)).toEqual([
      ...['recordScreening', 'declareInterest', 'suspend'],
    ]);
    // A secretary gives tasks of reviewers; at screening there is none to give.
    expect(action(journeyTo('screening'), people.secretary, 'reassignTask')).toBeUndefined();
    expect(action(panelAssigned(), people.secretary, 'reassignTask')).toEqual({
      ...{ command: 'reassignTask', allowed: true },
    });
  });

  it('is in the order of the lifecycle and never hands a request in again', () => {
    const everything: Actor = { ...people.samira, roles: Object.values(people).flatMap(({ roles }) => roles) };
    const listed = actions(journeyTo('screening'), everything).map(({ command }) => command);
    expect(listed).toEqual(personCommandKinds.filter((kind) => listed.includes(kind)));
    expect(actions(journey(), people.samira).map(({ command }) => command)).not.toContain('submitRequest');
    expect(actions(journeyTo('screening'), people.samira).map(({ command }) => command)).not.toContain('submitRequest');
  });

  it('says why what the role includes is closed', () => {
    expect(action(journeyTo('committee'), people.hana, 'recordScreening')?.refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'committee', accepted: 'screening' },
    });
  });

  it('is empty of answers once the request has ended', () => {
    const told = journeyTo('screening').act(people.samira, 'withdraw', {});
    expect(allowed(told, people.hana)).toEqual([]);
  });

  it('follows the work: a paid tranche is confirmed, then reported on', () => {
    const told = payTranche(journeyTo('implementation'), 1);
    expect(action(told, people.adel, 'submitReport')).toMatchObject({ allowed: true, numbers: [1] });
    acceptReport(told, 1, '20000000');
    expect(action(told, people.adel, 'submitReport')).toMatchObject({ allowed: true, numbers: [2] });
  });
});
