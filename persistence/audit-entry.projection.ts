// Writing the audit trail: links new entries to the chain and recognises entries that are already there. Activities only.
import type { Linked, Subject } from '../domain/audit/chain.js';
import { chainStart, link } from '../domain/audit/chain.js';
import { hashing } from '../platform/hashing.js';
import type { AuditEntryDocument, HashedEntry } from './audit-entry.model.js';
import { auditEntryCollection } from './audit-entry.model.js';
import { RecordingFault } from './recording-fault.js';
import type { Session } from './transaction.js';

export type Chain = { readonly rows: readonly Linked<HashedEntry>[]; readonly headHash: string };

/** Links entries behind a head; without one they start the subject's chain. */
export const linkEntries = (subject: Subject, headHash: string | undefined, entries: readonly HashedEntry[]): Chain => {
  const rows: Linked<HashedEntry>[] = [];
  let head = headHash ?? chainStart(subject, hashing);
  for (const entry of entries) {
    const row = link(entry, head, hashing);
    rows.push(row);
    head = row.hash;
  }
  return { rows, headHash: head };
};

export const appendRows = async (
  session: Session,
  { kind, id }: Subject,
  rows: readonly Linked<HashedEntry>[],
  runId: string,
): Promise<void> => {
  const writtenAt = new Date();
  const documents = rows.map(
    (row): AuditEntryDocument => ({ subjectKind: kind, subjectId: id, ...row, runId, writtenAt }),
  );
  await auditEntryCollection().insertMany(documents, { session });
};

/** A repeated entry is welcome only when the very same one stands under its seq (the hash covers all of its content). */
export const verifyRepeated = async ({ kind, id }: Subject, entries: readonly HashedEntry[]): Promise<void> => {
  if (entries.length === 0) return;
  const seqs = entries.map((entry) => entry.seq);
  const stored = await auditEntryCollection()
    .find(
      { subjectKind: kind, subjectId: id, seq: { $in: seqs } },
      { projection: { seq: 1, previousHash: 1, hash: 1 } },
    )
    .toArray();
  for (const entry of entries) {
    const row = stored.find((other) => other.seq === entry.seq);
    if (row === undefined || link(entry, row.previousHash, hashing).hash !== row.hash)
      throw new RecordingFault('fingerprintConflict', `another entry stands under ${kind} ${id} seq ${entry.seq}`);
  }
};

/** Splits what is known from what is new. A gap is not a fault of this batch: the entries before it are on their way. */
export const freshEntries = <E extends { readonly seq: number }>(
  entries: readonly E[],
  version: number,
  about: string,
): E[] => {
  const fresh = entries.filter((entry) => entry.seq > version);
  const first = fresh[0];
  if (first && first.seq !== version + 1)
    throw new Error(`${about} is recorded up to ${version}; entry ${first.seq} came before ${version + 1}`);
  return fresh;
};
