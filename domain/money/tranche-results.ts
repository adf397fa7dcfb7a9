// What tranches earn: in proportion to results where the plan says so, and nothing where a condition can no longer be met. What is not
// earned goes back to the envelope, so that an award is always what was paid, what is still to be paid and what was not earned.
import type { AmountMinor } from '../amount.js';
import { piastres, wholeBasisPoints } from '../amount.js';
import type { Context } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest, Tranche } from '../grant-request.js';
import type { Plan, ResultsPlan } from '../plan.js';
import { conditionsOf, isLost, isWaiting, reachedOf } from './tranche-conditions.js';
import { changedTranche } from './tranche-state.js';

const whole = BigInt(wholeBasisPoints);

/** Never more than planned, never less than the least share, and never nothing. */
export const earnedMinor = (planned: bigint, { target, leastBasisPoints }: ResultsPlan, reached: number): bigint => {
  const share = (planned * BigInt(Math.min(reached, target))) / BigInt(target);
  const least = (planned * BigInt(leastBasisPoints)) / whole;
  return [share, least, 1n].reduce((most, one) => (one > most ? one : most));
};

export const resultsPlanOf = (tranche: Tranche, { tranches }: Plan): ResultsPlan | undefined =>
  tranche.purpose === 'retention' ? undefined : tranches.parts[tranche.number - 1]?.results;

/** What the tranche comes to now that its conditions are met; absent where its amount does not depend on results. */
export const earningOf = (
  request: GrantRequest,
  tranche: Tranche,
  { plan }: Context,
): RequestEvent<'trancheEarned'> | undefined => {
  const results = resultsPlanOf(tranche, plan);
  if (results === undefined) return undefined;
  const { indicator, target } = results;
  const reached = reachedOf(request, indicator);
  const planned = piastres(tranche.amountMinor);
  const earned = earnedMinor(planned, results, reached);
  return {
    ...{ kind: 'trancheEarned', number: tranche.number, plannedMinor: tranche.amountMinor },
    ...{ earnedMinor: earned.toString(), unearnedMinor: (planned - earned).toString() },
    ...{ indicator, reached, target },
  };
};

/** Tranches of which nothing can come any more. Asked when nothing else follows, so that what counts is already counted. */
export const unearnedTranches = (request: GrantRequest, context: Context): RequestEvent[] =>
  request.tranches
    .filter((tranche) => isWaiting(request, tranche, context))
    .flatMap((tranche): RequestEvent[] => {
      const lost = conditionsOf(request, tranche, context).find((condition) => isLost(request, tranche, condition));
      if (lost === undefined) return [];
      return [
        { kind: 'trancheUnearned', number: tranche.number, amountMinor: tranche.amountMinor, condition: lost.kind },
      ];
    });

/** What an event gives back of an award's reservation. */
export const givenBack = (event: RequestEvent): AmountMinor | null => {
  switch (event.kind) {
    case 'fundsReleased':
    case 'trancheUnearned':
      return event.amountMinor;
    case 'trancheEarned':
      return event.unearnedMinor;
    default:
      return null;
  }
};

/** As divided from the award; `amountMinor` is what is paid of it. */
export const plannedMinor = ({ plannedMinor: planned, amountMinor }: Tranche): AmountMinor => planned ?? amountMinor;

export const resultsFolds: Folds<'trancheEarned' | 'trancheUnearned'> = {
  trancheEarned: (request, { number, plannedMinor: planned, earnedMinor: amountMinor }, { version }) =>
    changedTranche(request, number, version, () => ({ plannedMinor: planned, amountMinor })),
  trancheUnearned: (request, { number }, { version }) =>
    changedTranche(request, number, version, () => ({ state: 'unearned' })),
};
