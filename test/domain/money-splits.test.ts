// Splitting money: a million random awards, each into random tranches, and not one piastre is lost or made.
import { describe, expect, it } from '@jest/globals';
import { splitByWeights } from '../../domain/amount.js';
import type { FundingSource } from '../../domain/money/funding-source.js';
import { sourceFault, transferFault } from '../../domain/money/funding-source.js';

/** A small generator (mulberry32), so that a failure can be run again: the seed stands in the message. */
const randomFrom = (seed: number) => {
  let state = seed;
  return (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

describe('a million random splits', () => {
  it('add up to the award exactly, and no part is off its share by a piastre or more', () => {
    const seed = 20260701;
    const random = randomFrom(seed);
    let wrong = 0;
    for (let count = 0; count < 1_000_000; count += 1) {
      const total = BigInt(Math.floor(random() * 9_007_199_254_740_991)) * (random() < 0.5 ? 1n : 97n);
      const weights = Array.from({ length: 1 + Math.floor(random() * 6) }, () => 1 + Math.floor(random() * 10_000));
      const parts = splitByWeights(total, weights);
      const whole = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
      const sum = parts.reduce((added, part) => added + part, 0n);
      const [weight = 0] = weights;
      const [part = 0n] = parts;
      const off = part * whole - total * BigInt(weight);
      if (sum !== total || off >= whole || off <= -whole) wrong += 1;
    }
    expect({ seed, wrong }).toEqual({ seed, wrong: 0 });
  });
});

const donor: FundingSource = {
  ...{ code: 'donor', nameAr: 'مانح', nameEn: 'Donor', donor: 'a', programmes: ['disability'], sectors: ['inclusion'] },
  ...{ governorates: ['EG-C', 'EG-GZ'], fromMs: 1_000, untilMs: 2_000 },
};
const free: FundingSource = { code: 'state-budget', nameAr: 'الموازنة', nameEn: 'State budget' };
const use = { programmeCode: 'disability', sector: 'inclusion', governorates: ['EG-C'], atMs: 1_500 };

describe('the terms of a source', () => {
  it.each([
    ['another programme', { programmeCode: 'relief' }, 'source-programmes'],
    ['another sector', { sector: 'care' }, 'source-sectors'],
    ['no sector at all', { sector: undefined }, 'source-sectors'],
    ['one governorate too many', { governorates: ['EG-C', 'EG-ALX'] }, 'source-governorates'],
    ['a moment too early', { atMs: 999 }, 'source-period'],
    ['the moment it ends', { atMs: 2_000 }, 'source-period'],
  ])('refuse %s', (_what, change, rule) => {
    expect(sourceFault(donor, { ...use, ...change })?.refusal).toMatchObject({ code: 'conditionsNotMet', rule });
  });

  it('allow what they are for, and a source without terms allows everything', () => {
    expect(sourceFault(donor, use)).toBeNull();
    expect(sourceFault(free, { programmeCode: 'x', governorates: [], atMs: 0 })).toBeNull();
  });

  it("keep a donor's money with its source, in both directions", () => {
    expect(transferFault(donor, free)?.refusal.rule).toBe('source-of-donor');
    expect(transferFault(free, donor)?.refusal.rule).toBe('source-of-donor');
    expect(transferFault(donor, donor)).toBeNull();
    expect(transferFault(free, { ...free, code: 'fines' })).toBeNull();
  });
});
