// P1a and P1b: lifecycles per second through the product, against bare Temporal and against the textbook shape, 16 at once.
import { median, ratioOf, roundOrder } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import { cpuPerLifecycle, rateOf } from '../bench.js';
import type { Side } from '../lifecycle.js';
import type { Leg } from '../load.js';
import { closedLoop } from '../load.js';
import type { Figure } from '../results.js';

export type RateId = 'P1a' | 'P1b';
const denominators = { P1a: 'bare', P1b: 'textbook' } as const satisfies Record<RateId, Side>;

export const rateLegs = (ids: readonly RateId[], { pairs }: Bench['size']): number =>
  ids.length === 0 ? 0 : (ids.length + 1) * pairs;

export const rateSides = (ids: readonly RateId[]): Side[] => ['product', ...ids.map((id) => denominators[id])];

const summaryOf = (legs: readonly Leg[]) => ({
  perSecond: legs.map((leg) => Number(rateOf(leg).toFixed(2))),
  cpuSecondsPerLifecycle: median(legs.map((leg) => cpuPerLifecycle(leg) ?? NaN)),
  cpuByProcess: legs.at(-1)?.cpu,
  decisionMs: median(legs.map((leg) => median(leg.latencies))),
  machineMsPerLifecycle: median(legs.map((leg) => leg.machineMs / leg.lifecycles.length)),
});

/** All sides of a round stand next to each other; both figures share the product's legs. */
export const measureRates = async (ids: readonly RateId[], bench: Bench): Promise<Figure[]> => {
  const sides = rateSides(ids);
  const legs: Record<Side, Leg[]> = { product: [], bare: [], textbook: [] };
  const { pairs, clients, rateLifecycles: lifecycles } = bench.size;
  const { measured } = await bench.field();
  for (let round = 0; round < pairs; round += 1)
    for (const side of roundOrder(sides, round)) {
      const leg = await closedLoop(await bench.driver(side), { lifecycles, clients }, measured);
      legs[side].push(leg);
      bench.leg(`${ids.join(' ')} pair ${round + 1}/${pairs} ${side}: ${rateOf(leg).toFixed(2)}/s`);
    }
  bench.sawProductRate(median(legs.product.map(rateOf)));
  return ids.map((id) => {
    const denominator = denominators[id];
    const pairsOf = legs.product.map((leg, index) => {
      const other = legs[denominator][index];
      if (other === undefined) throw new Error(`round ${index} has no ${denominator} leg`);
      return { a: rateOf(leg), b: rateOf(other) };
    });
    const detail = { clients, product: summaryOf(legs.product), [denominator]: summaryOf(legs[denominator]) };
    return { id, estimate: ratioOf(pairsOf), detail };
  });
};
