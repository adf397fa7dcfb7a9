// A supervisor gives a task to another person, with a reason; what was given to one person is that person's alone.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import type { PersonCommand } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import { decideReassignment } from '../../domain/reassignment.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { fullScores, journeyTo, metChecklist, paymentFacts, startMs, text, walk } from '../support/journey.js';
import { people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const [first, second, third, fourth] = reviewers;
if (first === undefined || second === undefined || third === undefined || fourth === undefined)
  throw new Error('there are four reviewers');
const panel = [first, second, third].map(({ personId, name }) => ({ personId, name }));
const omar: Actor = { personId: 'omar', name: 'omar', roles: [{ role: 'screeningOfficer' }] };
const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;
const because = { reason: 'on leave' };

const assigned = () => journeyTo('technical-review').act(people.secretary, 'assignReviewers', { reviewers: panel });
const replace = (told: Journey, to: Actor | null, by: Actor = people.secretary) =>
  told.ask(by, 'reassignTask', { task: 'score-reviewer-1', to }, because).refusal;
const ownersOf = (told: Journey) =>
  tasksOf(told.request(), { plan: calmPlan, nowMs: told.nowMs() }).map(({ name, personId }) => [name, personId]);

const given = () =>
  journeyTo('screening').act(people.executiveDirector, 'reassignTask', { task: 'screen', to: omar }, because);

describe('a reviewer who has not scored', () => {
  it('is replaced by another, who declares and scores instead', () => {
    const told = assigned();
    told.act(people.secretary, 'reassignTask', { task: 'score-reviewer-1', to: fourth }, because);

    expect(told.entries().at(-1)).toMatchObject({
      reason: 'on leave',
      events: [{ kind: 'reviewerReplaced', from: 'reviewer-1', to: { personId: 'reviewer-4' } }],
    });
    expect(ownersOf(told).map(([name]) => name)).toEqual(['score-reviewer-4', 'score-reviewer-2', 'score-reviewer-3']);
    told.act(fourth, 'declareInterest', { interest: 'none' });
    told.act(fourth, 'recordScore', { scores: fullScores(calmPlan) });
    expect(told.ask(first, 'recordScore', { scores: fullScores(calmPlan) }).refusal?.code).toBe('notAssigned');
  });

  it('is replaced only by somebody who may review it', () => {
    const told = assigned();

    expect(replace(told, second)).toEqual({ code: 'alreadyActed', rule: 'reviewers-distinct' });
    expect(replace(told, first)).toEqual({ code: 'alreadyActed', rule: 'task-holder' });
    expect(replace(told, people.finance)).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'taker-holds-role', accepted: 'reviewer' },
    });
    const standIn = { ...people.finance, roles: [{ role: 'reviewer', onBehalfOf: fourth } as const] };
    expect(replace(told, standIn)?.rule).toBe('taker-holds-role');
    expect(replace(told, { ...people.hana, roles: first.roles })).toEqual({
      code: 'dutyConflict',
      rule: 'reviewer-has-acted',
    });
    expect(replace(told, null)).toEqual({ code: 'conditionsNotMet', rule: 'somebody-takes-over' });
    told.act(fourth, 'declareInterest', { interest: 'conflict' });
    expect(replace(told, fourth)).toEqual({ code: 'conflictOfInterest', rule: 'taker-excluded' });
  });

  it('is not replaced without a reason, by others than the secretary, or after scoring', () => {
    const told = assigned();
    const body = { task: 'score-reviewer-1', to: fourth };

    expect(told.ask(people.secretary, 'reassignTask', body).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'reason-missing' },
    });
    expect(replace(told, fourth, people.executiveDirector)).toEqual({
      ...{ code: 'notYourRole', rule: 'supervisor-of', accepted: 'reviewer' },
    });
    told.act(first, 'declareInterest', { interest: 'none' });
    told.act(first, 'recordScore', { scores: fullScores(calmPlan) });
    expect(replace(told, fourth)).toEqual({ code: 'conditionsNotMet', rule: 'task-open' });
  });
});

