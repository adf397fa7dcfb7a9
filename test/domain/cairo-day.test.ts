// The end of a day in Egypt, over the year and on the days on which its clocks change.
import { describe, expect, it } from '@jest/globals';
import { endOfDayInCairo } from '../../api/cairo-day.js';

describe('a day in Egypt', () => {
  it.each([
    ['in winter, two hours ahead', '2026-01-15T10:00:00Z', '2026-01-15T22:00:00Z'],
    ['in summer, three hours ahead', '2026-07-15T10:00:00Z', '2026-07-15T21:00:00Z'],
    ['in its last minute', '2026-07-15T20:59:59Z', '2026-07-15T21:00:00Z'],
    ['at its beginning', '2026-07-15T21:00:00Z', '2026-07-16T21:00:00Z'],
    ['with 23 hours, when the clock goes forward at midnight', '2026-04-24T00:00:00Z', '2026-04-24T21:00:00Z'],
    ['with 25 hours, when the clock goes back at midnight', '2026-10-29T10:00:00Z', '2026-10-29T22:00:00Z'],
  ])('%s ends at midnight there', (_, now, end) => {
    expect(endOfDayInCairo(new Date(now)).toISOString()).toBe(new Date(end).toISOString());
  });
});
