// What a tranche waits for, whether it is met, and whether it can still come. The same answers decide, are shown and are verified.
import { piastres, sumMinor, wholeBasisPoints } from '../amount.js';
import type { Context } from '../decision.js';
import type { GrantRequest, Tranche } from '../grant-request.js';
import { visitPassed } from '../visit-state.js';
import type { Plan, TrancheCondition } from '../plan.js';
import { isOwed, isPaid, trancheNumbered } from './tranche-state.js';

/** A retention tranche waits for the final report and for all others of which something was earned; the rest for what the plan says. */
export const conditionsOf = (
  request: GrantRequest,
  tranche: Tranche,
  { plan }: Context,
): readonly TrancheCondition[] =>
  tranche.purpose === 'retention'
    ? [
        { kind: 'report-accepted', number: request.reports.length },
        ...request.tranches
          .filter((other) => other.purpose === 'tranche' && other.state !== 'unearned')
          .map((other) => ({ kind: 'tranche-settled' as const, number: other.number })),
      ]
    : (plan.tranches.parts[tranche.number - 1]?.requires ?? []);

const whole = BigInt(wholeBasisPoints);
const earlierThan = (request: GrantRequest, { number }: Tranche): Tranche[] =>
  request.tranches.filter((other) => other.number < number);

/** How much of earlier tranches accepted reports have to account for, rounded up, and how much they do. */
export const spendingOf = (
  request: GrantRequest,
  tranche: Tranche,
  basisPoints: number,
): { readonly needed: bigint; readonly reached: bigint } => {
  const paid = sumMinor(
    earlierThan(request, tranche)
      .filter(isPaid)
      .map(({ amountMinor }) => amountMinor),
  );
  // What was given back of it cannot be spent any more.
  const kept = paid - piastres(request.refundedMinor ?? '0');
  const needed = (kept * BigInt(basisPoints) + whole - 1n) / whole;
  return { needed, reached: piastres(request.accountedMinor) };
};

/** Since the start of the project, as the newest accepted report has it; nothing counts that nobody has accepted. */
export const reachedOf = ({ reports }: GrantRequest, indicator: string): number =>
  reports.findLast(({ state }) => state === 'accepted')?.measured?.[indicator] ?? 0;

export const isMet = (request: GrantRequest, tranche: Tranche, condition: TrancheCondition): boolean => {
  switch (condition.kind) {
    case 'report-accepted':
      return request.reports.some((report) => report.number === condition.number && report.state === 'accepted');
    case 'tranche-settled':
      return request.tranches.some((other) => other.number === condition.number && isPaid(other));
    case 'spent-share': {
      const { needed, reached } = spendingOf(request, tranche, condition.basisPoints);
      // Where nothing was paid before, nothing can have been spent of it.
      return needed > 0n && reached >= needed;
    }
    case 'indicator-reached':
      return reachedOf(request, condition.code) >= condition.atLeast;
    case 'visit-passed':
      return visitPassed(request, condition.number);
  }
};

export const unmetConditionsOf = (
  request: GrantRequest,
  tranche: Tranche,
  context: Context,
): readonly TrancheCondition[] =>
  conditionsOf(request, tranche, context).filter((condition) => !isMet(request, tranche, condition));

/** Whether it can never be met any more: no report is to come, what is paid before this tranche is paid, and it is not met. */
export const isLost = (request: GrantRequest, tranche: Tranche, condition: TrancheCondition): boolean => {
  const reported = request.reports.every(({ state }) => state === 'accepted');
  switch (condition.kind) {
    case 'report-accepted':
    case 'visit-passed':
      return false;
    case 'tranche-settled':
      return trancheNumbered(request, condition.number)?.state === 'unearned';
    case 'spent-share':
      return reported && !earlierThan(request, tranche).some(isOwed) && !isMet(request, tranche, condition);
    case 'indicator-reached':
      return reported && !isMet(request, tranche, condition);
  }
};

export const isProvisional = ({ number }: Pick<Tranche, 'number'>, { tranches }: Plan): boolean =>
  tranches.provisional?.number === number;

/** Under a plan with an after-review all but the provisional tranche wait until the committee has ratified. */
export const waitsForReview = (request: GrantRequest, tranche: Tranche, { plan }: Context): boolean =>
  plan.afterReview !== undefined && !isProvisional(tranche, plan) && request.afterReview?.verdict !== 'ratify';

export const isWaiting = (request: GrantRequest, tranche: Tranche, context: Context): boolean =>
  tranche.state === 'waiting' && !waitsForReview(request, tranche, context);

/** A tranche waits for a visit that has not taken place, or that the project has to pass still. */
export const awaitsVisit = (request: GrantRequest, context: Context): boolean =>
  request.tranches
    .filter((tranche) => isWaiting(request, tranche, context))
    .some((tranche) => unmetConditionsOf(request, tranche, context).some(({ kind }) => kind === 'visit-passed'));
