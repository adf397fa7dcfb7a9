// Opening envelopes: their first money comes from outside, by a posting of its own. For administration and seeding.
import type { Envelope } from '../domain/money/envelope.js';
import { envelopeIdOf, envelopeParts } from '../domain/money/envelope.js';
import { balanceCollection, noBalances } from './ledger.model.js';
import { post } from './ledger.projection.js';
import type { Session } from './transaction.js';
import { withTransaction } from './transaction.js';

/** An envelope begins empty; true when it was not there before. */
export const ensureEnvelope = async (session: Session, envelopeId: string): Promise<boolean> => {
  const { upsertedCount } = await balanceCollection().updateOne(
    { _id: envelopeId },
    { $setOnInsert: { ...envelopeParts(envelopeId), ...noBalances } },
    { session, upsert: true },
  );
  return upsertedCount > 0;
};

/** Opens an envelope with its first money. Idempotent: an envelope that is open stays as it is. */
export const openEnvelope = (envelope: Envelope, amountMinor: bigint, at: Date): Promise<'opened' | 'already-open'> => {
  const envelopeId = envelopeIdOf(envelope);
  return withTransaction(async (session) => {
    if (!(await ensureEnvelope(session, envelopeId))) return 'already-open';
    const opening = { kind: 'open', from: 'outside', to: 'available' } as const;
    await post(session, [
      { _id: `${envelopeId}-opening`, envelopeId, requestId: null, ...opening, amountMinor, at, seq: 0 },
    ]);
    return 'opened';
  });
};
