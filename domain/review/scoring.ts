// Technical review: reviewers assigned, interests declared before scoring, weighted scores, one more reviewer when they differ widely.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { enterNext } from '../move.js';
import type { Criterion } from '../plan.js';
import { refuse } from '../refusal.js';

/** Hundredths of the weighted sheet: 10000 when every criterion has its maximum and the weights add up to 100. */
export const weightedTotal = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): number =>
  criteria.reduce((sum, { code, weight, max }) => sum + Math.floor((weight * (scores[code] ?? 0) * 100) / max), 0);

const sheetFault = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): string | null => {
  const named = Object.keys(scores);
  if (named.length !== criteria.length) return criteria.map(({ code }) => code).join(' ');
  const outside = criteria.find(({ code, max }) => {
    const score = scores[code];
    return score === undefined || !Number.isInteger(score) || score < 0 || score > max;
  });
  return outside ? `${outside.code} 0..${outside.max}` : null;
};

export const decideAssignment = (
  request: GrantRequest,
  command: PersonCommand<'assignReviewers'>,
  context: Context,
): Decision => {
  const { reviewers } = command.body;
  const people = reviewers.map(({ personId }) => personId);
  const wanted = Math.max(request.review.wanted, context.plan.review.reviewers);
  const named = new Set([...request.review.assigned.map(({ personId }) => personId), ...people]);
  if (new Set(people).size !== people.length || named.size !== request.review.assigned.length + people.length)
    return refuse('alreadyActed', 'reviewers-distinct');
  if (named.size !== wanted) return refuse('conditionsNotMet', 'reviewers-wanted', String(wanted));
  if (people.some((personId) => request.conflicted.includes(personId))) return refuse('conflictOfInterest');
  const busy = request.acts.some((act) => people.includes(act.personId) && act.duty !== 'score');
  return busy
    ? refuse('dutyConflict', 'reviewer-has-acted')
    : happened({ kind: 'reviewersAssigned', reviewers, wanted });
};

export const decideInterest = (request: GrantRequest, command: PersonCommand<'declareInterest'>): Decision => {
  const { personId } = command.by;
  const { interest } = command.body;
  if (request.review.declared.includes(personId) || request.conflicted.includes(personId))
    return refuse('alreadyActed', 'interest-declared');
  return happened({ kind: 'interestDeclared', personId, interest });
};

/** A ballot that was closed is decided: an interest declared later does not change who decided it. */
const recuse = (ballot: GrantRequest['ballot'], personId: string, version: number): GrantRequest['ballot'] =>
  ballot === null || ballot.closed
    ? ballot
    : { ...ballot, recused: [...new Set([...ballot.recused, personId])], lastVoteVersion: version };

const spreadOf = (totals: readonly number[]): number => Math.max(...totals) - Math.min(...totals);

export const decideScore = (
  request: GrantRequest,
  command: PersonCommand<'recordScore'>,
  context: Context,
): Decision => {
  const { plan } = context;
  const { personId } = command.by;
  const { scores } = command.body;
  const { review } = request;
  const assigned = review.assigned.some((reviewer) => reviewer.personId === personId);
  if (plan.review.assignment === 'by-officer' && !assigned) return refuse('notAssigned');
  if (review.scores.some((score) => score.personId === personId)) return refuse('alreadyActed', 'score-given');
  if (plan.review.declareFirst && !review.declared.includes(personId))
    return refuse('conditionsNotMet', 'declare-interest-first', 'declareInterest');
  const fault = sheetFault(plan.review.criteria, scores);
  if (fault !== null) return refuse('conditionsNotMet', 'score-sheet', fault);
  const total = weightedTotal(plan.review.criteria, scores);
  const recorded = { kind: 'scoreRecorded', personId, scores, total } as const;
  const totals = [...review.scores.map((score) => score.total), total];
  if (totals.length < Math.max(review.wanted, plan.review.reviewers)) return happened(recorded);
  const spread = spreadOf(totals);
  if (spread > plan.review.spreadThreshold && !review.widened)
    return happened(recorded, { kind: 'reviewWidened', wanted: totals.length + 1, spread });
  return happened(recorded, enterNext('technical-review', context));
};

/** At the due time the scores that are in decide whether the request goes on. */
export const enoughScores = (request: GrantRequest, context: Context): boolean =>
  request.review.scores.length >= context.plan.review.enoughScores;

export const scoringFolds: Folds<'reviewersAssigned' | 'interestDeclared' | 'scoreRecorded' | 'reviewWidened'> = {
  reviewersAssigned: (request, { reviewers, wanted }) => ({
    ...request,
    review: { ...request.review, wanted, assigned: [...request.review.assigned, ...reviewers] },
  }),
  interestDeclared: (request, { personId, interest }, { version }) =>
    interest === 'none'
      ? { ...request, review: { ...request.review, declared: [...request.review.declared, personId] } }
      : {
          ...request,
          conflicted: [...request.conflicted, personId],
          ballot: recuse(request.ballot, personId, version),
          review: {
            ...request.review,
            assigned: request.review.assigned.filter((reviewer) => reviewer.personId !== personId),
          },
        },
  scoreRecorded: (request, { personId, scores, total }) => ({
    ...request,
    review: { ...request.review, scores: [...request.review.scores, { personId, scores, total }] },
  }),
  reviewWidened: (request, { wanted }) => ({ ...request, review: { ...request.review, wanted, widened: true } }),
};
