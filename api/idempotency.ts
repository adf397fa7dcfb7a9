// One effect per Idempotency-Key. The record here coordinates processes and keeps answers; that a repeated command has one
// effect is guaranteed further in, by the update id derived from the key and by the key in the workflow's state.
import type { OperationDocument } from '../persistence/operation.model.js';
import {
  claimOperation,
  finishOperation,
  forgetOperation,
  releaseOperation,
  takeOverOperation,
} from '../persistence/operation.repository.js';
import { isOutage, seemsReachable } from '../persistence/outage.js';
import { canonical, sha256 } from '../platform/hashing.js';
import type { Logger } from '../platform/logger.js';
import type { Answer, Call, ChangingCall, Endpoint, Prepared } from './endpoint.js';
import { Problem, statuses } from './problem.js';

const keyPattern = /^[A-Za-z0-9_-]{16,64}$/;
const keptForMs = 30 * 24 * 3_600_000;
/** Beyond its own deadline a process needs a moment to write the answer down. */
const graceMs = 4_000;

export const requireKey = (header: string | undefined): string => {
  if (header === undefined || !keyPattern.test(header)) throw new Problem('idempotencyKeyMissing');
  return header;
};

/** Scope of a key: actor, route and object. Of the key Temporal sees nothing but this; it is update id and key of the command. */
export const operationIdOf = (personId: string, operation: string, object: unknown, key: string): string =>
  sha256(['sanad-operation-v1', personId, operation, canonical(object), key].join('\n')).slice(0, 32);

/** Thrown by handlers when the deadline passed before an answer: what happened is not known, so nothing is claimed. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown';
}

type Once = {
  readonly call: Call;
  readonly endpoint: Extract<Endpoint, { access: 'changing' }>;
  readonly prepared: Prepared<ChangingCall>;
  readonly key: string;
};
export type Idempotency = (once: Once) => Promise<Answer>;

type Settings = { readonly decisionDeadlineMs: number; readonly log: Logger };
type Work = Once & Settings & { readonly id: string; readonly fingerprint: string };

const replayed = ({ status, body, headers }: OperationDocument): Answer => ({
  status: status ?? 200,
  body,
  headers: { ...headers, 'Idempotent-Replayed': 'true' },
});

const recordOf = ({ call, endpoint, prepared, id, fingerprint }: Work, now: Date, deadlineAt: Date) => ({
  _id: id,
  kind: endpoint.operationId,
  personId: call.caller.personId,
  subject: prepared.subject ?? { kind: 'person', id: call.caller.personId },
  workflowId: prepared.workflowId(id),
  fingerprint,
  now,
  deadlineAt,
  expiresAt: endpoint.keys === 'for-ever' ? null : new Date(now.getTime() + keptForMs),
});

/** An answer from before, or null when the work is ours to do. */
const claim = async (work: Work): Promise<Answer | null> => {
  const now = new Date();
  const deadlineAt = new Date(now.getTime() + work.decisionDeadlineMs + graceMs);
  const found = await claimOperation(recordOf(work, now, deadlineAt));
  if (found === null) return null;
  if (found.fingerprint !== work.fingerprint) throw new Problem('keyReusedWithOtherContent');
  if (found.state === 'succeeded') return replayed(found);
  // Left behind by a process that died, or answered 202: the same content may look again, the update id makes it safe.
  const ours = found.deadlineAt <= now && (await takeOverOperation(found, { now, deadlineAt }));
  if (!ours) throw new Problem('keyInProgress');
  return null;
};

/** A record that cannot be changed now costs a later repeat a second look, never a second effect. */
const afterwards = async ({ log }: Settings, change: () => Promise<void>): Promise<void> => {
  try {
    if (seemsReachable()) await change();
  } catch (error) {
    if (!isOutage(error)) throw error;
    log.warn({ err: error }, 'an idempotency record was not brought up to date');
  }
};

/** Refusals and bad input are answers; outages and defects leave open what happened. */
const isDefinite = (error: unknown): boolean => error instanceof Problem && statuses[error.trueCode] < 500;

export const operationPath = (id: string): string => `/v1/operations/${id}`;

const outcomeUnknown = ({ id, endpoint }: Work): Answer => {
  const at = new Date().toISOString();
  const progress = { done: 0, total: 1, unit: 'command', startedAt: at, updatedAt: at };
  return {
    status: 202,
    body: { id, kind: endpoint.operationId, state: 'running', ...progress },
    headers: { Location: operationPath(id), 'Retry-After': '1' },
  };
};

const carryOut = async (work: Work): Promise<Answer> => {
  const { id, fingerprint, call, prepared } = work;
  try {
    const answer = await prepared.run({ ...call, operation: { id, fingerprint } });
    const { status, body = null, headers = {} } = answer;
    await afterwards(work, () => finishOperation(id, { status, body, headers }, new Date()));
    return answer;
  } catch (error) {
    await afterwards(work, () => (isDefinite(error) ? forgetOperation(id) : releaseOperation(id, new Date())));
    if (error instanceof OutcomeUnknown) return outcomeUnknown(work);
    throw error;
  }
};

export const createIdempotency =
  (settings: Settings): Idempotency =>
  async (once) => {
    const { call, endpoint, prepared, key } = once;
    const id = operationIdOf(call.caller.personId, endpoint.operationId, prepared.object, key);
    const work: Work = { ...once, ...settings, id, fingerprint: sha256(canonical(prepared.content)) };
    const workflowRemembers = prepared.workflowId(id) !== null;
    try {
      const earlier = workflowRemembers && !seemsReachable() ? null : await claim(work);
      if (earlier) return earlier;
    } catch (error) {
      if (!workflowRemembers || !isOutage(error)) throw error;
      settings.log.warn({ err: error, operation: endpoint.operationId }, 'only the workflow remembers this key');
    }
    return carryOut(work);
  };
