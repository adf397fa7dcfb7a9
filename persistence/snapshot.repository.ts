// Freezing a submission and reading it back. The same content frozen twice is one document.
import { canonical, sha256 } from '../platform/hashing.js';
import type { SnapshotContent, SnapshotDocument } from './snapshot.model.js';
import { snapshotCollection } from './snapshot.model.js';

const hashOf = (value: unknown): string => sha256(canonical(value));

/** Hash per section of the form, so that a correction shows which parts changed. */
export const sectionHashes = (sections: SnapshotContent['sections']): Record<string, string> =>
  Object.fromEntries(Object.entries(sections).map(([name, section]) => [name, hashOf(section)]));

export const freezeSnapshot = async (content: SnapshotContent, frozenAt: Date): Promise<SnapshotDocument> => {
  const hash = hashOf(content);
  const document: SnapshotDocument = { _id: hash, sha256: hash, ...content, frozenAt };
  const { _id, ...fields } = document;
  await snapshotCollection().updateOne({ _id }, { $setOnInsert: fields }, { upsert: true });
  return document;
};

export type SnapshotHeading = Pick<SnapshotDocument, 'reference' | 'titleAr' | 'titleEn'>;

/** What lists show of a submission. */
export const snapshotHeading = (snapshotId: string): Promise<SnapshotHeading | null> =>
  snapshotCollection().findOne<SnapshotHeading>(
    { _id: snapshotId },
    { projection: { _id: 0, reference: 1, titleAr: 1, titleEn: 1 } },
  );

export const snapshotById = (snapshotId: string): Promise<SnapshotDocument | null> =>
  snapshotCollection().findOne({ _id: snapshotId });