describe('a reviewer', () => {
  it('who scored in an earlier round can take over', () => {
    const request = assigned().request();
    const acts = [...request.acts, { personId: fourth.personId, duty: 'score' } as const];
    const command: PersonCommand<'reassignTask'> = {
      ...{ kind: 'reassignTask', by: people.secretary, key: 'k', fingerprint: 'f', expectedVersion: 1, ...because },
      body: { task: 'score-reviewer-1', to: fourth },
    };
    const context = { plan: calmPlan, nowMs: startMs };
    expect(decideReassignment({ ...request, acts }, command, context).events).toMatchObject([
      { kind: 'reviewerReplaced', from: 'reviewer-1', to: { personId: 'reviewer-4', name: 'reviewer-4' } },
    ]);
  });

  it('is nobody’s to give where all reviewers are asked', () => {
    const told = journeyTo('technical-review', { ...calmPlan, review: { ...calmPlan.review, assignment: 'open' } });
    expect(told.ask(people.secretary, 'reassignTask', { task: 'score', to: fourth }, because).refusal).toEqual({
      ...{ code: 'notYourRole', rule: 'supervisor-of', accepted: 'reviewer' },
    });
  });

  it('whom nobody assigned is told so, whatever else was given to one person', () => {
    const told = walk(given().act(omar, 'recordScreening', eligible), 'regional-opinion', 'technical-review');
    told.act(people.secretary, 'assignReviewers', { reviewers: panel });
    expect(told.ask(fourth, 'recordScore', { scores: fullScores(calmPlan) }).refusal).toEqual({ code: 'notAssigned' });
  });
});

