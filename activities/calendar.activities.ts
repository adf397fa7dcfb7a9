// Bringing a change of the calendar to the open requests that have not heard of it yet.
import { openRequestsBefore } from '../persistence/calendar.repository.js';
import type { Activities } from './contract.js';
import type { RequestSignals } from './request-signals.js';

export const calendarActivities = (signals: RequestSignals): Pick<Activities, 'tellCalendarChange'> => ({
  tellCalendarChange: async ({ change, after, limit }) => {
    const ids = await openRequestsBefore(change.version, after, limit);
    await Promise.all(ids.map((requestId) => signals.changeCalendar(requestId, change)));
    return { told: ids.length, next: ids.length < limit ? null : (ids.at(-1) ?? null) };
  },
});
