// What every measure is given: the field (opened when the first asks for it), the size of its legs, warm sides, and where to report.
import type { Leg } from './load.js';
import { closedLoop } from './load.js';
import { baselineDriver } from './drivers/baseline.js';
import { productDriver } from './drivers/product.js';
import type { Field } from './field.js';
import type { Driver, Side } from './lifecycle.js';
import { sumOf } from './cpu.js';

export type Size = {
  readonly pairs: number;
  readonly clients: number;
  readonly warmSeconds: number;
  readonly rateLifecycles: number;
  readonly latencyLifecycles: number;
  readonly openSeconds: number;
  readonly historyLifecycles: number;
  readonly pacedLifecycles: number;
  readonly refusalLifecycles: number;
  readonly fewRequests: number;
  readonly manyRequests: number;
  readonly listCalls: number;
  readonly fewPostings: number;
  readonly manyPostings: number;
  readonly ledgerCalls: number;
};

export const usualSize: Size = {
  pairs: 5,
  clients: 16,
  warmSeconds: 10,
  rateLifecycles: 64,
  latencyLifecycles: 16,
  openSeconds: 12,
  historyLifecycles: 48,
  pacedLifecycles: 8,
  refusalLifecycles: 40,
  fewRequests: 1_000,
  manyRequests: 100_000,
  listCalls: 400,
  fewPostings: 10_000,
  manyPostings: 1_000_000,
  ledgerCalls: 400,
};
export const shortSize: Size = {
  pairs: 2,
  clients: 16,
  warmSeconds: 3,
  rateLifecycles: 24,
  latencyLifecycles: 4,
  openSeconds: 4,
  historyLifecycles: 16,
  pacedLifecycles: 4,
  refusalLifecycles: 10,
  fewRequests: 1_000,
  manyRequests: 4_000,
  listCalls: 60,
  fewPostings: 2_000,
  manyPostings: 40_000,
  ledgerCalls: 100,
};

export type Bench = {
  readonly size: Size;
  readonly field: () => Promise<Field>;
  readonly driver: (side: Side) => Promise<Driver>;
  /** Brings a side to its usual speed, once per run: first lifecycles are up to half as fast. */
  readonly warm: (sides: readonly Side[]) => Promise<void>;
  /** The product's lifecycles per second at full load, as far as this run has seen. */
  readonly productRate: () => Promise<number>;
  readonly sawProductRate: (lifecyclesPerSecond: number) => void;
  readonly leg: (text: string) => void;
};

export const rateOf = (leg: Leg): number => leg.lifecycles.length / leg.seconds;
export const cpuPerLifecycle = ({ cpu, lifecycles }: Leg): number | null =>
  cpu === null ? null : sumOf(cpu) / lifecycles.length;

type Given = Pick<Bench, 'size' | 'field' | 'leg'>;

export const createBench = ({ size, field, leg }: Given): Bench => {
  const warmed = new Set<Side>();
  let productRate: number | undefined;

  const driver = async (side: Side): Promise<Driver> => {
    const opened = await field();
    return side === 'product' ? productDriver(opened) : baselineDriver(opened.client, side);
  };
  const warmOne = async (side: Side): Promise<void> => {
    if (warmed.has(side)) return;
    warmed.add(side);
    const until = performance.now() + size.warmSeconds * 1000;
    let last: Leg;
    do {
      const { clients } = size;
      last = await closedLoop(await driver(side), { lifecycles: clients, clients }, (await field()).measured);
    } while (performance.now() < until);
    if (side === 'product') productRate ??= rateOf(last);
    leg(`warm-up ${side}: ${rateOf(last).toFixed(1)}/s`);
  };
  const warm = async (sides: readonly Side[]): Promise<void> => {
    for (const side of sides) await warmOne(side);
  };
  return {
    size,
    field,
    driver,
    warm,
    leg,
    productRate: async () => {
      await warm(['product']);
      return productRate ?? 1;
    },
    sawProductRate: (seen) => void (productRate = seen),
  };
};
