// Reads of the audit trail: a timeline for people, and the chain of a subject exactly as it was hashed, for verification.
import { trusted } from 'mongoose';
import type { Linked, Subject } from '../domain/audit/chain.js';
import type { AuditEntryDocument, HashedEntry } from './audit-entry.model.js';
import { AuditEntryModel } from './audit-entry.model.js';

const notHashed = { _id: 0, subjectKind: 0, subjectId: 0, runId: 0, writtenAt: 0 } as const;

export type TimelineRow<E extends HashedEntry = HashedEntry> = AuditEntryDocument<E>;

/** Entries of a subject after a seq, oldest first. */
export const timelineOf = ({ kind, id }: Subject, afterSeq: number, limit: number): Promise<TimelineRow[]> =>
  AuditEntryModel.find({ subjectKind: kind, subjectId: id, seq: trusted({ $gt: afterSeq }) }, { _id: 0 })
    .sort({ seq: 1 })
    .limit(limit)
    .lean<TimelineRow[]>()
    .exec();

/** The chain with nothing but what its hashes cover and the hashes; what `verifyChain` takes. */
export const chainOf = ({ kind, id }: Subject): Promise<Linked<HashedEntry>[]> =>
  AuditEntryModel.find({ subjectKind: kind, subjectId: id }, notHashed)
    .sort({ seq: 1 })
    .lean<Linked<HashedEntry>[]>()
    .exec();

/** Every subject that has entries, in batches of the driver's choosing; for a verification of everything. */
export const subjectsWithEntries = async function* (): AsyncGenerator<Subject> {
  const firsts = AuditEntryModel.find({ seq: 1 }, { _id: 0, subjectKind: 1, subjectId: 1 })
    .sort({ subjectKind: 1, subjectId: 1 })
    .hint('subject-seq')
    .lean<Pick<AuditEntryDocument, 'subjectKind' | 'subjectId'>[]>()
    .cursor();
  for await (const { subjectKind, subjectId } of firsts) yield { kind: subjectKind, id: subjectId };
};
