// A bank for demo and tests behind the port of bank.ts. Its behaviour follows from the account alone, so that runs repeat.
import type { BankPaymentDocument } from '../persistence/simulated-bank.store.js';
import { answeredPayments, bankFile, keepBankFile } from '../persistence/simulated-bank.store.js';
import type { Bank, PaymentFile, PaymentLine } from './bank.js';
import { canonical, sha256 } from '../platform/hashing.js';

export type SimulatedBankOptions = {
  /** From receiving a file to the first word on it. */
  readonly delayMs: number;
  readonly now?: () => Date;
};

const slowMs = 3_600_000;
/** ISO 20022 reason code: account number invalid or missing. */
const closedAccount = 'AC04';

const isReplacement = ({ instructionId }: PaymentLine): boolean => !instructionId.endsWith('-1');

type Answer = Pick<BankPaymentDocument, 'answer' | 'code'> & { readonly afterMs: number };

/** Accounts ending in `-reject` bounce a tranche's first instruction, `-unknown` stay open, `-slow` take an hour. */
const answerFor = (line: PaymentLine, delayMs: number): Answer => {
  const account = line.accountId ?? '';
  const settled = { answer: 'settled', code: null } as const;
  if (account.endsWith('-reject') && !isReplacement(line))
    return { answer: 'rejected', code: closedAccount, afterMs: delayMs };
  if (account.endsWith('-unknown')) return { answer: 'unknown', code: null, afterMs: delayMs };
  return account.endsWith('-slow') ? { ...settled, afterMs: slowMs } : { ...settled, afterMs: delayMs };
};

/** It knows a file by what it pays: tests hand it files without a text. */
const fileSha256Of = ({ batchId, count, controlSumMinor, lines }: PaymentFile): string =>
  sha256(canonical({ batchId, count, controlSumMinor, lines }));

export const createSimulatedBank = ({ delayMs, now = () => new Date() }: SimulatedBankOptions): Bank => {
  const keep = async (file: PaymentFile, fileSha256: string): Promise<Date> => {
    const receivedAt = now();
    const payments = file.lines.map((line): BankPaymentDocument => {
      const { answer, code, afterMs } = answerFor(line, delayMs);
      const { instructionId: _id, amountMinor, accountId } = line;
      const answersAt = new Date(receivedAt.getTime() + afterMs);
      return { _id, batchId: file.batchId, amountMinor, accountId, answer, code, answersAt };
    });
    await keepBankFile({ _id: file.batchId, fileSha256, receivedAt }, payments);
    return receivedAt;
  };
  return {
    submit: async (file) => {
      const fileSha256 = fileSha256Of(file);
      const known = await bankFile(file.batchId);
      if (known && known.fileSha256 !== fileSha256) throw new Error(`the bank has another file under ${file.batchId}`);
      return { receivedAt: known?.receivedAt ?? (await keep(file, fileSha256)) };
    },
    statuses: async (batchId, instructionIds) => {
      const answered = await answeredPayments(batchId, instructionIds, now());
      return answered.map(({ _id: instructionId, answer: status, code }) => ({
        instructionId,
        status,
        ...(code === null ? {} : { code }),
      }));
    },
  };
};
