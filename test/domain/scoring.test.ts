// The scores of a technical review: who is asked for them, what a sheet has to hold, how it is weighed, when one reviewer more is called.
import { describe, expect, it } from '@jest/globals';
import { decide } from '../../domain/decide.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { keptScores, weightedTotal } from '../../domain/review/scoring.js';
import { spreadAlarm, spreadOf } from '../../domain/review/spread.js';
import type { Journey } from '../support/journey.js';
import { fullScores, journeyTo, openWith } from '../support/journey.js';
import { members, people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { before, correct, fieldOf, returnedByCommittee } from '../support/strict.js';

const [first, second, third, fourth] = reviewers;
if (!first || !second || !third || !fourth) throw new Error('there are four reviewers');
const named = (...chosen: typeof reviewers) => chosen.map(({ personId, name }) => ({ personId, name }));
const three = named(first, second, third);
const underReview = (review: Partial<Plan['review']>): Plan => ({
  ...calmPlan,
  review: { ...calmPlan.review, ...review },
});
const assigned = (plan: Plan = calmPlan): Journey =>
  journeyTo('technical-review', plan).act(people.secretary, 'assignReviewers', { reviewers: three });
const ready = (plan: Plan = calmPlan): Journey => {
  const told = assigned(plan);
  for (const reviewer of [first, second, third]) told.act(reviewer, 'declareInterest', { interest: 'none' });
  return told;
};
const scored = (marks: readonly number[], plan: Plan = calmPlan): Journey => {
  const told = ready(plan);
  marks.forEach((mark, index) => {
    const reviewer = [first, second, third][index];
    if (reviewer) told.act(reviewer, 'recordScore', { scores: fullScores(plan, mark) });
  });
  return told;
};
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;
const stageOf = (told: Journey): string => told.request().position.stage;

describe('an assignment of reviewers', () => {
  const ask = (told: Journey, ...chosen: typeof reviewers) =>
    told.ask(people.secretary, 'assignReviewers', { reviewers: named(...chosen) }).refusal;
  const distinct = { code: 'alreadyActed', rule: 'reviewers-distinct' };

  it('names each reviewer once, and nobody who reviews already', () => {
    expect(ask(journeyTo('technical-review'), first, first, second)).toEqual(distinct);
    expect(ask(journeyTo('technical-review'), first, first, second, third)).toEqual(distinct);
    expect(ask(assigned(), first)).toEqual(distinct);
    expect(ask(scored([1, 9, 9]), first)).toEqual(distinct);
  });

  it('names as many as the plan wants, or as a widened review asks for', () => {
    const wanted = (accepted: string) => ({ code: 'conditionsNotMet', rule: 'reviewers-wanted', accepted });
    expect(ask(journeyTo('technical-review'), first, second)).toEqual(wanted('3'));
    expect(ask(journeyTo('technical-review'), first, second, third, fourth)).toEqual(wanted('3'));
    expect(ask(assigned(), fourth)).toEqual(wanted('3'));
    expect(ask(scored([1, 9, 9]))).toEqual(wanted('4'));
    expect(ask(scored([1, 9, 9]), fourth)).toBeUndefined();
  });

  it('is recorded with the names, with how many are wanted, and with a suggestion only where there was one', () => {
    expect(lastEvents(assigned())).toStrictEqual([{ kind: 'reviewersAssigned', reviewers: three, wanted: 3 }]);
    expect(assigned().request().review).toMatchObject({ assigned: three, wanted: 3 });
    const suggested = ['somebody'];
    const told = journeyTo('technical-review').act(people.secretary, 'assignReviewers', {
      reviewers: three,
      suggested,
    });
    expect(lastEvents(told)).toStrictEqual([{ kind: 'reviewersAssigned', reviewers: three, wanted: 3, suggested }]);
    const wider = scored([1, 9, 9]).act(people.secretary, 'assignReviewers', { reviewers: named(fourth) });
    expect(wider.request().review).toMatchObject({ wanted: 4, assigned: [...three, ...named(fourth)] });
  });

  it('leaves out who has a conflict: named by the connection found, else without a name', () => {
    const declared = journeyTo('technical-review').act(third, 'declareInterest', { interest: 'conflict' });
    expect(ask(declared, first, second, third)).toEqual({ code: 'conflictOfInterest' });
    const interests = [
      { personId: 'outsider', kinds: ['same-phone'] as const },
      { personId: second.personId, kinds: ['employee', 'same-phone'] as const },
    ];
    const body = { reviewers: three, interests };
    expect(journeyTo('technical-review').ask(people.secretary, 'assignReviewers', body).refusal).toEqual({
      code: 'conflictOfInterest',
      rule: 'employee',
    });
    const elsewhere = { reviewers: three, interests: interests.slice(0, 1) };
    expect(declared.ask(people.secretary, 'assignReviewers', elsewhere).refusal).toEqual({
      code: 'conflictOfInterest',
    });
  });

  it('leaves out who did something else on the request, but not who scored before', () => {
    const before = journeyTo('technical-review');
    const acted = (duty: 'score' | 'give-opinion'): GrantRequest => ({
      ...before.request(),
      acts: [{ personId: second.personId, duty }],
    });
    const answer = (request: GrantRequest) =>
      decide(
        request,
        {
          kind: 'assignReviewers',
          body: { reviewers: three },
          ...{ by: people.secretary, key: 'k', fingerprint: 'f', expectedVersion: request.version },
        },
        { plan: calmPlan, nowMs: before.nowMs() },
      ).refusal;
    expect(answer(acted('give-opinion'))).toEqual({ code: 'dutyConflict', rule: 'reviewer-has-acted' });
    expect(answer(acted('score'))).toBeUndefined();
    const hana = { personId: people.hana.personId, name: people.hana.name };
    expect(
      before.ask(people.secretary, 'assignReviewers', { reviewers: [...named(first, second), hana] }).refusal,
    ).toMatchObject({ rule: 'reviewer-has-acted' });
  });
});

describe('a deviation from the suggestion', () => {
  const { suggestion, ...withoutSuggestion } = calmPlan.review;
  if (suggestion === undefined) throw new Error('the calm plan suggests');
  const strict = underReview({ suggestion: { ...suggestion, deviationNeedsReason: true } });
  const ask = (plan: Plan, suggested: readonly string[] | undefined, reason?: string) =>
    journeyTo('technical-review', plan).ask(
      people.secretary,
      'assignReviewers',
      { reviewers: three, ...(suggested === undefined ? {} : { suggested }) },
      reason === undefined ? {} : { reason },
    ).refusal?.rule;

  it('is explained in words where the plan asks for it, even of one reviewer alone', () => {
    const others = [first.personId, second.personId, fourth.personId];
    expect(ask(strict, others)).toBe('deviation-needs-reason');
    expect(ask(strict, others, ' \t')).toBe('deviation-needs-reason');
    expect(ask(strict, others, 'fourth is away')).toBeUndefined();
  });

  it('is none where nothing was suggested, or by a plan that suggests nothing', () => {
    expect(ask(strict, undefined)).toBeUndefined();
    expect(ask({ ...calmPlan, review: withoutSuggestion }, [])).toBeUndefined();
  });
});

describe('a declaration of interest', () => {
  const again = { code: 'alreadyActed', rule: 'interest-declared' };

  it('is given once, whichever it was', () => {
    const none = assigned().act(first, 'declareInterest', { interest: 'none' });
    expect(none.ask(first, 'declareInterest', { interest: 'none' }).refusal).toEqual(again);
    expect(none.ask(first, 'declareInterest', { interest: 'conflict' }).refusal).toEqual(again);
    const conflict = assigned().act(first, 'declareInterest', { interest: 'conflict' });
    expect(conflict.ask(first, 'declareInterest', { interest: 'none' }).refusal).toEqual(again);
  });

  it('is recorded by person, and a conflict takes the reviewer off the request', () => {
    const none = assigned().act(first, 'declareInterest', { interest: 'none' });
    expect(lastEvents(none)).toEqual([{ kind: 'interestDeclared', personId: first.personId, interest: 'none' }]);
    expect(none.request()).toMatchObject({ conflicted: [], review: { declared: [first.personId], assigned: three } });
    const both = none.act(second, 'declareInterest', { interest: 'none' });
    expect(both.request().review.declared).toEqual([first.personId, second.personId]);
    const conflict = both.act(third, 'declareInterest', { interest: 'conflict' });
    expect(conflict.request()).toMatchObject({
      conflicted: [third.personId],
      review: { assigned: named(first, second), declared: [first.personId, second.personId] },
    });
    expect('reopened' in conflict.request().review).toBe(false);
  });

  it('may say that there is a conflict where data show one', () => {
    const connected = { ...first, interests: ['employee'] as const };
    expect(assigned().ask(connected, 'declareInterest', { interest: 'conflict' }).refusal).toBeUndefined();
    expect(assigned().ask({ ...first, interests: [] }, 'declareInterest', { interest: 'none' }).refusal).toBe(
      undefined,
    );
  });

  it('of a conflict takes a member out of the open ballot, but changes no closed one', () => {
    const [member, other] = members;
    if (!member || !other) throw new Error('the committee has members');
    const recused = { ...openWith(), recused: [other.personId] };
    const open = journeyTo('committee').act(people.secretary, 'openItem', recused);
    const { version } = open.request();
    open.act(member, 'declareInterest', { interest: 'conflict' });
    expect(open.request().ballot).toMatchObject({
      recused: [other.personId, member.personId],
      lastVoteVersion: version + 1,
    });
    open.act(other, 'declareInterest', { interest: 'conflict' });
    expect(open.request().ballot?.recused).toEqual([other.personId, member.personId]);
    const closed = journeyTo('authority');
    const ballot = closed.request().ballot;
    closed.act(people.programmeDirector, 'declareInterest', { interest: 'conflict' });
    expect(closed.request()).toMatchObject({ ballot, conflicted: [people.programmeDirector.personId] });
    expect(journeyTo('screening').act(people.hana, 'declareInterest', { interest: 'conflict' }).request().ballot).toBe(
      null,
    );
  });
});

describe('a score sheet', () => {
  const ask = (scores: Readonly<Record<string, number>>, plan: Plan = calmPlan) =>
    ready(plan).ask(first, 'recordScore', { scores }).refusal;
  const { criteria } = calmPlan.review;
  const codes = criteria.map(({ code }) => code);
  const sheet = (accepted: string) => ({ code: 'conditionsNotMet', rule: 'score-sheet', accepted });

  it('has a score for each criterion and for nothing else', () => {
    const { sustainability, ...short } = fullScores(calmPlan);
    expect(sustainability).toBe(8);
    expect(ask(short)).toEqual(sheet(codes.join(' ')));
    expect(ask({ ...fullScores(calmPlan), charm: 1 })).toEqual(sheet(codes.join(' ')));
    expect(ask({ ...short, charm: 1 })).toEqual(sheet('sustainability 0..10'));
  });

  it.each([
    [0, undefined],
    [10, undefined],
    [-1, sheet('capacity-and-record 0..10')],
    [11, sheet('capacity-and-record 0..10')],
    [7.5, sheet('capacity-and-record 0..10')],
  ])('with %p for one criterion', (score, refusal) => {
    expect(ask({ ...fullScores(calmPlan), 'capacity-and-record': score })).toEqual(refusal);
  });

  it('comes from who is assigned, has declared and has not scored yet', () => {
    const scores = fullScores(calmPlan);
    expect(ready().ask(fourth, 'recordScore', { scores }).refusal).toEqual({ code: 'notAssigned' });
    expect(assigned().ask(first, 'recordScore', { scores }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'declare-interest-first', accepted: 'declareInterest' },
    });
    const told = scored([8]);
    expect(told.ask(first, 'recordScore', { scores }).refusal).toEqual({ code: 'alreadyActed', rule: 'score-given' });
    expect(told.ask(second, 'recordScore', { scores }).refusal).toBeUndefined();
  });

  it('comes from any reviewer under a plan that assigns nobody, and before a declaration where the plan asks for none', () => {
    const scores = fullScores(calmPlan);
    const open = journeyTo('technical-review', underReview({ assignment: 'open' })).act(fourth, 'declareInterest', {
      interest: 'none',
    });
    expect(open.ask(fourth, 'recordScore', { scores }).refusal).toBeUndefined();
    const undeclared = assigned(underReview({ declareFirst: false }));
    expect(undeclared.ask(first, 'recordScore', { scores }).refusal).toBeUndefined();
  });

  it('is recorded with its weighted total', () => {
    const told = scored([8, 6]);
    expect(lastEvents(told)).toEqual([
      { kind: 'scoreRecorded', personId: second.personId, scores: fullScores(calmPlan, 6), total: 6_000 },
    ]);
    expect(told.request().review.scores.map(({ personId, total }) => [personId, total])).toEqual([
      [first.personId, 8_000],
      [second.personId, 6_000],
    ]);
    expect('reopened' in told.request().review).toBe(false);
  });
});

