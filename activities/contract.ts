// What workflows may ask of activities: names, arguments and answers. Types only.
import type { PaymentStatus } from '../domain/command.js';
import type { CalendarChange } from '../domain/due.js';
import type { BatchLine } from '../domain/money/payment-batch.js';
import type { RecordBatchEntries, RecordedEntries, RecordEntries } from '../workflows/contract.js';

export type ReportedStatus = { readonly instructionId: string; readonly status: PaymentStatus; readonly code?: string };
export type SentBatch =
  | { readonly outcome: 'sent'; readonly fileSha256: string }
  | { readonly outcome: 'held-back'; readonly instructionIds: readonly string[] };

export type Activities = {
  readonly recordEntries: (batch: RecordEntries) => Promise<RecordedEntries>;
  readonly recordBatchEntries: (batch: RecordBatchEntries) => Promise<void>;
  readonly claimInstructions: (asked: { readonly batchId: string; readonly limit: number }) => Promise<BatchLine[]>;
  readonly releaseClaims: (asked: OfBatch) => Promise<void>;
  readonly sendBatch: (asked: BatchLines & { readonly controlSumMinor: string }) => Promise<SentBatch>;
  readonly readBankStatuses: (asked: OfBatch) => Promise<ReportedStatus[]>;
  readonly reportPaymentStatuses: (asked: BatchLines) => Promise<void>;
  /** Tells a page of open requests, in order of their ids; `next` is where the following page begins, null at the end. */
  readonly tellCalendarChange: (
    asked: CalendarPage,
  ) => Promise<{ readonly told: number; readonly next: string | null }>;
};

export type CalendarPage = { readonly change: CalendarChange; readonly after: string; readonly limit: number };
type OfBatch = { readonly batchId: string; readonly instructionIds: readonly string[] };
type BatchLines = { readonly batchId: string; readonly lines: readonly BatchLine[] };
