// What people call a request: its number and titles, from the frozen submission. Events carry only the submission's hash.
import type { Entry } from '../domain/audit-entry.js';
import type { RequestDocument } from './request.model.js';
import { snapshotCollection } from './snapshot.model.js';

export type Heading = Partial<Pick<RequestDocument, 'reference' | 'titleAr' | 'titleEn'>>;

export const headingOf = ({ reference, titleAr, titleEn }: Heading): Heading => ({
  ...(reference === undefined ? {} : { reference }),
  ...(titleAr === undefined ? {} : { titleAr }),
  ...(titleEn === undefined ? {} : { titleEn }),
});

const snapshotIdIn = (entries: readonly Entry[]): string | undefined =>
  entries
    .flatMap((entry) => entry.events)
    .flatMap((event) =>
      event.kind === 'requestSubmitted' || event.kind === 'requestResubmitted' ? [event.file.snapshot.id] : [],
    )
    .at(-1);

/** The heading after these entries; a submission whose text is missing leaves it as it was. */
export const headingAfter = async (before: Heading, entries: readonly Entry[]): Promise<Heading> => {
  const snapshotId = snapshotIdIn(entries);
  if (snapshotId === undefined) return headingOf(before);
  const frozen = await snapshotCollection().findOne<Heading>(
    { _id: snapshotId },
    { projection: { reference: 1, titleAr: 1, titleEn: 1 } },
  );
  return headingOf({ ...before, ...(frozen ? headingOf(frozen) : {}) });
};
