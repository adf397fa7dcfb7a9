// Working time on calendars small enough to count by hand: where a day begins and ends, what is left of a period, and why a time is due.
import { describe, expect, it } from '@jest/globals';
import type { Calendar, Period } from '../../domain/calendar.js';
import {
  dayText,
  dueAt,
  endOfLocalDay,
  isDay,
  isWeekend,
  isWorkingDay,
  localDay,
  workingDaysBetween,
  workingMsBetween,
} from '../../domain/calendar.js';
import type { DueBasis } from '../../domain/due.js';
import { changedCalendar, dueAfter, explainDue, remainderOf, roundTheClockBasis } from '../../domain/due.js';
import { egyptianCalendar } from '../../domain/plans/calendar-egypt.js';
import { roundTheClock } from '../support/plans.js';

const at = (text: string): number => Date.parse(text);
const dayMs = 86_400_000;
const hourMs = 3_600_000;
const day = (text: string): number => at(`${text}T00:00Z`) / dayMs;
const days = (count: number): Period => ({ unit: 'working-days', count });
const hours = (count: number): Period => ({ unit: 'working-hours', count });
const time = (ms: number): Period => ({ unit: 'time', ms });

// Real weeks in UTC, 9:00 to 15:00; 1 March 2026 is a Sunday.
const office: Calendar = {
  ...{ weekend: [5, 6], holidays: ['2026-03-03'], offsets: [{ fromMs: 0, minutes: 0 }] },
  ...{ dayStartsAtMinute: 540, dayEndsAtMinute: 900 },
};
const due = (calendar: Calendar, from: string, period: Period): string =>
  new Date(dueAt(calendar, at(from), period)).toISOString().replace(':00.000Z', 'Z');

describe('a local day', () => {
  const change = at('2026-03-01T22:00Z');
  const calendar: Calendar = {
    ...office,
    offsets: [60, 120].map((minutes, index) => ({ fromMs: index * change, minutes })),
  };

  it.each([
    ['under the first offset before its change', '2026-03-01T21:59Z', '2026-03-01'],
    ['under the second one from the instant of the change on', '2026-03-01T22:00Z', '2026-03-02'],
    ['under the first offset at its end', '2026-02-28T22:59Z', '2026-02-28'],
    ['under the first offset from midnight on', '2026-02-28T23:00Z', '2026-03-01'],
  ])('is counted %s', (_when, instant, expected) => {
    expect(dayText(localDay(calendar, at(instant)))).toBe(expected);
  });

  it('has the first known offset at earlier times, and that of UTC when none is known', () => {
    const later: Calendar = { ...office, offsets: [{ fromMs: change, minutes: 180 }] };
    expect(dayText(localDay(later, at('2026-02-01T21:00Z')))).toBe('2026-02-02');
    expect(dayText(localDay(later, at('2026-02-01T20:59Z')))).toBe('2026-02-01');
    expect(dayText(localDay({ ...office, offsets: [] }, at('2026-02-01T23:59Z')))).toBe('2026-02-01');
  });

  it('is off at the weekend and on holidays, and only the one is a weekend', () => {
    const shown = ['2026-03-02', '2026-03-03', '2026-03-06', '2026-03-07', '2026-03-08'].map((text) => [
      isWeekend(office, day(text)),
      isWorkingDay(office, day(text)),
    ]);
    expect(shown).toEqual([
      [false, true],
      [false, false],
      [true, false],
      [true, false],
      [false, true],
    ]);
  });

  it.each([
    ['in winter', '2026-01-15', '2026-01-15T21:59:59.999Z'],
    ['in summer', '2026-07-15', '2026-07-15T20:59:59.999Z'],
    ['on the eve of summer time', '2026-04-23', '2026-04-23T21:59:59.999Z'],
    ['when the clock goes back at midnight', '2026-10-29', '2026-10-29T21:59:59.999Z'],
  ])('ends with its last millisecond in Cairo, %s', (_when, text, end) => {
    expect(new Date(endOfLocalDay(egyptianCalendar, text) ?? 0).toISOString()).toBe(end);
  });

  it('has no end when it is none', () => {
    expect(endOfLocalDay(egyptianCalendar, '2026-02-31')).toBeNull();
  });

  it.each([
    ['2026-02-28', true],
    ['2028-02-29', true],
    ['2026-02-29', false],
    ['2026-02-31', false],
    ['2026-13-01', false],
    ['tomorrow', false],
    ['', false],
  ])('%j is one: %p', (text, expected) => {
    expect(isDay(text)).toBe(expected);
  });
});

