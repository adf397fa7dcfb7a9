// The last document this process recorded of each request, so that the next entry need not read it again. Only ever a guess: the
// write is guarded by version and head hash, and a guess that another process overtook is read anew.
import { putNewest } from '../platform/newest.js';
import type { RequestDocument } from './request.model.js';

const mostKept = 500;
const kept = new Map<string, RequestDocument>();

export const remember = (document: RequestDocument): void => putNewest(kept, document._id, document, mostKept);

export const forget = (requestId: string): void => {
  kept.delete(requestId);
};

/** Only a document that ends right before `nextSeq` saves anything; repeats and gaps are looked at in the database. */
export const recentBefore = (requestId: string, nextSeq: number): RequestDocument | null => {
  const document = kept.get(requestId);
  return document?.version === nextSeq - 1 ? document : null;
};
