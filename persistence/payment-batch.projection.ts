// Recording a payment batch: audit entries and folded state in one transaction per call. Activities only.
import type { Actor } from '../domain/actor.js';
import type { Subject } from '../domain/audit/chain.js';
import type { BatchEntry, PaymentBatch } from '../domain/money/payment-batch.js';
import { foldBatchEntry, newBatch } from '../domain/money/payment-batch.js';
import { appendRows, freshEntries, linkEntries, verifyRepeated } from './audit-entry.projection.js';
import type { PaymentBatchDocument } from './payment-batch.model.js';
import { paymentBatchCollection } from './payment-batch.model.js';
import type { Session } from './transaction.js';
import { withTransaction } from './transaction.js';

export type BatchEntriesToRecord = {
  readonly batchId: string;
  readonly runId: string;
  readonly builtBy: Actor;
  readonly entries: readonly BatchEntry[];
};

/** Repeated whole or in part, a call changes nothing it did before. */
export const projectBatchEntries = async ({
  batchId,
  runId,
  builtBy,
  entries,
}: BatchEntriesToRecord): Promise<void> => {
  const subject: Subject = { kind: 'batch', id: batchId };
  const stored = await paymentBatchCollection().findOne({ _id: batchId });
  const version = stored?.version ?? 0;
  await verifyRepeated(
    subject,
    entries.filter((entry) => entry.seq <= version),
  );
  const fresh = freshEntries(entries, version, `batch ${batchId}`);
  const last = fresh.at(-1);
  if (last === undefined) return;
  const after = fresh.reduce(foldBatchEntry, stored?.state ?? newBatch(batchId, builtBy));
  const { rows, headHash } = linkEntries(subject, stored?.headHash, fresh);
  const document = documentOf(after, { headHash, atMs: last.atMs, stored });
  await withTransaction(async (session) => {
    await replaceBatch(session, stored, document);
    await appendRows(session, subject, rows, runId);
  });
};

const documentOf = (
  after: PaymentBatch,
  { headHash, atMs, stored }: { headHash: string; atMs: number; stored: PaymentBatchDocument | null },
): PaymentBatchDocument => ({
  _id: after.id,
  version: after.version,
  state: after,
  status: after.state,
  count: after.count,
  controlSumMinor: after.controlSumMinor,
  builtBy: after.builtBy.personId,
  releasedBy: after.releasedBy?.personId ?? null,
  builtAt: stored?.builtAt ?? new Date(atMs),
  updatedAt: new Date(atMs),
  headHash,
});

const replaceBatch = async (
  session: Session,
  stored: PaymentBatchDocument | null,
  document: PaymentBatchDocument,
): Promise<void> => {
  if (stored === null) {
    await paymentBatchCollection().insertOne(document, { session });
    return;
  }
  const { _id, ...content } = document;
  const filter = { _id, version: stored.version, headHash: stored.headHash };
  const { matchedCount } = await paymentBatchCollection().replaceOne(filter, content, { session });
  if (matchedCount !== 1) throw new Error(`batch ${_id} changed while it was recorded`);
};
