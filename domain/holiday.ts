// The calendar that people edit: holidays with their names, and what was changed in it since plans were published with it.
import type { CalendarChange } from './due.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

export const holidayKinds = ['fixed', 'coptic', 'hijri', 'declared'] as const;
export type HolidayKind = (typeof holidayKinds)[number];

export type Holiday = {
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly kind: HolidayKind;
  /** False for a Hijri day that is expected by calculation and not declared yet. */
  readonly confirmed: boolean;
};

export type EditedCalendar = {
  /** In order of the day. */
  readonly holidays: readonly Holiday[];
  readonly change: CalendarChange;
};

export const newCalendar = (holidays: readonly Holiday[]): EditedCalendar => ({
  holidays,
  change: { version: 0, declaredDays: [], removedDays: [] },
});

/** Moving a Hijri holiday is removing one day and declaring another in one edit. */
export type CalendarEdit = {
  readonly declare: readonly Omit<Holiday, 'confirmed'>[];
  readonly remove: readonly string[];
  readonly confirm: readonly string[];
};

const editFault = ({ holidays }: EditedCalendar, { declare, remove, confirm }: CalendarEdit): Refusal | null => {
  const known = holidays.map(({ day }) => day);
  const named = [...declare.map(({ day }) => day), ...remove, ...confirm];
  if (named.length === 0) return refuse('conditionsNotMet', 'nothing-to-change').refusal;
  const twice = named.find((day, index) => named.indexOf(day) !== index);
  if (twice !== undefined) return refuse('conditionsNotMet', 'day-named-twice', twice).refusal;
  const taken = declare.find(({ day }) => known.includes(day));
  if (taken) return refuse('conditionsNotMet', 'day-is-a-holiday', taken.day).refusal;
  const absent = [...remove, ...confirm].find((day) => !known.includes(day));
  return absent === undefined ? null : refuse('conditionsNotMet', 'day-is-no-holiday', absent).refusal;
};

/** A day that goes back to what the plans say is no change any more. */
const changeAfter = (
  { change }: EditedCalendar,
  { declare, remove }: CalendarEdit,
  version: number,
): CalendarChange => {
  const declared = declare.map(({ day }) => day);
  return {
    version,
    declaredDays: [
      ...change.declaredDays.filter((day) => !remove.includes(day)),
      ...declared.filter((day) => !change.removedDays.includes(day)),
    ].sort(),
    removedDays: [
      ...change.removedDays.filter((day) => !declared.includes(day)),
      ...remove.filter((day) => !change.declaredDays.includes(day)),
    ].sort(),
  };
};

export type Edited =
  | { readonly calendar: EditedCalendar; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly calendar?: never };

/** The calendar after an edit, under its new version; bad input changes nothing. */
export const editedCalendar = (calendar: EditedCalendar, edit: CalendarEdit, version: number): Edited => {
  const refusal = editFault(calendar, edit);
  if (refusal) return { refusal };
  const { declare, remove, confirm } = edit;
  const kept = calendar.holidays
    .filter(({ day }) => !remove.includes(day))
    .map((holiday) => (confirm.includes(holiday.day) ? { ...holiday, confirmed: true } : holiday));
  const holidays = [...kept, ...declare.map((holiday): Holiday => ({ ...holiday, confirmed: true }))].sort(
    (one, other) => one.day.localeCompare(other.day),
  );
  return { calendar: { holidays, change: changeAfter(calendar, edit, version) } };
};

/** Whether the edit moved any day; confirming an expected one does not. */
export const movesDays = ({ declare, remove }: CalendarEdit): boolean => declare.length > 0 || remove.length > 0;
