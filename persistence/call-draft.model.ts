// Calls in the making. Nobody outside sees them; opening copies one into `calls`, where it never changes again.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';
import type { CallDocument } from './programme.model.js';

type Optional = 'budgetTerms' | 'ownEnvelope';
export type CallContent = Omit<Required<CallDocument>, '_id' | Optional> & Pick<CallDocument, Optional>;

export type CallDraftDocument = {
  /** The id that the call will have. */
  readonly _id: string;
  /** Equals the seq of its newest audit entry. */
  readonly version: number;
  readonly content: CallContent;
  readonly lastEditedBy: string;
  readonly updatedAt: Date;
  readonly openedBy: string | null;
};

const schema = new Schema<CallDraftDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    content: { type: Schema.Types.Mixed, required: true },
    lastEditedBy: { type: String, required: true },
    updatedAt: { type: Date, required: true },
    openedBy: { type: String, default: null },
  },
  { collection: 'call_drafts', versionKey: false, minimize: false },
);

export const CallDraftModel = mongoose.model<CallDraftDocument>('CallDraft', schema);
export const callDraftCollection = () => mongoose.connection.collection<CallDraftDocument>('call_drafts');

export const callDraftIndexes: readonly NamedIndex[] = [{ name: 'updated', key: { updatedAt: -1, _id: -1 } }];
