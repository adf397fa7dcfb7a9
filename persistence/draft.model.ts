// Drafts of requests: what an NGO is still writing. Nothing is required; the id becomes the request's id when it is submitted.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';

/** Sections of the form by name, each a flat object of answers. Which there are, and what is complete, the form knows. */
export type DraftSections = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export type DraftDocument = {
  readonly _id: string;
  readonly organisationId: string;
  readonly callId: string;
  readonly programmeCode: string;
  readonly sections: DraftSections;
  /** Rises with every save; what `ETag` and `If-Match` speak about. */
  readonly version: number;
  /** Given at the first submission and kept for all later ones. */
  readonly reference: string | null;
  readonly createdBy: string;
  readonly updatedBy: string;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  /** Set by the first accepted submission; from then on the draft opens only while a correction is asked for. */
  readonly submittedAt: Date | null;
};

const schema = new Schema<DraftDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    callId: { type: String, required: true },
    programmeCode: { type: String, required: true },
    sections: { type: Schema.Types.Mixed, required: true },
    version: { type: Number, required: true },
    reference: { type: String, default: null },
    createdBy: { type: String, required: true },
    updatedBy: { type: String, required: true },
    createdAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    submittedAt: { type: Date, default: null },
  },
  { collection: 'drafts', versionKey: false, minimize: false },
);

export const DraftModel = mongoose.model<DraftDocument>('Draft', schema);
export const draftCollection = () => mongoose.connection.collection<DraftDocument>('drafts');

export type CounterDocument = { readonly _id: string; readonly value: number };
export const counterCollection = () => mongoose.connection.collection<CounterDocument>('counters');

export const draftIndexes: readonly NamedIndex[] = [
  { name: 'organisation-by-updated', key: { organisationId: 1, updatedAt: -1, _id: -1 } },
];
