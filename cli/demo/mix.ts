// Which lifecycles a demo runs: a mix that follows from seed and number alone, in exact proportions.
import { splitByWeights } from '../../domain/amount.js';
import type { Stage } from '../../domain/lifecycle.js';
import { streamFor } from '../../sample/stream.js';
import type { WrongAttempt } from './wrong-attempts.js';
import { wrongAttempts } from './wrong-attempts.js';

export type Kind = 'plain' | 'correction' | 'rejected' | 'withdrawn' | 'declined' | 'ineligible';

/** Percent of the lifecycles. */
export const shares: Readonly<Record<Kind, number>> = {
  plain: 70,
  correction: 10,
  rejected: 7,
  withdrawn: 5,
  declined: 4,
  ineligible: 4,
};
const isKind = (name: string): name is Kind => name in shares;
export const kinds: readonly Kind[] = Object.keys(shares).filter(isKind);

const bouncePercent = 5;
const wrongPercent = 5;

const withdrawnAt = [
  'screening',
  'regional-opinion',
  'technical-review',
  'committee',
  'authority',
  'agreement',
  'implementation',
] as const satisfies readonly Stage[];

export type Lifecycle = {
  readonly index: number;
  readonly kind: Kind;
  /** Where somebody changes their mind. */
  readonly withdrawnAt: Stage | null;
  /** The bank rejects every first payment, and each is replaced. */
  readonly bounces: boolean;
  /** Something that must be refused is tried on the way. */
  readonly wrong: WrongAttempt | null;
};

/** As many cards of each kind as its share asks for, shuffled. */
const deckOf = <T>(
  cards: readonly T[],
  weights: readonly number[],
  total: number,
  shuffle: (deck: T[]) => T[],
): T[] => {
  const counts = splitByWeights(BigInt(total), weights);
  return shuffle(cards.flatMap((card, index) => Array.from({ length: Number(counts[index] ?? 0n) }, () => card)));
};

export const mixOf = (seed: string, total: number): Lifecycle[] => {
  const deck = <T>(name: string, cards: readonly T[], weights: readonly number[]): T[] =>
    deckOf(cards, weights, total, (all) => streamFor(seed, 'demo-mix', name).shuffle(all));
  const dealt = deck(
    'kind',
    kinds,
    kinds.map((kind) => shares[kind]),
  );
  const bounces = deck('bounce', [true, false], [bouncePercent, 100 - bouncePercent]);
  const wrong = deck('wrong', [true, false], [wrongPercent, 100 - wrongPercent]);
  let tried = 0;
  return dealt.map((kind, index): Lifecycle => {
    const attempt = wrong[index] ? (wrongAttempts[tried++ % wrongAttempts.length] ?? null) : null;
    const stage = withdrawnAt[index % withdrawnAt.length] ?? 'screening';
    return {
      index,
      kind,
      withdrawnAt: kind === 'withdrawn' ? stage : null,
      bounces: bounces[index] ?? false,
      wrong: attempt,
    };
  });
};
