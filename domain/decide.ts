// The only code that says yes or no: (state, command, plan and time) → an entry to record, an earlier answer, or a refusal. Pure.
import { resolveAuthority, decideApproval } from './approval/authority-matrix.js';
import { decideAppeal, decideFiling } from './approval/appeal.js';
import { decideCountersignature, decideDeclining, decideSignature } from './approval/agreement.js';
import { decideClosing, decideOpening, decideVote } from './approval/ballot.js';
import { apply, applyEntry } from './apply.js';
import type { Entry } from './audit-entry.js';
import { entryOf } from './audit-entry.js';
import { decideClosure, decideRecovery, decideRecoveryPlan } from './closure/closing.js';
import type { Command, CorrectionPoint, PersonCommand } from './command.js';
import { isPersonCommand } from './command.js';
import { consequencesOf } from './consequences.js';
import { decideDeadline } from './deadline.js';
import type { Context, Decision } from './decision.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import type { Stage } from './lifecycle.js';
import { decideReservation } from './money/funds.js';
import {
  decidePaymentStatus,
  decidePreparation,
  decideReceipt,
  decideRelease,
  trancheNumbered,
} from './money/tranche.js';
import { decideReport, decideReportReview, disbursedOf, reportNumbered } from './monitoring/report.js';
import { enterNext } from './move.js';
import { decideLifting, decideSuspension, decideTermination, decideWithdrawal } from './overlay.js';
import { mayAct } from './permissions.js';
import { stageAfter } from './plan.js';
import { piastres } from './amount.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { decideOpinion, objectingGovernorates } from './review/opinion.js';
import { decideAssignment, decideInterest, decideScore } from './review/scoring.js';
import { decideScreening } from './review/screening.js';
import { askCorrection, decideResubmission, decideSubmission } from './review/submission.js';

/** `entry` is absent when the key was answered before; `version` is then the version of that answer. */
export type Answer =
  | { readonly entry: Entry; readonly after: GrantRequest; readonly version: number; readonly refusal?: never }
  | { readonly entry?: never; readonly after: GrantRequest; readonly version: number; readonly refusal?: never }
  | { readonly entry?: never; readonly after?: never; readonly version?: never; readonly refusal: Refusal };

const unspentOf = (request: GrantRequest): bigint => disbursedOf(request) - piastres(request.accountedMinor);

/** After money is reserved: the next stage, with the row of the authority matrix when that stage is on the route. */
const afterReservation = (request: GrantRequest, context: Context, cumulativeMinor: string): RequestEvent[] => {
  const entered = enterNext('committee', context);
  if (stageAfter(context.plan, 'committee') !== 'authority' || request.award === null) return [entered];
  return [entered, resolveAuthority(context.plan.authority, request.award.amountMinor, cumulativeMinor)];
};

const correctionFrom =
  (request: GrantRequest, stage: Stage, context: Context) =>
  (points: readonly CorrectionPoint[]): Decision =>
    askCorrection(request, points, stage, context);

const rule = (request: GrantRequest, command: Command, context: Context): Decision => {
  switch (command.kind) {
    case 'submitRequest':
      return decideSubmission(command, context);
    case 'recordScreening':
      return decideScreening(command, context, correctionFrom(request, 'screening', context));
    case 'resubmit':
      return decideResubmission(request, command, context);
    case 'recordOpinion':
      return decideOpinion(request, command, context);
    case 'assignReviewers':
      return decideAssignment(request, command, context);
    case 'declareInterest':
      return decideInterest(request, command);
    case 'recordScore':
      return decideScore(request, command, context);
    case 'openItem':
      return decideOpening(request, command, context);
    case 'castVote':
      return decideVote(request, command, context);
    case 'closeItem':
      return decideClosing(request, command, context, {
        objections: objectingGovernorates(request),
        askCorrection: correctionFrom(request, 'committee', context),
      });
    case 'recordApproval':
      return decideApproval(request, command, context);
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
      return decideReport(request, command);
    case 'recordReportReview':
      return decideReportReview(request, command);
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
      return decideRecoveryPlan(request, command);
    case 'recordRecovery':
      return decideRecovery(request, command);
    case 'passDeadline':
      return decideDeadline(request, command, context);
    case 'reportReservation':
      return decideReservation(request, command, context, (cumulative) =>
        afterReservation(request, context, cumulative),
      );
    case 'paymentStatusReported':
      return decidePaymentStatus(request, command);
  }
};

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
    default:
      return enteredVersion;
  }
};

const gate = (request: GrantRequest, command: PersonCommand, { plan, nowMs }: Context): { refusal: Refusal } | null => {
  const submittedFor = command.kind === 'submitRequest' ? command.body.file.organisationId : undefined;
  const fault = mayAct(request, command.kind, command.by, plan, submittedFor);
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

const withConsequences = (request: GrantRequest, events: readonly RequestEvent[], context: Context): RequestEvent[] => {
  const moment = { version: request.version + 1, atMs: context.nowMs };
  const all = [...events];
  let state = all.reduce((before, event) => apply(before, event, moment), request);
  for (let more = consequencesOf(state, context); more.length > 0; more = consequencesOf(state, context)) {
    all.push(...more);
    state = more.reduce((before, event) => apply(before, event, moment), state);
  }
  return all;
};

const repeated = (request: GrantRequest, command: Command): Answer | null => {
  const answered = request.keys[command.key];
  if (answered === undefined) return null;
  if (isPersonCommand(command) && answered.fingerprint !== command.fingerprint)
    return refuse('keyReusedWithOtherContent');
  return { after: request, version: answered.version };
};

export const decide = (request: GrantRequest, command: Command, context: Context, updateId?: string): Answer => {
  const before = repeated(request, command);
  if (before) return before;
  const fault = isPersonCommand(command) ? gate(request, command, context) : null;
  if (fault) return fault;
  if (request.outcome) return refuse('requestEnded', request.outcome);
  const decision = rule(request, command, context);
  if (decision.refusal) return { refusal: decision.refusal };
  if (decision.events.length === 0) return { after: request, version: request.version };
  return record(request, command, withConsequences(request, decision.events, context), context, updateId);
};

const record = (
  request: GrantRequest,
  command: Command,
  events: readonly RequestEvent[],
  { nowMs }: Context,
  updateId: string | undefined,
): Answer => {
  const draft = entryOf(request, request, command, events, { nowMs, updateId });
  const folded = applyEntry(request, draft);
  const entry = entryOf(request, folded, command, events, { nowMs, updateId });
  return { entry, after: folded, version: entry.seq };
};

/** A fact that no rule accepts changes nothing but is never swallowed: it is recorded as an anomaly. */
export const noteAnomaly = (request: GrantRequest, fact: Command, refusal: Refusal, context: Context): Answer => {
  const about = fact.key;
  return record(
    request,
    fact,
    [{ kind: 'anomalyNoted', fact: fact.kind, code: refusal.code, about }],
    context,
    undefined,
  );
};
