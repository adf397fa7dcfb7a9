// Which measures run together, and how many legs that makes.
import type { Bench, Size } from './bench.js';
import type { FigureId, MeasureId } from './gates.js';
import { figuresOf } from './gates.js';
import { bundleLegs, measureBundle } from './measures/bundle.js';
import { historyLegs, measureHistory } from './measures/history.js';
import { latencyLegs, measureLatency } from './measures/latency.js';
import { ledgerLegs, measureLedger } from './measures/ledger.js';
import { listLegs, measureLists } from './measures/lists.js';
import type { RateId } from './measures/rate.js';
import { measureRates, rateLegs, rateSides } from './measures/rate.js';
import { coreLegs, measureCore } from './measures/core.js';
import { measureRefusals, refusalLegs } from './measures/refusal.js';
import type { Side } from './lifecycle.js';
import type { Figure } from './results.js';

export type Part = {
  readonly figures: readonly FigureId[];
  readonly legs: number;
  /** Brought to their usual speed first, each once per run. */
  readonly warms: readonly Side[];
  readonly run: (bench: Bench) => Promise<Figure[]>;
};

const isRate = (id: MeasureId): id is RateId => id === 'P1a' || id === 'P1b';

/** Quick and steady measures first; P3 and P5 look at the same histories, P1a and P1b share the product's legs. */
export const partsOf = (wanted: readonly MeasureId[], size: Size): Part[] => {
  const rates = wanted.filter(isRate);
  const part = (ids: readonly MeasureId[], rest: Omit<Part, 'figures'>): Part[] => {
    const asked = ids.filter((id) => wanted.includes(id));
    return asked.length === 0 ? [] : [{ figures: asked.flatMap(figuresOf), ...rest }];
  };
  return [
    ...part(['P9'], { legs: bundleLegs, warms: [], run: measureBundle }),
    ...part(['P22'], { legs: coreLegs, warms: [], run: measureCore }),
    ...part(['P3', 'P5'], { legs: historyLegs, warms: ['product'], run: measureHistory }),
    ...part(['P4'], { legs: refusalLegs, warms: ['product'], run: measureRefusals }),
    ...part(['P1a', 'P1b'], {
      legs: rateLegs(rates, size),
      warms: rateSides(rates),
      run: (bench) => measureRates(rates, bench),
    }),
    ...part(['P2'], { legs: latencyLegs(size), warms: ['product', 'bare'], run: measureLatency }),
    ...part(['P12'], { legs: listLegs(size), warms: [], run: measureLists }),
    ...part(['P15'], { legs: ledgerLegs(size), warms: [], run: measureLedger }),
  ];
};
