// Who read the text of whose request, and when (lifecycle.md §11, kind `access`): in a sequence of its own, appended by the API only.
import mongoose, { Schema } from 'mongoose';
import type { Actor } from '../domain/actor.js';
import type { NamedIndex } from './named-index.js';

export type AccessEntryDocument = {
  /** What the text belongs to: a request, or a payment batch whose file was read. */
  readonly requestId: string;
  /** Gap-free from 1 for each request. */
  readonly seq: number;
  readonly kind: 'access';
  readonly at: Date;
  /** With the roles held when reading. */
  readonly actor: Actor;
  /** The operation's name in the API. */
  readonly operation: string;
  /** What was read: the id of the frozen submission. */
  readonly object: string;
  /** Id of the HTTP call; the log has more under it. */
  readonly httpRequestId: string;
};

const schema = new Schema<AccessEntryDocument>(
  {
    requestId: { type: String, required: true },
    seq: { type: Number, required: true },
    kind: { type: String, enum: ['access'], required: true },
    at: { type: Date, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    operation: { type: String, required: true },
    object: { type: String, required: true },
    httpRequestId: { type: String, required: true },
  },
  { collection: 'access_entries', versionKey: false },
);

export const AccessEntryModel = mongoose.model<AccessEntryDocument>('AccessEntry', schema);
export const accessEntryCollection = () => mongoose.connection.collection<AccessEntryDocument>('access_entries');

export const accessEntryIndexes: readonly NamedIndex[] = [
  { name: 'request-seq', key: { requestId: 1, seq: 1 }, unique: true },
];
