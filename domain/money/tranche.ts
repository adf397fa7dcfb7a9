// Tranches: conditions met → prepared → released by distinct people → paid by the bank → receipt confirmed. At most one live instruction each.
import type { Role } from '../actor.js';
import { accountRestFault, watchesAccounts } from '../account-rest.js';
import { holds, peopleBehind } from '../actor.js';
import { dueAt } from '../calendar.js';
import type { Fact, PaymentFacts, PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest, Tranche } from '../grant-request.js';
import type { Plan, TrancheCondition } from '../plan.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { bankOutcomes } from './bank-status.js';
import { isProvisional, isWaiting, spendingOf, unmetConditionsOf, waitsForReview } from './tranche-conditions.js';
import { earningOf } from './tranche-results.js';
import { changedTranche, isInFlight, isPaid, trancheNumbered } from './tranche-state.js';

/** The business id of a payment, the same whoever computes it and however often; at most 35 characters for ISO 20022. */
export const instructionIdOf = (requestId: string, number: number, attempt: number): string =>
  `${requestId}-t${number}-${attempt}`;

export const liveInstructionOf = (request: GrantRequest, tranche: Tranche): string =>
  instructionIdOf(request.id, tranche.number, tranche.attempt);

/** Who releases a tranche, and how many of them. */
export const releaseOf = (
  tranche: Pick<Tranche, 'number' | 'firstPayment'>,
  plan: Plan,
): { readonly role: Role; readonly people: number } => {
  const { provisional, releasers, firstPaymentReleasers = 0 } = plan.tranches;
  const least = tranche.firstPayment === true ? firstPaymentReleasers : 0;
  return provisional && isProvisional(tranche, plan)
    ? { role: 'approver', people: Math.max(provisional.approvers, least) }
    : { role: 'paymentReleaser', people: Math.max(releasers, least) };
};

/** Tranches whose conditions are met by now with what they earned, and in a plan without preparation their instructions as well. */
export const readyTranches = (request: GrantRequest, context: Context): RequestEvent[] => {
  const { preparation, automaticAccountId = null } = context.plan.tranches;
  return request.tranches
    .filter((tranche) => isWaiting(request, tranche, context))
    .filter((tranche) => unmetConditionsOf(request, tranche, context).length === 0)
    .flatMap((tranche): RequestEvent[] => {
      const earned = earningOf(request, tranche, context);
      const payable = earned ? { ...tranche, amountMinor: earned.earnedMinor } : tranche;
      return [
        ...(earned ? [earned] : []),
        { kind: 'trancheReady', number: tranche.number },
        ...(preparation === 'automatic' ? [instructed(request, { ...payable, accountId: automaticAccountId })] : []),
      ];
    });
};

const instructed = (request: GrantRequest, tranche: Tranche): RequestEvent => ({
  kind: 'paymentInstructed',
  number: tranche.number,
  instructionId: instructionIdOf(request.id, tranche.number, tranche.attempt + 1),
  amountMinor: tranche.amountMinor,
  purpose: tranche.purpose,
  accountId: tranche.accountId,
  replaces: tranche.attempt === 0 ? null : liveInstructionOf(request, tranche),
});

const factsFault = (facts: PaymentFacts, { plan, nowMs }: Context): { refusal: Refusal } | null => {
  if (facts.accountVerifiedAtMs === null) return refuse('bankDetailsUnverified');
  const restsUntil = dueAt(plan.calendar, facts.accountChangedAtMs, plan.tranches.accountRest);
  if (restsUntil > nowMs) return refuse('bankDetailsTooFresh', 'account-rest', new Date(restsUntil).toISOString());
  const freshUntil = dueAt(plan.calendar, facts.registryFetchedAtMs, plan.tranches.registryFreshness);
  if (freshUntil < nowMs) return refuse('conditionsNotMet', 'registry-data-fresh');
  return facts.sharedAccount === 'unexplained' && watchesAccounts({ plan })
    ? refuse('conditionsNotMet', 'account-shared', 'verifyBankAccount')
    : null;
};

/** The NGO's account became another one after the payment was prepared: it goes to the new one, or not at all. */
const accountMoved = (tranche: Tranche, facts: PaymentFacts, context: Context): boolean =>
  watchesAccounts(context) && facts.accountId !== tranche.accountId;

