// Which lifecycles a demo runs: a mix that follows from seed and number alone, in exact proportions.
import { splitByWeights } from '../../domain/amount.js';
import type { Stage } from '../../domain/lifecycle.js';
import { streamFor } from '../../sample/stream.js';
import type { WrongAttempt } from './wrong-attempts.js';
import { wrongAttempts } from './wrong-attempts.js';

/** Percent of the lifecycles: with everything that can come in between. */
const full = {
  plain: 34,
  correction: 6,
  rejected: 5,
  withdrawn: 4,
  declined: 3,
  ineligible: 3,
  returned: 6,
  objection: 6,
  conflict: 4,
  delegated: 5,
  'appeal-upheld': 3,
  'appeal-sent-back': 3,
  suspended: 5,
  deferred: 4,
  lapsed: 3,
  refunded: 3,
  'written-off': 3,
};
export type Kind = keyof typeof full;

export const mixNames = ['plain', 'full'] as const;
export type MixName = (typeof mixNames)[number];

export const shares: Readonly<Record<MixName, Readonly<Partial<Record<Kind, number>>>>> = {
  plain: { plain: 70, correction: 10, rejected: 7, withdrawn: 5, declined: 4, ineligible: 4 },
  full,
};
const isKind = (name: string): name is Kind => name in full;
export const kinds: readonly Kind[] = Object.keys(full).filter(isKind);
const kindsOf = (mix: MixName): readonly Kind[] => Object.keys(shares[mix]).filter(isKind);

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

export const mixOf = (seed: string, total: number, mix: MixName = 'plain'): Lifecycle[] => {
  const kindsDealt = kindsOf(mix);
  const deck = <T>(name: string, cards: readonly T[], weights: readonly number[]): T[] =>
    deckOf(cards, weights, total, (all) => streamFor(seed, 'demo-mix', name).shuffle(all));
  const dealt = deck(
    'kind',
    kindsDealt,
    kindsDealt.map((kind) => shares[mix][kind] ?? 0),
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
