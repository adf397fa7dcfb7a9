// Published plans by their hash: content-addressed and never changed, so that a process may keep what it has read.
import mongoose, { Schema, trusted } from 'mongoose';
import type { Plan } from '../domain/plan.js';
import { planFaults, publishingFaults } from '../domain/plan-check/plan-faults.js';
import { canonical, sha256 } from '../platform/hashing.js';
import type { NamedIndex } from './named-index.js';
import type { Session } from './transaction.js';

export type PlanVersionDocument = {
  /** SHA-256 of the plan's canonical JSON. */
  readonly _id: string;
  readonly code: string;
  readonly version: string;
  readonly purpose: Plan['purpose'];
  readonly plan: Plan;
  /** Null for plans made for measuring: they are kept, never published. */
  readonly publishedAt: Date | null;
  readonly effectiveFrom: Date;
};

const schema = new Schema<PlanVersionDocument>(
  {
    _id: { type: String, required: true },
    code: { type: String, required: true },
    version: { type: String, required: true },
    purpose: { type: String, enum: ['grants', 'measurement'], required: true },
    plan: { type: Schema.Types.Mixed, required: true },
    publishedAt: { type: Date, default: null },
    effectiveFrom: { type: Date, required: true },
  },
  { collection: 'plan_versions', versionKey: false, minimize: false },
);

export const PlanVersionModel = mongoose.model<PlanVersionDocument>('PlanVersion', schema);
const planVersions = () => mongoose.connection.collection<PlanVersionDocument>('plan_versions');

export const planVersionIndexes: readonly NamedIndex[] = [
  { name: 'code-version', key: { code: 1, version: 1 }, unique: true },
  { name: 'code-effective', key: { code: 1, effectiveFrom: -1 } },
];

export const planHashOf = (plan: Plan): string => sha256(canonical(plan));

type KeptAt = { readonly publishedAt: Date | null; readonly effectiveFrom: Date };

const keep = async (plan: Plan, { publishedAt, effectiveFrom }: KeptAt, session?: Session): Promise<string> => {
  const hash = planHashOf(plan);
  const { code, version, purpose } = plan;
  const content = { code, version, purpose, plan, publishedAt, effectiveFrom };
  await planVersions().updateOne(
    { _id: hash },
    { $setOnInsert: content },
    { upsert: true, ...(session && { session }) },
  );
  return hash;
};

/** Idempotent: the same plan again changes nothing. Another content under the same code and version breaks a unique index. */
export const publishPlan = (
  plan: Plan,
  at: { publishedAt: Date; effectiveFrom: Date },
  session?: Session,
): Promise<string> => {
  const [first] = publishingFaults(plan);
  if (first) throw new Error(`plan ${plan.code} ${plan.version} cannot be published: ${first.path}: ${first.en}`);
  return keep(plan, at, session);
};

/** Keeps a plan made for measuring or testing, without publishing it. */
export const keepPlan = (plan: Plan, effectiveFrom: Date): Promise<string> => {
  const [first] = planFaults(plan);
  if (first) throw new Error(`plan ${plan.code} ${plan.version} cannot run: ${first.path}: ${first.en}`);
  return keep(plan, { publishedAt: null, effectiveFrom });
};

const known = new Map<string, Plan>();

export const planByHash = async (hash: string): Promise<Plan> => {
  const cached = known.get(hash);
  if (cached) return cached;
  const stored = await PlanVersionModel.findById(hash, { plan: 1 }).lean();
  if (stored === null) throw new Error(`plan ${hash} is not published`);
  known.set(hash, stored.plan);
  return stored.plan;
};

/** The plan a new request of this code runs under: the latest whose time has come. */
export const currentPlan = async (
  code: string,
  at: Date,
  purpose: Plan['purpose'] = 'grants',
): Promise<{ hash: string; plan: Plan } | null> => {
  const due = { code, purpose, effectiveFrom: trusted({ $lte: at }) };
  // A plan that was only kept never reaches a real request.
  const filter = purpose === 'grants' ? { ...due, publishedAt: trusted({ $ne: null }) } : due;
  const stored = await PlanVersionModel.findOne(filter, { plan: 1 }).sort({ effectiveFrom: -1 }).lean();
  return stored === null ? null : { hash: stored._id, plan: stored.plan };
};
