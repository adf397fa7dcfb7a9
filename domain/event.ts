// What the domain says happened. Events carry everything `apply` needs, so that the state folds from them without the plan.
import type { AmountMinor } from './amount.js';
import type {
  ChecklistAnswer,
  CorrectionPoint,
  IndicatorActual,
  RequestFile,
  Seat,
  SessionFacts,
  Vote,
} from './command.js';
import type { Report, Tranche } from './grant-request.js';
import type { Outcome, Stage } from './lifecycle.js';

export type EventBodies = {
  stageEntered: { readonly stage: Stage; readonly dueAtMs: number };
  requestEnded: { readonly outcome: Outcome };
  deadlineMissed: { readonly deadlineId: string; readonly nextAtMs: number | null };
  deadlineEscalated: { readonly deadlineId: string };
  requestSubmitted: { readonly file: RequestFile };
  screeningRecorded: {
    readonly verdict: string;
    readonly checklist: readonly ChecklistAnswer[];
    readonly reasonCodes: readonly string[];
  };
  correctionAsked: { readonly returnTo: Stage; readonly points: readonly CorrectionPoint[] };
  requestResubmitted: {
    readonly file: RequestFile;
    readonly answers: readonly CorrectionPoint[];
    readonly changedSections: readonly string[];
  };
  opinionRecorded: { readonly governorate: string; readonly verdict: 'support' | 'support-with-remarks' | 'object' };
  opinionsMissing: { readonly governorates: readonly string[] };
  reviewersAssigned: {
    readonly reviewers: readonly { readonly personId: string; readonly name: string }[];
    readonly wanted: number;
  };
  interestDeclared: { readonly personId: string; readonly interest: 'none' | 'conflict' };
  scoreRecorded: {
    readonly personId: string;
    readonly scores: Readonly<Record<string, number>>;
    readonly total: number;
  };
  reviewWidened: { readonly wanted: number; readonly spread: number };
  itemOpened: {
    readonly sessionId: string;
    readonly present: readonly Seat[];
    readonly recused: readonly string[];
    readonly session?: SessionFacts;
    /** What was cast is kept and counted, and shown to nobody but its voter (ADR 0015). */
    readonly secret?: true;
  };
  voteCast: { readonly personId: string; readonly vote: Vote; readonly seat: Seat; readonly secret?: true };
  itemClosed: {
    readonly verdict: 'approve' | 'defer' | 'return' | 'reject';
    readonly tally: Readonly<Record<Vote, number>>;
    readonly castingVote: boolean;
    readonly answersToObjections: Readonly<Record<string, string>>;
  };
  itemDeferred: { readonly untilMs: number };
  holdEnded: Record<never, never>;
  fundsAsked: {
    readonly decisionKey: string;
    readonly amountMinor: AmountMinor;
    readonly conditions: readonly string[];
  };
  fundsReserved: { readonly cumulativeMinor: AmountMinor };
  fundsRefused: { readonly missingMinor: AmountMinor };
  fundsReleased: { readonly amountMinor: AmountMinor; readonly from: 'reserved' | 'committed' };
  authorityResolved: {
    readonly row: string;
    readonly levels: readonly { readonly level: string; readonly people: number }[];
  };
  authorityUnresolved: { readonly basisMinor: AmountMinor };
  approvalRecorded: {
    readonly personId: string;
    readonly level: string;
    readonly verdict: 'approve' | 'return' | 'reject';
  };
  agreementSigned: { readonly documentSha256: string };
  agreementConcluded: {
    readonly amountMinor: AmountMinor;
    readonly tranches: readonly Tranche[];
    readonly reports: readonly Report[];
  };
  agreementDeclined: Record<never, never>;
  trancheReady: { readonly number: number };
  tranchePrepared: { readonly number: number; readonly personId: string; readonly accountId: string };
  trancheReleased: { readonly number: number; readonly personId: string };
  paymentInstructed: {
    readonly number: number;
    readonly instructionId: string;
    readonly amountMinor: AmountMinor;
    readonly purpose: 'tranche' | 'retention';
    readonly accountId: string | null;
    readonly replaces: string | null;
  };
  paymentSettled: { readonly number: number; readonly instructionId: string; readonly amountMinor: AmountMinor };
  paymentRejected: { readonly number: number; readonly instructionId: string; readonly code: string };
  paymentUnknown: { readonly number: number; readonly instructionId: string };
  receiptConfirmed: { readonly number: number };
  reportSubmitted: {
    readonly number: number;
    readonly spentMinor: AmountMinor;
    readonly indicators: readonly IndicatorActual[];
    readonly documentSha256: string;
  };
  reportReviewed: {
    readonly number: number;
    readonly verdict: 'accepted' | 'returned';
    readonly points: readonly CorrectionPoint[];
  };
  /** Disbursed money that accepted reports now account for. */
  spendingAccounted: { readonly amountMinor: AmountMinor };
  requestSuspended: {
    readonly ground: string;
    readonly byPersonId: string;
    readonly remaining: readonly { readonly id: string; readonly step: 'due' | 'escalate'; readonly leftMs: number }[];
  };
  suspensionLifted: {
    readonly deadlines: readonly { readonly id: string; readonly step: 'due' | 'escalate'; readonly atMs: number }[];
  };
  closureSigned: { readonly role: string; readonly unspentMinor: AmountMinor };
  unspentReturned: { readonly amountMinor: AmountMinor };
  recoveryOpened: { readonly dueMinor: AmountMinor; readonly then: 'closed' | 'terminated' };
  recoveryPlanAgreed: {
    readonly instalments: readonly { readonly amountMinor: AmountMinor; readonly dueAtMs: number }[];
  };
  recoveryReceived: { readonly amountMinor: AmountMinor };
  recoveryWrittenOff: { readonly amountMinor: AmountMinor };
  anomalyNoted: { readonly fact: string; readonly code: string; readonly about: string };
};

export type EventKind = keyof EventBodies;
export type RequestEvent<K extends EventKind = EventKind> = {
  [Kind in K]: { readonly kind: Kind } & EventBodies[Kind];
}[K];
