// The working calendar that people edit. Published plans keep the calendar they were published with; `change` is what is new to them.
import mongoose, { Schema } from 'mongoose';
import type { EditedCalendar } from '../domain/holiday.js';
import type { NamedIndex } from './named-index.js';

export type CalendarDocument = EditedCalendar & { readonly _id: string; readonly updatedAt: Date };

const schema = new Schema<CalendarDocument>(
  {
    _id: { type: String, required: true },
    holidays: { type: [Schema.Types.Mixed], required: true },
    change: { type: Schema.Types.Mixed, required: true },
    updatedAt: { type: Date, required: true },
  },
  { collection: 'calendars', versionKey: false, minimize: false },
);

export const CalendarModel = mongoose.model<CalendarDocument>('Calendar', schema);
export const calendarCollection = () => mongoose.connection.collection<CalendarDocument>('calendars');
export const calendarIndexes: readonly NamedIndex[] = [];
