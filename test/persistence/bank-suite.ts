// What every adapter of the bank promises (activities/bank.ts), as tests that any of them can be put to.
import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Bank, PaymentFile } from '../../activities/bank.js';
import { paymentInitiation } from '../../bank/payment-initiation.js';
import { demoProfile } from '../../bank/profile.js';
import { newRequestId } from './support.js';

export const fileWith = (batchId: string, accounts: readonly (string | null)[], attempt = 1): PaymentFile => {
  const lines = accounts.map((accountId, index) => ({
    instructionId: `${batchId}-r${index}-t1-${attempt}`,
    amountMinor: '100',
    accountId,
  }));
  const payee = { nameAr: 'جمعية', nameEn: 'NGO', iban: 'EG380019000500000000263180002' };
  const payments = lines.map((line) => ({ ...line, accountId: line.accountId ?? 'none', payee }));
  const text = [...paymentInitiation({ messageId: batchId, createdAt: new Date(0), payments }, demoProfile)].join('');
  return { batchId, text, count: lines.length, controlSumMinor: String(100 * lines.length), lines };
};
export const idsIn = (file: PaymentFile): string[] => file.lines.map((line) => line.instructionId);

/** The bank has settled payments by the time it is asked; it is asked for when the tests run. */
export const bankSuite = (name: string, bankOf: () => Bank): void => {
  const account = 'account-1';
  let bank: Bank;
  beforeAll(() => {
    bank = bankOf();
  });
  describe(`${name}, handed a payment file`, () => {
    it('says when it received it, and says the same when it gets the file again', async () => {
      const file = fileWith(newRequestId(), [account, account]);

      const first = await bank.submit(file);
      const again = await bank.submit(file);

      expect(again).toEqual(first);
      expect(first.receivedAt).toBeInstanceOf(Date);
    });

    it('pays every line once and reports it', async () => {
      const file = fileWith(newRequestId(), [account, account]);
      await bank.submit(file);
      await bank.submit(file);

      const reported = await bank.statuses(file.batchId, idsIn(file));

      expect(reported).toHaveLength(2);
      expect(reported).toEqual(
        expect.arrayContaining(idsIn(file).map((instructionId) => ({ instructionId, status: 'settled' }))),
      );
    });

    it('receives it once when it is handed over twice at the same time', async () => {
      const file = fileWith(newRequestId(), [account]);

      await Promise.all([bank.submit(file), bank.submit(file)]);

      expect(await bank.statuses(file.batchId, idsIn(file))).toHaveLength(1);
    });

    it('does not take another file under a known id', async () => {
      const file = fileWith(newRequestId(), [account]);
      await bank.submit(file);

      await expect(bank.submit({ ...file, controlSumMinor: '999', text: `${file.text} ` })).rejects.toThrow(
        'another file',
      );
      expect(await bank.statuses(file.batchId, idsIn(file))).toHaveLength(1);
    });

    it('has no word on instructions it never received', async () => {
      expect(await bank.statuses(newRequestId(), ['never-sent-t1-1'])).toEqual([]);
    });
  });
};