const unmetRefusal = (request: GrantRequest, tranche: Tranche, condition: TrancheCondition): { refusal: Refusal } => {
  switch (condition.kind) {
    case 'report-accepted':
      return refuse('reportNotAccepted', 'tranche-condition', `report ${condition.number}`);
    case 'tranche-settled':
      return refuse('conditionsNotMet', 'tranche-condition', `tranche ${condition.number}`);
    case 'spent-share':
      return refuse('conditionsNotMet', 'spent-share', `${spendingOf(request, tranche, condition.basisPoints).needed}`);
    case 'indicator-reached':
      return refuse('conditionsNotMet', 'indicator-reached', `${condition.code} ${condition.atLeast}`);
    case 'visit-passed':
      return refuse('conditionsNotMet', 'visit-passed', `visit ${condition.number}`);
  }
};

const preparationFault = (
  request: GrantRequest,
  { tranche, facts }: { readonly tranche: Tranche; readonly facts: PaymentFacts },
  context: Context,
): { refusal: Refusal } | null => {
  switch (tranche.state) {
    case 'ready':
    case 'rejected':
      return factsFault(facts, context);
    case 'waiting': {
      if (waitsForReview(request, tranche, context)) return refuse('conditionsNotMet', 'after-review-ratified');
      const [unmet] = unmetConditionsOf(request, tranche, context);
      return unmet ? unmetRefusal(request, tranche, unmet) : refuse('conditionsNotMet', 'tranche-condition');
    }
    case 'unearned':
      return refuse('conditionsNotMet', 'tranche-unearned');
    case 'unknown':
      return refuse('unknownStatus', 'one-live-instruction', liveInstructionOf(request, tranche));
    case 'prepared':
      return accountMoved(tranche, facts, context)
        ? factsFault(facts, context)
        : refuse('alreadyActed', 'tranche-prepared');
    case 'released':
    case 'settled':
    case 'confirmed':
      return refuse('instructionExists', 'one-live-instruction', liveInstructionOf(request, tranche));
  }
};

export const decidePreparation = (
  request: GrantRequest,
  command: PersonCommand<'prepareTranche'>,
  context: Context,
): Decision => {
  const tranche = trancheNumbered(request, command.body.number);
  if (tranche === undefined) return refuse('conditionsNotMet', 'tranche-exists', String(request.tranches.length));
  const { facts } = command.body;
  const fault = preparationFault(request, { tranche, facts }, context);
  if (fault) return fault;
  return happened({
    kind: 'tranchePrepared',
    number: tranche.number,
    personId: command.by.personId,
    accountId: facts.accountId,
    ...(watchesAccounts(context) && facts.firstPayment === true ? { firstPayment: true } : {}),
    ...(watchesAccounts(context) && facts.sharedAccount !== undefined ? { sharedAccount: true } : {}),
  });
};

/** What became of the account since the payment was prepared. */
const releaseFactsFault = (
  tranche: Tranche,
  { by, body: { facts } }: PersonCommand<'releaseTranche'>,
  context: Context,
): { refusal: Refusal } | null => {
  if (facts === undefined || !watchesAccounts(context)) return null;
  if (accountMoved(tranche, facts, context)) return refuse('conditionsNotMet', 'account-as-prepared', 'prepareTranche');
  return accountRestFault(by, facts, context) ?? factsFault(facts, context);
};

