// Drafts of plans while administrators work on them. A published plan is content-addressed and lives in plan_versions.
import mongoose, { Schema } from 'mongoose';
import type { Plan } from '../domain/plan.js';
import type { NamedIndex } from './named-index.js';

export type PlanDraftDocument = {
  readonly _id: string;
  /** Equals the seq of its newest audit entry. */
  readonly version: number;
  readonly plan: Plan;
  /** Hash of the published plan it was started from. */
  readonly basedOn: string | null;
  readonly lastEditedBy: string;
  readonly updatedAt: Date;
  readonly publishedHash: string | null;
};

const schema = new Schema<PlanDraftDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    plan: { type: Schema.Types.Mixed, required: true },
    basedOn: { type: String, default: null },
    lastEditedBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
    publishedHash: { type: String, default: null },
  },
  { collection: 'plan_drafts', versionKey: false, minimize: false },
);

export const PlanDraftModel = mongoose.model<PlanDraftDocument>('PlanDraft', schema);
export const planDraftCollection = () => mongoose.connection.collection<PlanDraftDocument>('plan_drafts');

export const planDraftIndexes: readonly NamedIndex[] = [{ name: 'updated', key: { updatedAt: -1, _id: -1 } }];
