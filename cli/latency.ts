// How long calls took, by name, and the percentiles that a report shows.

export type LatencyRow = {
  readonly name: string;
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
};

export type Latencies = {
  readonly record: (name: string, ms: number) => void;
  readonly rows: () => LatencyRow[];
};

/** Nearest rank: a value that was really measured, never one in between. */
const percentile = (sorted: readonly number[], percent: number): number =>
  sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;

const tenths = (ms: number): number => Math.round(ms * 10) / 10;

const rowOf = (name: string, measured: readonly number[]): LatencyRow => {
  const sorted = [...measured].sort((a, b) => a - b);
  const at = (percent: number): number => tenths(percentile(sorted, percent));
  return { name, count: sorted.length, p50: at(50), p95: at(95), p99: at(99), max: at(100) };
};

export const createLatencies = (): Latencies => {
  const measured = new Map<string, number[]>();
  return {
    record: (name, ms) => {
      const known = measured.get(name);
      if (known === undefined) measured.set(name, [ms]);
      else known.push(ms);
    },
    rows: () => [...measured].map(([name, all]) => rowOf(name, all)).sort((a, b) => a.name.localeCompare(b.name, 'en')),
  };
};
