// Egypt's working calendar as data: Friday and Saturday off, public holidays, and the zone's offsets for the years a plan can run.
// Hijri holidays follow moon sighting: the dates below are expectations until the cabinet declares them.
import type { Calendar } from '../calendar.js';

const fixedHolidays = ['01-07', '01-25', '04-25', '05-01', '06-30', '07-23', '10-06'];
/** Sham el-Nessim, Fitr, Adha, Hijri new year, Mawlid, by year. */
const movableHolidays = [
  '2025-04-21',
  '2025-03-30',
  '2025-03-31',
  '2025-04-01',
  '2025-06-06',
  '2025-06-07',
  '2025-06-08',
  '2025-06-09',
  '2025-06-26',
  '2025-09-04',
  '2026-04-13',
  '2026-03-20',
  '2026-03-21',
  '2026-03-22',
  '2026-05-26',
  '2026-05-27',
  '2026-05-28',
  '2026-05-29',
  '2026-06-16',
  '2026-08-25',
  '2027-05-03',
  '2027-03-09',
  '2027-03-10',
  '2027-03-11',
  '2027-05-15',
  '2027-05-16',
  '2027-05-17',
  '2027-05-18',
  '2027-06-06',
  '2027-08-14',
  '2028-04-17',
  '2028-02-26',
  '2028-02-27',
  '2028-02-28',
  '2028-05-04',
  '2028-05-05',
  '2028-05-06',
  '2028-05-07',
  '2028-05-25',
  '2028-08-03',
];
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
  holidays: [...years.flatMap((year) => fixedHolidays.map((day) => `${year}-${day}`)), ...movableHolidays].sort(),
  offsets,
  dayEndsAtMinute: 15 * 60,
};
