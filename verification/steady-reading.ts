// Reading something that may move while it is read: again a few times, then patiently, with a word to whoever waits.
import { CouldNotRead } from './could-not-read.js';
import type { Gathered, RequestSource } from './request-evidence.js';
import { gatherRequest } from './request-evidence.js';
import type { RequestEvidence } from '../domain/invariants/evidence.js';

const quickReads = 3;

export type Patience = { readonly ms: number; readonly lookEveryMs: number; readonly say: (text: string) => void };

/** Recorded and live agree, and nothing moved between the first and the last look. */
const isQuiet = ({ versions: { before, after, live, unrecorded } }: Gathered): boolean =>
  before === after && live === after && unrecorded === 0;

const marked = ({ versions }: Gathered): string => JSON.stringify(versions);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * The evidence once the request stands still. One that stands still without its parts agreeing is given as it is: that is
 * what the verification looks for. One that keeps moving could not be read.
 */
export const readSteadily = async (
  requestId: string,
  source: RequestSource,
  { ms, lookEveryMs, say }: Patience,
): Promise<RequestEvidence> => {
  let seen = await gatherRequest(requestId, source);
  for (let reads = 1; reads < quickReads && !isQuiet(seen); reads += 1) seen = await gatherRequest(requestId, source);
  if (isQuiet(seen)) return seen.evidence;
  const { after, live, unrecorded } = seen.versions;
  say(`request ${requestId} moves (recorded ${after}, live ${live}, unrecorded ${unrecorded}); waiting for quiet`);
  const until = Date.now() + ms;
  let still = Date.now();
  while (Date.now() < until) {
    await pause(lookEveryMs);
    const next = await gatherRequest(requestId, source);
    if (isQuiet(next)) return next.evidence;
    if (marked(next) !== marked(seen)) still = Date.now();
    seen = next;
  }
  if (still > until - ms / 2) throw new CouldNotRead(`request ${requestId} kept moving for ${ms / 1000} s`);
  return seen.evidence;
};
