// All activities the workflows know, composed from their parts with the dependencies injected.
import type { BatchLine } from '../domain/money/payment-batch.js';
import type { PaymentStatus } from '../domain/command.js';
import type { RecordBatchEntries, RecordedEntries, RecordEntries } from '../workflows/contract.js';

export type ReportedStatus = { readonly instructionId: string; readonly status: PaymentStatus; readonly code?: string };
export type SentBatch =
  | { readonly outcome: 'sent'; readonly fileSha256: string }
  | { readonly outcome: 'held-back'; readonly instructionIds: readonly string[] };

export type Activities = {
  recordEntries(batch: RecordEntries): Promise<RecordedEntries>;
  recordBatchEntries(batch: RecordBatchEntries): Promise<void>;
  claimInstructions(asked: { readonly batchId: string; readonly limit: number }): Promise<BatchLine[]>;
  releaseClaims(asked: { readonly batchId: string; readonly instructionIds: readonly string[] }): Promise<void>;
  sendBatch(asked: { readonly batchId: string; readonly lines: readonly BatchLine[]; readonly controlSumMinor: string }): Promise<SentBatch>;
  readBankStatuses(asked: { readonly batchId: string; readonly instructionIds: readonly string[] }): Promise<ReportedStatus[]>;
  reportPaymentStatuses(asked: { readonly batchId: string; readonly lines: readonly BatchLine[] }): Promise<void>;
};
