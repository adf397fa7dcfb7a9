// Working time in Cairo: days, hours, weekends, holidays and both changes of clocks; and the holidays that the plan carries.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Period } from '../../domain/calendar.js';
import { dueAt, localDay } from '../../domain/calendar.js';
import { changedCalendar, explainDue, remainderOf } from '../../domain/due.js';
import { egyptianCalendar } from '../../domain/plans/calendar-egypt.js';
import { egyptianHolidays } from '../../domain/plans/holidays-egypt.js';

const at = (text: string): number => Date.parse(text);
const days = (count: number): Period => ({ unit: 'working-days', count });
const hours = (count: number): Period => ({ unit: 'working-hours', count });
const due = (from: string, period: Period): string =>
  new Date(dueAt(egyptianCalendar, at(from), period)).toISOString().replace(':00.000Z', 'Z');

const moment = fc.integer({ min: at('2025-02-01T00:00Z'), max: at('2028-06-01T00:00Z') });
const count = fc.integer({ min: 1, max: 40 });
const unit = fc.constantFrom(days, hours);

describe('working days in Cairo', () => {
  it('end at 15:00 local time on both sides of the change to summer time of 24 April 2026', () => {
    expect(due('2026-04-20T09:00Z', days(1))).toBe('2026-04-21T13:00Z');
    expect(due('2026-04-23T09:00Z', days(1))).toBe('2026-04-26T12:00Z');
  });

  it('end at 15:00 local time on both sides of the change to winter time of 29 October 2026', () => {
    expect(due('2026-10-27T09:00Z', days(2))).toBe('2026-10-29T12:00Z');
    expect(due('2026-10-28T09:00Z', days(2))).toBe('2026-11-01T13:00Z');
  });

  it('begin on the local day, which late in the evening is a day ahead of UTC', () => {
    expect(due('2026-03-01T21:30Z', days(1))).toBe('2026-03-02T13:00Z');
    expect(due('2026-03-01T22:30Z', days(1))).toBe('2026-03-03T13:00Z');
  });

  it('end at the true midnight when the clocks change in that night', () => {
    const untilMidnight = { ...egyptianCalendar, dayEndsAtMinute: 1440 };
    const end = (from: string): number => dueAt(untilMidnight, at(from), days(1));
    expect(end('2026-04-22T09:00Z')).toBe(at('2026-04-23T22:00Z'));
    expect(end('2026-10-28T09:00Z')).toBe(at('2026-10-29T22:00Z'));
  });

  it('pass over a feast once when it falls on the weekend', () => {
    // Eid al-Fitr 2026 is Friday to Sunday: only the Sunday costs a working day.
    expect(due('2026-03-19T09:00Z', days(1))).toBe('2026-03-23T13:00Z');
  });
});

describe('working hours in Cairo', () => {
  it('run from 9:00 to 15:00 and wait overnight, over the weekend and over the change of clocks', () => {
    expect(due('2026-03-01T08:00Z', hours(2))).toBe('2026-03-01T10:00Z');
    expect(due('2026-03-01T07:00Z', hours(6))).toBe('2026-03-01T13:00Z');
    expect(due('2026-03-01T12:00Z', hours(3))).toBe('2026-03-02T09:00Z');
    expect(due('2026-03-01T20:00Z', hours(6))).toBe('2026-03-02T13:00Z');
    expect(due('2026-04-23T12:00Z', hours(4))).toBe('2026-04-26T09:00Z');
  });
});

