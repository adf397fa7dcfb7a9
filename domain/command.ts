// What people ask for (commands, sent as updates) and what machines report (facts, sent as signals or raised by the engine).
import type { Actor } from './actor.js';
import type { AmountMinor } from './amount.js';
import type { RegistryFacts, RegistryFinding } from './registry-facts.js';
import type { DerivedInterest } from './connection.js';
import type { CalendarChange } from './due.js';
import type { Plan, RiskClass } from './plan.js';
import type { Stage } from './lifecycle.js';
import type { SourceTerm } from './money/funding-source.js';

/** A file that proves something; its content stays outside history, only id and hash go in. */
export type Evidence = { readonly fileId: string; readonly sha256: string };

/** The frozen submission: what decisions depend on, as facts; the text itself is a content-addressed snapshot. */
export type RequestFile = {
  readonly organisationId: string;
  readonly programmeCode: string;
  readonly callId: string;
  readonly fundingSource: string;
  readonly fiscalYear: string;
  /** Set where the call has money of its own: the request draws on that and on no other. */
  readonly envelopeCallId?: string;
  readonly governorates: readonly string[];
  readonly requestedMinor: AmountMinor;
  readonly snapshot: { readonly id: string; readonly sha256: string };
  /** Hash per section of the form, so that a correction shows which parts changed. */
  readonly sections: Readonly<Record<string, string>>;
};

export type ChecklistAnswer = {
  readonly item: string;
  readonly answer: 'met' | 'not-met' | 'not-applicable';
  readonly note?: string;
};
/** One thing an applicant is asked to mend: the section of the form, or one field of it, and what is wrong with it. */
export type CorrectionPoint = {
  readonly section: string;
  readonly note: string;
  /** The item of the checklist it is about. */
  readonly item?: string;
  /** The field of the section, as its path in the form. */
  readonly field?: string;
};
/** A field that differs from the version before, by name: what stood there is in the snapshots, never in history. */
export type ChangedField = {
  readonly section: string;
  readonly field: string;
  readonly kind: 'added' | 'removed' | 'changed';
};
export type Seat = { readonly personId: string; readonly civilSociety: boolean };
export type Vote = 'approve' | 'reject' | 'abstain';
/** The open session as the API found it when an item was opened in it: a recorded fact. `version` is the session's. */
export type SessionFacts = { readonly version: number; readonly ballot: 'open' | 'secret'; readonly atMs: number };
export type IndicatorActual = {
  readonly code: string;
  readonly total: number;
  /** Parts of one disaggregation (e.g. female, male); they add up to the total. */
  readonly parts: Readonly<Record<string, number>>;
};
export const findingSeverities = ['minor', 'major', 'severe'] as const;
export type VisitFinding = { readonly severity: (typeof findingSeverities)[number]; readonly note: string };
/** Bank account and registry as the API found them when the command was sent: recorded facts, checked for freshness. */
export type PaymentFacts = {
  readonly accountId: string;
  readonly accountVerifiedAtMs: number | null;
  readonly accountChangedAtMs: number;
  readonly registryFetchedAtMs: number;
  /** Who proposed and who verified the account in use. */
  readonly accountChangedBy?: readonly string[];
  /** No payment has settled on the account so far. */
  readonly firstPayment?: boolean;
  /** Another NGO is paid on the same account, and whether a verifier wrote down why that is right. */
  readonly sharedAccount?: 'explained' | 'unexplained';
};

/** How many people may approve at each level: those who hold it in their own right, at the time it was counted. */
export type PeopleByLevel = Readonly<Record<string, number>>;

