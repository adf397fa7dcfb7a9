// Due instants from the calendar inside the plan: UTC arithmetic only, because a workflow must never read time zones
// (Intl and local-time methods follow the worker's machine and would differ on replay).

/** `working-days` ends at the closing minute of the n-th working day after the start; `time` runs round the clock. */
export type Period =
  | { readonly unit: 'working-days'; readonly count: number }
  | { readonly unit: 'time'; readonly ms: number };

export type Calendar = {
  /** Days of the week that are off, 0 = Sunday. Egypt: Friday 5 and Saturday 6. */
  readonly weekend: readonly number[];
  /** Local days off, `YYYY-MM-DD`. */
  readonly holidays: readonly string[];
  /** Offsets of local time from UTC, each valid from an instant on, in order; the zone's rules frozen as data. */
  readonly offsets: readonly { readonly fromMs: number; readonly minutes: number }[];
  /** The minute of the local day at which a due day ends, e.g. 900 for 15:00. */
  readonly dayEndsAtMinute: number;
};

const dayMs = 86_400_000;
const minuteMs = 60_000;

const offsetAt = (calendar: Calendar, atMs: number): number => {
  const known = calendar.offsets.filter((offset) => offset.fromMs <= atMs);
  return known.at(-1)?.minutes ?? calendar.offsets[0]?.minutes ?? 0;
};

/** The local day of an instant, counted from the epoch. */
const localDay = (calendar: Calendar, atMs: number): number =>
  Math.floor((atMs + offsetAt(calendar, atMs) * minuteMs) / dayMs);

const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

const isWorkingDay = (calendar: Calendar, day: number): boolean =>
  !calendar.weekend.includes(new Date(day * dayMs).getUTCDay()) && !calendar.holidays.includes(dayText(day));

const endOfDay = (calendar: Calendar, day: number): number => {
  const local = day * dayMs + calendar.dayEndsAtMinute * minuteMs;
  return local - offsetAt(calendar, local) * minuteMs;
};

/** More days than any plan has; a calendar without working days is a defect, not an endless loop. */
const farthestDays = 4_000;

const workingDayAfter = (calendar: Calendar, fromMs: number, count: number): number => {
  const first = localDay(calendar, fromMs);
  let left = count;
  for (let day = first + 1; day < first + farthestDays; day += 1) {
    if (isWorkingDay(calendar, day)) left -= 1;
    if (left <= 0) return endOfDay(calendar, day);
  }
  throw new Error(`the calendar has no ${count} working days after ${dayText(first)}`);
};

/** The last instant of a local day, `YYYY-MM-DD`; null when the text names no day. */
export const endOfLocalDay = (calendar: Calendar, day: string): number | null => {
  const startMs = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(startMs)) return null;
  const local = startMs + dayMs - 1;
  return local - offsetAt(calendar, local) * minuteMs;
};

/** The absolute instant (epoch ms) at which a period that starts at `fromMs` ends. */
export const dueAt = (calendar: Calendar, fromMs: number, period: Period): number =>
  period.unit === 'time' ? fromMs + period.ms : workingDayAfter(calendar, fromMs, period.count);
