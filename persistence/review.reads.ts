// Reads for the technical review: what reviewers have open, what they reviewed before, and the scores of a call.
import { trusted } from 'mongoose';
import type { GrantRequest } from '../domain/grant-request.js';
import { RequestModel } from './request.model.js';
import { audienceOf, taskCollection } from './task.model.js';

export type Counts = ReadonlyMap<string, number>;

/** Open review tasks per person. One audience per person, so that it is a walk along the inbox's index. */
export const openReviewTasks = async (personIds: readonly string[]): Promise<Counts> => {
  const audiences = personIds.map((personId) => audienceOf('reviewer', { personId }));
  const rows = await taskCollection()
    .aggregate<{ readonly _id: string; readonly count: number }>([
      { $match: { audience: { $in: audiences } } },
      { $group: { _id: '$personId', count: { $sum: 1 } } },
    ])
    .toArray();
  return new Map(rows.map(({ _id, count }) => [_id, count]));
};

type Reviewed = { readonly _id: string; readonly state: Pick<GrantRequest, 'review' | 'position' | 'outcome'> };
const reviewedFields = { 'state.review': 1, 'state.position': 1, 'state.outcome': 1 } as const;

/** How often each person scored another request of this NGO; an NGO has few requests, so that they are counted here. */
export const earlierReviews = async (organisationId: string, exceptRequestId: string): Promise<Counts> => {
  const others = { organisationId, _id: trusted({ $ne: exceptRequestId }) };
  const rows = await RequestModel.find(others, reviewedFields).lean<Reviewed[]>();
  const counts = new Map<string, number>();
  for (const { personId } of rows.flatMap(({ state }) => state.review.scores))
    counts.set(personId, (counts.get(personId) ?? 0) + 1);
  return counts;
};

/** Reviews of one call, for its figures; the programme leads the index that is walked. */
export const reviewsOfCall = async (programmeCode: string, callId: string): Promise<Reviewed['state'][]> => {
  const rows = await RequestModel.find({ programmeCode, callId }, reviewedFields).sort({ _id: 1 }).lean<Reviewed[]>();
  return rows.map(({ state }) => state);
};
