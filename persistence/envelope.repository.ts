// Opening envelopes: their first money comes from outside, by a posting of its own. For administration and seeding.
import type { Envelope } from './ledger.model.js';
import { balanceCollection, envelopeIdOf } from './ledger.model.js';
import { post } from './ledger.projection.js';
import { withTransaction } from './transaction.js';

/** Opens an envelope with its first money. Idempotent: an envelope that is open stays as it is. */
export const openEnvelope = (envelope: Envelope, amountMinor: bigint, at: Date): Promise<'opened' | 'already-open'> => {
  const envelopeId = envelopeIdOf(envelope);
  const { programmeCode, fundingSource, fiscalYear } = envelope;
  return withTransaction(async (session) => {
    const zero = { available: 0n, reserved: 0n, committed: 0n, disbursed: 0n, spent: 0n, writtenOff: 0n };
    const { upsertedCount } = await balanceCollection().updateOne(
      { _id: envelopeId },
      { $setOnInsert: { programmeCode, fundingSource, fiscalYear, ...zero } },
      { session, upsert: true },
    );
    if (upsertedCount === 0) return 'already-open';
    const opening = { kind: 'open', from: 'outside', to: 'available' } as const;
    await post(session, [
      { _id: `${envelopeId}-opening`, envelopeId, requestId: null, ...opening, amountMinor, at, seq: 0 },
    ]);
    return 'opened';
  });
};
