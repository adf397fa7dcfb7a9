// When many decisions come in, their recordings wait for company; at rest none waits, and the stretch that counts moves on.
import { describe, expect, it } from '@jest/globals';
import { createGathering } from '../../activities/gathering.js';

const settings = { abovePerSecond: 20, waitMs: 400 };

describe('recordings that may wait for company', () => {
  it('are written at once as long as decisions come slowly', () => {
    const gathering = createGathering(settings);
    const waits = Array.from({ length: 100 }, (_, index) => gathering.waitFor(1, index * 60));
    expect(new Set(waits)).toEqual(new Set([0]));
  });

  it('wait once more than the set number came in a second, counted over two', () => {
    const gathering = createGathering(settings);
    const waits = Array.from({ length: 41 }, () => gathering.waitFor(1, 1_000));
    expect(waits.slice(0, 40)).toEqual(Array.from({ length: 40 }, () => 0));
    expect(waits[40]).toBe(400);
  });

  it('count the decisions in a recording, not the recordings', () => {
    const gathering = createGathering(settings);
    expect(gathering.waitFor(41, 0)).toBe(400);
  });

  it('stop waiting when the rush is over', () => {
    const gathering = createGathering(settings);
    gathering.waitFor(41, 0);
    expect(gathering.waitFor(1, 2_000)).toBe(0);
  });
});