/** Bodies of the commands of lifecycle.md §9, by name. */
export type PersonBodies = {
  /** `calendarChange`: what was declared since the plan was published, as the API found it; a recorded fact. */
  submitRequest: {
    readonly file: RequestFile;
    readonly registry?: RegistryFacts;
    readonly calendarChange?: CalendarChange;
  };
  recordScreening: {
    readonly verdict: 'eligible' | 'incomplete' | 'ineligible';
    readonly checklist: readonly ChecklistAnswer[];
    readonly points: readonly CorrectionPoint[];
    readonly reasonCodes: readonly string[];
    readonly registry?: RegistryFacts;
    /** How risky the officer judges the project; rows of the authority matrix may ask for it. */
    readonly risk?: RiskClass;
  };
  resubmit: {
    readonly file: RequestFile;
    readonly answers: readonly CorrectionPoint[];
    /** From the two snapshots, which only the API can read; without it whole sections count as changed. */
    readonly changedFields?: readonly ChangedField[];
  };
  recordOpinion: { readonly governorate: string; readonly verdict: 'support' | 'support-with-remarks' | 'object' };
  assignReviewers: {
    readonly reviewers: readonly { readonly personId: string; readonly name: string }[];
    /** What the system suggested when the command was sent, and the interests it found; both put in by the API. */
    readonly suggested?: readonly string[];
    readonly interests?: readonly DerivedInterest[];
  };
  declareInterest: { readonly interest: 'none' | 'conflict'; readonly nature?: string };
  recordScore: { readonly scores: Readonly<Record<string, number>> };
  openItem: {
    readonly sessionId: string;
    readonly present: readonly Seat[];
    readonly recused: readonly string[];
    /** Of those present, found by the API: they are recused by rule. */
    readonly interests?: readonly DerivedInterest[];
    readonly session?: SessionFacts;
  };
  castVote: { readonly vote: Vote };
  closeItem: {
    /** `ratify` and `recover` in an after-review only, the others nowhere else. */
    readonly verdict: 'approve' | 'defer' | 'return' | 'reject' | 'ratify' | 'recover';
    readonly amountMinor?: AmountMinor;
    readonly conditions: readonly string[];
    readonly castingVote: boolean;
    readonly answersToObjections: Readonly<Record<string, string>>;
    readonly points: readonly CorrectionPoint[];
    /** With `defer`: the item does not come up again before this instant. */
    readonly deferUntilMs?: number;
  };
  /** `account`: who changed the NGO's account, and when, as the API found it. */
  recordApproval: {
    readonly verdict: 'approve' | 'return' | 'reject';
    readonly account?: Pick<PaymentFacts, 'accountChangedAtMs' | 'accountChangedBy'>;
  };
  /** Asks the matrix again; how many hold each level now is a fact from the edge. */
  resolveAuthority: { readonly peopleByLevel: PeopleByLevel };
  signAgreement: { readonly documentSha256: string };
  countersignAgreement: { readonly documentSha256: string };
  declineAgreement: Record<never, never>;
  fileAppeal: Record<never, never>;
  decideAppeal: { readonly verdict: 'uphold' | 'send-back'; readonly toStage?: Stage };
  prepareTranche: { readonly number: number; readonly facts: PaymentFacts };
  releaseTranche: { readonly number: number; readonly facts?: PaymentFacts };
  confirmReceipt: { readonly number: number };
  submitReport: {
    readonly number: number;
    readonly spentMinor: AmountMinor;
    readonly indicators: readonly IndicatorActual[];
    readonly documentSha256: string;
  };
  recordReportReview: {
    readonly number: number;
    readonly verdict: 'accepted' | 'returned';
    readonly points: readonly CorrectionPoint[];
  };
  recordVisit: {
    /** Local day, `YYYY-MM-DD`. */
    readonly visitedOn: string;
    readonly verdict: 'passed' | 'failed';
    readonly findings: readonly VisitFinding[];
  };
  suspend: { readonly ground: 'registry-finding' | 'flagged-visit' | 'fraud-alarm' | 'overdue-report' };
  liftSuspension: Record<never, never>;
  withdraw: Record<never, never>;
  terminate: Record<never, never>;
  closeRequest: {
    readonly verdict: 'settled' | 'not-settled';
    readonly unspentMinor: AmountMinor;
    readonly returnedMinor: AmountMinor;
  };
  agreeRecoveryPlan: {
    readonly instalments: readonly { readonly amountMinor: AmountMinor; readonly dueAtMs: number }[];
  };
  /** What an NGO gives back of its own accord while the project goes on. */
  recordRefund: { readonly amountMinor: AmountMinor };
  /** `write-off-refused` answers a proposal to write off; without one it is refused itself. */
  recordRecovery: {
    readonly kind: 'received' | 'written-off' | 'write-off-refused';
    readonly amountMinor: AmountMinor;
  };
  /** `to` with the roles held when the supervisor chose; null gives the task back to everybody with its role. */
  reassignTask: { readonly task: string; readonly to: Actor | null };
  /** The whole plan travels, so that history holds the rules it is decided by from here on. */
  migratePlan: {
    readonly plan: Plan;
    readonly planHash: string;
    readonly fromPlanHash: string;
    /** For a matrix that is asked again; as the API found it. */
    readonly peopleByLevel?: PeopleByLevel;
  };
};

