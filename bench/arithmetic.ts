// The arithmetic of measurements: medians, percentiles, and how sure a ratio is. No clock, no chance: the same numbers give the same answer.

const ascending = (values: readonly number[]): number[] => [...values].sort((a, b) => a - b);

export const median = (values: readonly number[]): number => {
  if (values.length === 0) throw new Error('no median of nothing');
  const sorted = ascending(values);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
};

/** Nearest rank: a value that was really measured, never one in between. */
export const percentile = (values: readonly number[], percent: number): number => {
  if (values.length === 0) throw new Error('no percentile of nothing');
  return ascending(values)[Math.max(0, Math.ceil((percent / 100) * values.length) - 1)] ?? 0;
};

export type Random = () => number;

/** Mulberry32: small, seeded, the same on every machine. */
export const seededRandom = (seed: number): Random => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};

export type Interval = readonly [low: number, high: number];
export type Estimate = { readonly value: number; readonly ci95: Interval; readonly n: number };

const resamples = 10_000;
const seed = 20_260_301;

/** The statistic of the sample, with the 95 % interval of a percentile bootstrap over whole observations. */
export const bootstrap = <T>(sample: readonly T[], statistic: (drawn: readonly T[]) => number): Estimate => {
  const random = seededRandom(seed);
  const draw = (): T[] =>
    sample.flatMap(() => {
      const drawn = sample[Math.floor(random() * sample.length)];
      return drawn === undefined ? [] : [drawn];
    });
  const values = Array.from({ length: resamples }, () => statistic(draw()));
  return {
    value: statistic(sample),
    ci95: [percentile(values, 2.5), percentile(values, 97.5)],
    n: sample.length,
  };
};

/** One leg of each side, measured next to each other. */
export type Pair = { readonly a: number; readonly b: number };

/** median(A) ÷ median(B); pairs are resampled whole, because what disturbs the machine disturbs both legs. */
export const ratioOf = (pairs: readonly Pair[]): Estimate =>
  bootstrap(pairs, (drawn) => median(drawn.map(({ a }) => a)) / median(drawn.map(({ b }) => b)));

export const medianOf = (values: readonly number[]): Estimate => bootstrap(values, median);

/** Every second round runs backwards (ABBA), so that a drift of the machine meets all sides alike. */
export const roundOrder = <T>(sides: readonly T[], round: number): T[] =>
  round % 2 === 0 ? [...sides] : [...sides].reverse();
