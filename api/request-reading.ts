// Shared by all routes that read a request: their documentation, and who may read it at all.
import { nothing } from './endpoint.js';
import type { Call } from './endpoint.js';
import type { Audience } from './access.js';
import { requireAudience } from './access.js';
import { Problem } from './problem.js';
import type { RequestRecord } from '../persistence/request.reads.js';

export const aboutRequests = { method: 'get', tag: 'requests', roles: [], success: 200, body: nothing } as const;
export const requestSubject = ({ requestId }: { requestId: string }) => ({ kind: 'request', id: requestId }) as const;
export const privately = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization' } as const;

/** Absent and not the caller's to see look the same. */
export const readable = (
  record: RequestRecord | null,
  { caller }: Call,
): { readonly record: RequestRecord; readonly audience: Audience } => {
  if (record === null) throw new Problem('notFound');
  return { record, audience: requireAudience(caller, record) };
};