export type PersonCommandKind = keyof PersonBodies;

/** Shared by every command of a person. `fingerprint` is the SHA-256 of the canonical body that came with `key`. */
export type PersonEnvelope = {
  readonly by: Actor;
  readonly key: string;
  readonly fingerprint: string;
  readonly expectedVersion: number;
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
};

export type PersonCommand<K extends PersonCommandKind = PersonCommandKind> = {
  [Kind in K]: PersonEnvelope & { readonly kind: Kind; readonly body: PersonBodies[Kind] };
}[K];

export type PaymentStatus = 'settled' | 'rejected' | 'unknown';

/** Bodies of facts. The key says which happening it is, so that a repeated report changes nothing. */
export type FactBodies = {
  passDeadline: { readonly deadlineId: string; readonly atMs: number };
  reportReservation:
    | { readonly outcome: 'reserved'; readonly cumulativeMinor: AmountMinor; readonly peopleByLevel?: PeopleByLevel }
    /** `rule`: the term of the source of money that the award would break; nothing is missing then. */
    | { readonly outcome: 'refused'; readonly missingMinor: AmountMinor; readonly rule?: SourceTerm };
  paymentStatusReported: {
    readonly instructionId: string;
    readonly number: number;
    readonly status: PaymentStatus;
    readonly code?: string;
  };
  /** `reportedBy` is the officer who brought the finding in; the request stays frozen until somebody else looks. */
  registryStatusChanged: { readonly finding: RegistryFinding; readonly reportedBy?: string };
  calendarChanged: CalendarChange;
};
export type FactKind = keyof FactBodies;
export type Fact<K extends FactKind = FactKind> = {
  [Kind in K]: { readonly kind: Kind; readonly by: Actor; readonly key: string; readonly body: FactBodies[Kind] };
}[K];

export type Command = PersonCommand | Fact;

const personKinds: Record<PersonCommandKind, true> = {
  submitRequest: true,
  recordScreening: true,
  resubmit: true,
  recordOpinion: true,
  assignReviewers: true,
  declareInterest: true,
  recordScore: true,
  openItem: true,
  castVote: true,
  closeItem: true,
  recordApproval: true,
  resolveAuthority: true,
  signAgreement: true,
  countersignAgreement: true,
  declineAgreement: true,
  fileAppeal: true,
  decideAppeal: true,
  prepareTranche: true,
  releaseTranche: true,
  confirmReceipt: true,
  submitReport: true,
  recordReportReview: true,
  suspend: true,
  recordVisit: true,
  liftSuspension: true,
  withdraw: true,
  terminate: true,
  recordRefund: true,
  closeRequest: true,
  agreeRecoveryPlan: true,
  recordRecovery: true,
  reassignTask: true,
  migratePlan: true,
};
const known: Readonly<Partial<Record<string, boolean>>> = personKinds;
export const isPersonKind = (kind: string): kind is PersonCommandKind => known[kind] === true;
export const personCommandKinds: readonly PersonCommandKind[] = Object.keys(personKinds).filter(isPersonKind);

export const isPersonCommand = (command: Command): command is PersonCommand => isPersonKind(command.kind);

/**
 * Puts kind, body and envelope together. The one assertion of the domain: TypeScript cannot follow that the kind and the
 * body of one `K` belong to the same member of the union, which the signature guarantees to every caller.
 */
export const personCommand = <K extends PersonCommandKind>(
  kind: K,
  body: PersonBodies[K],
  envelope: PersonEnvelope,
): PersonCommand => ({ ...envelope, kind, body }) as PersonCommand;
