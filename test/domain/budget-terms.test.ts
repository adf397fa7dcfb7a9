// What the terms of a call say about a budget: its ceiling, the shares of its categories, and what the NGO brings, all told at once.
import { describe, expect, it } from '@jest/globals';
import type { BudgetLine } from '../../domain/review/budget.js';
import { budgetCategories, budgetFaults, budgetSums, isCovered } from '../../domain/review/budget.js';

const staff: BudgetLine = { category: 'staff', amountMinor: '600', ownMinor: '100' };
const works: BudgetLine = { category: 'works', amountMinor: '400', inKindMinor: '50' };
const lines = [staff, works];

describe('the sums of a budget', () => {
  it('tell what it costs, what the NGO brings in money and in kind, and what is asked for', () => {
    expect(budgetSums(lines)).toEqual({ total: 1_000n, own: 100n, inKind: 50n, requested: 850n });
    expect(budgetSums([])).toEqual({ total: 0n, own: 0n, inKind: 0n, requested: 0n });
  });

  it.each<[Partial<BudgetLine>, boolean]>([
    [{}, true],
    [{ ownMinor: '10' }, true],
    [{ ownMinor: '11' }, false],
    [{ inKindMinor: '10' }, true],
    [{ inKindMinor: '11' }, false],
  ])('cover a line of ten with %j: %p', (brought, covered) => {
    expect(isCovered({ category: 'materials', amountMinor: '10', ...brought })).toBe(covered);
  });
});

describe('the faults of a budget', () => {
  it('are none without terms, up to the ceiling', () => {
    expect(budgetFaults(lines, '850')).toEqual([]);
    expect(budgetFaults(lines, '850', {})).toEqual([]);
    expect(budgetFaults(lines, '849')).toEqual([{ code: 'above_ceiling', mostMinor: '849' }]);
  });

  it('are told all at once, each with the bound that it breaks', () => {
    const terms = {
      shares: [
        { category: 'staff', mostBasisPoints: 5_000 },
        { category: 'works', mostBasisPoints: 5_000 },
        { category: 'training', mostBasisPoints: 0 },
      ],
      leastContributionBasisPoints: 1_501,
    } as const;
    expect(budgetFaults(lines, '1', terms)).toEqual([
      { code: 'above_ceiling', mostMinor: '1' },
      { code: 'category_above_share', category: 'staff', mostBasisPoints: 5_000 },
      { code: 'contribution_too_small', leastBasisPoints: 1_501 },
    ]);
    expect(budgetFaults(lines, '850', { leastContributionBasisPoints: 1_500 })).toEqual([]);
  });

  it('measure a share by what is asked for, not by what a line costs', () => {
    const share = (mostBasisPoints: number) =>
      budgetFaults([{ ...staff, ownMinor: '350' }, works, works], '950', {
        shares: [{ category: 'staff', mostBasisPoints }],
      }).map(({ code }) => code);
    // 250 of 950 asked for: 26.3 %.
    expect(share(2_631)).toEqual(['category_above_share']);
    expect(share(2_632)).toEqual([]);
  });
});

describe('the categories of a budget', () => {
  it('are seven, each named once', () => {
    expect(new Set(budgetCategories).size).toBe(7);
    for (const category of budgetCategories) expect(category).toMatch(/^[a-z]+$/);
  });
});