export const decideRelease = (
  request: GrantRequest,
  command: PersonCommand<'releaseTranche'>,
  context: Context,
): Decision => {
  const tranche = trancheNumbered(request, command.body.number);
  const { personId, onBehalfOf } = command.by;
  const people = peopleBehind(command.by);
  if (tranche === undefined) return refuse('conditionsNotMet', 'tranche-exists', String(request.tranches.length));
  const releasing = releaseOf(tranche, context.plan);
  if (!holds(command.by, releasing.role)) return refuse('notYourRole', 'releasing-role', releasing.role);
  if (tranche.state === 'unknown') return refuse('unknownStatus', 'one-live-instruction');
  if (isInFlight(tranche) || isPaid(tranche)) return refuse('instructionExists', 'one-live-instruction');
  if (tranche.state !== 'prepared') return refuse('conditionsNotMet', 'tranche-prepared-first', 'prepareTranche');
  if (people.some((one) => one === tranche.preparedBy)) return refuse('dutyConflict', 'prepare-with-release');
  if (people.some((one) => tranche.releasedBy.includes(one) || tranche.releasedFor?.includes(one) === true))
    return refuse('alreadyActed', 'releasers-distinct');
  const fault = releaseFactsFault(tranche, command, context);
  if (fault) return fault;
  const last = tranche.releasedBy.length + 1 >= releasing.people;
  const released: RequestEvent = {
    kind: 'trancheReleased',
    number: tranche.number,
    personId,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.personId }),
  };
  return happened(released, ...(last ? [instructed(request, tranche)] : []));
};

export const decideReceipt = (request: GrantRequest, command: PersonCommand<'confirmReceipt'>): Decision => {
  const tranche = trancheNumbered(request, command.body.number);
  if (tranche?.state === 'confirmed') return refuse('alreadyActed', 'receipt-confirmed');
  if (tranche?.state !== 'settled') return refuse('conditionsNotMet', 'tranche-settled');
  return happened({ kind: 'receiptConfirmed', number: tranche.number });
};

/** The bank's word on an instruction. A repeat changes nothing; a contradiction is noted as an anomaly by the caller. */
export const decidePaymentStatus = (request: GrantRequest, fact: Fact<'paymentStatusReported'>): Decision => {
  const { instructionId, number, status, code } = fact.body;
  const tranche = trancheNumbered(request, number);
  if (tranche === undefined || liveInstructionOf(request, tranche) !== instructionId)
    return refuse('conditionsNotMet', 'live-instruction', instructionId);
  const outcome = bankOutcomes[tranche.state][status];
  if (outcome === 'repeat') return happened();
  if (outcome === 'contradiction') return refuse('conditionsNotMet', 'bank-contradiction', tranche.state);
  switch (status) {
    case 'settled':
      return happened({ kind: 'paymentSettled', number, instructionId, amountMinor: tranche.amountMinor });
    case 'rejected':
      return happened({ kind: 'paymentRejected', number, instructionId, code: code ?? 'not-given' });
    case 'unknown':
      return happened({ kind: 'paymentUnknown', number, instructionId });
  }
};

type TrancheEvents =
  | 'trancheReady'
  | 'tranchePrepared'
  | 'trancheReleased'
  | 'paymentInstructed'
  | 'paymentSettled'
  | 'paymentRejected'
  | 'paymentUnknown'
  | 'receiptConfirmed';

export const trancheFolds: Folds<TrancheEvents> = {
  trancheReady: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'ready' })),
  tranchePrepared: (request, { number, personId, accountId, ...told }, { version }) =>
    changedTranche(request, number, version, (before) => ({
      ...{ state: 'prepared', preparedBy: personId, releasedBy: [], accountId },
      // Only where there was something of the kind before, so that other tranches keep their shape.
      ...(before.releasedFor === undefined ? {} : { releasedFor: [] }),
      ...(before.firstPayment === undefined ? {} : { firstPayment: false }),
      ...(before.sharedAccount === undefined ? {} : { sharedAccount: false }),
      ...(told.firstPayment === undefined ? {} : { firstPayment: true }),
      ...(told.sharedAccount === undefined ? {} : { sharedAccount: true }),
    })),
  trancheReleased: (request, { number, personId, onBehalfOf }, { version }) =>
    changedTranche(request, number, version, ({ releasedBy, releasedFor = [] }) => ({
      releasedBy: [...releasedBy, personId],
      ...(onBehalfOf === undefined ? {} : { releasedFor: [...releasedFor, onBehalfOf] }),
    })),
  paymentInstructed: (request, { number }, { version }) =>
    changedTranche(request, number, version, ({ attempt }) => ({ state: 'released', attempt: attempt + 1 })),
  paymentSettled: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'settled' })),
  paymentRejected: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'rejected' })),
  paymentUnknown: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'unknown' })),
  receiptConfirmed: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'confirmed' })),
};
