// What people ask for (commands, sent as updates) and what machines report (facts, sent as signals or raised by the engine).
import type { Actor } from './actor.js';
import type { AmountMinor } from './amount.js';

/** A file that proves something; its content stays outside history, only id and hash go in. */
export type Evidence = { readonly fileId: string; readonly sha256: string };

/** The frozen submission: what decisions depend on, as facts; the text itself is a content-addressed snapshot. */
export type RequestFile = {
  readonly organisationId: string;
  readonly programmeCode: string;
  readonly callId: string;
  readonly fundingSource: string;
  readonly fiscalYear: string;
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
/** One thing an applicant is asked to mend: the section of the form and what is wrong with it. */
export type CorrectionPoint = { readonly section: string; readonly note: string };
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
/** Bank account and registry as the API found them when the command was sent: recorded facts, checked for freshness. */
export type PaymentFacts = {
  readonly accountId: string;
  readonly accountVerifiedAtMs: number | null;
  readonly accountChangedAtMs: number;
  readonly registryFetchedAtMs: number;
};

/** Bodies of the commands of lifecycle.md §9, by name. */
export type PersonBodies = {
  submitRequest: { readonly file: RequestFile };
  recordScreening: {
    readonly verdict: 'eligible' | 'incomplete' | 'ineligible';
    readonly checklist: readonly ChecklistAnswer[];
    readonly points: readonly CorrectionPoint[];
    readonly reasonCodes: readonly string[];
  };
  resubmit: { readonly file: RequestFile; readonly answers: readonly CorrectionPoint[] };
  recordOpinion: { readonly governorate: string; readonly verdict: 'support' | 'support-with-remarks' | 'object' };
  assignReviewers: { readonly reviewers: readonly { readonly personId: string; readonly name: string }[] };
  declareInterest: { readonly interest: 'none' | 'conflict'; readonly nature?: string };
  recordScore: { readonly scores: Readonly<Record<string, number>> };
  openItem: {
    readonly sessionId: string;
    readonly present: readonly Seat[];
    readonly recused: readonly string[];
    readonly session?: SessionFacts;
  };
  castVote: { readonly vote: Vote };
  closeItem: {
    readonly verdict: 'approve' | 'defer' | 'return' | 'reject';
    readonly amountMinor?: AmountMinor;
    readonly conditions: readonly string[];
    readonly castingVote: boolean;
    readonly answersToObjections: Readonly<Record<string, string>>;
    readonly points: readonly CorrectionPoint[];
    /** With `defer`: the item does not come up again before this instant. */
    readonly deferUntilMs?: number;
  };
  recordApproval: { readonly verdict: 'approve' | 'return' | 'reject' };
  signAgreement: { readonly documentSha256: string };
  countersignAgreement: { readonly documentSha256: string };
  declineAgreement: Record<never, never>;
  prepareTranche: { readonly number: number; readonly facts: PaymentFacts };
  releaseTranche: { readonly number: number };
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
  recordRecovery: { readonly kind: 'received' | 'written-off'; readonly amountMinor: AmountMinor };
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
    | { readonly outcome: 'reserved'; readonly cumulativeMinor: AmountMinor }
    | { readonly outcome: 'refused'; readonly missingMinor: AmountMinor };
  paymentStatusReported: {
    readonly instructionId: string;
    readonly number: number;
    readonly status: PaymentStatus;
    readonly code?: string;
  };
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
  signAgreement: true,
  countersignAgreement: true,
  declineAgreement: true,
  prepareTranche: true,
  releaseTranche: true,
  confirmReceipt: true,
  submitReport: true,
  recordReportReview: true,
  suspend: true,
  liftSuspension: true,
  withdraw: true,
  terminate: true,
  closeRequest: true,
  agreeRecoveryPlan: true,
  recordRecovery: true,
};
export const isPersonKind = (kind: string): kind is PersonCommandKind => kind in personKinds;
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
