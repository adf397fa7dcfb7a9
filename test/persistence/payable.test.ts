// One account that may not be paid holds up nobody else: its payment waits, and the batch takes those behind it.
import { describe, expect, it } from '@jest/globals';
import { createPaymentFiles } from '../../activities/payment-files.js';
import type { Payees } from '../../activities/payment-files.js';
import { paymentActivities } from '../../activities/payment.activities.js';
import { createSimulatedBank } from '../../activities/simulated-bank.js';
import { demoProfile } from '../../bank/profile.js';
import { bankExceptionCollection } from '../../persistence/bank-message.model.js';
import type { PaymentInstructionDocument } from '../../persistence/payment-instruction.model.js';
import { paymentInstructionCollection } from '../../persistence/payment-instruction.model.js';
import { newRequestId, useDatabase } from './support.js';

useDatabase();

const verified = new Set<string>();
const payees: Payees = (accountIds) =>
  Promise.resolve(
    new Map(
      accountIds
        .filter((accountId) => verified.has(accountId))
        .map((accountId) => [accountId, { nameAr: 'أمل', nameEn: 'Amal', iban: 'EG380019000500000000263180002' }]),
    ),
  );
const silent = { reportPayment: () => Promise.resolve(), changeCalendar: () => Promise.resolve() };
const { claimInstructions } = paymentActivities(
  createSimulatedBank({ delayMs: 0 }),
  createPaymentFiles(demoProfile, payees),
  silent,
);

const released = (accountId: string | null, minute: number): PaymentInstructionDocument => {
  const requestId = newRequestId();
  return {
    _id: `${requestId}-t1-1`,
    requestId,
    organisationId: 'org',
    number: 1,
    purpose: 'tranche',
    amountMinor: '100',
    accountId,
    preparedBy: 'finance',
    live: true,
    held: false,
    state: 'released',
    batchId: null,
    replaces: null,
    releasedAt: new Date(Date.UTC(2026, 0, 5, 8, minute)),
  };
};

describe('a batch', () => {
  it('passes over accounts that may not be paid, and takes their payments once they may', async () => {
    const tooLong = 'a'.repeat(36);
    const unpayable = [released('unverified', 0), released(null, 1), released(tooLong, 2)];
    const payable = [released('good-1', 3), released('good-2', 4), released('good-3', 5)];
    await paymentInstructionCollection().insertMany([...unpayable, ...payable]);
    for (const accountId of ['good-1', 'good-2', 'good-3', tooLong]) verified.add(accountId);
    const ids = (lines: readonly { readonly instructionId: string }[]) => lines.map((line) => line.instructionId);
    const batchId = newRequestId();

    const first = await claimInstructions({ batchId, limit: 2 });
    const again = await claimInstructions({ batchId, limit: 2 });

    expect(ids(first)).toEqual(payable.slice(0, 2).map(({ _id }) => _id));
    expect(again).toEqual(first);
    const waiting = () => bankExceptionCollection().find({ state: 'open' }).sort({ _id: 1 }).toArray();
    expect((await waiting()).map(({ kind, instructionId }) => [kind, instructionId])).toEqual(
      unpayable.map(({ _id }) => ['account-not-payable', _id]).sort(([, a = ''], [, b = '']) => (a < b ? -1 : 1)),
    );
    verified.add('unverified');
    const [oldest, newest] = [unpayable[0]?._id, payable[2]?._id];
    expect(ids(await claimInstructions({ batchId: newRequestId(), limit: 2 }))).toEqual([oldest, newest]);
    expect(await claimInstructions({ batchId: newRequestId(), limit: 2 })).toEqual([]);
    expect(await waiting()).toHaveLength(2);
    expect(await bankExceptionCollection().findOne({ instructionId: oldest ?? '' })).toMatchObject({ state: 'closed' });
  });
});
