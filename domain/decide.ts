// The only code that says yes or no: (state, command, plan and time) → an entry to record, an earlier answer, or a refusal. Pure.
import { decideApproval, decideResolution, questionOf, resolveAuthority, rowFor } from './approval/authority-matrix.js';
import { decideAppeal, decideFiling } from './approval/appeal.js';
import { decideCountersignature, decideDeclining, decideSignature } from './approval/agreement.js';
import { afterReviewIsOpen, decideAfterReview } from './approval/after-review.js';
import { decideClosing, decideOpening, decideVote } from './approval/ballot.js';
import { accountRestFault } from './account-rest.js';
import { apply, sealEntry } from './apply.js';
import type { Actor } from './actor.js';
import type { Entry } from './audit-entry.js';
import { entryOf } from './audit-entry.js';
import { decideClosure } from './closure/closing.js';
import { decideRecovery, decideRecoveryPlan } from './closure/recovery.js';
import type { Command, CorrectionPoint, Fact, PersonCommand } from './command.js';
import { isPersonCommand } from './command.js';
import { consequencesOf } from './consequences.js';
import { decideCalendarChange, withCalendarChange } from './calendar-change.js';
import { decideDeadline } from './deadline.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import { inFirstRight, signedBy } from './delegation.js';
import { knowingInterests } from './derived-interest.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import type { Outcome, Stage } from './lifecycle.js';
import type { Reserved } from './money/funds.js';
import { decideReservation } from './money/funds.js';
import { decideRefund } from './money/refund.js';
import { trancheNumbered } from './money/tranche-state.js';
import { decidePaymentStatus, decidePreparation, decideReceipt, decideRelease } from './money/tranche.js';
import { decideReport, decideReportReview, disbursedOf, reportNumbered } from './monitoring/report.js';
import { decideVisit } from './monitoring/visit.js';
import { askFunds, enterNext } from './move.js';
import { decideLifting, decideSuspension, decideTermination, decideWithdrawal, terminating } from './overlay.js';
import { mayAct } from './permissions.js';
import { awardStage, stageAfter } from './plan.js';
import { decideMigration, planAfter } from './plan-migration.js';
import type { AmountMinor } from './amount.js';
import { piastres } from './amount.js';
import type { RowFor } from './closure/write-off.js';
import { decideRegistryStatus } from './registry.js';
import { decideReassignment, holderFault } from './reassignment.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { decideOpinion, objectingGovernorates } from './review/opinion.js';
import { decideAssignment, decideInterest, decideScore, excluded } from './review/scoring.js';
import { decideScreening } from './review/screening.js';
import { askCorrection, decideResubmission, decideSubmission } from './review/submission.js';

/** `entry` is absent when the key was answered before; `version` is then the version of that answer. */
export type Answer =
  | { readonly entry: Entry; readonly after: GrantRequest; readonly version: number; readonly refusal?: never }
  | { readonly entry?: never; readonly after: GrantRequest; readonly version: number; readonly refusal?: never }
  | { readonly entry?: never; readonly after?: never; readonly version?: never; readonly refusal: Refusal };

const unspentOf = (request: GrantRequest): bigint => disbursedOf(request) - piastres(request.accountedMinor);

/** The levels that could have awarded the sum are those that may give it up. */
const writeOffRow = (request: GrantRequest, amountMinor: AmountMinor, { plan }: Context): ReturnType<RowFor> => {
  const { row, rule } = rowFor(plan, { ...questionOf(request, { cumulativeMinor: amountMinor }), amountMinor });
  return row === undefined ? { rule } : { row: row.row, levels: row.levels };
};

/** After money is reserved: the next stage, with the row of the authority matrix when that stage is on the route. */
const afterReservation = (request: GrantRequest, context: Context, answer: Reserved): RequestEvent[] => {
  const stage = awardStage(context.plan);
  const entered = enterNext(stage, context);
  if (stageAfter(context.plan, stage) !== 'authority') return [entered];
  return [entered, resolveAuthority(request, context.plan, answer)];
};

const correctionFrom =
  (request: GrantRequest, stage: Stage, context: Context) =>
  (points: readonly CorrectionPoint[]): Decision =>
    askCorrection(request, points, stage, context);

const closeItem = (request: GrantRequest, command: PersonCommand<'closeItem'>, context: Context): Decision =>
  afterReviewIsOpen(request)
    ? decideAfterReview(request, command, context, () => terminating(request, context))
    : decideClosing(request, command, context, {
        objections: objectingGovernorates(request),
        askCorrection: correctionFrom(request, 'committee', context),
      });

