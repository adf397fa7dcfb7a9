// Keyed random streams: one per entity, so that adding an entity never shifts another. No clock, no Math.random.

const mask64 = (1n << 64n) - 1n;
const fnvOffset = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;
const golden = 0x9e3779b97f4a7c15n;

/** FNV-1a over UTF-16 code units, low byte first. Paths are short, so the speed of bigint does not matter. */
const fnv1a = (text: string): bigint => {
  let hash = fnvOffset;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    for (const byte of [unit & 0xff, unit >> 8]) hash = ((hash ^ BigInt(byte)) * fnvPrime) & mask64;
  }
  return hash;
};

/** The finaliser of SplitMix64; FNV alone leaves paths that differ in their last character close together. */
const mix = (value: bigint): bigint => {
  const first = ((value ^ (value >> 30n)) * 0xbf58476d1ce4e5b9n) & mask64;
  const second = ((first ^ (first >> 27n)) * 0x94d049bb133111ebn) & mask64;
  return second ^ (second >> 31n);
};

export type Stream = {
  /** A whole number from 0 up to, but without, `bound`. */
  readonly below: (bound: number) => number;
  /** A whole number from `low` to `high`, both included. */
  readonly between: (low: number, high: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly shuffle: <T>(items: readonly T[]) => T[];
};

export const pathOf = (seed: string, kind: string, index: number | string): string => `${seed}/${kind}/${index}`;

/** 16 hexadecimal characters that say nothing about what they name. */
export const opaqueId = (seed: string, kind: string, index: number | string): string =>
  mix(fnv1a(pathOf(seed, kind, index)))
    .toString(16)
    .padStart(16, '0');

/** Rejects the few values above the last full multiple of `bound`, so that every result is equally likely. */
const drawBelow = (next: () => bigint, bound: number): number => {
  if (!Number.isSafeInteger(bound) || bound < 1) throw new Error(`a draw needs a positive whole bound, not ${bound}`);
  const wide = BigInt(bound);
  const limit = ((mask64 + 1n) / wide) * wide;
  let value = next();
  while (value >= limit) value = next();
  return Number(value % wide);
};

const pickFrom = <T>(items: readonly T[], below: Stream['below']): T => {
  const picked = items[below(items.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
};

export const streamFor = (seed: string, kind: string, index: number | string): Stream => {
  let state = fnv1a(pathOf(seed, kind, index));
  const next = (): bigint => {
    state = (state + golden) & mask64;
    return mix(state);
  };
  const below: Stream['below'] = (bound) => drawBelow(next, bound);
  return {
    below,
    between: (low, high) => low + below(high - low + 1),
    pick: (items) => pickFrom(items, below),
    shuffle: (items) => {
      const rest = [...items];
      return items.flatMap(() => rest.splice(below(rest.length), 1));
    },
  };
};
