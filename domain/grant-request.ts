// The state of one funding request: JSON only (instants in epoch milliseconds, amounts as strings), the same in the
// workflow, in its history and in the read model. Types and the empty request; rules live in the areas.
import type { AmountMinor } from './amount.js';
import type { PersonBodies, ChecklistAnswer, CorrectionPoint, RequestFile, Seat, Vote } from './command.js';
import type { Role } from './actor.js';
import type { Period } from './calendar.js';
import type { CalendarChange, DueBasis } from './due.js';
import type { RegistryFacts } from './registry-facts.js';
import type { RiskClass } from './plan.js';
import type { AppealableOutcome, Outcome, Stage } from './lifecycle.js';
import type { SourceTerm } from './money/funding-source.js';

export type Lateness = 'late' | 'escalated';

/** `enteredVersion` is what a person must at least have seen to act here; older screens are stale. */
export type Position = {
  readonly stage: Stage;
  readonly enteredAtMs: number;
  readonly enteredVersion: number;
  /** When the stage is due; stays as it was once that instant has passed. */
  readonly dueAtMs: number;
  /** How `dueAtMs` was computed, where working time counts. */
  readonly dueBasis?: DueBasis;
  readonly lateness: Lateness | null;
  /** Who was asked to look after it when even the escalation brought no answer. */
  readonly reroutedTo?: Role;
};

/** The rungs of the ladder, each with an audit entry of its own; `propose` asks whether an overdue report should suspend. */
export type Step = 'remind' | 'due' | 'escalate' | 'reroute' | 'propose';

/** `stage` for the current stage's due time, `report-<n>`, `instalment-<n>`, `after-review`, `hold` for the end of a deferral. */
export type Deadline = {
  readonly id: string;
  readonly step: Step;
  readonly atMs: number;
  /** How `atMs` was computed, where working time counts; one without it stays when the calendar changes. */
  readonly basis?: DueBasis;
};
export const reportDeadlineId = (number: number): string => `report-${number}`;
export type MovedDeadline = Pick<Deadline, 'id' | 'step'> & { readonly fromMs: number; readonly toMs: number };
/** A deadline stopped by a suspension; working time goes on with `left`, round-the-clock time with `leftMs`. */
export type StoppedDeadline = Pick<Deadline, 'id' | 'step'> & { readonly leftMs: number; readonly left?: Period };

/** Groups of acts that the separation-of-duties table speaks about. */
export type Duty =
  | 'apply'
  | 'judge-eligibility'
  | 'give-opinion'
  | 'score'
  | 'run-session'
  | 'vote'
  | 'authorise'
  | 'judge-appeal'
  | 'countersign'
  | 'prepare-payment'
  | 'release-payment'
  | 'review-report'
  | 'visit'
  | 'suspend'
  | 'lift-suspension'
  | 'close'
  | 'recover'
  | 'administer';

export type Act = {
  readonly personId: string;
  readonly duty: Duty;
  /** Set when the person acted for somebody absent, whose own act stands beside this one. */
  readonly onBehalfOf?: string;
};

export type Score = {
  readonly personId: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly total: number;
};

export type Ballot = {
  readonly sessionId: string;
  readonly present: readonly Seat[];
  readonly recused: readonly string[];
  readonly votes: Readonly<Record<string, Vote>>;
  readonly lastVoteVersion: number;
  readonly closed: boolean;
  /** Set when nobody but the voter may see what was cast. */
  readonly secret?: true;
};

export type Award = {
  readonly amountMinor: AmountMinor;
  readonly conditions: readonly string[];
  /** Names the reservation: one per committee decision. */
  readonly decisionKey: string;
  readonly funds: 'asked' | 'reserved' | 'committed' | 'released';
  /** Awards to this NGO by this programme within twelve months, this one included; what the authority matrix looks at. */
  readonly cumulativeMinor: AmountMinor | null;
};

