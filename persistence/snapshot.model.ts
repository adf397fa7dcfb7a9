// Frozen submissions: the text of a request as it was handed in, addressed by the hash of its content and never changed.
import mongoose, { Schema } from 'mongoose';
import type { DraftSections } from './draft.model.js';
import type { NamedIndex } from './named-index.js';

/** Exactly what the hash covers. */
export type SnapshotContent = {
  readonly requestId: string;
  /** The number people use, e.g. SND-2026-000123. */
  readonly reference: string;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly sections: DraftSections;
};

export type SnapshotDocument = SnapshotContent & {
  /** Equals `sha256`: content-addressed. */
  readonly _id: string;
  readonly sha256: string;
  readonly frozenAt: Date;
};

const schema = new Schema<SnapshotDocument>(
  {
    _id: { type: String, required: true },
    sha256: { type: String, required: true },
    requestId: { type: String, required: true },
    reference: { type: String, required: true },
    titleAr: { type: String, required: true },
    titleEn: { type: String, required: true },
    sections: { type: Schema.Types.Mixed, required: true },
    frozenAt: { type: Date, required: true },
  },
  { collection: 'submission_snapshots', versionKey: false, minimize: false },
);

export const SnapshotModel = mongoose.model<SnapshotDocument>('Snapshot', schema);
export const snapshotCollection = () => mongoose.connection.collection<SnapshotDocument>('submission_snapshots');

export const snapshotIndexes: readonly NamedIndex[] = [{ name: 'request', key: { requestId: 1, frozenAt: 1 } }];
