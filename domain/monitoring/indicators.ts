// Indicators in a report: parts add up to their total, and those that money hangs on are stated and kept.
import type { IndicatorActual } from '../command.js';
import type { Context } from '../decision.js';
import { indicatorsOf } from '../plan.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

const addsUp = ({ total, parts }: IndicatorActual): boolean =>
  Object.values(parts).reduce((sum, part) => sum + part, 0) === total;

const statedTotal = (indicators: readonly IndicatorActual[], code: string): number | undefined =>
  indicators.find((indicator) => indicator.code === code)?.total;

/** What a tranche looks at is stated in every report, and with one total however often it is taken apart. */
export const indicatorsFault = (
  indicators: readonly IndicatorActual[],
  { plan }: Context,
): { refusal: Refusal } | null => {
  const broken = indicators.find((indicator) => !addsUp(indicator));
  if (broken) return refuse('indicatorPartsDoNotAddUp', broken.code, String(broken.total));
  const watched = indicatorsOf(plan);
  const missing = watched.filter((code) => statedTotal(indicators, code) === undefined);
  if (missing.length > 0) return refuse('conditionsNotMet', 'indicator-stated', missing.join(' '));
  const other = indicators.find(({ code, total }) => watched.includes(code) && total !== statedTotal(indicators, code));
  return other ? refuse('indicatorPartsDoNotAddUp', other.code, String(statedTotal(indicators, other.code))) : null;
};

/** Empty under plans whose tranches look at no indicator: their reports keep the shape they have. */
export const measuredIn = (
  indicators: readonly IndicatorActual[],
  { plan }: Context,
): { readonly measured?: Readonly<Record<string, number>> } => {
  const watched = indicatorsOf(plan);
  const stated = indicators.filter(({ code }) => watched.includes(code));
  return watched.length === 0 ? {} : { measured: Object.fromEntries(stated.map(({ code, total }) => [code, total])) };
};
