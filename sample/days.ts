// Days for the documents of sample data: whole days counted from demoNow, never from a clock.

const dayMs = 86_400_000;

/** Days off with a fixed date. The movable ones are left out: sample documents need a plausible day, not a due time. */
const fixedHolidays = ['01-07', '01-25', '04-25', '05-01', '06-30', '07-23', '10-06'];

export const dayOf = (instant: string): string => instant.slice(0, 10);

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);

/** The same time of day, some days on or back. */
export const addDaysToInstant = (instant: string, days: number): string =>
  new Date(Date.parse(instant) + days * dayMs).toISOString();

const isWorkingDay = (day: string): boolean => {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday !== 5 && weekday !== 6 && !fixedHolidays.includes(day.slice(5));
};

/** The working day on or after a day; with `direction` -1, on or before it. Friday and Saturday are the weekend. */
export const nearestWorkingDay = (day: string, direction: 1 | -1 = 1): string =>
  isWorkingDay(day) ? day : nearestWorkingDay(addDays(day, direction), direction);
