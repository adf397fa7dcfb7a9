// What the edge may know of a request beside the command itself: its read model, and what a refusal may tell this caller.
import type { Actor } from '../domain/actor.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { draftById } from '../persistence/draft.repository.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import { requestById } from '../persistence/request.reads.js';
import type { Located } from './access.js';
import { audienceFor, isFundWide } from './access.js';
import type { RouteDeps } from './deps.js';
import type { Outcome } from './grant-gateway.outcome.js';
import { OutcomeUnknown } from './idempotency.js';
import { Problem, problemOf } from './problem.js';

/** As long as a caller's `minVersion` is waited for. */
export const versionWaitMs = 2_000;

/** The read model at least as new as what the caller saw, or as new as it gets in a bounded time. */
export const recordAtLeast = async (
  { readAfterWrite }: RouteDeps,
  requestId: string,
  version: number,
): Promise<RequestRecord | null> => {
  const record = await requestById(requestId);
  if (version === 0 || (record !== null && record.version >= version)) return record;
  const answer = await readAfterWrite.wait({ collection: 'requests', id: requestId, version }, versionWaitMs);
  return answer === 'current' || record === null ? requestById(requestId) : record;
};

/** A draft has its request's id, and is there before anything of the request can be read. */
const whereIs = async (requestId: string): Promise<Located | null> => {
  const record = await requestById(requestId);
  if (record) return record;
  const draft = await draftById(requestId);
  return draft ? { organisationId: draft.organisationId, governorates: [] } : null;
};

/** A refusal would tell people that the request exists; to those who may not see it, there is nothing. */
const refusalFor = async (caller: Actor, requestId: string, refusal: Refusal): Promise<Problem> => {
  // Back-pressure is said only of a command that every rule would let through, so it gives nothing away.
  if (isFundWide(caller) || refusal.code === 'recordingBehind') return problemOf(refusal);
  const located = await whereIs(requestId);
  return problemOf(refusal, located === null || audienceFor(caller, located) === null);
};

const absence = async (caller: Actor, requestId: string): Promise<Problem> => {
  const record = await requestById(requestId);
  if (record === null) return new Problem('notFound');
  // Recorded but not running and not ended: Temporal has lost or not yet restored it. Nobody's fault who asks.
  if (record.outcome === null)
    return new Problem('unavailable', {}, { cause: new Error(`no workflow for ${requestId}`) });
  return refusalFor(caller, requestId, refuse('requestEnded', record.outcome).refusal);
};

/** The acknowledgement, or the fitting problem. */
export const acknowledged = async <A>(outcome: Outcome<A>, caller: Actor, requestId: string): Promise<A> => {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.ack;
    case 'refused':
      throw await refusalFor(caller, requestId, outcome.refusal);
    case 'unknown':
      throw new OutcomeUnknown();
    case 'absent':
      throw await absence(caller, requestId);
  }
};

/**
 * A friendly check says no before the workflow is asked. It must not contradict an earlier yes to the same key: what the
 * first sending changed may be the very reason for the no.
 */
export const refuseUnlessAnswered = async (
  { gateway }: RouteDeps,
  requestId: string,
  key: string,
  problem: Problem,
): Promise<void> => {
  const earlier = await gateway.lookUp({ kind: 'request', id: requestId }, key);
  if (earlier.kind !== 'accepted') throw problem;
};
