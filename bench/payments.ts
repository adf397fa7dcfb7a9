// The Fund's money people while a measurement runs: whenever payments wait, one builds a batch of up to 50 and another releases it.
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { inTurn } from '../persistence/in-turn.js';
import { paymentInstructionCollection } from '../persistence/payment-instruction.model.js';
import type { Site } from './field.js';
import type { Answer } from './http.js';
import { benchPeople } from './l16.js';
import { bodyOf } from './drivers/product.js';

/** How long the officer lets payments gather before building the next batch. */
export const gatherMs = 50;
const mostPerBatch = 50;

const built = z.looseObject({ batchId: z.string() });
const batch = z.looseObject({
  version: z.int(),
  state: z.string(),
  count: z.int(),
  controlSum: z.looseObject({ amountMinor: z.string() }),
});

/** There is one connection: the officer looks for payments on it, and measures of other databases take it over for a while. */
export const onOneDatabase = <T>(work: () => Promise<T>): Promise<T> => inTurn('the connection', work);

export type Payments = { readonly batchIds: readonly string[]; readonly stop: () => Promise<void> };

const isWaiting = async (): Promise<boolean> => {
  const open = { state: 'released', held: false, live: true } as const;
  return (await paymentInstructionCollection().findOne(open, { projection: { _id: 1 } })) !== null;
};

const payOnce = async ({ http, tokenOf }: Site): Promise<string> => {
  const finance = tokenOf(benchPeople.finance);
  const releaser = tokenOf(benchPeople.releaser);
  const path = '/v1/payment-batches';
  const post = (place: string, token: string, body: unknown) =>
    http.call({ method: 'POST', path: place, token, body, key: randomUUID() });
  const { batchId } = bodyOf(built, await post(path, finance, { limit: mostPerBatch }), 'building a batch');
  const place = `${path}/${batchId}`;
  const read = (): Promise<Answer> => http.call({ method: 'GET', path: `${place}?minVersion=1`, token: releaser });
  let answer = await read();
  while (answer.status === 404) answer = await read(); // not recorded yet; the API waited a bounded time for it
  const { version: expectedVersion, state, count, controlSum } = bodyOf(batch, answer, 'a batch');
  if (state === 'empty') return batchId;
  const body = { expectedVersion, count, controlSumMinor: controlSum.amountMinor };
  bodyOf(z.unknown(), await post(`${place}/release`, releaser, body), 'a release');
  return batchId;
};

/** Runs until it is stopped. A fault ends it and is thrown by `stop`: requests would wait for their money for ever. */
export const startPayments = (site: Site, failed: (error: unknown) => void): Payments => {
  const batchIds: string[] = [];
  let going = true;
  const loop = async (): Promise<void> => {
    while (going) {
      await pause(gatherMs);
      await onOneDatabase(async () => {
        if (await isWaiting()) batchIds.push(await payOnce(site));
      });
    }
  };
  const running = loop();
  running.catch(failed);
  return {
    batchIds,
    stop: async () => {
      going = false;
      await running;
    },
  };
};
