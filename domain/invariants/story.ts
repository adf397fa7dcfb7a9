// The state of a request before and after each of its recorded entries, folded from the audit trail alone.
import { applyEntry } from '../apply.js';
import type { Entry } from '../audit-entry.js';
import type { GrantRequest } from '../grant-request.js';
import { emptyRequest } from '../grant-request.js';
import type { Plan } from '../plan.js';
import type { RequestEvidence } from './evidence.js';

export type Told = {
  readonly entry: Entry & { readonly planHash: string };
  readonly before: GrantRequest;
  readonly after: GrantRequest;
};

/** Stops where an entry can no longer be folded; what is wrong with it the chain tells. */
export const storyOf = ({ requestId, chain }: Pick<RequestEvidence, 'requestId' | 'chain'>): Told[] => {
  const story: Told[] = [];
  // The moments of the empty request never show: the first entry sets position and deadlines.
  let before = emptyRequest(requestId, chain[0]?.atMs ?? 0, chain[0]?.atMs ?? 0);
  for (const entry of chain) {
    const after = applyEntry(before, entry);
    story.push({ entry, before, after });
    before = after;
  }
  return story;
};

export const planOf = ({ plans }: Pick<RequestEvidence, 'plans'>, hash: string | undefined): Plan | null =>
  hash === undefined ? null : (plans[hash] ?? null);
