// The audit trail: one document per recorded entry, append-only. No code path updates or deletes one.
import mongoose, { Schema } from 'mongoose';
import type { Linked, Subject } from '../domain/audit/chain.js';
import { subjectKinds } from '../domain/audit/chain.js';
import type { RegisterEntry } from '../domain/audit/register-entry.js';
import type { Entry } from '../domain/audit-entry.js';
import type { BatchEntry } from '../domain/money/payment-batch.js';
import type { NamedIndex } from './named-index.js';

/** What the hash of an entry covers, besides the hash before it. */
export type HashedRequestEntry = Entry & { readonly planHash: string };
export type HashedEntry = HashedRequestEntry | BatchEntry | RegisterEntry;

/** Outside the hash, because a repeated write would make them differ: which run (`api` for the register) wrote the entry, and when. */
type Written = { readonly runId: string; readonly writtenAt: Date };

export type AuditEntryDocument<E extends HashedEntry = HashedEntry> = {
  readonly subjectKind: Subject['kind'];
  readonly subjectId: string;
} & Linked<E> &
  Written;

const schema = new Schema<AuditEntryDocument>(
  {
    subjectKind: { type: String, enum: subjectKinds, required: true },
    subjectId: { type: String, required: true },
    seq: { type: Number, required: true },
    atMs: { type: Number, required: true },
    kind: { type: String, enum: ['decision', 'system'], required: true },
    command: { type: String, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    before: String,
    after: String,
    reason: String,
    evidence: { type: Schema.Types.Mixed },
    key: String,
    fingerprint: String,
    updateId: String,
    /** Entries of requests and batches carry events, those of the register changed fields. */
    events: { type: Schema.Types.Mixed },
    changed: { type: Schema.Types.Mixed },
    planHash: String,
    previousHash: { type: String, required: true },
    hash: { type: String, required: true },
    runId: { type: String, required: true },
    writtenAt: { type: Date, required: true },
  },
  { collection: 'audit_entries', versionKey: false, minimize: false },
);

export const AuditEntryModel = mongoose.model<AuditEntryDocument>('AuditEntry', schema);
export const auditEntryCollection = () => mongoose.connection.collection<AuditEntryDocument>('audit_entries');

export const auditEntryIndexes: readonly NamedIndex[] = [
  { name: 'subject-seq', key: { subjectKind: 1, subjectId: 1, seq: 1 }, unique: true },
];