describe('the weighted total', () => {
  const criteria = [
    { code: 'a', weight: 70, max: 3 },
    { code: 'b', weight: 30, max: 7 },
  ];

  it.each([
    [{ a: 3, b: 7 }, 10_000],
    [{ a: 0, b: 0 }, 0],
    // 2333.33 and 428.57, each rounded down.
    [{ a: 1, b: 1 }, 2_333 + 428],
    [{ a: 2 }, 4_666],
  ])('of %j is %i hundredths', (scores, total) => {
    expect(weightedTotal(criteria, scores)).toBe(total);
  });
});

describe('scores of a whole panel', () => {
  it('are waited for as many as the plan says, also where nobody is assigned', () => {
    const told = journeyTo('technical-review', underReview({ assignment: 'open', declareFirst: false }));
    for (const reviewer of [first, second]) told.act(reviewer, 'recordScore', { scores: fullScores(calmPlan) });
    expect(stageOf(told)).toBe('technical-review');
    told.act(fourth, 'recordScore', { scores: fullScores(calmPlan) });
    expect(stageOf(told)).toBe('committee');
  });

  it('wait for each other, then go on to the committee', () => {
    expect(stageOf(scored([8, 8]))).toBe('technical-review');
    const told = scored([8, 8, 8]);
    expect(lastEvents(told)).toMatchObject([{ kind: 'scoreRecorded' }, { kind: 'stageEntered', stage: 'committee' }]);
  });

  it('call one reviewer more when they lie wider apart than the threshold, and no second one', () => {
    const exactly = scored([6, 9, 9]);
    expect([stageOf(exactly), exactly.request().review.widened]).toEqual(['committee', false]);
    const told = scored([5, 9, 9]);
    expect(lastEvents(told)?.slice(1)).toEqual([{ kind: 'reviewWidened', wanted: 4, spread: 4_000 }]);
    expect(told.request()).toMatchObject({
      position: { stage: 'technical-review' },
      review: { wanted: 4, widened: true },
    });
    told.act(people.secretary, 'assignReviewers', { reviewers: named(fourth) });
    told.act(fourth, 'declareInterest', { interest: 'none' });
    told.act(fourth, 'recordScore', { scores: fullScores(calmPlan, 0) });
    expect(stageOf(told)).toBe('committee');
  });

  it.each([
    [1, 'late', 'technical-review'],
    [2, null, 'committee'],
  ])('with %i of them at the due time', (count, lateness, stage) => {
    const told = scored([8, 8].slice(0, count)).passDeadline();
    expect(told.request().position).toMatchObject({ lateness, stage });
  });

  it('are no alarm at the threshold itself, nor while one of them is missing', () => {
    expect(spreadOf([3, 9, 5])).toBe(6);
    const at = (marks: readonly number[]) => spreadAlarm(scored(marks).request(), calmPlan);
    expect(at([8])).toBeNull();
    expect(at([6, 9])).toEqual({ spread: 3_000, threshold: 3_000, widened: false, scoresDisagree: false });
    expect(at([6, 9, 9])).toEqual({ spread: 3_000, threshold: 3_000, widened: false, scoresDisagree: false });
  });
});

