// Names of the holidays that an answer mentions; the calendar is only read when there are any.
import type { DueExplanation } from '../domain/due.js';
import { currentCalendar } from '../persistence/calendar.repository.js';
import type { HolidayNames } from './views/due.view.js';

export const holidayNamesIn = async (
  rows: readonly { readonly dueBecause?: DueExplanation }[],
): Promise<HolidayNames> => {
  const mentioned = rows.some(({ dueBecause }) => dueBecause?.skipped.some(({ why }) => why === 'holiday'));
  if (!mentioned) return new Map();
  const { holidays } = await currentCalendar();
  return new Map(holidays.map(({ day, nameAr, nameEn }) => [day, { nameAr, nameEn }]));
};
