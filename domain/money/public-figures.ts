// What the public sees of awards, computed from ledger postings alone, and totals whose parts add up to the whole by construction.
import { splitByWeights } from '../amount.js';
import type { Account, Posting } from './ledger.js';

/** Sums of one award in piastres: agreed, given up again before payment, paid, brought back, and written off. */
export const figureNames = ['awarded', 'cancelled', 'disbursed', 'returned', 'writtenOff'] as const;
export type FigureName = (typeof figureNames)[number];
export type Figures = Readonly<Record<FigureName, bigint>>;

const byName = <T>(valueOf: (name: FigureName) => T): Readonly<Record<FigureName, T>> => ({
  awarded: valueOf('awarded'),
  cancelled: valueOf('cancelled'),
  disbursed: valueOf('disbursed'),
  returned: valueOf('returned'),
  writtenOff: valueOf('writtenOff'),
});

export const noFigures: Figures = byName(() => 0n);

/** The figure that a posting counts towards; a reservation is not public, because it may yet come to nothing. */
export const figureOf = (kind: string, from: Account | 'outside'): FigureName | null => {
  const counted: Partial<Record<Posting['kind'], FigureName>> = {
    commit: 'awarded',
    disburse: 'disbursed',
    refund: 'returned',
    'write-off': 'writtenOff',
    ...(from === 'committed' ? { release: 'cancelled' as const } : {}),
  };
  return Object.entries(counted).find(([name]) => name === kind)?.[1] ?? null;
};

const combined = (one: Figures, other: Figures): Figures => byName((name) => one[name] + other[name]);

/** A project in several places counts in equal shares in each; an odd piastre goes to the earlier place. */
const shared = (figures: Figures, places: readonly string[]): (readonly [place: string, share: Figures])[] => {
  const weights = places.map(() => 1);
  const split = byName((name) => splitByWeights(figures[name], weights));
  return places.map((place, index) => [place, byName((name) => split[name][index] ?? 0n)]);
};

export type Part = { readonly key: string; readonly awards: number; readonly figures: Figures };
export type Totals = { readonly awards: number; readonly figures: Figures; readonly parts: readonly Part[] };

/** One award under the keys of a dimension: one key, or several that share it. */
export type Keyed = { readonly keys: readonly string[]; readonly figures: Figures };

/** A running total: awards come in one after the other, so that any number of them fits. */
export const createTotals = (): { readonly add: (award: Keyed) => void; readonly totals: () => Totals } => {
  const parts = new Map<string, Part>();
  let awards = 0;
  let whole = noFigures;
  return {
    add: ({ keys, figures }) => {
      const names = keys.length === 0 ? ['unknown'] : [...keys].sort();
      awards += 1;
      whole = combined(whole, figures);
      shared(figures, names).forEach(([key, share]) => {
        const part = parts.get(key) ?? { key, awards: 0, figures: noFigures };
        parts.set(key, { key, awards: part.awards + 1, figures: combined(part.figures, share) });
      });
    },
    totals: () => ({
      awards,
      figures: whole,
      parts: [...parts.values()].sort((one, other) => (one.key < other.key ? -1 : 1)),
    }),
  };
};
