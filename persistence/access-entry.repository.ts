// Appending access entries without gaps, and reading them for auditors.
import type { AccessEntryDocument } from './access-entry.model.js';
import { accessEntryCollection } from './access-entry.model.js';
import { isDuplicateKey } from './duplicate-key.js';

export type NewAccess = Omit<AccessEntryDocument, 'seq' | 'kind'>;

const lastSeq = async (requestId: string): Promise<number> => {
  const last = await accessEntryCollection().findOne({ requestId }, { sort: { seq: -1 }, projection: { seq: 1 } });
  return last?.seq ?? 0;
};

/** Others may append at the same moment; the unique index says so, and the next number is tried. */
const mostTries = 50;

/** A text whose reading cannot be recorded is not shown: the error goes to the caller. */
export const recordAccess = async (access: NewAccess): Promise<number> => {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const seq = (await lastSeq(access.requestId)) + 1;
    try {
      await accessEntryCollection().insertOne({ ...access, kind: 'access', seq });
      return seq;
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
    }
  }
  throw new Error(`no free number for an access entry on request ${access.requestId} after ${mostTries} tries`);
};

export const accessesTo = (
  requestId: string,
  page: { readonly afterSeq: number; readonly limit: number },
): Promise<AccessEntryDocument[]> =>
  accessEntryCollection()
    .find({ requestId, seq: { $gt: page.afterSeq } }, { sort: { seq: 1 }, limit: page.limit })
    .toArray();
