// Reads of published plans for people: all of them, one with the time it takes effect, and past requests that ran under a code.
import { trusted } from 'mongoose';
import type { Plan } from '../domain/plan.js';
import type { PlanVersionDocument } from './plan-version.model.js';
import { PlanVersionModel } from './plan-version.model.js';
import { RequestModel, requestIndexName } from './request.model.js';
import type { RequestRecord } from './request.reads.js';

export type PublishedPlan = PlanVersionDocument & { readonly publishedAt: Date };
const isPublished = (row: PlanVersionDocument): row is PublishedPlan => row.publishedAt !== null;

/** Null for plans that were only kept for measuring. */
export const publishedPlan = async (hash: string): Promise<PublishedPlan | null> => {
  const found = await PlanVersionModel.findById(hash).lean<PlanVersionDocument | null>();
  return found !== null && isPublished(found) ? found : null;
};

/** Newest first. Plans are few: a handful a year. */
export const publishedPlans = async (): Promise<PublishedPlan[]> => {
  const filter = { publishedAt: trusted({ $ne: null }) };
  const found = await PlanVersionModel.find(filter).sort({ effectiveFrom: -1, _id: 1 }).lean<PlanVersionDocument[]>();
  return found.filter(isPublished);
};

/** Of which purpose and whether published does not matter: the name is taken. */
export const hashOfVersion = async ({ code, version }: Pick<Plan, 'code' | 'version'>): Promise<string | null> =>
  (await PlanVersionModel.findOne({ code, version }, { _id: 1 }).lean())?._id ?? null;

const longestMs = 5_000;

/** The requests of this plan's code that changed last, to try a draft on. */
export const requestsUnderCode = async (code: string, limit: number): Promise<RequestRecord[]> => {
  const hashes = (await PlanVersionModel.find({ code }, { _id: 1 }).lean()).map(({ _id }) => _id);
  return RequestModel.find({ planHash: trusted({ $in: hashes }) }, { amountOrder: 0, dueOrder: 0 })
    .sort({ updatedAt: -1, _id: -1 })
    .limit(limit)
    .hint(requestIndexName(null, 'updated'))
    .maxTimeMS(longestMs)
    .lean<RequestRecord[]>();
};
