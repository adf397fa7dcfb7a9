// Who could review a request: ranked by expertise, load and independence, each with the reasons. The system suggests, a person assigns.
import type { ConnectionKind } from '../connection.js';
import type { GrantRequest } from '../grant-request.js';
import type { Plan, SuggestionPlan } from '../plan.js';

/** A holder of the reviewer's role with what was found about them now. */
export type Candidate = {
  readonly personId: string;
  /** Programmes the person knows. */
  readonly expertise: readonly string[];
  readonly openTasks: number;
  /** Reviews of earlier requests of the same NGO. */
  readonly earlierReviews: number;
  readonly interests: readonly ConnectionKind[];
};

export type SuggestionReason =
  | { readonly code: 'knows-programme' | 'other-programme' | 'interest-declared' | 'has-acted' | 'already-assigned' }
  | { readonly code: 'open-tasks' | 'earlier-reviews'; readonly count: number }
  | { readonly code: 'connected'; readonly kinds: readonly ConnectionKind[] };

export type RankedReviewer = {
  readonly personId: string;
  /** Null for people who are excluded: they have no place in the order. */
  readonly points: number | null;
  readonly suggested: boolean;
  readonly reasons: readonly SuggestionReason[];
};

type Points = Omit<SuggestionPlan, 'deviationNeedsReason'>;

/** For plans without numbers of their own. Expertise outweighs a few open tasks, not many. */
const usual: Points = { expertise: 60, perOpenTask: 10, perEarlierReview: 20 };

export const missingReviewers = ({ review }: GrantRequest, plan: Plan): number =>
  Math.max(0, Math.max(review.wanted, plan.review.reviewers) - review.assigned.length);

const exclusion = (request: GrantRequest, { personId, interests }: Candidate): SuggestionReason | null => {
  if (interests.length > 0) return { code: 'connected', kinds: interests };
  if (request.conflicted.includes(personId)) return { code: 'interest-declared' };
  if (request.review.assigned.some((reviewer) => reviewer.personId === personId)) return { code: 'already-assigned' };
  // A score void after a correction does not bar its author; every other act does.
  const acted = request.acts.some((act) => act.personId === personId && act.duty !== 'score');
  return acted ? { code: 'has-acted' } : null;
};

type Weighed = { readonly personId: string; readonly points: number; readonly reasons: readonly SuggestionReason[] };

const weigh = (candidate: Candidate, { file }: GrantRequest, points: Points): Weighed => {
  const { personId, expertise, openTasks, earlierReviews } = candidate;
  const knows = file !== null && expertise.includes(file.programmeCode);
  return {
    personId,
    points: (knows ? points.expertise : 0) - openTasks * points.perOpenTask - earlierReviews * points.perEarlierReview,
    reasons: [
      { code: knows ? 'knows-programme' : 'other-programme' },
      { code: 'open-tasks', count: openTasks },
      { code: 'earlier-reviews', count: earlierReviews },
    ],
  };
};

const byId = (one: { readonly personId: string }, other: { readonly personId: string }): number =>
  one.personId < other.personId ? -1 : 1;

/** Best first, people with equal points in the order of their ids; then those excluded, with the reason. */
export const rankReviewers = (
  request: GrantRequest,
  candidates: readonly Candidate[],
  plan: Plan,
): RankedReviewer[] => {
  const points = plan.review.suggestion ?? usual;
  const looked = candidates.map((candidate) => ({ candidate, reason: exclusion(request, candidate) }));
  const ranked = looked
    .flatMap(({ candidate, reason }) => (reason === null ? [weigh(candidate, request, points)] : []))
    .sort((one, other) => other.points - one.points || byId(one, other));
  const missing = missingReviewers(request, plan);
  const excluded = looked
    .flatMap(({ candidate, reason }) => (reason === null ? [] : [{ ...candidate, reason }]))
    .sort(byId)
    .map(({ personId, reason }) => ({ personId, points: null, suggested: false, reasons: [reason] }));
  return [...ranked.map((one, place) => ({ ...one, suggested: place < missing })), ...excluded];
};
