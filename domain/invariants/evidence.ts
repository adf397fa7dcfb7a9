// What is laid before the invariants: for one request, for one batch, and for the whole. Values are as they are stored, so an
// amount that somebody made a float arrives here as one.
import type { Linked } from '../audit/chain.js';
import type { Entry } from '../audit-entry.js';
import type { GrantRequest } from '../grant-request.js';
import type { BatchEntry, PaymentBatch } from '../money/payment-batch.js';
import type { Plan } from '../plan.js';
import type { Task } from '../task.js';

/** An int64 is read as bigint; anything else in its place is a breach of I10. */
export type StoredAmount = unknown;

export type AcceptedUpdate = {
  readonly updateId: string;
  readonly command: string;
  readonly key: string;
  readonly fingerprint: string;
  /** The version it was answered with; null while it is not answered, or when it was answered with a failure. */
  readonly version: number | null;
  readonly failed: boolean;
};

export type WorkflowEvidence = {
  readonly open: boolean;
  /** False when runs before this one are no longer kept: then nothing follows from an update that is not found. */
  readonly complete: boolean;
  readonly updates: readonly AcceptedUpdate[];
  readonly live: {
    readonly request: GrantRequest;
    readonly unrecorded: number;
    readonly recordingFault: string | null;
  };
  /** Attempts of the activity and of the workflow task that were tried most often. */
  readonly activityAttempts: number;
  readonly taskAttempts: number;
};

export type StoredPosting = {
  readonly id: string;
  readonly envelopeId: string;
  readonly kind: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: StoredAmount;
  readonly seq: number;
};
export type StoredReservation = {
  readonly decisionKey: string;
  readonly outcome: 'reserved' | 'refused';
  readonly amountMinor: StoredAmount;
  readonly releasedMinor: StoredAmount;
};
export type StoredInstruction = {
  readonly id: string;
  readonly number: number;
  readonly purpose: string;
  readonly amountMinor: StoredAmount;
  readonly accountId: string | null;
  readonly preparedBy: string | null;
  readonly live: boolean;
  readonly state: string;
  readonly batchId: string | null;
  readonly replaces: string | null;
};

export type RecordedRequest = {
  readonly version: number;
  readonly headHash: string;
  readonly planHash: string;
  readonly state: GrantRequest;
  /** The other fields of the document, that lists filter and sort by. */
  readonly fields: Readonly<Record<string, unknown>>;
};

export type RequestEvidence = {
  readonly requestId: string;
  readonly nowMs: number;
  /** Plans by hash: of every entry and of the state. */
  readonly plans: Readonly<Record<string, Plan>>;
  readonly chain: readonly Linked<Entry & { readonly planHash: string }>[];
  readonly record: RecordedRequest | null;
  readonly tasks: readonly Pick<
    Task,
    'name' | 'command' | 'role' | 'personId' | 'level' | 'governorate' | 'organisationId'
  >[];
  /** Null when Temporal does not keep it any more, or never had it. */
  readonly workflow: WorkflowEvidence | null;
  readonly postings: readonly StoredPosting[];
  readonly reservations: readonly StoredReservation[];
  readonly instructions: readonly StoredInstruction[];
  /** Seqs of the refused attempts, in order. */
  readonly attempts: readonly number[];
};

export type BatchEvidence = {
  readonly batchId: string;
  readonly nowMs: number;
  readonly chain: readonly Linked<BatchEntry>[];
  readonly record: { readonly version: number; readonly headHash: string; readonly state: PaymentBatch } | null;
  /** Null when Temporal does not keep it any more. */
  readonly open: boolean | null;
  readonly instructions: readonly StoredInstruction[];
};

/** One envelope: its running balance, and the sums of its postings by account, in and out. */
export type EnvelopeEvidence = {
  readonly envelopeId: string;
  readonly balance: Readonly<Record<string, StoredAmount>> | null;
  readonly moved: readonly { readonly from: string; readonly to: string; readonly amountMinor: StoredAmount }[];
  /** Ids of postings whose amount is not an int64; at most a few. */
  readonly odd: readonly string[];
};

export type BankPayment = {
  readonly endToEndId: string;
  /** How often the bank paid it; null when it is not sure itself. */
  readonly count: number | null;
  readonly amountMinor: StoredAmount;
};
export type PaymentEvidence = {
  readonly instructionId: string;
  readonly instruction: Pick<StoredInstruction, 'amountMinor' | 'state'> | null;
  readonly payment: BankPayment | null;
};

/** An answered call, and what stands under its key in the audit trail of what it was about. */
export type OperationEvidence = {
  readonly id: string;
  readonly kind: string;
  readonly fingerprint: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly state: 'pending' | 'succeeded';
  readonly recorded: readonly { readonly seq: number; readonly fingerprint?: string | undefined }[];
};
