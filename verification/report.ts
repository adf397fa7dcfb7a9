// The result of a verification: what was looked at, what does not hold, and what nobody looked at.
import type { About, Breach, Finding, Invariant } from '../domain/invariants/finding.js';
import { invariants } from '../domain/invariants/finding.js';
import { breachSentences } from '../domain/invariants/sentences.js';

export type Said = {
  readonly invariant: Invariant;
  readonly breach: Breach;
  readonly subject: About;
  readonly evidence: Finding['evidence'];
  readonly sentence: { readonly ar: string; readonly en: string };
};

export const seen = ['requests', 'batches', 'registers', 'envelopes', 'operations', 'payments'] as const;
export type Seen = Record<(typeof seen)[number], number>;

export type Report = {
  readonly holds: boolean;
  readonly checked: Readonly<Seen>;
  readonly invariants: readonly { readonly invariant: Invariant; readonly findings: number }[];
  /** The first so many; all are counted. */
  readonly findings: readonly Said[];
  readonly notChecked: readonly string[];
  readonly tookMs: number;
};

const mostKept = 1_000;

export type Collector = {
  readonly take: (findings: readonly Finding[]) => void;
  readonly count: (what: keyof Seen, more?: number) => void;
  readonly found: () => number;
  readonly report: (notChecked: readonly string[]) => Report;
};

/** Only breaches of the invariants that were asked for; memory holds the first of them. */
export const createCollector = (asked: readonly Invariant[]): Collector => {
  const startedAt = Date.now();
  const counts = new Map<Invariant, number>(asked.map((invariant) => [invariant, 0]));
  const checked: Seen = { requests: 0, batches: 0, registers: 0, envelopes: 0, operations: 0, payments: 0 };
  const kept: Said[] = [];
  const found = (): number => [...counts.values()].reduce((sum, count) => sum + count, 0);
  return {
    take: (findings) => {
      for (const finding of findings) {
        const known = counts.get(finding.invariant);
        if (known === undefined) continue;
        counts.set(finding.invariant, known + 1);
        if (kept.length < mostKept) kept.push({ ...finding, sentence: breachSentences[finding.breach] });
      }
    },
    count: (what, more = 1) => {
      checked[what] += more;
    },
    found,
    report: (notChecked) => ({
      holds: found() === 0,
      checked,
      invariants: invariants
        .filter((invariant) => counts.has(invariant))
        .map((invariant) => ({ invariant, findings: counts.get(invariant) ?? 0 })),
      findings: kept,
      notChecked,
      tookMs: Date.now() - startedAt,
    }),
  };
};