export type Approval = { readonly personId: string; readonly level: string; readonly onBehalfOf?: string };
/** Why the authority matrix names nobody. */
export type UnresolvedRule = 'no-row' | 'more-than-one-row' | 'unreadable-matrix' | 'not-enough-people';
export type AuthorityCase = {
  readonly row: string | null;
  readonly levels: readonly { readonly level: string; readonly people: number }[];
  readonly approvals: readonly Approval[];
  readonly basisMinor?: AmountMinor;
  readonly rule?: UnresolvedRule;
};

export type TrancheState =
  | 'waiting'
  | 'ready'
  | 'prepared'
  | 'released'
  | 'settled'
  | 'rejected'
  | 'unknown'
  | 'confirmed'
  /** Nothing of it can come any more: a condition of it was never met. */
  | 'unearned';
export type Tranche = {
  readonly number: number;
  readonly purpose: 'tranche' | 'retention';
  readonly amountMinor: AmountMinor;
  /** Where results decide: what it could have earned at most; `amountMinor` is then what it earned. */
  readonly plannedMinor?: AmountMinor;
  readonly state: TrancheState;
  readonly changedVersion: number;
  /** 1 for the first instruction; a replacement after a rejection counts on. */
  readonly attempt: number;
  readonly preparedBy: string | null;
  readonly releasedBy: readonly string[];
  /** Absent releasers on whose behalf somebody released. */
  readonly releasedFor?: readonly string[];
  readonly accountId: string | null;
  /** Nothing was paid to this account before: one more person releases. */
  readonly firstPayment?: boolean;
  /** Another NGO is paid on the same account, for a reason that a verifier wrote down. */
  readonly sharedAccount?: boolean;
};

export type Visit = PersonBodies['recordVisit'] & { readonly number: number; readonly changedVersion: number };

export type ReportState = 'expected' | 'overdue' | 'submitted' | 'returned' | 'accepted';
export type Report = {
  readonly number: number;
  readonly kind: 'progress' | 'final';
  readonly state: ReportState;
  readonly changedVersion: number;
  readonly dueAtMs: number;
  readonly dueBasis?: DueBasis;
  /** Spent since the start of the project, all reports so far included. */
  readonly spentMinor: AmountMinor;
  /** Totals of the indicators that the plan's tranches look at, since the start of the project. */
  readonly measured?: Readonly<Record<string, number>>;
};

export type Suspension = {
  readonly ground: string;
  readonly byPersonId: string;
  /** Who brought in the registry's finding: as little the one to lift it as whoever suspends. */
  readonly reportedBy?: string;
  /** Deadlines stopped by the suspension, with what was left of each. */
  readonly remaining: readonly StoppedDeadline[];
};

/** A decision against the request in its appeal window, before the panel, or judged by it. */
export type AppealCase = {
  /** The outcome that stands unless the panel sends the request back. */
  readonly standing: AppealableOutcome;
  /** The stage that decided. */
  readonly at: Stage;
  readonly verdict: 'uphold' | 'send-back' | null;
  readonly judgements: readonly {
    readonly personId: string;
    readonly verdict: 'uphold' | 'send-back';
    readonly toStage: Stage | null;
  }[];
};

/** The committee's judgement after the first money; `verdict` is null while it is waited for. */
export type AfterReview = {
  readonly verdict: 'ratify' | 'recover' | null;
  readonly dueAtMs: number;
  readonly dueBasis?: DueBasis;
};

export type Instalment = { readonly amountMinor: AmountMinor; readonly dueAtMs: number };
/** A proposal to write off what is still owed, with the row of the authority matrix for that sum. */
export type WriteOff = {
  readonly amountMinor: AmountMinor;
  readonly proposedBy: string;
  readonly row: string;
  readonly levels: readonly { readonly level: string; readonly people: number }[];
  readonly approvals: readonly Approval[];
  readonly changedVersion: number;
};
export type Recovery = {
  readonly dueMinor: AmountMinor;
  readonly receivedMinor: AmountMinor;
  readonly then: 'closed' | 'terminated';
  readonly instalments: readonly Instalment[];
  readonly writeOff?: WriteOff;
};

export type AnsweredKey = { readonly fingerprint: string; readonly version: number; readonly money?: boolean };

