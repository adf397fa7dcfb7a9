// Calibration of reviewers against figures worked out by hand.
import { describe, expect, it } from '@jest/globals';
import { calibrate } from '../../domain/review/calibration.js';

const score = (personId: string, total: number) => ({ personId, total });

describe('the calibration of reviewers', () => {
  // r1: a 8000, b 7000, c 6000 → mean 7000; r2: a 6000, b 7000, c 5000 → mean 6000; r3: b 4000.
  const panels = [
    [score('a', 8_000), score('b', 7_000), score('c', 6_000)],
    [score('a', 6_000), score('b', 7_000), score('c', 5_000)],
    [score('b', 4_000)],
  ];

  it('gives count, mean, standard deviation and leniency in whole hundredths', () => {
    expect(calibrate(panels)).toEqual([
      // 8000 and 6000: deviation 1000; +1000 and 0 against the panels.
      { personId: 'a', count: 2, mean: 7_000, standardDeviation: 1_000, comparedOn: 2, leniency: 500 },
      // 7000, 7000, 4000: mean 6000, variance 6 000 000 / 3, root 1414.2; 0 and +1000, the lone score compares with nothing.
      { personId: 'b', count: 3, mean: 6_000, standardDeviation: 1_414, comparedOn: 2, leniency: 500 },
      // 6000 and 5000: mean 5500, deviation 500; −1000 and −1000.
      { personId: 'c', count: 2, mean: 5_500, standardDeviation: 500, comparedOn: 2, leniency: -1_000 },
    ]);
  });

  it('rounds once, at the end, and treats strict and lenient alike', () => {
    // Panel mean 10/3: deviations −10/3 and +20/3 of 0, 0, 10 → −3.33 and 6.67.
    const [a, , c] = calibrate([[score('a', 0), score('b', 0), score('c', 10)]]);
    expect([a?.leniency, c?.leniency]).toEqual([-3, 7]);
    // 0 and 1: mean ½ → 1, deviation ½ → 1 (half away from zero); against the panel −½ → −1 and ½ → 1.
    const halves = calibrate([[score('a', 0), score('b', 1)], [score('a', 1)]]);
    expect(halves[0]).toMatchObject({ mean: 1, standardDeviation: 1, leniency: -1 });
    expect(halves[1]).toMatchObject({ leniency: 1 });
  });

  it('has one row for each reviewer, by the order of their ids whatever order they scored in', () => {
    const rows = calibrate([
      [score('c', 1), score('a', 1)],
      [score('b', 1), score('c', 1)],
    ]);
    expect(rows.map(({ personId }) => personId)).toEqual(['a', 'b', 'c']);
  });

  it.each([
    // All alike: nothing deviates.
    [[0, 0], 0],
    [[7, 7, 7], 0],
    // √(2·1 − 1)/2 = ½ → 1; √(3·2 − 4)/3 = 0.47 → 0.
    [[0, 1], 1],
    [[0, 1, 1], 0],
    // √(2·9 − 9)/2 = 1.5 → 2; √(2·(10 000²) − 10 000²)/2 = 5 000.
    [[0, 3], 2],
    [[0, 10_000], 5_000],
    // √(4·(100²+200²+300²) − 600²)/4 = √200 000/4 = 111.8.
    [[0, 100, 200, 300], 112],
  ])('deviates by the scores %j so far: %i', (totals, deviation) => {
    const [row] = calibrate(totals.map((total) => [score('a', total)]));
    expect(row?.standardDeviation).toBe(deviation);
  });

  it('has no deviation of one score, and compares nobody with themselves', () => {
    expect(calibrate([[score('a', 5_000)]])).toEqual([
      { personId: 'a', count: 1, mean: 5_000, standardDeviation: null, comparedOn: 0, leniency: null },
    ]);
    expect(calibrate([])).toEqual([]);
  });

  it('stays exact over many panels of different sizes', () => {
    const sized = (size: number) => Array.from({ length: size }, (_, index) => score(`p${index}`, index === 0 ? 1 : 0));
    // Own 1, panel mean 1/k: deviation 1 − 1/k for k = 2, 3, 7, 11 → mean (1/2 + 2/3 + 6/7 + 10/11) / 4 = 0.733.
    const rows = calibrate([2, 3, 7, 11].map(sized));
    expect(rows.find(({ personId }) => personId === 'p0')).toMatchObject({ leniency: 1, comparedOn: 4 });
    // p1: −(1/2 + 1/3 + 1/7 + 1/11) / 4 = −0.267 → 0, and not minus zero.
    expect(rows.find(({ personId }) => personId === 'p1')?.leniency).toBe(0);
  });
});
