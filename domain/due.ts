// A due time together with how it was computed, so that it can be explained to people and computed again when a holiday is declared late.
import type { Calendar, Period } from './calendar.js';
import { dayText, dueAt, isWeekend, isWorkingDay, localDay, workingDaysBetween, workingMsBetween } from './calendar.js';

const hourMs = 3_600_000;

export type DueBasis = {
  readonly fromMs: number;
  readonly period: Period;
  /** How much later a round-the-clock time became by suspensions; working time begins anew with what was left of it. */
  readonly pausedMs?: number;
};
export type Due = { readonly atMs: number; readonly basis?: DueBasis };

/** Only working time carries its basis: no holiday moves a clock that runs round the clock. */
export const dueAfter = (calendar: Calendar, fromMs: number, period: Period): Due => {
  const atMs = dueAt(calendar, fromMs, period);
  return period.unit === 'time' ? { atMs } : { atMs, basis: { fromMs, period } };
};

/** How a due time that carries no basis came about: a round-the-clock period, later by what suspensions took. */
export const roundTheClockBasis = (fromMs: number, period: Period, dueAtMs: number): DueBasis | undefined => {
  if (period.unit !== 'time') return undefined;
  const pausedMs = dueAtMs - fromMs - period.ms;
  return { fromMs, period, ...(pausedMs === 0 ? {} : { pausedMs }) };
};

/** What is left of working time when a suspension stops it, in the unit of its clock; of the last day the whole day is left. */
export const remainderOf = (
  calendar: Calendar,
  { period }: DueBasis,
  nowMs: number,
  atMs: number,
): Period | undefined => {
  if (period.unit === 'time' || atMs <= nowMs) return undefined;
  const { unit } = period;
  if (unit === 'working-days') return { unit, count: Math.max(1, workingDaysBetween(calendar, nowMs, atMs)) };
  return { unit, count: workingMsBetween(calendar, nowMs, atMs) / hourMs };
};

/** Days that people changed in the calendar since a plan was published: everything in force at that version, not only its news. */
export type CalendarChange = {
  readonly version: number;
  readonly declaredDays: readonly string[];
  readonly removedDays: readonly string[];
};

export const changedCalendar = (calendar: Calendar, change: CalendarChange): Calendar => {
  const kept = calendar.holidays.filter((day) => !change.removedDays.includes(day));
  return { ...calendar, holidays: [...kept, ...change.declaredDays.filter((day) => !kept.includes(day))] };
};

export type SkippedDay = { readonly day: string; readonly why: 'weekend' | 'holiday' };
export type DueExplanation = {
  readonly fromMs: number;
  readonly unit: 'working-days' | 'working-hours' | 'hours';
  readonly count: number;
  /** Local days that did not count, in order. */
  readonly skipped: readonly SkippedDay[];
  readonly pausedMs: number;
};

const skippedBetween = (calendar: Calendar, firstDay: number, lastDay: number): SkippedDay[] =>
  Array.from({ length: Math.max(0, lastDay - firstDay + 1) }, (_, index) => firstDay + index)
    .filter((day) => !isWorkingDay(calendar, day))
    .map((day) => ({ day: dayText(day), why: isWeekend(calendar, day) ? 'weekend' : 'holiday' }));

/** Why a due time is what it is. Pure: the same calendar and basis always give the same explanation. */
export const explainDue = (calendar: Calendar, { fromMs, period, pausedMs = 0 }: DueBasis): DueExplanation => {
  if (period.unit === 'time') return { fromMs, unit: 'hours', count: period.ms / hourMs, skipped: [], pausedMs };
  const { unit, count } = period;
  const first = localDay(calendar, fromMs);
  const last = localDay(calendar, dueAt(calendar, fromMs, period));
  // Working days count from the day after; working hours already on the day itself.
  const skipped = skippedBetween(calendar, unit === 'working-days' ? first + 1 : first, last);
  return { fromMs, unit, count, skipped, pausedMs };
};
