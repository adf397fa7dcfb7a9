// Technical review: the suggestion with its reasons, a deviation that must be explained, the alarm when scores lie wide apart.
import { describe, expect, it } from '@jest/globals';
import { connectionKinds } from '../../domain/connection.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import { spreadAlarm } from '../../domain/review/spread.js';
import type { Candidate, SuggestionReason } from '../../domain/review/suggestion.js';
import { missingReviewers, rankReviewers } from '../../domain/review/suggestion.js';
import { connectionWords, sentenceOf } from '../../domain/review/suggestion-sentences.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { fullScores, journeyTo } from '../support/journey.js';
import { people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const candidate = (personId: string, change: Partial<Candidate> = {}): Candidate => ({
  ...{ personId, expertise: [], openTasks: 0, earlierReviews: 0, interests: [] },
  ...change,
});
const atReview = () => journeyTo('technical-review');
const rank = (candidates: readonly Candidate[], told: Journey = atReview()) =>
  rankReviewers(told.request(), candidates, calmPlan);

describe('the suggestion of reviewers', () => {
  it('weighs expertise, open tasks and earlier reviews of the same NGO', () => {
    const ranked = rank([
      candidate('knows-but-busy', { expertise: ['disability'], openTasks: 7 }),
      candidate('knows', { expertise: ['disability'], openTasks: 1 }),
      candidate('knows-the-ngo', { expertise: ['disability'], earlierReviews: 2 }),
      candidate('free'),
    ]);
    expect(ranked.map(({ personId, points, suggested }) => [personId, points, suggested])).toEqual([
      ['knows', 50, true],
      ['knows-the-ngo', 20, true],
      ['free', 0, true],
      ['knows-but-busy', -10, false],
    ]);
  });

  it('is the same whatever order people come in; equal points go by the id', () => {
    const four = ['d', 'b', 'c', 'a'].map((personId) => candidate(personId));
    expect(rank(four)).toEqual(rank([...four].reverse()));
    expect(rank(four).map(({ personId }) => personId)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('leaves out who is connected, has declared, has acted or is assigned, and says why', () => {
    const told = atReview();
    const [first, second, third] = reviewers;
    if (!first || !second || !third) throw new Error('there are reviewers');
    told.act(first, 'declareInterest', { interest: 'conflict' }).act(people.secretary, 'assignReviewers', {
      reviewers: ['x', 'y', 'z'].map((personId) => ({ personId, name: personId })),
    });
    const ranked = rank(
      [
        candidate(first.personId),
        candidate('board', { interests: ['board-member'] }),
        candidate('hana'),
        candidate('x'),
        candidate('free'),
      ],
      told,
    );
    expect(ranked.filter(({ suggested }) => suggested)).toEqual([]);
    expect(ranked.map(({ personId, points, reasons }) => [personId, points, reasons[0]?.code])).toEqual([
      ['free', 0, 'other-programme'],
      ['board', null, 'connected'],
      ['hana', null, 'has-acted'],
      [first.personId, null, 'interest-declared'],
      ['x', null, 'already-assigned'],
    ]);
  });

  it('does not leave out who scored on it before: a score that a correction voided bars nobody', () => {
    const acts = [{ personId: 'scorer', duty: 'score' } as const, { personId: 'voter', duty: 'vote' } as const];
    const ranked = rankReviewers(
      { ...atReview().request(), acts },
      [candidate('scorer'), candidate('voter')],
      calmPlan,
    );
    expect(ranked.map(({ personId, points }) => [personId, points])).toEqual([
      ['scorer', 0],
      ['voter', null],
    ]);
  });

  it('says what was weighed, in this order', () => {
    const [knows, other] = rank([
      candidate('a', { expertise: ['disability'], openTasks: 2, earlierReviews: 1 }),
      candidate('b', { expertise: ['capacity'] }),
    ]);
    expect(knows?.reasons).toEqual([
      { code: 'knows-programme' },
      { code: 'open-tasks', count: 2 },
      { code: 'earlier-reviews', count: 1 },
    ]);
    expect(other?.reasons[0]).toEqual({ code: 'other-programme' });
    const draft = rankReviewers(
      journeyTo('draft').request(),
      [candidate('a', { expertise: ['disability'] })],
      calmPlan,
    );
    expect(draft[0]?.reasons[0]).toEqual({ code: 'other-programme' });
  });

  it('weighs with the points of the plan, and with the usual ones where it has none', () => {
    const one = candidate('a', { expertise: ['disability'], openTasks: 1, earlierReviews: 1 });
    const pointsUnder = (review: Plan['review']) =>
      rankReviewers(atReview().request(), [one], { ...calmPlan, review })[0]?.points;
    const { suggestion, ...without } = calmPlan.review;
    const own = { expertise: 1_000, perOpenTask: 100, perEarlierReview: 1, deviationNeedsReason: false };
    expect(suggestion).toBeDefined();
    expect(pointsUnder({ ...without, suggestion: own })).toBe(899);
    expect(pointsUnder(without)).toBe(60 - 10 - 20);
    const unsuggested = { ...calmPlan, review: without };
    const told = journeyTo('technical-review', unsuggested);
    const body = { reviewers: reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name })), suggested: [] };
    expect(told.ask(people.secretary, 'assignReviewers', body).refusal).toBeUndefined();
  });

  it('suggests as many as are missing, and nobody once all are assigned', () => {
    const four = ['a', 'b', 'c', 'd'].map((personId) => candidate(personId));
    const suggested = (told: Journey) => rank(four, told).filter((one) => one.suggested).length;
    expect([missingReviewers(atReview().request(), calmPlan), suggested(atReview())]).toEqual([3, 3]);
    const full = scored(8, 8, 8);
    expect([missingReviewers(full.request(), calmPlan), suggested(full)]).toEqual([0, 0]);
    const wider = scored(1, 9, 9);
    expect([missingReviewers(wider.request(), calmPlan), suggested(wider)]).toEqual([1, 1]);
    const lower = { ...calmPlan, review: { ...calmPlan.review, reviewers: 2 } };
    expect(missingReviewers({ ...full.request(), review: { ...full.request().review, wanted: 0 } }, lower)).toBe(0);
  });

  it('gives each reason in both languages', () => {
    const reasons = rank([candidate('a', { openTasks: 3 }), candidate('b', { interests: ['same-phone'] })]).flatMap(
      (one) => one.reasons,
    );
    for (const { ar, en } of reasons.map(sentenceOf)) {
      expect(ar).toMatch(/[\u0600-\u06ff].*\.$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
    }
    expect(reasons.map((reason) => sentenceOf(reason).en)).toContain('Open tasks now: 3.');
  });
});

describe('the sentences of a suggestion', () => {
  const plain = ['knows-programme', 'other-programme', 'interest-declared', 'has-acted', 'already-assigned'] as const;
  const reasons: readonly SuggestionReason[] = [
    ...plain.map((code) => ({ code })),
    { code: 'open-tasks', count: 41 },
    { code: 'earlier-reviews', count: 42 },
    ...connectionKinds.map((kind) => ({ code: 'connected', kinds: [kind] }) as const),
    { code: 'connected', kinds: ['employee', 'same-phone'] },
  ];
  const sentences = reasons.map(sentenceOf);

  it('are one for each reason, in both languages, and no two alike', () => {
    for (const { ar, en } of sentences) {
      expect(ar).toMatch(/^[\u0600-\u06ff][^a-z]*\.$/);
      expect(en).toMatch(/^[A-Z][^\u0600-\u06ff]{10,}\.$/);
      expect(`${ar} ${en}`).not.toMatch(/undefined|:\s*[.,،]/);
    }
    expect(new Set(sentences.map(({ ar }) => ar)).size).toBe(reasons.length);
    expect(new Set(sentences.map(({ en }) => en)).size).toBe(reasons.length);
  });

  it('carry the numbers, and every connection found', () => {
    expect(sentenceOf({ code: 'open-tasks', count: 41 })).toMatchObject({ ar: expect.stringContaining('41') });
    expect(sentenceOf({ code: 'earlier-reviews', count: 42 })).toEqual({
      ar: 'تقييمات سابقة لطلبات الجهة نفسها: 42.',
      en: 'Earlier reviews of this organisation: 42.',
    });
    expect(sentenceOf({ code: 'connected', kinds: ['employee', 'same-phone'] })).toEqual({
      ar: 'مستبعد لصلة بالجهة: العمل لدى الجهة، رقم هاتف مشترك مع الجهة.',
      en: 'Excluded: works for the organisation, shares a telephone number with the organisation.',
    });
  });

  it('name each connection in words of its own', () => {
    for (const kind of connectionKinds) {
      expect(connectionWords[kind].ar).toMatch(/[\u0600-\u06ff]/);
      expect(connectionWords[kind].en).toMatch(/organisation/);
    }
  });
});

const strict = {
  ...calmPlan,
  review: {
    ...calmPlan.review,
    ...(developmentGrant.review.suggestion ? { suggestion: developmentGrant.review.suggestion } : {}),
  },
};

describe('an assignment that is not the one suggested', () => {
  const chosen = reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name }));
  const suggested = ['reviewer-1', 'reviewer-2', 'reviewer-4'];

  it('needs a reason under the reference plan, and both stay in the trail', () => {
    const told = journeyTo('technical-review', strict);
    const body = { reviewers: chosen, suggested };

    expect(told.ask(people.secretary, 'assignReviewers', body).refusal).toEqual({
      code: 'conditionsNotMet',
      rule: 'deviation-needs-reason',
      accepted: 'reason',
    });
    told.act(people.secretary, 'assignReviewers', body, { reason: 'reviewer-4 is away' });
    expect(told.entries().at(-1)).toMatchObject({
      reason: 'reviewer-4 is away',
      events: [{ kind: 'reviewersAssigned', suggested }],
    });
  });

  it('needs none where it follows the suggestion or the plan does not ask', () => {
    const followed = { reviewers: chosen, suggested: chosen.map(({ personId }) => personId) };
    expect(journeyTo('technical-review', strict).ask(people.secretary, 'assignReviewers', followed).refusal).toBe(
      undefined,
    );
    const free = atReview().ask(people.secretary, 'assignReviewers', { reviewers: chosen, suggested });
    expect(free.refusal).toBeUndefined();
  });
});

