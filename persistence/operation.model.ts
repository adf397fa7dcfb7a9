// Idempotency records: one per key, actor, route and object. The same documents are the operations that a 202 answer points to.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';

export type OperationSubject = { readonly kind: string; readonly id: string };

export type OperationDocument = {
  /** Derived from actor, route, object and key; also the id of the Temporal update and the key that the workflow keeps. */
  readonly _id: string;
  /** The operation's name in the API, e.g. `recordScreening`. */
  readonly kind: string;
  readonly personId: string;
  readonly subject: OperationSubject;
  /** The workflow that answers, for looking up an outcome that came after the deadline. */
  readonly workflowId: string | null;
  readonly state: 'pending' | 'succeeded';
  readonly fingerprint: string;
  readonly status: number | null;
  readonly body: unknown;
  readonly headers: Readonly<Record<string, string>>;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  /** Until then the process that made the record is believed to be working on it. */
  readonly deadlineAt: Date;
  /** Absent for money: those keys are never forgotten. */
  readonly expiresAt?: Date;
};

const schema = new Schema<OperationDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, required: true },
    personId: { type: String, required: true },
    subject: { kind: { type: String, required: true }, id: { type: String, required: true } },
    workflowId: { type: String, default: null },
    state: { type: String, enum: ['pending', 'succeeded'], required: true },
    fingerprint: { type: String, required: true },
    status: { type: Number, default: null },
    body: { type: Schema.Types.Mixed },
    headers: { type: Schema.Types.Mixed },
    startedAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    deadlineAt: { type: Date, required: true },
    expiresAt: Date,
  },
  { collection: 'operations', versionKey: false, minimize: false },
);

export const OperationModel = mongoose.model<OperationDocument>('Operation', schema);
export const operationCollection = () => mongoose.connection.collection<OperationDocument>('operations');

export const operationIndexes: readonly NamedIndex[] = [
  { name: 'expiry', key: { expiresAt: 1 }, expireAfterSeconds: 0 },
];
