// What the routes are given: the ports to the workflow and to the read model, and the settings they answer by.
import type { Cursors } from './cursor.js';
import type { GrantGateway } from './grant-gateway.js';
import type { Logger } from '../platform/logger.js';
import type { Metrics } from './metrics.js';
import type { NgoRegistry } from './ngo-registry.js';
import type { ReadAfterWrite, Readable, ReadModel } from './read-after-write.js';

export type RouteDeps = {
  readonly mode: 'demo' | 'production';
  readonly gateway: GrantGateway;
  readonly readAfterWrite: ReadAfterWrite;
  readonly readWaitMs: number;
  readonly cursors: Cursors;
  readonly token: { readonly key: string; readonly hours: number };
  /** For keyed hashes of accounts; never shown. */
  readonly identityKey: string;
  readonly metrics: Metrics;
  readonly ngoRegistry: NgoRegistry;
  /** Where people outside reach the API; printed on letters. */
  readonly publicUrl: string;
  readonly log: Logger;
};

/** Whether the answer to a command can be read already; not waited for when the caller does not want to. */
export const readModelAfter = async (
  { readAfterWrite, readWaitMs, metrics }: RouteDeps,
  written: Readable,
  waits: boolean,
): Promise<ReadModel> => {
  if (!waits || readWaitMs === 0) return 'behind';
  const startedAt = performance.now();
  const answer = await readAfterWrite.wait(written, readWaitMs);
  metrics.readModel(answer, (performance.now() - startedAt) / 1000);
  return answer;
};
