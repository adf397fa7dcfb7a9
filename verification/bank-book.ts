// What the bank says it paid: the simulator over HTTP where there is one, else the bank that lives in the worker.
import { z } from 'zod';
import type { BankPayment } from '../domain/invariants/evidence.js';
import { simulatedPayments, simulatedPaymentsOf } from '../persistence/evidence.reads.js';
import { reading } from './could-not-read.js';

export type BankBook = {
  readonly pages: (size: number) => AsyncIterable<readonly BankPayment[]>;
  readonly of: (ids: readonly string[]) => Promise<ReadonlyMap<string, BankPayment>>;
};

/** `times` is the simulator's word for the count; a payment it calls unknown may have been made or not. */
const payment = z
  .object({
    endToEndId: z.string(),
    amountMinor: z.string(),
    count: z.int().min(0).optional(),
    times: z.int().min(0).optional(),
    status: z.string().optional(),
  })
  .refine(({ count, times }) => count !== undefined || times !== undefined, { error: 'says not how often' })
  .transform(({ endToEndId, amountMinor, count, times, status }): BankPayment => {
    const paid = count ?? times ?? 0;
    return { endToEndId, amountMinor, count: paid === 0 && status === 'UNKN' ? null : paid };
  });
/** With or without a name around the list. */
const payments = z.union([
  z.object({ payments: z.array(payment) }),
  z.array(payment).transform((list) => ({ payments: list })),
]);

const byId = (list: readonly BankPayment[]): ReadonlyMap<string, BankPayment> =>
  new Map(list.map((payment) => [payment.endToEndId, payment]));

export const bankOver = (url: string): BankBook => {
  let read: Promise<ReadonlyMap<string, BankPayment>> | undefined;
  const all = () =>
    (read ??= reading(`the bank at ${url}`, async () => {
      const reply = await fetch(`${url.replace(/\/+$/, '')}/payments`, { signal: AbortSignal.timeout(60_000) });
      if (!reply.ok) throw new Error(`it answered ${reply.status}`);
      return byId(payments.parse(await reply.json()).payments);
    }));
  return {
    pages: async function* () {
      yield [...(await all()).values()];
    },
    of: all,
  };
};

type Answered = Awaited<ReturnType<typeof simulatedPaymentsOf>>[number];

/** A payment it is unsure of may have been made or not: nothing follows from it. */
const paymentOf = ({ _id, amountMinor, answer: word }: Answered): BankPayment => ({
  endToEndId: _id,
  count: word === 'unknown' ? null : word === 'settled' ? 1 : 0,
  amountMinor,
});

export const bankInWorker = (): BankBook => ({
  pages: async function* (size) {
    for await (const page of simulatedPayments(size, new Date())) yield page.map(paymentOf);
  },
  of: async (ids) => byId((await simulatedPaymentsOf(ids)).map(paymentOf)),
});
