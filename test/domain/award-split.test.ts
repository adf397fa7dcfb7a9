// How an award is divided: what is retained, fixed amounts, shares of what is left; and the least award that a plan can divide.
import { describe, expect, it } from '@jest/globals';
import { leastAward, splitAward, splitFault } from '../../domain/award-split.js';
import type { Plan, TranchePlan } from '../../domain/plan.js';
import { calmPlan } from '../support/plans.js';

const fixed = (amountMinor: string): TranchePlan => ({ amountMinor, requires: [] });
const share = (shareBasisPoints: number): TranchePlan => ({ shareBasisPoints, requires: [] });
const byResults = (part: TranchePlan): TranchePlan => ({
  ...part,
  results: { indicator: 'x', target: 10, leastBasisPoints: 1 },
});
type Tranches = Plan['tranches'];
const tranches = (retentionBasisPoints: number, ...parts: readonly TranchePlan[]): Tranches => ({
  ...calmPlan.tranches,
  ...{ parts, retentionBasisPoints },
});

describe('an award', () => {
  it.each<[string, bigint, Tranches, readonly bigint[], bigint]>([
    ['in shares', 1_000n, tranches(0, share(4_000), share(6_000)), [400n, 600n], 0n],
    ['in shares of what is not retained', 1_000n, tranches(1_000, share(4_000), share(6_000)), [360n, 540n], 100n],
    ['in shares of what a fixed amount leaves', 1_000n, tranches(1_000, fixed('300'), share(10_000)), [300n, 600n], 100n],
    ['in fixed amounts wherever they stand', 1_000n, tranches(0, share(5_000), fixed('300'), share(5_000), fixed('1')), [350n, 300n, 349n, 1n], 0n],
    ['with half a piastre paid, not retained', 5n, tranches(1_000, share(10_000)), [5n], 0n],
  ])('is divided %s', (_how, award, plan, parts, retained) => {
    expect(splitAward(award, plan)).toEqual({ parts, retained });
  }); // prettier-ignore
});

describe('the least award', () => {
  it.each<[string, Tranches, bigint]>([
    ['any at all under shares alone', tranches(1_000, share(1), share(9_999)), 0n],
    ['any at all under fixed amounts alone', tranches(1_000, fixed('300')), 0n],
    ['the fixed amounts and a piastre', tranches(0, fixed('300'), fixed('5'), share(10_000)), 306n],
    ['the fixed amounts and a piastre of the smallest share', tranches(0, fixed('5'), share(7_500), share(2_500)), 9n],
    ['rounded up where the smallest share is no even part', tranches(0, fixed('5'), share(3_333), share(6_667)), 9n],
    ['a piastre of each share where one is by results', tranches(0, byResults(share(2_500)), share(7_500)), 4n],
    ['one piastre where all of it is by results', tranches(0, byResults(share(10_000))), 1n],
    ['more where some is retained', tranches(1_000, fixed('100'), share(10_000)), 112n],
    ['half a piastre short of that where rounding brings it back', tranches(5_000, byResults(share(10_000))), 1n],
  ])('is %s', (_what, plan, least) => {
    expect(leastAward(plan)).toBe(least);
  });

  it('leaves each tranche something, and a piastre less does not', () => {
    const plan = tranches(1_000, fixed('100'), share(10_000));
    expect(splitAward(112n, plan)).toEqual({ parts: [100n, 1n], retained: 11n });
    expect(splitAward(111n, plan).parts).toEqual([100n, 0n]);
    expect(splitFault('112', { ...calmPlan, tranches: plan })).toBeNull();
    expect(splitFault('111', { ...calmPlan, tranches: plan })?.refusal).toEqual({
      ...{ code: 'tranchesDoNotAddUp', rule: 'award-carries-tranches', accepted: '112' },
    });
  });
});
