// Due instants from the calendar inside the plan: UTC arithmetic only, because a workflow must never read time zones
// (Intl and local-time methods follow the worker's machine and would differ on replay).

/**
 * `working-days` ends at the closing minute of the n-th working day after the start; `working-hours` counts the time between
 * opening and closing of working days; `time` runs round the clock.
 */
export type Period =
  | { readonly unit: 'working-days'; readonly count: number }
  | { readonly unit: 'working-hours'; readonly count: number }
  | { readonly unit: 'time'; readonly ms: number };

export type Calendar = {
  /** Days of the week that are off, 0 = Sunday. Egypt: Friday 5 and Saturday 6. */
  readonly weekend: readonly number[];
  /** Local days off, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Offsets of local time from UTC, each valid from an instant on, in order; the zone's rules frozen as data. */
  readonly offsets: readonly { readonly fromMs: number; readonly minutes: number }[];
  /** The minute of the local day at which work begins, for working hours; midnight when it is not given. */
  readonly dayStartsAtMinute?: number;
  /** The minute of the local day at which a due day ends, e.g. 900 for 15:00. */
  readonly dayEndsAtMinute: number;
};

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

const offsetAt = (calendar: Calendar, atMs: number): number => {
  const known = calendar.offsets.filter((offset) => offset.fromMs <= atMs);
  return known.at(-1)?.minutes ?? calendar.offsets[0]?.minutes ?? 0;
};

/** The local day of an instant, counted from the epoch. */
export const localDay = (calendar: Calendar, atMs: number): number =>
  Math.floor((atMs + offsetAt(calendar, atMs) * minuteMs) / dayMs);

export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

export const isWeekend = (calendar: Calendar, day: number): boolean =>
  calendar.weekend.includes(new Date(day * dayMs).getUTCDay());

export const isWorkingDay = (calendar: Calendar, day: number): boolean =>
  !isWeekend(calendar, day) && !calendar.holidays.includes(dayText(day));

/** The instant of a minute of a local day. Looked up twice: the first offset may be that of the other side of a change of clocks. */
const instantOf = (calendar: Calendar, day: number, minute: number): number => {
  const local = day * dayMs + minute * minuteMs;
  const near = local - offsetAt(calendar, local) * minuteMs;
  return local - offsetAt(calendar, near) * minuteMs;
};

/** More days than any plan has; a calendar without working days is a defect, not an endless loop. */
const farthestDays = 4_000;

const workingDayAfter = (calendar: Calendar, fromMs: number, count: number): number => {
  const first = localDay(calendar, fromMs);
  let left = count;
  for (let day = first + 1; day < first + farthestDays; day += 1) {
    if (isWorkingDay(calendar, day)) left -= 1;
    if (left <= 0) return instantOf(calendar, day, calendar.dayEndsAtMinute);
  }
  throw new Error(`the calendar has no ${count} working days after ${dayText(first)}`);
};

/** Whether a text names a day, `YYYY-MM-DD`. Read and written again, because the engine takes 31 February for a day of March. */
export const isDay = (text: string): boolean => {
  const startMs = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(startMs) && dayText(startMs / dayMs) === text;
};

/** The last instant of a local day, `YYYY-MM-DD`; null when the text names no day. */
export const endOfLocalDay = (calendar: Calendar, day: string): number | null => {
  if (!isDay(day)) return null;
  return instantOf(calendar, Date.parse(`${day}T00:00:00Z`) / dayMs + 1, 0) - 1;
};

const workingHoursAfter = (calendar: Calendar, fromMs: number, count: number): number => {
  const first = localDay(calendar, fromMs);
  // Whole milliseconds: what a pause left is a fraction of hours, and the product may lie a hair above the opening time of the day.
  let leftMs = Math.round(count * hourMs);
  for (let day = first; day < first + farthestDays; day += 1) {
    if (!isWorkingDay(calendar, day)) continue;
    const beginMs = Math.max(fromMs, instantOf(calendar, day, calendar.dayStartsAtMinute ?? 0));
    const openMs = Math.max(0, instantOf(calendar, day, calendar.dayEndsAtMinute) - beginMs);
    if (openMs > 0 && leftMs <= openMs) return beginMs + leftMs;
    leftMs -= openMs;
  }
  throw new Error(`the calendar has no ${count} working hours after ${dayText(first)}`);
};

/** Working days after the day of one instant, up to and with the day of another. */
export const workingDaysBetween = (calendar: Calendar, fromMs: number, toMs: number): number => {
  const first = localDay(calendar, fromMs);
  const ahead = Math.max(0, localDay(calendar, toMs) - first);
  return Array.from({ length: ahead }, (_, index) => first + 1 + index).filter((day) => isWorkingDay(calendar, day))
    .length;
};

/** Opening time of working days between two instants. */
export const workingMsBetween = (calendar: Calendar, fromMs: number, toMs: number): number => {
  let sumMs = 0;
  for (let day = localDay(calendar, fromMs); day <= localDay(calendar, toMs); day += 1) {
    if (!isWorkingDay(calendar, day)) continue;
    const beginMs = Math.max(fromMs, instantOf(calendar, day, calendar.dayStartsAtMinute ?? 0));
    sumMs += Math.max(0, Math.min(toMs, instantOf(calendar, day, calendar.dayEndsAtMinute)) - beginMs);
  }
  return sumMs;
};

/** The absolute instant (epoch ms) at which a period that starts at `fromMs` ends. */
export const dueAt = (calendar: Calendar, fromMs: number, period: Period): number => {
  switch (period.unit) {
    case 'time':
      return fromMs + period.ms;
    case 'working-days':
      return workingDayAfter(calendar, fromMs, period.count);
    case 'working-hours':
      return workingHoursAfter(calendar, fromMs, period.count);
  }
};