const personRule = (request: GrantRequest, command: PersonCommand, context: Context): Decision => {
  switch (command.kind) {
    case 'submitRequest':
      return decideSubmission(command, context);
    case 'recordScreening':
      return decideScreening(request, command, context, {
        askCorrection: correctionFrom(request, 'screening', context),
        askFunds: () => askFunds(request, request.file?.requestedMinor ?? '0', []),
      });
    case 'resubmit':
      return decideResubmission(request, command, context);
    case 'recordOpinion':
      return decideOpinion(request, command, context);
    case 'assignReviewers':
      return knowingInterests(request, command.body.interests, excluded, (known) =>
        decideAssignment(known, command, context),
      );
    case 'declareInterest':
      return decideInterest(request, command);
    case 'recordScore':
      return decideScore(request, command, context);
    case 'openItem':
      return knowingInterests(request, command.body.interests, excluded, (known) =>
        decideOpening(known, command, context),
      );
    case 'castVote':
      return decideVote(request, command, context);
    case 'closeItem':
      return closeItem(request, command, context);
    case 'recordApproval':
      return accountRestFault(command.by, command.body.account, context) ?? decideApproval(request, command, context);
    case 'resolveAuthority':
      return decideResolution(request, command, context);
    case 'signAgreement':
      return decideSignature(request, command, context);
    case 'countersignAgreement':
      return decideCountersignature(request, command, context);
    case 'declineAgreement':
      return decideDeclining(request);
    case 'fileAppeal':
      return decideFiling(command, context, request.position.dueAtMs);
    case 'decideAppeal':
      return decideAppeal(request, command, context);
    case 'prepareTranche':
      return decidePreparation(request, command, context);
    case 'releaseTranche':
      return decideRelease(request, command, context);
    case 'confirmReceipt':
      return decideReceipt(request, command);
    case 'submitReport':
      return decideReport(request, command, context);
    case 'recordReportReview':
      return decideReportReview(request, command);
    case 'recordVisit':
      return decideVisit(request, command, context);
    case 'suspend':
      return decideSuspension(request, command, context);
    case 'liftSuspension':
      return decideLifting(request, command, context);
    case 'withdraw':
      return decideWithdrawal(request);
    case 'terminate':
      return decideTermination(request, command, context);
    case 'closeRequest':
      return decideClosure(request, command, context, unspentOf(request));
    case 'agreeRecoveryPlan':
      return decideRecoveryPlan(request, command, context);
    case 'recordRecovery':
      return decideRecovery(request, command, context, (amountMinor) => writeOffRow(request, amountMinor, context));
    case 'recordRefund':
      return decideRefund(command, unspentOf(request));
    case 'reassignTask':
      return decideReassignment(request, command, context);
    case 'migratePlan':
      return decideMigration(request, command, context);
  }
};

/** Facts from machines: clock, treasury, bank, registry, calendar. */
const factRule = (request: GrantRequest, command: Fact, context: Context): Decision => {
  switch (command.kind) {
    case 'passDeadline':
      return decideDeadline(request, command, context);
    case 'reportReservation':
      return decideReservation(request, command, context, (answer) => afterReservation(request, context, answer));
    case 'paymentStatusReported':
      return decidePaymentStatus(request, command);
    case 'registryStatusChanged':
      return decideRegistryStatus(request, command, context);
    case 'calendarChanged':
      return decideCalendarChange(request, command, context);
  }
};

const rule = (request: GrantRequest, command: Command, context: Context): Decision =>
  isPersonCommand(command) ? personRule(request, command, context) : factRule(request, command, context);

/** What the person must at least have seen: the stage as entered, or the tranche, report or ballot as last changed. */
const seenVersion = (request: GrantRequest, command: PersonCommand): number => {
  const { enteredVersion } = request.position;
  switch (command.kind) {
    case 'prepareTranche':
    case 'releaseTranche':
    case 'confirmReceipt':
      return trancheNumbered(request, command.body.number)?.changedVersion ?? enteredVersion;
    case 'submitReport':
    case 'recordReportReview':
      return reportNumbered(request, command.body.number)?.changedVersion ?? enteredVersion;
    case 'closeItem':
      return Math.max(enteredVersion, request.ballot?.lastVoteVersion ?? 0);
    case 'recordRecovery':
      return Math.max(enteredVersion, request.recovery?.writeOff?.changedVersion ?? 0);
    default:
      return enteredVersion;
  }
};

const gate = (request: GrantRequest, command: PersonCommand, context: Context): { refusal: Refusal } | null => {
  const { plan, nowMs } = context;
  const submittedFor = command.kind === 'submitRequest' ? command.body.file.organisationId : undefined;
  const fault = mayAct(request, command.kind, command.by, plan, submittedFor) ?? holderFault(request, command, context);
  if (fault) return fault;
  const seen = seenVersion(request, command);
  if (command.expectedVersion < seen || command.expectedVersion > request.version)
    return refuse('staleVersion', 'version-seen', String(request.version));
  return lapsed(request, nowMs) ? refuse('pastDeadline', request.position.stage) : null;
};

