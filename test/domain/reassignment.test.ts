// A supervisor gives a task to another person, with a reason; what was given to one person is that person's alone.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { fullScores, journeyTo, metChecklist } from '../support/journey.js';
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
    expect(replace(told, people.finance)?.rule).toBe('taker-holds-role');
    expect(replace(told, { ...people.hana, roles: first.roles })).toEqual({
      code: 'dutyConflict',
      rule: 'reviewer-has-acted',
    });
    expect(replace(told, null)?.rule).toBe('somebody-takes-over');
    told.act(fourth, 'declareInterest', { interest: 'conflict' });
    expect(replace(told, fourth)?.code).toBe('conflictOfInterest');
  });

  it('is not replaced without a reason, by others than the secretary, or after scoring', () => {
    const told = assigned();
    const body = { task: 'score-reviewer-1', to: fourth };

    expect(told.ask(people.secretary, 'reassignTask', body).refusal?.rule).toBe('reason-missing');
    expect(replace(told, fourth, people.executiveDirector)?.code).toBe('notYourRole');
    told.act(first, 'declareInterest', { interest: 'none' });
    told.act(first, 'recordScore', { scores: fullScores(calmPlan) });
    expect(replace(told, fourth)).toEqual({ code: 'conditionsNotMet', rule: 'task-open' });
  });
});

describe("an officer's task", () => {
  const given = () =>
    journeyTo('screening').act(people.executiveDirector, 'reassignTask', { task: 'screen', to: omar }, because);

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