const scored = (...marks: readonly number[]): Journey => {
  const told = atReview();
  const panel = reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name }));
  told.act(people.secretary, 'assignReviewers', { reviewers: panel });
  reviewers.slice(0, 3).forEach((reviewer, index) => {
    told.act(reviewer, 'declareInterest', { interest: 'none' });
    told.act(reviewer, 'recordScore', { scores: fullScores(calmPlan, marks[index] ?? 0) });
  });
  return told;
};

describe('scores that lie wide apart', () => {
  const widened = () => scored(1, 9, 9);
  const context = { plan: calmPlan, nowMs: 0 };

  it('ask the secretary for one reviewer more, as a task of its own', () => {
    const told = widened();
    expect(tasksOf(told.request(), context)).toMatchObject([{ name: 'assign-extra', command: 'assignReviewers' }]);
    expect(spreadAlarm(told.request(), calmPlan)).toEqual({
      spread: 8_000,
      threshold: 3_000,
      widened: true,
      scoresDisagree: false,
    });
  });

  it('go on after the extra score, flagged for the committee', () => {
    const [, , , fourth] = reviewers;
    if (!fourth) throw new Error('there is a fourth reviewer');
    const told = widened()
      .act(people.secretary, 'assignReviewers', { reviewers: [{ personId: fourth.personId, name: fourth.name }] })
      .act(fourth, 'declareInterest', { interest: 'none' })
      .act(fourth, 'recordScore', { scores: fullScores(calmPlan, 5) });
    expect(told.request().position.stage).toBe('committee');
    expect(spreadAlarm(told.request(), calmPlan)).toMatchObject({ widened: true, scoresDisagree: true });
  });

  it('are no alarm when they lie close together', () => {
    expect(spreadAlarm(scored(7, 8, 9).request(), calmPlan)).toMatchObject({ spread: 2_000, scoresDisagree: false });
    expect(spreadAlarm(atReview().request(), calmPlan)).toBeNull();
  });
});

describe('the score sheet of the reference plan', () => {
  it('has a label and guidance in both languages for each criterion', () => {
    for (const { labels, guidance } of developmentGrant.review.criteria) {
      expect(labels?.ar).toMatch(/[\u0600-\u06ff]/);
      expect(guidance?.ar).toMatch(/[\u0600-\u06ff]/);
      expect(`${labels?.en} ${guidance?.en}`).toMatch(/^[A-Z].*\?$/);
    }
  });

  it('is not accepted with points that are no whole numbers', () => {
    const suggestion = { expertise: 0.5, perOpenTask: 1, perEarlierReview: 1, deviationNeedsReason: false };
    const broken = { ...calmPlan, review: { ...calmPlan.review, suggestion } };
    expect(planFaults(broken).map(({ path }) => path)).toEqual(['review.suggestion']);
  });
});
