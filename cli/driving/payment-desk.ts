// The payment desk of a demo: one finance officer builds batches of what was released, a payment releaser checks and releases
// them, batch after batch, while anybody waits for money.
import { z } from 'zod';
import type { ApiCall, ApiClient } from '../api-client.js';
import { bodyAs } from '../api-client.js';
import { Unexpected, stepOf, wordsOf } from './unexpected.js';

export type PaymentDesk = {
  /** A released instruction was seen; asked again about the same one, nothing more happens. */
  readonly ask: (instruction: string) => void;
  /** Ends after the batch in hand. Whatever went wrong is in `faults`. */
  readonly close: () => Promise<void>;
  readonly batches: () => { readonly batches: number; readonly payments: number };
  readonly faults: () => readonly Unexpected[];
};

const batchLimit = 50;
const patienceMs = 30_000;
/** The checker of one batch never builds another: two people, whatever batches they are. */
const builder = 'finance-officer-1';
const releaser = 'payment-releaser-1';

const built = z.looseObject({ batchId: z.string() });
const batchPage = z.looseObject({
  id: z.string(),
  version: z.int(),
  state: z.string(),
  count: z.int(),
  builtBy: z.string(),
  controlSum: z.object({ amountMinor: z.string() }),
});
type BatchPage = z.output<typeof batchPage>;

const refused = (call: ApiCall, expected: string, got: string): Unexpected =>
  new Unexpected({ requestId: null, step: stepOf(call), expected, got });

const build = async (api: ApiClient): Promise<string> => {
  const call = {
    name: 'buildBatch',
    method: 'POST',
    path: '/v1/payment-batches',
    as: builder,
    body: { limit: batchLimit },
  } as const;
  const answer = await api.call(call);
  if (answer.problem) throw refused(call, 'a batch', wordsOf(answer));
  return bodyAs(built, answer, call.name).batchId;
};

/** A batch is there for reading once its instructions are claimed and recorded. */
const readBuilt = async (api: ApiClient, batchId: string): Promise<BatchPage> => {
  const path = `/v1/payment-batches/${batchId}?minVersion=1`;
  const call = { name: 'readPaymentBatch', method: 'GET', path, as: releaser } as const;
  for (const until = Date.now() + patienceMs; Date.now() < until; ) {
    const answer = await api.call(call);
    if (answer.problem === null) return bodyAs(batchPage, answer, call.name);
    if (answer.status !== 404) throw refused(call, 'the batch', wordsOf(answer));
  }
  throw refused(call, 'the batch', `nothing within ${patienceMs} ms`);
};

const releaseBatch = async (api: ApiClient, { id, version, count, controlSum }: BatchPage): Promise<void> => {
  const body = { expectedVersion: version, count, controlSumMinor: controlSum.amountMinor };
  const path = `/v1/payment-batches/${id}/release`;
  const call = { name: 'releaseBatch', method: 'POST', path, as: releaser, body } as const;
  const answer = await api.call(call);
  if (answer.problem) throw refused(call, 'released', wordsOf(answer));
};

const waitingBatches = z.looseObject({ items: z.array(batchPage) });

/** A driver that was ended between building and releasing left its batch waiting, and with it the requests in it. */
export const releaseLeftovers = async (api: ApiClient): Promise<void> => {
  const path = '/v1/payment-batches?state=awaiting-release';
  const call = { name: 'listPaymentBatches', method: 'GET', path, as: releaser } as const;
  const answer = await api.call(call);
  if (answer.problem) throw refused(call, 'a list', wordsOf(answer));
  const { items } = bodyAs(waitingBatches, answer, call.name);
  for (const batch of items) if (batch.builtBy === builder) await releaseBatch(api, batch);
};

export const openPaymentDesk = (api: ApiClient): PaymentDesk => {
  const asked = new Set<string>();
  const faults: Unexpected[] = [];
  let waiting = 0;
  let batches = 0;
  let payments = 0;
  let isOpen = true;
  let wake = (): void => undefined;

  const oneBatch = async (): Promise<void> => {
    waiting = 0;
    const page = await readBuilt(api, await build(api));
    // Empty: somebody else's batch took what was waiting.
    if (page.count === 0) return;
    await releaseBatch(api, page);
    batches += 1;
    payments += page.count;
    if (page.count === batchLimit) waiting += 1; // there may be more than fitted in
  };

  const work = async (): Promise<void> => {
    while (isOpen) {
      if (waiting === 0) await new Promise<void>((resolve) => (wake = resolve));
      else
        await oneBatch().catch((error: unknown) => {
          if (!(error instanceof Unexpected)) throw error;
          faults.push(error);
        });
    }
  };
  const working = work();
  // Kept for close(): a desk that breaks must not end the process in between.
  working.catch(() => undefined);

  return {
    ask: (instruction) => {
      if (asked.has(instruction)) return;
      asked.add(instruction);
      waiting += 1;
      wake();
    },
    close: async () => {
      isOpen = false;
      wake();
      await working;
    },
    batches: () => ({ batches, payments }),
    faults: () => faults,
  };
};
