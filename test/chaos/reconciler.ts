// A reconciler of the campaign: looks every few seconds for payments that the bank was unclear about, asks what became of each, and
// says so. Without somebody like that an unknown payment waits for ever, as it must.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { ApiClient } from '../../cli/api-client.js';
import { bodyAs } from '../../cli/api-client.js';
import { Unexpected } from '../../cli/driving/unexpected.js';

export type Reconciler = { readonly close: () => Promise<void> };

const as = 'reconciler-1';
const lookEveryMs = 3_000;

const batches = z.looseObject({ items: z.array(z.looseObject({ id: z.string() })) });
const batch = z.looseObject({
  version: z.int(),
  lines: z.array(z.looseObject({ instructionId: z.string(), status: z.string() })),
});
const paid = z.object({ payments: z.array(z.looseObject({ endToEndId: z.string() })) });

/** As a person would on the telephone: the bank's own list of what it paid, whatever its messages said. */
const paidAt = async (bankUrl: string): Promise<ReadonlySet<string>> => {
  const response = await fetch(`${bankUrl}/payments`);
  return new Set(paid.parse(await response.json()).payments.map(({ endToEndId }) => endToEndId));
};

const readAs = async <T>(api: ApiClient, path: string, schema: z.ZodType<T>): Promise<T | null> => {
  const answer = await api.call({ name: 'readForReconciling', method: 'GET', path, as });
  return answer.problem === null ? bodyAs(schema, answer, path) : null;
};

const resolve = async (api: ApiClient, bankUrl: string, id: string): Promise<void> => {
  const found = await readAs(api, `/v1/payment-batches/${id}`, batch);
  for (const { instructionId, status } of found?.lines ?? []) {
    if (status !== 'unknown') continue;
    const body = {
      ...{ expectedVersion: found?.version ?? 0, instructionId, reason: 'asked the bank' },
      status: (await paidAt(bankUrl)).has(instructionId) ? 'settled' : 'rejected',
    };
    // A refusal is no matter: the bank has spoken clearly in the meantime, or the next look sees a newer version.
    await api.call({
      name: 'resolveUnknown',
      method: 'POST',
      path: `/v1/payment-batches/${id}/unknown-resolutions`,
      as,
      body,
    });
  }
};

const look = async (api: ApiClient, bankUrl: string): Promise<void> => {
  const open = await readAs(api, '/v1/payment-batches?state=sent', batches);
  for (const { id } of open?.items ?? []) await resolve(api, bankUrl, id);
};

/** What a fault took from it is looked at again the next time. */
const isOfTheFaults = (error: unknown): boolean =>
  error instanceof Unexpected || (error instanceof TypeError && error.message === 'fetch failed');

export const openReconciler = (api: ApiClient, bankUrl: string): Reconciler => {
  let isOpen = true;
  const work = async (): Promise<void> => {
    while (isOpen) {
      await pause(lookEveryMs);
      await look(api, bankUrl).catch((error: unknown) => {
        if (!isOfTheFaults(error)) throw error;
      });
    }
  };
  const working = work();
  // Kept for close(), which says what broke.
  working.catch(() => undefined);
  return {
    close: async () => {
      isOpen = false;
      await working;
    },
  };
};
