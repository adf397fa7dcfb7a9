// The arithmetic behind published figures: what is claimed of a measurement must follow from its numbers alone.
import { describe, expect, it } from '@jest/globals';
import { bootstrap, median, medianOf, percentile, ratioOf, roundOrder, seededRandom } from '../../bench/arithmetic.js';
import { figuresOf, gates, gateText, judge, targetText } from '../../bench/gates.js';
import { decisionsPerLifecycle, l16Steps, paymentsPerLifecycle, versionWhen } from '../../bench/l16.js';
import { l16Plan } from '../../bench/plans/l16.js';
import { planFaults, publishingFaults } from '../../domain/plan-check/plan-faults.js';

describe('numbers of one leg', () => {
  it('have the middle value as median, and the mean of the two middle ones when they are even', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([1, 2, 3, 10])).toBe(2.5);
    expect(() => median([])).toThrow('no median of nothing');
  });

  it('have percentiles that were really measured', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 50)).toBe(50);
    expect(percentile(hundred, 99)).toBe(99);
    expect(percentile(hundred, 100)).toBe(100);
    expect(percentile([7], 99)).toBe(7);
  });
});

describe('chance', () => {
  it('is the same for the same seed, and spread evenly', () => {
    const [one, same, other] = [seededRandom(1), seededRandom(1), seededRandom(2)];
    const drawn = Array.from({ length: 10_000 }, () => one());

    expect(Array.from({ length: 10_000 }, () => same())).toEqual(drawn);
    expect(other()).not.toBe(drawn[0]);
    expect(drawn.every((value) => value >= 0 && value < 1)).toBe(true);
    expect(drawn.filter((value) => value < 0.25).length / drawn.length).toBeCloseTo(0.25, 1);
  });
});

describe('a ratio over interleaved pairs', () => {
  const pairs = [
    { a: 6, b: 10 },
    { a: 5, b: 10 },
    { a: 7, b: 10 },
    { a: 6, b: 11 },
    { a: 5.5, b: 9 },
  ];

  it('is the median of one side by the median of the other, not the mean of ratios', () => {
    expect(ratioOf(pairs).value).toBeCloseTo(0.6, 10);
    expect(ratioOf(pairs).n).toBe(5);
  });

  it('has the same interval every time it is computed', () => {
    expect(ratioOf(pairs)).toEqual(ratioOf(pairs));
  });

  it('has an interval around its value, inside the most extreme pairs', () => {
    const { value, ci95 } = ratioOf(pairs);
    expect(ci95[0]).toBeLessThan(value);
    expect(ci95[1]).toBeGreaterThan(value);
    expect(ci95[0]).toBeGreaterThanOrEqual(5 / 11);
    expect(ci95[1]).toBeLessThanOrEqual(7 / 9);
  });

  it('is certain when every pair says the same', () => {
    const { value, ci95 } = ratioOf([1, 2, 3].map((scale) => ({ a: 3 * scale, b: 6 * scale })));
    expect(value).toBe(0.5);
    expect(ratioOf([{ a: 3, b: 6 }]).ci95).toEqual([0.5, 0.5]);
    expect(ci95[0]).toBeLessThanOrEqual(0.5);
  });

  it('resamples whole observations', () => {
    const seen = bootstrap([{ x: 1 }, { x: 2 }], (drawn) => drawn.length);
    expect(seen).toEqual({ value: 2, ci95: [2, 2], n: 2 });
  });

  it('runs every second round backwards', () => {
    expect([0, 1, 2].map((round) => roundOrder(['product', 'bare', 'textbook'], round))).toEqual([
      ['product', 'bare', 'textbook'],
      ['textbook', 'bare', 'product'],
      ['product', 'bare', 'textbook'],
    ]);
  });
});

describe('a gate', () => {
  const estimate = (value: number, low: number, high: number) => ({ value, ci95: [low, high] as const, n: 5 });

  it('looks at the bad end of the interval, the target at the value', () => {
    expect(judge(gates.P1a, estimate(0.56, 0.41, 0.7), false)).toEqual({ pass: true, meetsTarget: true });
    expect(judge(gates.P1a, estimate(0.56, 0.39, 0.7), false)).toEqual({ pass: false, meetsTarget: true });
    expect(judge(gates['P2.p50'], estimate(1.4, 1.2, 2.6), false)).toEqual({ pass: false, meetsTarget: true });
    expect(judge(gates['P2.p50'], estimate(1.6, 1.2, 2.4), false)).toEqual({ pass: true, meetsTarget: false });
  });

  it('is met exactly at its limit', () => {
    expect(judge(gates.P1a, estimate(0.55, 0.4, 0.6), false)).toEqual({ pass: true, meetsTarget: true });
    expect(judge(gates.P3, estimate(140, 135, 220), false)).toEqual({ pass: true, meetsTarget: true });
  });

  it('of a rate or a latency neither passes nor fails on a noisy machine, while counts are judged', () => {
    expect(judge(gates.P1a, estimate(0.2, 0.1, 0.3), true)).toEqual({ pass: null, meetsTarget: false });
    expect(judge(gates.P3, estimate(300, 299, 301), true)).toEqual({ pass: false, meetsTarget: false });
  });

  it('allows no byte of text and no event of a refused decision', () => {
    expect(judge(gates['P3.text'], estimate(0, 0, 0), false).pass).toBe(true);
    expect(judge(gates['P3.text'], estimate(1, 1, 1), false).pass).toBe(false);
    expect(judge(gates.P4, estimate(0, 0, 1), false).pass).toBe(false);
  });

  it('that does not exist is neither passed nor failed', () => {
    expect(judge(gates['P4.latency'], estimate(3, 2, 4), false)).toEqual({ pass: null, meetsTarget: false });
    expect(gateText(gates['P4.latency'])).toBeNull();
  });

  it('is written as people read it', () => {
    expect([targetText(gates.P1a), gateText(gates.P1a)]).toEqual(['>=0.55', '<0.4']);
    expect([targetText(gates.P3), gateText(gates.P3)]).toEqual(['<=140', '>220']);
    expect(figuresOf('P2')).toEqual(['P2.p50', 'P2.p99', 'P2.open.p50', 'P2.open.p99']);
    expect(figuresOf('P3')).toEqual(['P3', 'P3.paced', 'P3.text']);
  });
});

describe('the reference lifecycle', () => {
  it('is 16 decisions and 3 payments', () => {
    expect([decisionsPerLifecycle, paymentsPerLifecycle]).toEqual([16, 3]);
    expect(versionWhen).toEqual({ 'funds-reserved': 9, 'payments-settled': 19, closed: 20 });
  });

  it('is acted by another person wherever the rules ask for one', () => {
    const actorsOf = (command: string) => l16Steps.filter((step) => step.command === command).map(({ actor }) => actor);
    expect(new Set([...actorsOf('recordScore'), ...actorsOf('castVote'), ...actorsOf('recordScreening')]).size).toBe(7);
    expect(medianOf([1]).value).toBe(1);
  });

  it('runs under a plan that is sound and can never be published', () => {
    expect(planFaults(l16Plan)).toEqual([]);
    expect(publishingFaults(l16Plan).map(({ path }) => path)).toContain('purpose');
  });
});
