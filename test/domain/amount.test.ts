// Amounts in piastres: what is read as one, what never is, and how a whole is divided so that no piastre is lost.
import { describe, expect, it } from '@jest/globals';
import { amountMinor, isAmountMinor, piastres, splitByWeights, sumMinor } from '../../domain/amount.js';

describe('an amount', () => {
  it.each(['0', '1', '125000000', '9'.repeat(18)])('is %s, there and back', (text) => {
    expect(isAmountMinor(text)).toBe(true);
    expect(amountMinor(piastres(text))).toBe(text);
  });

  it.each(['', '01', '00', '-1', '+1', '1.5', '1e3', ' 1', '1 ', '٣', '0x1', '1'.repeat(19)])('is not "%s"', (text) => {
    expect(isAmountMinor(text)).toBe(false);
    expect(() => piastres(text)).toThrow(`not an amount in piastres: ${text}`);
  });

  it('is never negative', () => {
    expect(() => amountMinor(-1n)).toThrow('an amount cannot be negative: -1');
    expect(amountMinor(0n)).toBe('0');
  });

  it('is summed exactly beyond what a number can hold', () => {
    expect(sumMinor(['900719925474099100', '1', '2'])).toBe(900_719_925_474_099_103n);
    expect(sumMinor([])).toBe(0n);
  });
});

describe('a split by weights', () => {
  it.each<[string, bigint, readonly number[], readonly bigint[]]>([
    ['even where it can be', 9n, [1, 1, 1], [3n, 3n, 3n]],
    ['with what is left to the earlier of equals', 11n, [1, 1, 1], [4n, 4n, 3n]],
    ['with what is left to the largest remainder', 10n, [1, 2], [3n, 7n]],
    ['with what is left to the larger remainders first, wherever they stand', 10n, [15, 37, 48], [1n, 4n, 5n]],
    ['with what is left to a small weight whose remainder is larger', 10n, [21, 26, 53], [2n, 3n, 5n]],
    ['with nothing to what has no weight', 7n, [0, 2, 0, 2], [0n, 4n, 0n, 3n]],
    ['of nothing', 0n, [1, 2], [0n, 0n]],
  ])('is %s', (_how, total, weights, parts) => {
    expect(splitByWeights(total, weights)).toEqual(parts);
  });

  it.each([[[]], [[0, 0]], [[1, -1]]])('needs a positive weight: %j', (weights) => {
    expect(() => splitByWeights(1n, weights)).toThrow('a split needs a positive weight');
  });
});
