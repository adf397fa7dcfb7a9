// Local times of Cairo and the instants they mean, on both sides of summer time and at its two edges.
import { describe, expect, it } from '@jest/globals';
import { cairoInstants, cairoLocal } from '../../api/cairo-time.js';
import { egyptianCalendar } from '../../domain/plans/calendar-egypt.js';

const instants = (local: string): string[] => cairoInstants(local).map((at) => at.toISOString());

describe('a local time in Cairo', () => {
  it.each([
    ['in winter', '2026-02-01T09:00', '2026-02-01T07:00:00.000Z'],
    ['in summer', '2026-07-01T09:00', '2026-07-01T06:00:00.000Z'],
    ['the last minute of winter time', '2026-04-23T23:59', '2026-04-23T21:59:00.000Z'],
    ['the first minute of summer time', '2026-04-24T01:00', '2026-04-23T22:00:00.000Z'],
    ['the last minute before clocks go back', '2026-10-29T22:59', '2026-10-29T19:59:00.000Z'],
    ['the first minute of the winter day', '2026-10-30T00:00', '2026-10-29T22:00:00.000Z'],
  ])('%s is one instant', (_when, local, at) => {
    expect(instants(local)).toEqual([at]);
    expect(cairoLocal(new Date(at))).toBe(local);
  });

  it('that summer time skips is no instant', () => {
    expect(instants('2026-04-24T00:30')).toEqual([]);
  });

  it('that the end of summer time repeats is two, the earlier first', () => {
    expect(instants('2026-10-29T23:30')).toEqual(['2026-10-29T20:30:00.000Z', '2026-10-29T21:30:00.000Z']);
  });

  it.each(['2026-02-30T09:00', 'tomorrow', '2026-01-01T25:00'])('%s is none', (local) => {
    expect(instants(local)).toEqual([]);
  });

  it('changes at the instants that the calendar of plans has', () => {
    for (const { fromMs, minutes } of egyptianCalendar.offsets.slice(1)) {
      const shown = Date.parse(`${cairoLocal(new Date(fromMs))}:00Z`);
      expect((shown - fromMs) / 60_000).toBe(minutes);
    }
  });
});
