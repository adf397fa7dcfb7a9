// What the domain says happened. Events carry everything `apply` needs, so that the state folds from them without the plan.
import type { AmountMinor } from './amount.js';
import type {
  ChangedField,
  ChecklistAnswer,
  CorrectionPoint,
  IndicatorActual,
  PeopleByLevel,
  RequestFile,
  Seat,
  SessionFacts,
  Vote,
} from './command.js';
import type { ConnectionKind } from './connection.js';
import type { Role } from './actor.js';
import type { CalendarChange, Due, DueBasis } from './due.js';
import type {
  Deadline,
  MovedDeadline,
  Report,
  StoppedDeadline,
  Tranche,
  UnresolvedRule,
  Visit,
} from './grant-request.js';
import type { AppealableOutcome, Outcome, Stage } from './lifecycle.js';
import type { SourceTerm } from './money/funding-source.js';
import type { RegistryFacts, RegistryFinding } from './registry-facts.js';
import type { RiskClass, TrancheCondition } from './plan.js';

type Person = { readonly personId: string; readonly name: string };

export type EventBodies = {
  stageEntered: {
    readonly stage: Stage;
    readonly dueAtMs: number;
    readonly dueBasis?: DueBasis;
    readonly remind?: Due;
  };
  requestEnded: { readonly outcome: Outcome };
  deadlineReminded: { readonly deadlineId: string };
  deadlineMissed: { readonly deadlineId: string; readonly nextAtMs: number | null; readonly nextBasis?: DueBasis };
  deadlineEscalated: { readonly deadlineId: string; readonly next?: Deadline };
  deadlineRerouted: { readonly deadlineId: string; readonly to: Role };
  /** An overdue report stayed away even after the escalation: a task asks whether to suspend. */
  suspensionProposed: { readonly deadlineId: string; readonly number: number };
  deadlinesMoved: { readonly deadlines: readonly MovedDeadline[]; readonly change: CalendarChange };
  requestSubmitted: {
    readonly file: RequestFile;
    readonly registry?: RegistryFacts;
    readonly calendarChange?: CalendarChange;
  };
  screeningRecorded: {
    readonly verdict: string;
    readonly checklist: readonly ChecklistAnswer[];
    readonly reasonCodes: readonly string[];
    readonly registry?: RegistryFacts;
    readonly risk?: RiskClass;
  };
  correctionAsked: { readonly returnTo: Stage; readonly points: readonly CorrectionPoint[] };
  requestResubmitted: {
    readonly file: RequestFile;
    readonly answers: readonly CorrectionPoint[];
    readonly changedSections: readonly string[];
    readonly changedFields?: readonly ChangedField[];
  };
  /** Verdicts whose inputs a correction changed; all others stand. `because` names the parts of the form. */
  verdictsVoided: {
    readonly checklistItems: readonly string[];
    readonly criteria: readonly string[];
    readonly governorates: readonly string[];
    readonly because: readonly string[];
  };
  opinionRecorded: { readonly governorate: string; readonly verdict: 'support' | 'support-with-remarks' | 'object' };
  opinionsMissing: { readonly governorates: readonly string[] };
  reviewersAssigned: {
    readonly reviewers: readonly { readonly personId: string; readonly name: string }[];
    readonly wanted: number;
    /** As shown to who assigned, so that a deviation can be seen. */
    readonly suggested?: readonly string[];
  };
  interestDerived: { readonly personId: string; readonly kinds: readonly ConnectionKind[] };
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
    /** What was cast is kept and counted, and shown to nobody but its voter (ADR 0013). */
    readonly secret?: true;
  };
  voteCast: { readonly personId: string; readonly vote: Vote; readonly seat: Seat; readonly secret?: true };
  itemClosed: {
    readonly verdict: 'approve' | 'defer' | 'return' | 'reject' | 'ratify' | 'recover';
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
  fundsReserved: { readonly cumulativeMinor: AmountMinor; readonly peopleByLevel?: PeopleByLevel };
  fundsRefused: { readonly missingMinor: AmountMinor; readonly rule?: SourceTerm };
  fundsReleased: { readonly amountMinor: AmountMinor; readonly from: 'reserved' | 'committed' };
  authorityResolved: {
    readonly row: string;
    readonly levels: readonly { readonly level: string; readonly people: number }[];
    /** What the row was chosen by: the award, or the sum of awards that count together. */
    readonly basisMinor?: AmountMinor;
  };
  authorityUnresolved: { readonly basisMinor: AmountMinor; readonly rule?: UnresolvedRule };
  approvalRecorded: {
    readonly personId: string;
    readonly level: string;
    readonly verdict: 'approve' | 'return' | 'reject';
    readonly onBehalfOf?: string;
    /** The matrix as used: version of its plan (the entry has the plan's hash), row, and the sum that chose it. */
    readonly planVersion?: string;
    readonly row?: string;
    readonly basisMinor?: AmountMinor;
  };
  agreementSigned: { readonly documentSha256: string };
  agreementConcluded: {
    readonly amountMinor: AmountMinor;
    readonly tranches: readonly Tranche[];
    readonly reports: readonly Report[];
    readonly reminders?: readonly Deadline[];
  };
  /** Under a plan without an agreement the last approval commits the money and fixes tranches and reports. */
  awardConcluded: Omit<RequestEvent<'agreementConcluded'>, 'kind'>;
  afterReviewOpened: { readonly dueAtMs: number; readonly dueBasis?: DueBasis };
  afterReviewDecided: { readonly verdict: 'ratify' | 'recover' };
  agreementDeclined: Record<never, never>;
  /** A decision against the request that ends it only when the time for an appeal has passed. */
  appealOpened: { readonly standing: AppealableOutcome; readonly at: Stage };
  appealFiled: Record<never, never>;
  appealJudged: {
    readonly personId: string;
    readonly verdict: 'uphold' | 'send-back';
    readonly toStage: Stage | null;
  };
  appealDecided: { readonly verdict: 'uphold' | 'send-back'; readonly toStage: Stage | null };
  trancheReady: { readonly number: number };
  /** Results decided its amount: what is not earned goes back to the envelope. */
  trancheEarned: {
    readonly number: number;
    readonly plannedMinor: AmountMinor;
    readonly earnedMinor: AmountMinor;
    readonly unearnedMinor: AmountMinor;
    readonly indicator: string;
    readonly reached: number;
    readonly target: number;
  };
  /** A condition of it can no longer be met: all of it goes back to the envelope. */
  trancheUnearned: {
    readonly number: number;
    readonly amountMinor: AmountMinor;
    readonly condition: TrancheCondition['kind'];
  };
  tranchePrepared: {
    readonly number: number;
    readonly personId: string;
    readonly accountId: string;
    /** What whoever releases has to see of the account. */
    readonly firstPayment?: true;
    readonly sharedAccount?: true;
  };
  trancheReleased: { readonly number: number; readonly personId: string; readonly onBehalfOf?: string };
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
    /** Totals of those indicators that the plan's tranches look at. */
    readonly measured?: Readonly<Record<string, number>>;
  };
  reportReviewed: {
    readonly number: number;
    readonly verdict: 'accepted' | 'returned';
    readonly points: readonly CorrectionPoint[];
  };
  visitRecorded: Omit<Visit, 'changedVersion'> & { readonly byPersonId: string };
  /** Disbursed money that accepted reports now account for. */
  spendingAccounted: { readonly amountMinor: AmountMinor };
  requestSuspended: {
    readonly ground: string;
    readonly byPersonId: string;
    readonly finding?: RegistryFinding;
    readonly reportedBy?: string;
    readonly remaining: readonly StoppedDeadline[];
  };
  suspensionLifted: {
    readonly deadlines: readonly Deadline[];
  };
  closureSigned: { readonly role: string; readonly unspentMinor: AmountMinor };
  unspentReturned: { readonly amountMinor: AmountMinor };
  recoveryOpened: { readonly dueMinor: AmountMinor; readonly then: 'closed' | 'terminated' };
  /** Given back while the project goes on. */
  refundReceived: { readonly amountMinor: AmountMinor };
  recoveryPlanAgreed: {
    readonly instalments: readonly { readonly amountMinor: AmountMinor; readonly dueAtMs: number }[];
    /** Of the instalments, where the plan gives them due times of their own. */
    readonly deadlines?: readonly Deadline[];
  };
  recoveryReceived: { readonly amountMinor: AmountMinor };
  writeOffProposed: {
    readonly amountMinor: AmountMinor;
    readonly personId: string;
    readonly row: string;
    readonly levels: readonly { readonly level: string; readonly people: number }[];
  };
  writeOffApproved: { readonly personId: string; readonly level: string; readonly onBehalfOf?: string };
  writeOffRefused: { readonly personId: string; readonly level: string };
  recoveryWrittenOff: { readonly amountMinor: AmountMinor };
  /** A reviewer who has not scored is replaced by another. */
  reviewerReplaced: { readonly from: string; readonly to: Person };
  /** Null: the task is everybody's again who has its role. */
  taskAssigned: { readonly task: string; readonly to: Person | null };
  planMigrated: {
    readonly code: string;
    readonly fromVersion: string;
    readonly toVersion: string;
    readonly fromPlanHash: string;
    readonly planHash: string;
  };
  anomalyNoted: { readonly fact: string; readonly code: string; readonly about: string };
};

export type EventKind = keyof EventBodies;
export type RequestEvent<K extends EventKind = EventKind> = {
  [Kind in K]: { readonly kind: Kind } & EventBodies[Kind];
}[K];
