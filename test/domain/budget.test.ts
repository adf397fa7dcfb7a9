// Budgets: exact sums, what the NGO brings itself, and shares that are bounded to the piastre.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { withLatinDigits } from '../../domain/digits.js';
import type { BudgetLine } from '../../domain/review/budget.js';
import { budgetFaults, budgetSums, isCovered } from '../../domain/review/budget.js';

const staff = (amountMinor: string): BudgetLine => ({ category: 'staff', amountMinor });
const works = (amountMinor: string, ownMinor = '0'): BudgetLine => ({ category: 'works', amountMinor, ownMinor });
const codes = (...asked: Parameters<typeof budgetFaults>) => budgetFaults(...asked).map(({ code }) => code);

describe('a budget', () => {
  it('asks for what is left of every line, to the piastre, however large', () => {
    const amount = fc.bigInt({ min: 0n, max: 99_999_999_999_999_999n });
    fc.assert(
      fc.property(fc.array(fc.tuple(amount, amount), { maxLength: 50 }), (parts) => {
        const lines = parts.map(([own, rest]) => works(String(own + rest), String(own)));
        expect(budgetSums(lines).requested).toBe(parts.reduce((sum, [, rest]) => sum + rest, 0n));
        expect(lines.every(isCovered)).toBe(true);
      }),
    );
  });

  it('covers no line with more than the line', () => {
    expect(isCovered({ ...works('10', '6'), inKindMinor: '4' })).toBe(true);
    expect(isCovered({ ...works('10', '6'), inKindMinor: '5' })).toBe(false);
  });

  it('is bounded by the ceiling in what it asks for, not in what it costs', () => {
    expect(codes([works('101')], '100')).toEqual(['above_ceiling']);
    expect(codes([works('101', '1')], '100')).toEqual([]);
  });

  it('gives a category its share and not a piastre more', () => {
    const terms = { shares: [{ category: 'staff' as const, mostBasisPoints: 3_000 }] };
    expect(codes([staff('30000000000000001'), works('69999999999999999')], '100000000000000000', terms)).toEqual([
      'category_above_share',
    ]);
    expect(codes([staff('30000000000000000'), works('70000000000000000')], '100000000000000000', terms)).toEqual([]);
  });

  it('needs the least that the NGO brings, in money or in kind', () => {
    const terms = { leastContributionBasisPoints: 1_000 };
    expect(codes([works('1000', '99')], '1000', terms)).toEqual(['contribution_too_small']);
    expect(codes([works('1000', '100')], '1000', terms)).toEqual([]);
    expect(codes([{ ...works('1000', '50'), inKindMinor: '50' }], '1000', terms)).toEqual([]);
  });
});

describe('digits', () => {
  it.each([
    ['٠١٢٣٤٥٦٧٨٩', '0123456789'],
    ['0123456789', '0123456789'],
    ['٥5', '٥5'],
    ['۵', '۵'],
    ['５', '５'],
    ['', ''],
  ])('%s are %s', (typed, meant) => {
    expect(withLatinDigits(typed)).toBe(meant);
  });
});
