// What each tranche waits for, as people see it: one line per condition, met or not, and why. The same rules decide in
// `tranche.ts`; here nothing is decided.
import type { AmountMinor } from '../amount.js';
import { dueAt } from '../calendar.js';
import type { PaymentFacts } from '../command.js';
import type { Context } from '../decision.js';
import type { GrantRequest, Tranche } from '../grant-request.js';
import type { TrancheCondition } from '../plan.js';
import { conditionsOf, isMet, reachedOf, spendingOf, waitsForReview } from './tranche-conditions.js';

export const checkNames = [
  'agreement-signed',
  'report-accepted',
  'tranche-settled',
  'spent-share',
  'indicator-reached',
  'visit-passed',
  'after-review-ratified',
  'not-suspended',
  'account-verified',
  'account-rested',
  'account-sharing-explained',
  'registry-data-fresh',
] as const;
export type CheckName = (typeof checkNames)[number];

export type TrancheCheck = {
  readonly condition: CheckName;
  /** Of the report, the tranche or the visit it waits for. */
  readonly number?: number;
  readonly met: boolean;
  /** Since when it is met; of a wait for a moment, when it will be. Absent where the state keeps no time of it. */
  readonly atMs?: number;
  /** Of the money paid before: what accepted reports have to account for, and what they do. */
  readonly spent?: { readonly neededMinor: AmountMinor; readonly reachedMinor: AmountMinor };
  readonly indicator?: { readonly code: string; readonly needed: number; readonly reached: number };
};

const detailsOf = (
  request: GrantRequest,
  tranche: Tranche,
  condition: TrancheCondition,
): Pick<TrancheCheck, 'number' | 'spent' | 'indicator'> => {
  switch (condition.kind) {
    case 'report-accepted':
    case 'tranche-settled':
    case 'visit-passed':
      return { number: condition.number };
    case 'spent-share': {
      const { needed, reached } = spendingOf(request, tranche, condition.basisPoints);
      return { spent: { neededMinor: needed.toString(), reachedMinor: reached.toString() } };
    }
    case 'indicator-reached': {
      const { code, atLeast: needed } = condition;
      return { indicator: { code, needed, reached: reachedOf(request, code) } };
    }
  }
};

/** A tranche that went on had its conditions met then, whatever later payments and reports make of the numbers. */
const wentOn = ({ state }: Tranche): boolean => state !== 'waiting' && state !== 'unearned';

const planned = (request: GrantRequest, tranche: Tranche, context: Context): TrancheCheck[] => [
  { condition: 'agreement-signed', met: request.agreement?.countersigned === true },
  ...conditionsOf(request, tranche, context).map((condition) => ({
    condition: condition.kind,
    ...detailsOf(request, tranche, condition),
    met: wentOn(tranche) || isMet(request, tranche, condition),
  })),
  ...(context.plan.afterReview === undefined
    ? []
    : [{ condition: 'after-review-ratified' as const, met: !waitsForReview(request, tranche, context) }]),
  { condition: 'not-suspended', met: request.suspension === null },
];

const ofAccount = (facts: PaymentFacts, { plan, nowMs }: Context): TrancheCheck[] => {
  const restsUntil = dueAt(plan.calendar, facts.accountChangedAtMs, plan.tranches.accountRest);
  const freshUntil = dueAt(plan.calendar, facts.registryFetchedAtMs, plan.tranches.registryFreshness);
  const { accountVerifiedAtMs: verifiedAtMs } = facts;
  return [
    {
      condition: 'account-verified',
      met: verifiedAtMs !== null,
      ...(verifiedAtMs === null ? {} : { atMs: verifiedAtMs }),
    },
    { condition: 'account-rested', met: restsUntil <= nowMs, atMs: restsUntil },
    ...(facts.sharedAccount === undefined
      ? []
      : [{ condition: 'account-sharing-explained' as const, met: facts.sharedAccount === 'explained' }]),
    { condition: 'registry-data-fresh', met: freshUntil >= nowMs, atMs: facts.registryFetchedAtMs },
  ];
};

export const trancheChecks = (
  request: GrantRequest,
  { tranche, facts }: { readonly tranche: Tranche; readonly facts: PaymentFacts },
  context: Context,
): TrancheCheck[] => [...planned(request, tranche, context), ...ofAccount(facts, context)];
