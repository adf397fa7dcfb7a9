// How a reviewer scores beside the others of the same panels. Exact: sums are fractions of bigints and are rounded once, at the end,
// to whole hundredths, so that the same scores give the same figures everywhere.

export type PanelScore = { readonly personId: string; readonly total: number };
/** The scores of one request. */
export type Panel = readonly PanelScore[];

export type Calibration = {
  readonly personId: string;
  readonly count: number;
  /** Hundredths of the weighted sheet, as all figures here. */
  readonly mean: number;
  /** Of all scores given, not of a sample; null for a single score. */
  readonly standardDeviation: number | null;
  /** Requests that others scored too: only there is something to compare. */
  readonly comparedOn: number;
  /** Mean of own score minus the panel's mean, over those requests: above zero is lenient, below is strict. */
  readonly leniency: number | null;
};

type Fraction = { readonly over: bigint; readonly under: bigint };

const gcd = (one: bigint, other: bigint): bigint => (other === 0n ? one : gcd(other, one % other));
const absolute = (value: bigint): bigint => (value < 0n ? -value : value);

const add = (one: Fraction, other: Fraction): Fraction => {
  const over = one.over * other.under + other.over * one.under;
  const under = one.under * other.under;
  const shared = gcd(absolute(over), under);
  return { over: over / shared, under: under / shared };
};

/** Half away from zero, so that strict and lenient are treated alike. */
const rounded = ({ over, under }: Fraction): number => {
  const whole = (absolute(over) * 2n + under) / (under * 2n);
  return Number(over < 0n ? -whole : whole);
};

/** The largest whole number whose square is not above the value (Newton's method on whole numbers). */
const rootBelow = (value: bigint): bigint => {
  let guess = value;
  for (let next = (guess + 1n) / 2n; next < guess; next = (guess + value / guess) / 2n) guess = next;
  return guess;
};

const sumOf = (values: readonly bigint[]): bigint => values.reduce((sum, value) => sum + value, 0n);

/** √(n·Σx² − (Σx)²) / n, rounded: the root of four times the value is halved only after adding n. */
const deviationOf = (values: readonly bigint[]): number | null => {
  const count = BigInt(values.length);
  if (count < 2n) return null;
  const spread = count * sumOf(values.map((value) => value * value)) - sumOf(values) ** 2n;
  return Number((rootBelow(4n * spread) + count) / (2n * count));
};

const deviationIn = (panel: Panel, own: PanelScore): Fraction => {
  const under = BigInt(panel.length);
  return { over: BigInt(own.total) * under - sumOf(panel.map(({ total }) => BigInt(total))), under };
};

const calibrationOf = (personId: string, panels: readonly Panel[]): Calibration => {
  const own = panels.flatMap((panel) => panel.filter((score) => score.personId === personId));
  const totals = own.map(({ total }) => BigInt(total));
  const compared = panels.flatMap((panel) => {
    const score = panel.length > 1 ? panel.find((one) => one.personId === personId) : undefined;
    return score === undefined ? [] : [deviationIn(panel, score)];
  });
  const { over, under } = compared.reduce(add, { over: 0n, under: 1n });
  return {
    personId,
    count: own.length,
    mean: rounded({ over: sumOf(totals), under: BigInt(totals.length) }),
    standardDeviation: deviationOf(totals),
    comparedOn: compared.length,
    leniency: compared.length === 0 ? null : rounded({ over, under: under * BigInt(compared.length) }),
  };
};

/** One row per reviewer, in the order of their ids. */
export const calibrate = (panels: readonly Panel[]): Calibration[] =>
  [...new Set(panels.flatMap((panel) => panel.map(({ personId }) => personId)))]
    .sort()
    .map((personId) => calibrationOf(personId, panels));