describe("an officer's task", () => {
  it('given to one person is refused to the others', () => {
    const told = given();

    expect(ownersOf(told)).toEqual([['screen', 'omar']]);
    expect(told.ask(people.hana, 'recordScreening', eligible).refusal).toEqual({
      code: 'notAssigned',
      rule: 'task-holder',
    });
    expect(told.ask(omar, 'recordScreening', eligible).refusal).toBeUndefined();
  });

  it('is done by the delegate of the one it was given to', () => {
    const onBehalfOf = { personId: 'omar', name: 'omar' };
    const standIn = { ...omar, personId: 'nadia', roles: [{ role: 'screeningOfficer', onBehalfOf } as const] };

    expect(given().ask(standIn, 'recordScreening', eligible).refusal).toBeUndefined();
  });

  it('can be given back to everybody', () => {
    const told = given();
    told.act(people.executiveDirector, 'reassignTask', { task: 'screen', to: null }, because);

    expect(ownersOf(told)).toEqual([['screen', undefined]]);
    expect(told.ask(people.hana, 'recordScreening', eligible).refusal).toBeUndefined();
  });

  it('is not given back when it is everybody’s already', () => {
    const body = { task: 'screen', to: null };
    expect(journeyTo('screening').ask(people.executiveDirector, 'reassignTask', body, because).refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'task-is-everybodys' },
    });
  });

  it('is given by an approver of that level, whatever else they hold, and by nobody where the plan names no level', () => {
    const { supervision, ...unsupervised } = calmPlan;
    const ask = (by: Actor, plan: Plan = calmPlan) =>
      journeyTo('screening', plan).ask(by, 'reassignTask', { task: 'screen', to: omar }, because).refusal;
    const refusal = { code: 'notYourRole', rule: 'supervisor-of', accepted: 'screeningOfficer' };
    const also = { ...people.executiveDirector, roles: [...people.executiveDirector.roles, ...people.monitor.roles] };
    const secretary = {
      ...people.secretary,
      roles: [{ role: 'committeeSecretary', level: 'executive-director' } as const],
    };
    expect([supervision?.levels, ask(also)]).toEqual([['executive-director'], undefined]);
    expect([ask(secretary), ask(people.executiveDirector, unsupervised)]).toEqual([refusal, refusal]);
    const two: Plan = { ...calmPlan, supervision: { levels: ['board-deputy', 'executive-director'] } };
    expect([ask(people.deputy, two), ask(people.executiveDirector, two)]).toEqual([undefined, undefined]);
  });

  it('is given by the level that the plan names, to somebody with the role now', () => {
    const told = journeyTo('screening');
    const body = { task: 'screen', to: omar };

    expect(told.ask(people.deputy, 'reassignTask', body, because).refusal?.code).toBe('notYourRole');
    expect(told.ask(people.secretary, 'reassignTask', body, because).refusal?.code).toBe('notYourRole');
    const left = { ...body, to: { ...omar, roles: [] } };
    expect(told.ask(people.executiveDirector, 'reassignTask', left, because).refusal?.rule).toBe('taker-holds-role');
  });

  it('that is a decision or the work of others is nobody’s to give', () => {
    const byDirector = (told: Journey, task: string, to: Actor) =>
      told.ask(people.executiveDirector, 'reassignTask', { task, to }, because).refusal?.code;

    expect(byDirector(journeyTo('regional-opinion'), 'opinion-EG-C', people.giza)).toBe('notThisStage');
    expect(byDirector(journeyTo('authority'), 'approve-programme-director', people.deputy)).toBe('notThisStage');
    expect(byDirector(journeyTo('implementation'), 'report-1', people.adel)).toBe('notYourRole');
  });

  it('is offered to supervisors alone', () => {
    const told = journeyTo('screening');
    const offered = (actor: Actor) =>
      allowedActions(told.request(), actor, { plan: calmPlan, nowMs: told.nowMs() }).some(
        ({ command, allowed }) => command === 'reassignTask' && allowed,
      );

    expect([people.executiveDirector, people.secretary, people.deputy, people.hana].map(offered)).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('two pieces of work of one kind', () => {
  const parts = [
    { shareBasisPoints: 5_000, requires: [] },
    { shareBasisPoints: 5_000, requires: [] },
  ];
  const twoTranches: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, parts } };
  const farida: Actor = { personId: 'farida', name: 'farida', roles: people.finance.roles };
  const give = (told: Journey, task: string, to: Actor | null): Journey =>
    told.act(people.executiveDirector, 'reassignTask', { task, to }, because);
  const prepare = (told: Journey, by: Actor, number: number) =>
    told.ask(by, 'prepareTranche', { number, facts: paymentFacts(told.nowMs()) }).refusal;
  const held = { code: 'notAssigned', rule: 'task-holder' };

  it('are given one by one: only the tranche that was given is closed to others', () => {
    const told = give(journeyTo('implementation', twoTranches), 'prepare-1', farida);
    expect([prepare(told, people.finance, 1), prepare(told, people.finance, 2)]).toEqual([held, undefined]);
    expect([prepare(told, farida, 1), prepare(told, farida, 2)]).toEqual([undefined, undefined]);
  });

  it('are told apart from other work on the same number', () => {
    const told = give(journeyTo('implementation', twoTranches), 'prepare-1', farida);
    told.act(people.adel, 'submitReport', { number: 1, spentMinor: '0', indicators: [], documentSha256: text });
    const both = { ...people.finance, roles: [...people.finance.roles, ...people.monitor.roles] };
    expect(prepare(told, both, 1)).toEqual(held);
  });

  it('stay given when another one is given, given again or given back', () => {
    const told = give(give(journeyTo('implementation', twoTranches), 'prepare-1', farida), 'prepare-2', farida);
    const holders = () => told.request().holders;
    expect(holders()).toMatchObject({ 'prepare-1': { personId: 'farida' }, 'prepare-2': { personId: 'farida' } });
    give(told, 'prepare-2', people.finance);
    expect(holders()).toMatchObject({ 'prepare-1': { personId: 'farida' }, 'prepare-2': { personId: 'finance' } });
    give(told, 'prepare-2', null);
    expect(holders()).toEqual({ 'prepare-1': { personId: 'farida', name: 'farida' } });
  });

  it('leave the other one open to whoever has both roles', () => {
    const told = give(journeyTo('final-review'), 'close-financeOfficer', farida);
    const both = { ...people.finance, roles: [...people.finance.roles, ...people.monitor.roles] };
    const close = (by: Actor) =>
      told.ask(by, 'closeRequest', { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' }).refusal;
    expect(close(people.finance)).toEqual(held);
    expect(close(both)?.code).not.toBe('notAssigned');
  });
});
