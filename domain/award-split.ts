// How an award is divided under a plan: what is retained, tranches of a fixed amount, and shares of what is left; exact to the piastre.
// An award too small for its tranches is refused where it is set, never where it is paid.
import type { AmountMinor } from './amount.js';
import { piastres, splitByWeights, wholeBasisPoints } from './amount.js';
import type { Plan, TranchePlan } from './plan.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

const fixedOf = (part: TranchePlan): bigint => ('amountMinor' in part ? piastres(part.amountMinor) : 0n);
/** A part of no weight takes nothing of what is split, not even a piastre that is left over. */
const weightOf = (part: TranchePlan): number => ('amountMinor' in part ? 0 : part.shareBasisPoints);
const fixedSum = (parts: readonly TranchePlan[]): bigint => parts.reduce((sum, part) => sum + fixedOf(part), 0n);

export type AwardSplit = { readonly parts: readonly bigint[]; readonly retained: bigint };

export const splitAward = (award: bigint, { parts, retentionBasisPoints: kept }: Plan['tranches']): AwardSplit => {
  const [toPay = 0n, retained = 0n] = splitByWeights(award, [wholeBasisPoints - kept, kept]);
  const shares = splitByWeights(toPay - fixedSum(parts), parts.map(weightOf));
  return { parts: parts.map((part, index) => fixedOf(part) + (shares[index] ?? 0n)), retained };
};

const upwards = (dividend: bigint, divisor: bigint): bigint => (dividend + divisor - 1n) / divisor;

/** Plans of shares alone divide every award, as they always did. */
const needsLeast = (part: TranchePlan): boolean => 'amountMinor' in part || part.results !== undefined;

/** The least award that leaves every tranche something: the fixed amounts whole, and each share a piastre of its own. */
export const leastAward = ({ parts, retentionBasisPoints: kept }: Plan['tranches']): bigint => {
  const shares = parts.map(weightOf).filter((weight) => weight > 0);
  if (shares.length === 0 || !parts.some(needsLeast)) return 0n;
  const toPay = fixedSum(parts) + upwards(BigInt(wholeBasisPoints), BigInt(Math.min(...shares)));
  // What is not retained is rounded, half of a piastre upwards, so an award half a piastre short of it is enough.
  return upwards((2n * toPay - 1n) * BigInt(wholeBasisPoints), 2n * BigInt(wholeBasisPoints - kept));
};

export const splitFault = (award: AmountMinor, { tranches }: Plan): { refusal: Refusal } | null => {
  const least = leastAward(tranches);
  return piastres(award) < least ? refuse('tranchesDoNotAddUp', 'award-carries-tranches', least.toString()) : null;
};
