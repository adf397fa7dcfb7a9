// Reading and changing the working calendar, and which open requests have not heard of a change yet.
import type { CalendarChange } from '../domain/due.js';
import type { CalendarEdit, EditedCalendar } from '../domain/holiday.js';
import { editedCalendar, newCalendar } from '../domain/holiday.js';
import { egyptianHolidays } from '../domain/plans/holidays-egypt.js';
import { refuse } from '../domain/refusal.js';
import { calendarCollection } from './calendar.model.js';
import type { RegisterChange } from './register.repository.js';
import { requestCollection } from './request.model.js';
import type { Session } from './transaction.js';

/** The one calendar there is. Until it is edited for the first time it is the one that comes with the plans. */
export const calendarId = 'egypt';

const stored = async (session?: Session): Promise<EditedCalendar> => {
  const found = await calendarCollection().findOne({ _id: calendarId }, session ? { session } : {});
  return found ? { holidays: found.holidays, change: found.change } : newCalendar(egyptianHolidays);
};

export const currentCalendar = (): Promise<EditedCalendar> => stored();

/** What a request that is handed in now has to know beyond its plan; nothing until days were changed. */
export const calendarChangeNow = async (): Promise<CalendarChange | null> => {
  const { change } = await stored();
  return change.version === 0 ? null : change;
};

/** Inside a change of the register: the edit on the calendar as it is, if the person saw that. */
export const writeCalendarEdit = async (
  session: Session,
  version: number,
  { edit, expectedVersion, at }: { readonly edit: CalendarEdit; readonly expectedVersion: number; readonly at: Date },
): Promise<RegisterChange> => {
  const before = await stored(session);
  if (before.change.version !== expectedVersion)
    return refuse('staleVersion', 'calendar-version', String(before.change.version));
  const { calendar, refusal } = editedCalendar(before, edit, version);
  if (refusal) return { refusal };
  await calendarCollection().replaceOne({ _id: calendarId }, { ...calendar, updatedAt: at }, { session, upsert: true });
  const touched = [...edit.declare.map(({ day }) => day), ...edit.remove, ...edit.confirm].sort();
  const holidayOn = ({ holidays }: EditedCalendar, day: string) => holidays.find((holiday) => holiday.day === day);
  return {
    changed: touched.map((day) => ({
      field: `holidays.${day}`,
      before: holidayOn(before, day) ?? null,
      after: holidayOn(calendar, day) ?? null,
    })),
  };
};

/** Open requests behind an id, in order of their ids, that have not recorded this version of the calendar or a later one. */
export const openRequestsBefore = async (version: number, after: string, limit: number): Promise<string[]> => {
  const untold = { 'state.calendarChange.version': { $not: { $gte: version } } };
  const rows = requestCollection()
    .find({ _id: { $gt: after }, outcome: null, ...untold }, { projection: { _id: 1 } })
    .sort({ _id: 1 })
    .limit(limit);
  return (await rows.toArray()).map(({ _id }) => _id);
};
