// Technical review: reviewers assigned, interests declared before scoring, weighted scores, one more reviewer when they differ widely.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { enterNext } from '../move.js';
import type { Criterion } from '../plan.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { spreadOf } from './spread.js';

/** Hundredths of the weighted sheet: 10000 when every criterion has its maximum and the weights add up to 100. */
export const weightedTotal = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): number =>
  criteria.reduce((sum, { code, weight, max }) => sum + Math.floor((weight * (scores[code] ?? 0) * 100) / max), 0);

const sheetFault = (criteria: readonly Criterion[], scores: Readonly<Record<string, number>>): string | null => {
  const named = Object.keys(scores);
  if (named.length !== criteria.length) return criteria.map(({ code }) => code).join(' ');
  const outside = criteria.find(({ code, max }) => {
    const score = scores[code] ?? -1;
    return !Number.isInteger(score) || score < 0 || score > max;
  });
  return outside ? `${outside.code} 0..${outside.max}` : null;
};

/** Where no suggestion was sent there is nothing to deviate from; the API always sends one. */
const deviationFault = (
  { body, reason = '' }: PersonCommand<'assignReviewers'>,
  { plan }: Context,
): { refusal: Refusal } | null => {
  const { reviewers, suggested } = body;
  if (suggested === undefined || plan.review.suggestion?.deviationNeedsReason !== true) return null;
  const deviates = reviewers.some(({ personId }) => !suggested.includes(personId));
  return deviates && reason.trim() === '' ? refuse('conditionsNotMet', 'deviation-needs-reason', 'reason') : null;
};

/** The connection that data show names the rule; a conflict known from before has none to name. */
const conflictFault = (
  request: GrantRequest,
  { reviewers, interests }: PersonCommand<'assignReviewers'>['body'],
): { refusal: Refusal } | null => {
  const barred = reviewers.find(({ personId }) => request.conflicted.includes(personId));
  if (barred === undefined) return null;
  return refuse('conflictOfInterest', interests?.find(({ personId }) => personId === barred.personId)?.kinds[0]);
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
  if (named.size !== request.review.assigned.length + people.length)
    return refuse('alreadyActed', 'reviewers-distinct');
  if (named.size !== wanted) return refuse('conditionsNotMet', 'reviewers-wanted', String(wanted));
  const fault = conflictFault(request, command.body) ?? deviationFault(command, context);
  if (fault) return fault;
  const { suggested } = command.body;
  const busy = request.acts.some((act) => people.includes(act.personId) && act.duty !== 'score');
  return busy
    ? refuse('dutyConflict', 'reviewer-has-acted')
    : happened({ kind: 'reviewersAssigned', reviewers, wanted, ...(suggested === undefined ? {} : { suggested }) });
};

export const decideInterest = (request: GrantRequest, command: PersonCommand<'declareInterest'>): Decision => {
  const { personId, interests: [found] = [] } = command.by;
  const { interest } = command.body;
  if (request.review.declared.includes(personId) || request.conflicted.includes(personId))
    return refuse('alreadyActed', 'interest-declared');
  if (interest === 'none' && found !== undefined) return refuse('conflictOfInterest', found, 'conflict');
  return happened({ kind: 'interestDeclared', personId, interest });
};

/** What a correction left standing of a reviewer's earlier sheet; only the other criteria are asked again. */
export const keptScores = ({ review }: GrantRequest, personId: string): Readonly<Record<string, number>> =>
  review.reopened?.find((score) => score.personId === personId)?.scores ?? {};

const stillReopened = (review: GrantRequest['review'], personId: string): Pick<GrantRequest['review'], 'reopened'> =>
  review.reopened === undefined ? {} : { reopened: review.reopened.filter((score) => score.personId !== personId) };

/** A ballot that was closed is decided: an interest declared later does not change who decided it. */
const recuse = (ballot: GrantRequest['ballot'], personId: string, version: number): GrantRequest['ballot'] =>
  ballot === null || ballot.closed
    ? ballot
    : { ...ballot, recused: [...new Set([...ballot.recused, personId])], lastVoteVersion: version };

export const decideScore = (
  request: GrantRequest,
  command: PersonCommand<'recordScore'>,
  context: Context,
): Decision => {
  const { plan } = context;
  const { personId } = command.by;
  const { review } = request;
  const kept = keptScores(request, personId);
  const scores = { ...kept, ...command.body.scores };
  const assigned = review.assigned.some((reviewer) => reviewer.personId === personId);
  if (plan.review.assignment === 'by-officer' && !assigned) return refuse('notAssigned');
  if (review.scores.some((score) => score.personId === personId)) return refuse('alreadyActed', 'score-given');
  if (plan.review.declareFirst && !review.declared.includes(personId))
    return refuse('conditionsNotMet', 'declare-interest-first', 'declareInterest');
  const changed = Object.keys(kept).filter((code) => scores[code] !== kept[code]);
  if (changed.length > 0) return refuse('conditionsNotMet', 'score-stands', changed.join(' '));
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

/** Out of everything on this request: never asked again, recused from an open ballot, no longer a reviewer. */
export const excluded = (request: GrantRequest, personId: string, version = request.version): GrantRequest => ({
  ...request,
  conflicted: [...request.conflicted, personId],
  ballot: recuse(request.ballot, personId, version),
  review: {
    ...request.review,
    ...stillReopened(request.review, personId),
    assigned: request.review.assigned.filter((reviewer) => reviewer.personId !== personId),
  },
});

type ScoringEvent = 'reviewersAssigned' | 'interestDerived' | 'interestDeclared' | 'scoreRecorded' | 'reviewWidened';

export const scoringFolds: Folds<ScoringEvent> = {
  reviewersAssigned: (request, { reviewers, wanted }) => ({
    ...request,
    review: { ...request.review, wanted, assigned: [...request.review.assigned, ...reviewers] },
  }),
  interestDeclared: (request, { personId, interest }, { version }) =>
    interest === 'none'
      ? { ...request, review: { ...request.review, declared: [...request.review.declared, personId] } }
      : excluded(request, personId, version),
  interestDerived: (request, { personId }, { version }) => excluded(request, personId, version),
  scoreRecorded: (request, { personId, scores, total }) => ({
    ...request,
    review: {
      ...request.review,
      ...stillReopened(request.review, personId),
      scores: [...request.review.scores, { personId, scores, total }],
    },
  }),
  reviewWidened: (request, { wanted }) => ({ ...request, review: { ...request.review, wanted, widened: true } }),
};