export type GrantRequest = {
  readonly id: string;
  /** How many entries are recorded; each accepted command or fact adds one. */
  readonly version: number;
  readonly position: Position;
  readonly outcome: Outcome | null;
  /** Only after a migration: the plan it runs under now, and the one its agreement was signed under if that is another. */
  readonly plan?: { readonly hash: string; readonly version: string; readonly agreementHash?: string };
  readonly suspension: Suspension | null;
  readonly deadlines: readonly Deadline[];
  readonly file: RequestFile | null;
  readonly acts: readonly Act[];
  readonly conflicted: readonly string[];
  readonly screening: {
    readonly checklist: readonly ChecklistAnswer[];
    /** Items whose answer no longer stands, because what it rests on was changed. */
    readonly voided?: readonly string[];
    readonly risk?: RiskClass;
  } | null;
  /** The registry's word on the NGO as last recorded with a command. */
  readonly registry?: RegistryFacts;
  readonly correction: {
    readonly rounds: number;
    readonly returnTo: Stage | null;
    readonly points: readonly CorrectionPoint[];
  };
  readonly opinions: Readonly<Record<string, 'support' | 'support-with-remarks' | 'object' | 'none-in-time'>>;
  readonly review: {
    readonly wanted: number;
    readonly widened: boolean;
    readonly assigned: readonly { readonly personId: string; readonly name: string }[];
    readonly declared: readonly string[];
    readonly scores: readonly Score[];
    /** Scores of which a part was voided, with the part that stands; each is completed by the reviewer who gave it. */
    readonly reopened?: readonly Pick<Score, 'personId' | 'scores'>[];
  };
  readonly ballot: Ballot | null;
  readonly award: Award | null;
  readonly authority: AuthorityCase | null;
  /** What the envelope lacked when screening last asked for funds in vain. */
  readonly fundsMissingMinor?: AmountMinor;
  /** The term of the source of money that the last award would have broken; null once that was answered. */
  readonly fundsRefusedBy?: SourceTerm | null;
  readonly afterReview?: AfterReview;
  readonly agreement: { readonly documentSha256: string; readonly countersigned: boolean } | null;
  readonly tranches: readonly Tranche[];
  readonly reports: readonly Report[];
  /** In the order of recording, numbered from 1. */
  readonly visits?: readonly Visit[];
  /** Disbursed money that accepted reports account for so far. */
  readonly accountedMinor: AmountMinor;
  readonly closure: { readonly signed: readonly string[]; readonly unspentMinor: AmountMinor } | null;
  /** Given back while the project went on. */
  readonly refundedMinor?: AmountMinor;
  readonly recovery: Recovery | null;
  /** What people changed in the calendar since the plan was published, as far as this request has heard. */
  readonly calendarChange?: CalendarChange;
  /** Overdue reports for which a suspension is proposed. */
  readonly suspensionProposedFor?: readonly number[];
  /** Set by the first decision that may be appealed. */
  readonly appeal?: AppealCase;
  /** Idempotency keys already answered, newest last; those of money commands are never forgotten. */
  readonly keys: Readonly<Record<string, AnsweredKey>>;
  /** Tasks that a supervisor gave to one person, by the task's name. */
  readonly holders?: Readonly<Record<string, { readonly personId: string; readonly name: string }>>;
};

export const emptyRequest = (id: string, openedAtMs: number, submitByMs: number): GrantRequest => ({
  id,
  version: 0,
  position: { stage: 'draft', enteredAtMs: openedAtMs, enteredVersion: 0, dueAtMs: submitByMs, lateness: null },
  outcome: null,
  suspension: null,
  deadlines: [{ id: 'stage', step: 'due', atMs: submitByMs }],
  file: null,
  acts: [],
  conflicted: [],
  screening: null,
  correction: { rounds: 0, returnTo: null, points: [] },
  opinions: {},
  review: { wanted: 0, widened: false, assigned: [], declared: [], scores: [] },
  ballot: null,
  award: null,
  authority: null,
  agreement: null,
  tranches: [],
  reports: [],
  accountedMinor: '0',
  closure: null,
  recovery: null,
  keys: {},
});