describe('a due time', () => {
  it.each<[string, string, Period, string]>([
    ['of one working day is the end of the next one', '2026-03-01T16:00Z', days(1), '2026-03-02T15:00Z'],
    ['passes over a holiday', '2026-03-02T10:00Z', days(1), '2026-03-04T15:00Z'],
    ['passes over the weekend', '2026-03-05T10:00Z', days(1), '2026-03-08T15:00Z'],
    ['of hours may be the end of the same day', '2026-03-01T10:00Z', hours(5), '2026-03-01T15:00Z'],
    ['of hours goes on when work begins again', '2026-03-01T10:00Z', hours(5.5), '2026-03-02T09:30Z'],
    ['of hours begins at opening time', '2026-03-01T05:00Z', hours(1), '2026-03-01T10:00Z'],
    ['of hours does not begin after closing time', '2026-03-01T20:00Z', hours(1), '2026-03-02T10:00Z'],
    ['of hours does not begin on a holiday', '2026-03-03T10:00Z', hours(1), '2026-03-04T10:00Z'],
    ['of no hours at closing time is the next opening', '2026-03-01T15:00Z', hours(0), '2026-03-02T09:00Z'],
    ['of time runs on at night', '2026-03-01T20:00Z', time(7 * hourMs), '2026-03-02T03:00Z'],
  ])('%s', (_rule, from, period, expected) => {
    expect(due(office, from, period)).toBe(expected);
  });

  it('of hours begins at midnight where no opening time is given', () => {
    expect(due(roundTheClock, '2026-03-01T20:00Z', hours(5))).toBe('2026-03-02T01:00Z');
  });

  it.each<[string, Period, Period]>([
    ['days', days(3_999), days(4_000)],
    ['hours', hours(4_000 * 24), hours(4_000 * 24 + 1)],
  ])('is looked for over 4000 days of working %s, and farther off the calendar is a defect', (_unit, far, farther) => {
    expect(dueAt(roundTheClock, 0, far)).toBe(4_000 * dayMs);
    expect(() => dueAt(roundTheClock, 0, farther)).toThrow(
      /^the calendar has no \d+ working (days|hours) after 1970-01-01$/,
    );
  });

  it.each<[Period, string]>([
    [days(2), 'the calendar has no 2 working days after 2026-03-01'],
    [hours(7), 'the calendar has no 7 working hours after 2026-03-01'],
  ])('is none in a calendar without working days, which is said and not searched for ever', (period, words) => {
    const closed: Calendar = { ...office, weekend: [0, 1, 2, 3, 4, 5, 6] };
    expect(() => dueAt(closed, at('2026-03-01T10:00Z'), period)).toThrow(new Error(words));
  });

  it('carries how it was computed only where working time counts', () => {
    const fromMs = at('2026-03-01T10:00Z');
    expect(dueAfter(office, fromMs, hours(1))).toEqual({
      atMs: fromMs + hourMs,
      basis: { fromMs, period: { unit: 'working-hours', count: 1 } },
    });
    expect(dueAfter(office, fromMs, time(5))).toEqual({ atMs: fromMs + 5 });
  });
});

describe('working time between two instants', () => {
  it.each([
    ['the same day', '2026-03-01T08:00Z', '2026-03-01T20:00Z', 0],
    ['up to and with the last day', '2026-03-01T20:00Z', '2026-03-02T00:00Z', 1],
    ['without a holiday', '2026-03-01T20:00Z', '2026-03-04T10:00Z', 2],
    ['without a weekend', '2026-03-05T20:00Z', '2026-03-08T10:00Z', 1],
    ['nothing the other way round', '2026-03-08T10:00Z', '2026-03-01T10:00Z', 0],
  ])('in days: %s', (_rule, from, to, expected) => {
    expect(workingDaysBetween(office, at(from), at(to))).toBe(expected);
  });

  it.each([
    ['within one day', '2026-03-01T10:00Z', '2026-03-01T12:00Z', 2],
    ['from opening time on', '2026-03-01T06:00Z', '2026-03-01T12:00Z', 3],
    ['until closing time', '2026-03-01T12:00Z', '2026-03-01T20:00Z', 3],
    ['nothing after closing time', '2026-03-01T16:00Z', '2026-03-01T20:00Z', 0],
    ['over the night', '2026-03-01T14:00Z', '2026-03-02T10:00Z', 2],
    ['over a holiday', '2026-03-02T14:00Z', '2026-03-04T10:00Z', 2],
    ['a whole week', '2026-03-01T00:00Z', '2026-03-08T00:00Z', 4 * 6],
  ])('in hours: %s', (_rule, from, to, expected) => {
    expect(workingMsBetween(office, at(from), at(to))).toBe(expected * hourMs);
  });

  it('counts from midnight where no opening time is given', () => {
    expect(workingMsBetween(roundTheClock, at('2026-03-01T06:00Z'), at('2026-03-02T06:00Z'))).toBe(dayMs);
  });
});