describe('scores of which a part was voided', () => {
  const reopened = (): Journey =>
    correct(returnedByCommittee(), { sections: { ...before, budget: 'l2' } }, [fieldOf('budget/lines/a/quantity')]);
  const { 'budget-and-value': gone, ...kept } = fullScores(calmPlan);

  it('keep what stands of each sheet until its reviewer completes it', () => {
    expect(gone).toBe(8);
    const told = reopened();
    expect(keptScores(told.request(), second.personId)).toEqual(kept);
    expect(keptScores(told.request(), fourth.personId)).toEqual({});
    expect(keptScores(journeyTo('technical-review').request(), first.personId)).toEqual({});
    told.act(first, 'recordScore', { scores: { 'budget-and-value': 8 } });
    expect(told.request().review.reopened?.map(({ personId }) => personId)).toEqual([second.personId, third.personId]);
    expect(keptScores(told.request(), first.personId)).toEqual({});
  });

  it('name each score that stands and would be changed', () => {
    const scores = { 'budget-and-value': 8, sustainability: 1, 'need-and-targeting': 1 };
    expect(reopened().ask(first, 'recordScore', { scores }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'score-stands', accepted: 'need-and-targeting sustainability' },
    });
  });

  it('are no longer waited for from a reviewer whose connection was found since', () => {
    const told = reopened().act(people.secretary, 'assignReviewers', {
      ...{ reviewers: named(fourth), interests: [{ personId: first.personId, kinds: ['employee'] }] },
    });
    expect(told.request().review).toMatchObject({
      reopened: [{ personId: second.personId }, { personId: third.personId }],
      assigned: named(second, third, fourth),
    });
  });
});