describe('any period from any moment', () => {
  it('is due later when it starts later or is longer', () => {
    fc.assert(
      fc.property(moment, moment, count, count, unit, (one, other, many, more, of) => {
        const [first, second] = [Math.min(one, other), Math.max(one, other)];
        expect(dueAt(egyptianCalendar, first, of(many))).toBeLessThanOrEqual(dueAt(egyptianCalendar, second, of(many)));
        expect(dueAt(egyptianCalendar, one, of(many))).toBeLessThan(dueAt(egyptianCalendar, one, of(many + more)));
        expect(dueAt(egyptianCalendar, one, of(many))).toBeGreaterThan(one);
      }),
    );
  });

  it('is the same in one go and in two', () => {
    fc.assert(
      fc.property(moment, count, count, unit, (from, first, second, of) => {
        const halfway = dueAt(egyptianCalendar, from, of(first));
        expect(dueAt(egyptianCalendar, halfway, of(second))).toBe(dueAt(egyptianCalendar, from, of(first + second)));
      }),
    );
  });

  it('goes on after a pause with what was left of it, and without one ends when it would have', () => {
    fc.assert(
      fc.property(moment, count, unit, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (from, many, of, share) => {
        const end = dueAt(egyptianCalendar, from, of(many));
        const pausedAt = Math.floor(from + (end - from) * share);
        const left = remainderOf(egyptianCalendar, { fromMs: from, period: of(many) }, pausedAt, end);
        const again = dueAt(egyptianCalendar, pausedAt, left ?? of(0));
        const wholeDay = of === days && localDay(egyptianCalendar, pausedAt) === localDay(egyptianCalendar, end);
        if (wholeDay) expect(again).toBeGreaterThan(end);
        else expect(again).toBe(end);
      }),
      // Stopped before opening time of its last day: all six hours are left, which as a fraction of hours is not exact.
      { examples: [[1_755_147_494_697, 6, hours, 0.38585947774970053]] },
    );
  });

  it('ends in opening hours of a day that is no holiday', () => {
    const cairo = new Intl.DateTimeFormat('en-CA', {
      ...({ timeZone: 'Africa/Cairo', dateStyle: 'short', timeStyle: 'short', hourCycle: 'h23' } as const),
    });
    fc.assert(
      fc.property(moment, count, unit, (from, many, of) => {
        const [day = '', time = ''] = cairo.format(dueAt(egyptianCalendar, from, of(many))).split(', ');
        expect(egyptianCalendar.holidays).not.toContain(day);
        expect([5, 6]).not.toContain(new Date(day).getUTCDay());
        expect(time >= '09:00' && time <= '15:00').toBe(true);
        if (of === days) expect(time).toBe('15:00');
      }),
    );
  });

  it('never ends earlier because a day was declared a holiday', () => {
    fc.assert(
      fc.property(moment, count, unit, fc.integer({ min: 0, max: 60 }), (from, many, of, later) => {
        const declared = new Date(from + later * 86_400_000).toISOString().slice(0, 10);
        const change = { version: 1, declaredDays: [declared], removedDays: [] };
        const after = dueAt(changedCalendar(egyptianCalendar, change), from, of(many));
        expect(after).toBeGreaterThanOrEqual(dueAt(egyptianCalendar, from, of(many)));
      }),
    );
  });
});

/** Easter of the Coptic church by Meeus' Julian algorithm, thirteen days later in the civil calendar until 2099. */
const copticEaster = (year: number): number => {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const sum = d + e + 114;
  return Date.UTC(year, Math.floor(sum / 31) - 1, (sum % 31) + 1 + 13);
};

describe('the holidays of the plan', () => {
  it('have Sham el-Nessim on the Monday after Coptic Easter', () => {
    for (const year of [2025, 2026, 2027, 2028]) {
      const monday = new Date(copticEaster(year) + 86_400_000).toISOString().slice(0, 10);
      const found = egyptianHolidays.find(
        ({ day, nameEn }) => nameEn === 'Sham el-Nessim' && day.startsWith(`${year}`),
      );
      expect(found?.day).toBe(monday);
    }
  });

  it('name every day once, in order and in both languages, and leave future Hijri days unconfirmed', () => {
    const listed = egyptianHolidays.map(({ day }) => day);
    expect(listed).toEqual([...new Set(listed)].sort());
    for (const { nameAr, nameEn } of egyptianHolidays) expect(nameAr !== '' && nameEn !== '').toBe(true);
    const eid = egyptianHolidays.find(({ day }) => day === '2026-03-20');
    expect(eid).toMatchObject({ kind: 'hijri', confirmed: false });
  });

  it('know the offset of Cairo at every moment of their years', () => {
    const hourOf = new Intl.DateTimeFormat('en', { timeZone: 'Africa/Cairo', hour: 'numeric', hourCycle: 'h23' });
    fc.assert(
      fc.property(moment, (from) => {
        const minutes = egyptianCalendar.offsets.findLast(({ fromMs }) => fromMs <= from)?.minutes ?? 0;
        expect(Number(hourOf.format(from))).toBe(new Date(from + minutes * 60_000).getUTCHours());
      }),
    );
  });
});

describe('the explanation of a due time', () => {
  it('names the days that did not count and why', () => {
    expect(explainDue(egyptianCalendar, { fromMs: at('2026-03-18T09:00Z'), period: days(2) })).toEqual({
      fromMs: at('2026-03-18T09:00Z'),
      unit: 'working-days',
      count: 2,
      skipped: [
        { day: '2026-03-20', why: 'weekend' },
        { day: '2026-03-21', why: 'weekend' },
        { day: '2026-03-22', why: 'holiday' },
      ],
      pausedMs: 0,
    });
  });

  it('of a round-the-clock period skips nothing', () => {
    const explained = explainDue(egyptianCalendar, { fromMs: 0, period: { unit: 'time', ms: 7_200_000 } });
    expect(explained).toMatchObject({ unit: 'hours', count: 2, skipped: [] });
  });

  it('counts as many working days as the period has', () => {
    fc.assert(
      fc.property(moment, count, (from, many) => {
        const { skipped } = explainDue(egyptianCalendar, { fromMs: from, period: days(many) });
        const last = dueAt(egyptianCalendar, from, days(many));
        const passed = localDay(egyptianCalendar, last) - localDay(egyptianCalendar, from);
        expect(passed - skipped.length).toBe(many);
      }),
    );
  });
});
