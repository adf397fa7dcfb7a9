// P2: time to the acknowledgement of a decision over HTTP against a bare update; one client, and an open loop at half load.
import type { Estimate } from '../arithmetic.js';
import { median, percentile, ratioOf, roundOrder, seededRandom } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import { productDriver } from '../drivers/product.js';
import { decisionsPerLifecycle } from '../l16.js';
import type { Driver } from '../lifecycle.js';
import type { Leg } from '../load.js';
import { closedLoop, openLoop } from '../load.js';
import type { Figure } from '../results.js';

type Kind = 'http' | 'bare' | 'http-default';
const kinds: readonly Kind[] = ['http', 'bare', 'http-default'];
const openKinds: readonly Kind[] = ['http', 'bare'];
const seed = 7;
/** Between two decisions of one lifecycle: enough for each to be answered before the next is due. */
const gapMs = 200;

export const latencyLegs = ({ pairs }: Bench['size']): number => (kinds.length + openKinds.length) * pairs;

const driverOf = async (bench: Bench, kind: Kind): Promise<Driver> => {
  switch (kind) {
    case 'http':
      return bench.driver('product');
    case 'bare':
      return bench.driver('bare');
    case 'http-default':
      return productDriver(await bench.field(), { noWait: false });
  }
};

type Legs = Record<Kind, Leg[]>;
const none = (): Legs => ({ http: [], bare: [], 'http-default': [] });

const at = (leg: Leg, percent: number): number => percentile(leg.latencies, percent);

const ratioAt = (legs: Legs, percent: number, a: Kind = 'http'): Estimate =>
  ratioOf(
    legs[a].map((leg, index) => {
      const bare = legs.bare[index];
      if (bare === undefined) throw new Error(`round ${index} has no bare leg`);
      return { a: at(leg, percent), b: at(bare, percent) };
    }),
  );

const milliseconds = (legs: readonly Leg[], percent: number): number =>
  Number(median(legs.map((leg) => at(leg, percent))).toFixed(2));

const detailOf = (legs: Legs, percent: number) => ({
  decisionsPerLeg: legs.http[0]?.latencies.length,
  httpMs: milliseconds(legs.http, percent),
  bareMs: milliseconds(legs.bare, percent),
});

const rounds = async (
  bench: Bench,
  of: readonly Kind[],
  label: string,
  run: (driver: Driver, round: number) => Promise<Leg>,
): Promise<Legs> => {
  const legs = none();
  const { pairs } = bench.size;
  for (let round = 0; round < pairs; round += 1)
    for (const kind of roundOrder(of, round)) {
      const leg = await run(await driverOf(bench, kind), round);
      legs[kind].push(leg);
      bench.leg(
        `P2 ${label} pair ${round + 1}/${pairs} ${kind}: p50 ${at(leg, 50).toFixed(1)} ms, p99 ${at(leg, 99).toFixed(1)} ms`,
      );
    }
  return legs;
};

export const measureLatency = async (bench: Bench): Promise<Figure[]> => {
  const { measured } = await bench.field();
  const { latencyLifecycles: lifecycles, openSeconds: seconds } = bench.size;
  const closed = await rounds(bench, kinds, 'one client', (driver) =>
    closedLoop(driver, { lifecycles, clients: 1 }, measured),
  );
  // The same offered load on both sides: half of what the product can take.
  const lifecyclesPerSecond = (await bench.productRate()) / 2;
  const open = await rounds(bench, openKinds, 'open loop', (driver, round) =>
    openLoop(driver, { lifecyclesPerSecond, seconds, gapMs, random: seededRandom(seed + round) }, measured),
  );
  const withWait = (percent: number) => ({
    withReadModelWait: {
      ms: milliseconds(closed['http-default'], percent),
      ratio: Number(ratioAt(closed, percent, 'http-default').value.toFixed(2)),
    },
  });
  const offered = { decisionsPerSecond: Number((lifecyclesPerSecond * decisionsPerLifecycle).toFixed(1)), gapMs };
  return [
    { id: 'P2.p50', estimate: ratioAt(closed, 50), detail: { ...detailOf(closed, 50), ...withWait(50) } },
    { id: 'P2.p99', estimate: ratioAt(closed, 99), detail: { ...detailOf(closed, 99), ...withWait(99) } },
    { id: 'P2.open.p50', estimate: ratioAt(open, 50), detail: { ...detailOf(open, 50), ...offered } },
    { id: 'P2.open.p99', estimate: ratioAt(open, 99), detail: { ...detailOf(open, 99), ...offered } },
  ];
};