/** A due time that ends a stage counts from its instant, even when its timer has not struck yet. */
const lapsed = (request: GrantRequest, nowMs: number): boolean =>
  request.deadlines.some(({ id, step, atMs }) => id === 'stage' && step === 'due' && atMs <= nowMs) &&
  lapsingStages.includes(request.position.stage);
const lapsingStages: readonly Stage[] = ['draft', 'correction', 'agreement', 'regional-opinion'];

type Happened = { readonly events: readonly RequestEvent[]; readonly folded: GrantRequest };

const withConsequences = (request: GrantRequest, events: readonly RequestEvent[], context: Context): Happened => {
  const moment = { version: request.version + 1, atMs: context.nowMs };
  const all = [...events];
  let folded = all.reduce((before, event) => apply(before, event, moment), request);
  for (let more = consequencesOf(folded, context); more.length > 0; more = consequencesOf(folded, context)) {
    all.push(...more);
    folded = more.reduce((before, event) => apply(before, event, moment), folded);
  }
  return { events: all, folded };
};

/** What the rules say, with nothing folded yet. */
type Judged =
  | { readonly refusal: Refusal; readonly events?: never; readonly version?: never }
  /** The key was answered before, with the version it had then. */
  | { readonly version: number; readonly events?: never; readonly refusal?: never }
  /** `signed` is the command as the entry names its actor, for whom it may have been given. */
  | { readonly events: readonly RequestEvent[]; readonly signed: Command; readonly refusal?: never };

const repeated = (request: GrantRequest, command: Command): Judged | null => {
  const answered = request.keys[command.key];
  if (answered === undefined) return null;
  if (isPersonCommand(command) && answered.fingerprint !== command.fingerprint)
    return refuse('keyReusedWithOtherContent');
  return { version: answered.version };
};

const ruled = (request: GrantRequest, command: Command, context: Context, signed: Command): Judged => {
  const { events, refusal } = request.outcome ? afterTheEnd(request.outcome, command) : rule(request, command, context);
  return refusal ? { refusal } : { events, signed };
};

/** A finding on an NGO goes to all of its requests; there is nothing to freeze or to note in one that has just ended. */
const afterTheEnd = (outcome: Outcome, command: Command): Decision =>
  command.kind === 'registryStatusChanged' ? happened() : refuse('requestEnded', outcome);

/** Every rule computes with the calendar in force for this request; only a change of it needs the plan's own. */
const inForce = (request: GrantRequest, command: Command, context: Context): Context => {
  if (command.kind === 'calendarChanged') return context;
  const submitted = command.kind === 'submitRequest' ? command.body.calendarChange : undefined;
  return withCalendarChange(context, request.calendarChange ?? submitted);
};

const givenBy = (command: PersonCommand, by: Actor): PersonCommand =>
  by === command.by ? command : { ...command, by };

const judge = (request: GrantRequest, command: Command, context: Context): Judged => {
  const earlier = repeated(request, command);
  if (earlier) return earlier;
  if (!isPersonCommand(command)) return ruled(request, command, context, command);
  return inFirstRight(command.by, context.nowMs, (by) => {
    const inRight = givenBy(command, by);
    const signed = givenBy(command, signedBy(command.by, by));
    return gate(request, inRight, context) ?? ruled(request, inRight, context, signed);
  });
};

/** The refusal alone, for validators: they must change nothing, and the fold is half of the work. */
export const refusalOf = (request: GrantRequest, command: Command, context: Context): Refusal | undefined =>
  judge(request, command, inForce(request, command, context)).refusal;

export const decide = (request: GrantRequest, command: Command, given: Context, updateId?: string): Answer => {
  const context = inForce(request, command, given);
  const judged = judge(request, command, context);
  if (judged.refusal) return { refusal: judged.refusal };
  if (judged.events === undefined) return { after: request, version: judged.version };
  if (judged.events.length === 0) return { after: request, version: request.version };
  // What follows by itself follows from the plan that holds from now on.
  const after = { ...context, plan: planAfter(context.plan, command) };
  return record(request, judged.signed, withConsequences(request, judged.events, after), context, updateId);
};

const record = (
  request: GrantRequest,
  command: Command,
  { events, folded }: Happened,
  { nowMs }: Context,
  updateId: string | undefined,
): Answer => {
  const entry = entryOf(request, folded, command, events, { nowMs, updateId });
  return { entry, after: sealEntry(folded, entry), version: entry.seq };
};

/** A fact that no rule accepts changes nothing but is never swallowed: it is recorded as an anomaly. */
export const noteAnomaly = (request: GrantRequest, fact: Command, refusal: Refusal, context: Context): Answer => {
  const noted: RequestEvent = { kind: 'anomalyNoted', fact: fact.kind, code: refusal.code, about: fact.key };
  return record(request, fact, { events: [noted], folded: request }, context, undefined);
};
