// What a demo found: outcomes against the mix, decisions, provoked refusals, latencies, and everything unexpected.
import type { UnexpectedDetails } from '../driving/unexpected.js';
import type { LatencyRow } from '../latency.js';
import { table } from '../output.js';
import { kinds } from './mix.js';
import type { Kind } from './mix.js';
import type { DemoResult } from './run-demo.js';
import type { Sightings } from './sightings.js';

const wantedOutcome: Readonly<Record<Kind, string>> = {
  plain: 'closed',
  correction: 'closed',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  declined: 'declined',
  ineligible: 'ineligible',
  returned: 'closed',
  objection: 'closed',
  conflict: 'closed',
  delegated: 'closed',
  'appeal-upheld': 'rejected',
  'appeal-sent-back': 'closed',
  suspended: 'closed',
  deferred: 'closed',
  lapsed: 'lapsed',
  refunded: 'closed',
  'written-off': 'terminated',
};

export type DemoReport = {
  readonly requests: number;
  readonly concurrency: number;
  readonly seed: string;
  readonly seconds: number;
  readonly lifecyclesPerSecond: number;
  readonly decisions: number;
  readonly decisionsPerSecond: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly kinds: readonly { readonly kind: Kind; readonly run: number; readonly asWanted: number }[];
  readonly refusalsExpected: Readonly<Record<string, number>>;
  /** What stands in the timelines; null for a plain mix. */
  readonly seen: Sightings | null;
  readonly payments: { readonly batches: number; readonly payments: number };
  /** Calls sent again with the same key, because the answer was "later" or none. */
  readonly repeats: number;
  readonly latencyMs: readonly LatencyRow[];
  readonly unexpected: readonly UnexpectedDetails[];
};

export type DemoContext = {
  readonly concurrency: number;
  readonly seed: string;
  readonly latencies: readonly LatencyRow[];
  readonly repeats: number;
};

const hundredths = (value: number): number => Math.round(value * 100) / 100;

const counted = (names: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

export const demoReportOf = (
  result: DemoResult,
  { concurrency, seed, latencies, repeats }: DemoContext,
): DemoReport => {
  const { ends, decisions, refusals, unexpected, seen, batches, seconds } = result;
  const ofKind = (kind: Kind) => ends.filter((end) => end.kind === kind);
  return {
    requests: ends.length,
    concurrency,
    seed,
    seconds: hundredths(seconds),
    lifecyclesPerSecond: hundredths(ends.length / seconds),
    decisions,
    decisionsPerSecond: hundredths(decisions / seconds),
    outcomes: counted(ends.map(({ outcome }) => outcome ?? 'unfinished')),
    kinds: kinds
      .map((kind) => ({
        kind,
        run: ofKind(kind).length,
        asWanted: ofKind(kind).filter(({ outcome }) => outcome === wantedOutcome[kind]).length,
      }))
      .filter(({ run }) => run > 0),
    refusalsExpected: refusals,
    seen,
    payments: batches,
    repeats,
    latencyMs: latencies,
    unexpected,
  };
};

const latencyTable = (rows: readonly LatencyRow[]): string =>
  table(
    [
      { title: 'Call' },
      { title: 'Count', align: 'end' },
      { title: 'p50 ms', align: 'end' },
      { title: 'p95 ms', align: 'end' },
      { title: 'p99 ms', align: 'end' },
    ],
    rows.map(({ name, count, p50, p95, p99 }) => [name, ...[count, p50, p95, p99].map(String)]),
  );

const kindTable = (report: DemoReport): string =>
  table(
    [
      { title: 'Lifecycles' },
      { title: 'Run', align: 'end' },
      { title: 'Ended as' },
      { title: 'As wanted', align: 'end' },
    ],
    report.kinds.map(({ kind, run, asWanted }) => [kind, String(run), wantedOutcome[kind], String(asWanted)]),
  );

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

const mostShown = 20;

const unexpectedLines = ({ unexpected }: DemoReport): string[] => {
  const shown = unexpected.slice(0, mostShown);
  const more = unexpected.length - shown.length;
  return [
    `Unexpected: ${unexpected.length}`,
    ...shown.map(
      ({ requestId, step, expected, got }) =>
        `  ${requestId ?? 'no request'}  ${step}: expected ${expected}, got ${got}`,
    ),
    ...(more > 0 ? [`  … and ${more} more (see --json)`] : []),
  ];
};

export const demoReportText = (report: DemoReport): string =>
  [
    kindTable(report),
    '',
    latencyTable(report.latencyMs),
    '',
    `${report.requests} lifecycles in ${report.seconds} s: ${report.lifecyclesPerSecond} lifecycles/s, ${report.decisions} decisions (${report.decisionsPerSecond}/s), concurrency ${report.concurrency}`,
    `Payments: ${report.payments.payments} in ${report.payments.batches} batches`,
    ...(report.seen ? [`Seen in the timelines: ${listed(report.seen)}`] : []),
    `Refused on purpose: ${listed(report.refusalsExpected)}`,
    `Sent again with the same key: ${report.repeats}`,
    ...unexpectedLines(report),
  ].join('\n');