describe('what is left of a period when it is stopped', () => {
  const stopped = '2026-03-01T10:00Z';
  const left = (period: Period, now: string, end: string): Period | undefined =>
    remainderOf(office, { fromMs: 0, period }, at(now), at(end));

  it('is the working days still to come, the last of them whole', () => {
    expect(left(days(9), stopped, '2026-03-04T15:00Z')).toEqual(days(2));
    expect(left(days(9), '2026-03-04T10:00Z', '2026-03-04T15:00Z')).toEqual(days(1));
  });

  it('is the opening time still to come, in hours', () => {
    expect(left(hours(9), stopped, '2026-03-02T10:30Z')).toEqual(hours(6.5));
  });

  it('is nothing to be counted anew round the clock, or when the time is up', () => {
    expect(left(time(dayMs), stopped, '2026-03-02T10:00Z')).toBeUndefined();
    expect(left(days(9), '2026-03-02T15:00Z', '2026-03-02T15:00Z')).toBeUndefined();
    expect(left(days(9), '2026-03-02T15:01Z', '2026-03-02T15:00Z')).toBeUndefined();
    expect(left(days(9), '2026-03-02T14:59Z', '2026-03-02T15:00Z')).toEqual(days(1));
  });
});

describe('how a due time without a basis came about', () => {
  it.each<[string, Period, number, DueBasis | undefined]>([
    ['by its period alone', time(500), 1_500, { fromMs: 1_000, period: time(500) }],
    ['later by what suspensions took', time(500), 1_700, { fromMs: 1_000, period: time(500), pausedMs: 200 }],
    ['in working time, which nobody knows any more', days(1), 1_500, undefined],
  ])('%s', (_how, period, dueAtMs, expected) => {
    expect(roundTheClockBasis(1_000, period, dueAtMs)).toEqual(expected);
  });
});

describe('a calendar with its changes', () => {
  it('has the declared days once and not the removed ones', () => {
    const change = { version: 1, declaredDays: ['2026-03-03', '2026-03-04'], removedDays: [] };
    expect(changedCalendar(office, change)).toEqual({ ...office, holidays: ['2026-03-03', '2026-03-04'] });
    expect(changedCalendar(office, { ...change, declaredDays: [], removedDays: ['2026-03-03'] }).holidays).toEqual([]);
  });
});

describe('the explanation of a due time', () => {
  const skipped = [
    { day: '2026-03-03', why: 'holiday' },
    { day: '2026-03-06', why: 'weekend' },
    { day: '2026-03-07', why: 'weekend' },
  ];

  it('of working days begins with the day after, of working hours with the day itself', () => {
    const fromMs = at('2026-03-03T10:00Z');
    expect(explainDue(office, { fromMs, period: days(3) })).toEqual({
      ...{ fromMs, unit: 'working-days', count: 3, skipped: skipped.slice(1), pausedMs: 0 },
    });
    expect(explainDue(office, { fromMs, period: hours(15) })).toEqual({
      ...{ fromMs, unit: 'working-hours', count: 15, skipped, pausedMs: 0 },
    });
  });

  it('names a day off that is the last one before it', () => {
    const saturday: Calendar = { ...office, weekend: [5] };
    expect(explainDue(saturday, { fromMs: at('2026-03-05T10:00Z'), period: days(1) }).skipped).toEqual([
      { day: '2026-03-06', why: 'weekend' },
    ]);
  });

  it('says what suspensions took', () => {
    expect(explainDue(office, { fromMs: 0, period: time(2 * hourMs), pausedMs: 7 })).toEqual({
      ...{ fromMs: 0, unit: 'hours', count: 2, skipped: [], pausedMs: 7 },
    });
    expect(explainDue(office, { fromMs: at('2026-03-01T10:00Z'), period: days(1), pausedMs: 7 }).pausedMs).toBe(7);
  });
});
