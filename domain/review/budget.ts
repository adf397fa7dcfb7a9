// The budget of a request: lines that add up, what the NGO brings itself, and the shares that the call's terms bound. Sums are
// exact: shares are compared by multiplying, never by dividing.
import type { AmountMinor } from '../amount.js';
import { piastres, wholeBasisPoints } from '../amount.js';

export const budgetCategories = [
  'staff',
  'training',
  'equipment',
  'materials',
  'works',
  'transport',
  'administration',
] as const;
export type BudgetCategory = (typeof budgetCategories)[number];

export type BudgetLine = {
  readonly category: BudgetCategory;
  /** Quantity times unit cost. */
  readonly amountMinor: AmountMinor;
  /** What of it the NGO pays, and what it brings in kind; the rest is asked for. */
  readonly ownMinor?: AmountMinor;
  readonly inKindMinor?: AmountMinor;
};

export type BudgetTerms = {
  /** The most that one category may have of what is asked for, in hundredths of a percent. */
  readonly shares?: readonly { readonly category: BudgetCategory; readonly mostBasisPoints: number }[];
  /** The least that the NGO brings, of the whole budget. */
  readonly leastContributionBasisPoints?: number;
};

export type BudgetSums = {
  readonly total: bigint;
  readonly own: bigint;
  readonly inKind: bigint;
  readonly requested: bigint;
};

const brought = ({ ownMinor = '0', inKindMinor = '0' }: BudgetLine): bigint =>
  piastres(ownMinor) + piastres(inKindMinor);

export const isCovered = (line: BudgetLine): boolean => brought(line) <= piastres(line.amountMinor);

export const budgetSums = (lines: readonly BudgetLine[]): BudgetSums => {
  const sum = (amountOf: (line: BudgetLine) => AmountMinor): bigint =>
    lines.reduce((so, line) => so + piastres(amountOf(line)), 0n);
  const total = sum(({ amountMinor }) => amountMinor);
  const own = sum(({ ownMinor = '0' }) => ownMinor);
  const inKind = sum(({ inKindMinor = '0' }) => inKindMinor);
  return { total, own, inKind, requested: total - own - inKind };
};

export type BudgetFault =
  | { readonly code: 'above_ceiling'; readonly mostMinor: AmountMinor }
  | { readonly code: 'category_above_share'; readonly category: BudgetCategory; readonly mostBasisPoints: number }
  | { readonly code: 'contribution_too_small'; readonly leastBasisPoints: number };

const whole = BigInt(wholeBasisPoints);
/** `part` of `of` is more than so many hundredths of a percent. */
const exceeds = (part: bigint, of: bigint, basisPoints: number): boolean => part * whole > of * BigInt(basisPoints);

/** All at once, so that an applicant mends them in one go. */
export const budgetFaults = (
  lines: readonly BudgetLine[],
  ceilingMinor: AmountMinor,
  { shares = [], leastContributionBasisPoints = 0 }: BudgetTerms = {},
): BudgetFault[] => {
  const { total, own, inKind, requested } = budgetSums(lines);
  const askedFor = (category: BudgetCategory): bigint =>
    budgetSums(lines.filter((line) => line.category === category)).requested;
  const least = BigInt(leastContributionBasisPoints);
  return [
    ...(requested > piastres(ceilingMinor) ? [{ code: 'above_ceiling' as const, mostMinor: ceilingMinor }] : []),
    ...shares
      .filter(({ category, mostBasisPoints }) => exceeds(askedFor(category), requested, mostBasisPoints))
      .map((share) => ({ code: 'category_above_share' as const, ...share })),
    ...((own + inKind) * whole < total * least
      ? [{ code: 'contribution_too_small' as const, leastBasisPoints: leastContributionBasisPoints }]
      : []),
  ];
};
