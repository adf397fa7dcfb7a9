// Egypt's working calendar as data: Friday and Saturday off, public holidays, and the zone's offsets for the years a plan can run.
import type { Calendar } from '../calendar.js';
import { egyptianHolidays } from './holidays-egypt.js';

const years = [2025, 2026, 2027, 2028];

/** Summer time runs from the last Friday of April, 00:00, to the last Thursday of October, 24:00 (local). */
const lastWeekday = (year: number, month: number, weekday: number): number => {
  const last = new Date(Date.UTC(year, month + 1, 0));
  return Date.UTC(year, month, last.getUTCDate() - ((last.getUTCDay() - weekday + 7) % 7));
};
const hourMs = 3_600_000;
const offsets = [
  { fromMs: 0, minutes: 120 },
  ...years.flatMap((year) => [
    { fromMs: lastWeekday(year, 3, 5) - 2 * hourMs, minutes: 180 },
    { fromMs: lastWeekday(year, 9, 4) + 24 * hourMs - 3 * hourMs, minutes: 120 },
  ]),
];

export const egyptianCalendar: Calendar = {
  weekend: [5, 6],
  holidays: egyptianHolidays.map(({ day }) => day),
  offsets,
  dayStartsAtMinute: 9 * 60,
  dayEndsAtMinute: 15 * 60,
};
