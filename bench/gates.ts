// What is measured, what it should reach and what it must not fall to. The figures are those of the design (quality.md §2.1).
import type { Estimate } from './arithmetic.js';

export const measureIds = ['P1a', 'P1b', 'P2', 'P3', 'P4', 'P5', 'P9', 'P12', 'P15', 'P22'] as const;
export type MeasureId = (typeof measureIds)[number];

/** Figures that belong to one measure; each is a line of the results. */
export const figureIds = [
  'P1a',
  'P1b',
  'P2.p50',
  'P2.p99',
  'P2.open.p50',
  'P2.open.p99',
  'P3',
  'P3.paced',
  'P3.text',
  'P4',
  'P4.latency',
  'P5',
  'P9',
  'P22.transitions',
  'P22.model',
  'P12.timeline',
  'P12.inbox',
  'P12.list',
  'P15.postings',
  'P15.balance',
] as const;
export type FigureId = (typeof figureIds)[number];

export type Gate = {
  readonly name: string;
  readonly unit: 'ratio' | 'events' | 'bytes' | '1/s';
  readonly better: 'higher' | 'lower';
  readonly target: number;
  /** The measure fails beyond this; absent where only the figure itself is wanted. */
  readonly fails?: number;
  /** Depends on a quiet machine: on a noisy one it can neither pass nor fail. */
  readonly needsQuiet: boolean;
};

const rate = (name: string, target: number, fails: number): Gate => ({
  name,
  unit: 'ratio',
  better: 'higher',
  target,
  fails,
  needsQuiet: true,
});
const latency = (name: string, target: number, fails?: number): Gate => ({
  name,
  unit: 'ratio',
  better: 'lower',
  target,
  ...(fails === undefined ? {} : { fails }),
  needsQuiet: true,
});
const count = (name: string, unit: Gate['unit'], target: number, fails?: number): Gate => ({
  ...latency(name, target, fails),
  unit,
  needsQuiet: false,
});

/** Of one process and its processor alone; the only figures without a denominator. */
const perSecond = (name: string, target: number, fails?: number): Gate => ({
  name,
  unit: '1/s',
  better: 'higher',
  target,
  ...(fails === undefined ? {} : { fails }),
  needsQuiet: true,
});

export const gates: Readonly<Record<FigureId, Gate>> = {
  P1a: rate('product / bare Temporal, L16 rate at 16 concurrent', 0.55, 0.4),
  P1b: rate('product / textbook shape, L16 rate at 16 concurrent', 1.1, 0.85),
  'P2.p50': latency('HTTP decision p50 / bare update p50, one client', 1.5, 2.5),
  'P2.p99': latency('HTTP decision p99 / bare update p99, one client', 2.0, 3.5),
  'P2.open.p50': latency('HTTP decision p50 / bare update p50, open loop at 50 % load', 1.5, 2.5),
  'P2.open.p99': latency('HTTP decision p99 / bare update p99, open loop at 50 % load', 2.0, 3.5),
  P3: count('history events per L16 at 16 concurrent', 'events', 140, 220),
  'P3.paced': count('history events per L16, decisions 250 ms apart', 'events', 220),
  'P3.text': count('bytes of document text in history', 'bytes', 0, 0),
  P4: count('history events written by a refused decision', 'events', 0, 0),
  'P4.latency': latency('latency of a refused decision / of an accepted one', 1.0),
  P5: count('history bytes per L16', 'bytes', 40_960, 102_400),
  'P22.transitions': perSecond('transitions of the pure core per second', 200_000, 50_000),
  'P22.model': perSecond('random commands per second, with every invariant checked', 20_000),
  P9: count('workflow bundle / empty-workflow bundle', 'ratio', 1.15, 1.4),
  // From a thousand requests to a hundred thousand, twice the time is a slope of 0.15 on logarithmic scales.
  'P12.timeline': latency('timeline p95 with 100,000 requests / with 1,000', 1.3, 2),
  'P12.inbox': latency('inbox p95 with 100,000 requests / with 1,000', 1.3, 2),
  'P15.postings': rate('ledger postings/s with 1,000,000 postings / with 10,000', 0.9, 0.7),
  'P15.balance': rate('balances of a past instant/s with 1,000,000 postings / with 10,000', 0.9, 0.7),
  'P12.list': latency('list p95 with 100,000 requests / with 1,000', 1.5, 2),
};

export const figuresOf = (measure: MeasureId): FigureId[] =>
  figureIds.filter((id) => id === measure || id.startsWith(`${measure}.`));

export type Verdict = {
  /** Null: not judged, because the machine was noisy or the figure has no gate. */
  readonly pass: boolean | null;
  readonly meetsTarget: boolean;
};

const beyond = (gate: Gate, value: number, limit: number): boolean =>
  gate.better === 'higher' ? value < limit : value > limit;

/** The gate looks at the bad end of the interval, the target at the value itself. */
export const judge = (gate: Gate, estimate: Estimate, noisy: boolean): Verdict => {
  const badEnd = gate.better === 'higher' ? estimate.ci95[0] : estimate.ci95[1];
  const meetsTarget = !beyond(gate, estimate.value, gate.target);
  if (gate.fails === undefined || (noisy && gate.needsQuiet)) return { pass: null, meetsTarget };
  return { pass: !beyond(gate, badEnd, gate.fails), meetsTarget };
};

export const targetText = ({ better, target }: Gate): string => `${better === 'higher' ? '>=' : '<='}${target}`;
export const gateText = ({ better, fails }: Gate): string | null =>
  fails === undefined ? null : `${better === 'higher' ? '<' : '>'}${fails}`;
