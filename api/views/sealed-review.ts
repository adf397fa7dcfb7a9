// What a reader may see of a review that is still going on: who reviews, and what was scored. Afterwards the Fund sees all of it.
import type { Actor } from '../../domain/actor.js';
import { holds } from '../../domain/actor.js';
import type { EventKind, RequestEvent } from '../../domain/event.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { extraReviewerTask } from '../../domain/task.js';
import type { TaskRow } from '../../persistence/task.reads.js';
import type { Audience } from '../access.js';

/** `names`: who reviews. `scores`: what others scored, and how far it lies apart. */
export type ReviewSight = { readonly names: boolean; readonly scores: boolean };

const all: ReviewSight = { names: true, scores: true };
const none: ReviewSight = { names: false, scores: false };

/**
 * Reviewers judge alone: a reviewer sees the others once the own score is given and enough are in. The secretary knows whom the
 * review waits for, but like the committee sees no score before the stage is left. Auditors see everything; the NGO nothing.
 */
export const reviewSight = (
  { position, outcome, review }: GrantRequest,
  { audience, caller, plan }: { readonly audience: Audience; readonly caller: Actor; readonly plan: Plan },
): ReviewSight => {
  if (audience === 'ngo') return none;
  if (audience === 'audit' || outcome !== null || position.stage !== 'technical-review') return all;
  const isReviewer = review.assigned.some(({ personId }) => personId === caller.personId);
  const hasScored = review.scores.some(({ personId }) => personId === caller.personId);
  if (isReviewer) return hasScored && review.scores.length >= plan.review.enoughScores ? all : none;
  return { names: holds(caller, 'committeeSecretary'), scores: false };
};

/** Acts of reviewers in a timeline, whose author and reason are sealed with the score. */
const reviewersActs: readonly string[] = ['declareInterest', 'recordScore'];
export const isReviewersAct = (command: string): boolean => reviewersActs.includes(command);

/** What is left of an event of reviewers for people who may not know who reviews. */
const nameless: Partial<Record<EventKind, readonly string[]>> = {
  interestDeclared: [],
  interestDerived: [],
  reviewersAssigned: [],
};

/**
 * That one more was called in says that scores differ. The secretary, who is asked to assign, sees it: how far they differ does not
 * say which way they lean.
 */
export const isHiddenEvent = ({ kind }: RequestEvent, sight: ReviewSight): boolean =>
  kind === 'reviewWidened' && !sight.names;

/** As long as that is sealed, no more reviewers are counted than the plan begins with. */
export const reviewCounts = ({ review }: GrantRequest, plan: Plan, sight: ReviewSight) => {
  const most = sight.names ? Infinity : plan.review.reviewers;
  return { wanted: Math.min(review.wanted, most), received: Math.min(review.scores.length, most) };
};

/** The fields of an event that the reader may see; null when all of them. */
export const sealedFields = (event: RequestEvent, caller: Actor, sight: ReviewSight): readonly string[] | null => {
  if ('personId' in event && event.personId === caller.personId) return null;
  if (event.kind !== 'scoreRecorded') return sight.names ? null : (nameless[event.kind] ?? null);
  if (sight.scores) return null;
  return sight.names ? ['personId'] : [];
};

/** A task whose name tells which reviewer is waited for, or that one more is; others only see the command. */
export const isSealedTask = ({ name, command, personId }: TaskRow, caller: Actor): boolean =>
  name === extraReviewerTask || (isReviewersAct(command) && personId !== undefined && personId !== caller.personId);
