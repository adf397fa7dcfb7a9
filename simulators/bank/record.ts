// What the simulated bank's journal holds: files it took with what it will say of each payment, and how it was told to behave.
import { z } from 'zod';
import { behaviourSchema } from './behaviour.js';

const payment = z.object({
  endToEndId: z.string(),
  amountMinor: z.string(),
  iban: z.string(),
  accountId: z.string(),
  status: z.enum(['ACSC', 'RJCT', 'UNKN']),
  reasonCode: z.string().optional(),
  /** Before this instant the bank says nothing. */
  answersAtMs: z.number(),
});
const file = z.object({
  kind: z.literal('file'),
  messageId: z.string(),
  sha256: z.string(),
  debtorIban: z.string(),
  receivedAtMs: z.number(),
  payments: z.array(payment),
});
export const bankEntry = z.discriminatedUnion('kind', [
  file,
  z.object({ kind: z.literal('behaviour'), behaviour: behaviourSchema }),
]);
export type BankEntry = z.output<typeof bankEntry>;
export type BankFile = z.output<typeof file>;
export type BankPayment = z.output<typeof payment>;

/** What was paid for one instruction, and how often: more than once is a payment made twice. */
export type Paid = Pick<BankPayment, 'endToEndId' | 'amountMinor' | 'status'> & { readonly times: number };

export const paidIn = (files: Iterable<BankFile>): Paid[] => {
  const paid = new Map<string, Paid>();
  for (const { payments } of files)
    for (const { endToEndId, amountMinor, status } of payments) {
      const times = (paid.get(endToEndId)?.times ?? 0) + (status === 'ACSC' ? 1 : 0);
      paid.set(endToEndId, { endToEndId, amountMinor, times, status });
    }
  return [...paid.values()];
};
