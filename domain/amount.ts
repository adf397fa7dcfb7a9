// Amounts of money: integer piastres, as bigint in code and as a decimal string wherever they are stored or sent.

/** Whole piastres as a decimal string without leading zeros, e.g. "125000000" for EGP 1,250,000. JSON has no bigint. */
export type AmountMinor = string;

const decimal = /^(0|[1-9]\d{0,17})$/;

export const isAmountMinor = (text: string): boolean => decimal.test(text);

/** Reads a stored amount. A malformed one is a defect, not bad input: the edge has checked it before. */
export const piastres = (amount: AmountMinor): bigint => {
  if (!isAmountMinor(amount)) throw new Error(`not an amount in piastres: ${amount}`);
  return BigInt(amount);
};

export const amountMinor = (value: bigint): AmountMinor => {
  if (value < 0n) throw new Error(`an amount cannot be negative: ${value}`);
  return value.toString();
};

export const sumMinor = (amounts: readonly AmountMinor[]): bigint =>
  amounts.reduce((sum, amount) => sum + piastres(amount), 0n);

/**
 * Splits a total by integer weights so that the parts add up to the total exactly (largest remainder;
 * the earlier part wins a tie, so that the result is the same everywhere).
 */
export const splitByWeights = (total: bigint, weights: readonly number[]): bigint[] => {
  const whole = weights.reduce((sum, weight) => sum + BigInt(weight), 0n);
  if (whole <= 0n) throw new Error('a split needs a positive weight');
  const parts = weights.map((weight) => (total * BigInt(weight)) / whole);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * BigInt(weight)) % whole }))
    .sort((a, b) => Number(b.remainder - a.remainder));
  const left = total - parts.reduce((sum, part) => sum + part, 0n);
  for (const { index } of byRemainder.slice(0, Number(left))) parts[index] = (parts[index] ?? 0n) + 1n;
  return parts;
};

/** A whole, in hundredths of a percent: what shares of money are counted in. */
export const wholeBasisPoints = 10_000;
