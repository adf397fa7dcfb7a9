// Postings of one holder of money, one after the other: by envelope and number, then by request.
import { trusted } from 'mongoose';
import type { PostingDocument } from './ledger.model.js';
import { PostingModel } from './ledger.model.js';
import type { Holder } from './ledger-statement.reads.js';
import { placesOf, postingsBetween, statementEnds } from './ledger-statement.reads.js';

/** A request has some dozens of postings. */
const movedBy = (requestId: string, upTo: Date, elsewhereThan: readonly string[]): Promise<PostingDocument[]> =>
  PostingModel.find({
    requestId,
    envelopeId: trusted({ $nin: [...elsewhereThan] }),
    'booking.bookedAt': trusted({ $lt: upTo }),
  })
    .sort({ seq: 1, _id: 1 })
    .hint('request')
    .lean<PostingDocument[]>()
    .exec();

/** All that moved for a holder until an instant, however much: one page or one request is in memory at a time. */
export async function* movementsFor(holder: Holder, until: Date): AsyncGenerator<PostingDocument> {
  const { envelopeIds, requestIds } = await placesOf(holder);
  for (const envelopeId of envelopeIds)
    yield* postingsBetween(envelopeId, await statementEnds({ envelopeId, from: new Date(0), until }));
  for (const requestId of requestIds) yield* await movedBy(requestId, until, envelopeIds);
}
