// Refused attempts: what people tried and a rule said no to. Kept beside the audit trail in a sequence of its own, because a
// refusal leaves no trace in Temporal. Never the text of what was sent.
import mongoose, { Schema } from 'mongoose';
import type { Actor } from '../domain/actor.js';
import type { Subject } from '../domain/audit/chain.js';
import { subjectKinds } from '../domain/audit/chain.js';
import type { Refusal } from '../domain/refusal.js';
import type { NamedIndex } from './named-index.js';

export type AttemptSubject = Subject;

export type RefusedAttemptDocument = {
  readonly subjectKind: AttemptSubject['kind'];
  readonly subjectId: string;
  /** Gap-free from 1 for each subject. */
  readonly seq: number;
  readonly at: Date;
  readonly actor: Actor;
  /** The operation's name in the API. */
  readonly command: string;
  /** The true code, also where the caller was told that there is nothing. */
  readonly code: Refusal['code'];
  readonly rule?: string;
  readonly accepted?: string;
  /** Id of the HTTP call; the log has more under it. */
  readonly httpRequestId: string;
};

const schema = new Schema<RefusedAttemptDocument>(
  {
    subjectKind: { type: String, enum: subjectKinds, required: true },
    subjectId: { type: String, required: true },
    seq: { type: Number, required: true },
    at: { type: Date, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    command: { type: String, required: true },
    code: { type: String, required: true },
    rule: String,
    accepted: String,
    httpRequestId: { type: String, required: true },
  },
  { collection: 'refused_attempts', versionKey: false },
);

export const RefusedAttemptModel = mongoose.model<RefusedAttemptDocument>('RefusedAttempt', schema);
export const refusedAttemptCollection = () =>
  mongoose.connection.collection<RefusedAttemptDocument>('refused_attempts');

export const refusedAttemptIndexes: readonly NamedIndex[] = [
  { name: 'subject-seq', key: { subjectKind: 1, subjectId: 1, seq: 1 }, unique: true },
];
