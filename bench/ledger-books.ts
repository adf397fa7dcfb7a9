// Books of any length without the lifecycles that would fill them: postings as recording writes them, with balances that fit, put in at once.
import { ensureIndexes } from '../persistence/indexes.js';
import type { Balances, PostingDocument } from '../persistence/ledger.model.js';
import { balanceCollection, postingCollection } from '../persistence/ledger.model.js';

export const envelopes = 20;
const openingMinor = 1_000_000_000_000n;
const batchOf = 10_000;
export const beganAtMs = Date.UTC(2025, 6, 1);
/** From one posting of the books to the next. */
export const stepMs = 10;

const parts = (index: number) => ({
  ...{ programmeCode: `bench-${index}`, fundingSource: 'state-budget', fiscalYear: '2025/2026' },
});
export const benchEnvelope = (index: number): string => {
  const { programmeCode, fundingSource, fiscalYear } = parts(index);
  return `${programmeCode}/${fundingSource}/${fiscalYear}`;
};

const heldAfter = (number: bigint): Balances => ({
  ...{ available: openingMinor - (number - 1n), reserved: number - 1n },
  ...{ committed: 0n, disbursed: 0n, spent: 0n, writtenOff: 0n },
});

/** Envelopes take turns; the first posting of each opens it, every other one reserves a piastre. */
const postingNumbered = (index: number): PostingDocument => {
  const envelopeId = benchEnvelope(index % envelopes);
  const number = BigInt(Math.floor(index / envelopes)) + 1n;
  const at = new Date(beganAtMs + index * stepMs);
  const line =
    number === 1n
      ? ({ kind: 'open', from: 'outside', to: 'available', amountMinor: openingMinor, requestId: null } as const)
      : ({ kind: 'reserve', from: 'available', to: 'reserved', amountMinor: 1n, requestId: `books-${index}` } as const);
  return {
    ...{ _id: `books-${String(index).padStart(8, '0')}`, envelopeId, at, seq: 1, ...line },
    booking: { number, bookedAt: at, after: heldAfter(number) },
  };
};

/** Fills the database that is connected; `count` is a multiple of the envelopes. */
export const fillBooks = async (count: number): Promise<void> => {
  await ensureIndexes();
  for (let from = 0; from < count; from += batchOf) {
    const size = Math.min(batchOf, count - from);
    const rows = Array.from({ length: size }, (_, offset) => postingNumbered(from + offset));
    await postingCollection().insertMany(rows, { ordered: false, writeConcern: { w: 1 } });
  }
  const postings = BigInt(count / envelopes);
  const bookedAt = new Date(beganAtMs + count * stepMs);
  await balanceCollection().insertMany(
    Array.from({ length: envelopes }, (_, index) => ({
      ...{ _id: benchEnvelope(index), ...parts(index), ...heldAfter(postings), postings, bookedAt },
    })),
  );
};
