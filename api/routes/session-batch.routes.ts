// One call for many items of a session: each item is a command of its own with its own key, and the answer says what became of each.
import { z } from 'zod';
import { itemFault } from '../../domain/approval/session.js';
import type { CommitteeSession } from '../../domain/approval/session.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { permissions } from '../../domain/permissions.js';
import { refuse } from '../../domain/refusal.js';
import { sessionById } from '../../persistence/session.repository.js';
import { canonical, sha256 } from '../../platform/hashing.js';
import { requireRole } from '../access.js';
import { noteRefusal } from '../attempts.js';
import type { CommandRow } from '../command-endpoint.js';
import { acknowledgement, carryOut } from '../command-endpoint.js';
import type { requestParams, AcknowledgementBody } from '../command-endpoint.js';
import { castVoteRow, closeItemRow, openItemRow } from '../committee-commands.js';
import type { RouteDeps } from '../deps.js';
import type { ChangingCall, Documentation, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing } from '../endpoint.js';
import { OutcomeUnknown } from '../idempotency.js';
import { messagesOf, Problem, problemCodes, problemOf, statuses } from '../problem.js';
import type { ProblemCode } from '../problem.js';
import type { CommandInput } from '../schemas/command.schema.js';
import { refuseUnlessAnswered } from '../situation.js';
import * as schema from '../schemas/session.schema.js';
import { id } from '../schemas/text.schema.js';
import { sessionExamples } from '../session-examples.js';
import { sessionParams, sessionSubject } from './session.routes.js';

const outcome = z.object({
  requestId: id,
  accepted: acknowledgement.nullable(),
  refused: z
    .object({
      code: z.enum(problemCodes),
      rule: z.string().nullable(),
      accepted: z.string().nullable(),
      messages: z.object({ ar: z.string(), en: z.string() }),
    })
    .nullable(),
});
type Outcome = z.output<typeof outcome>;
const outcomes = z.object({ items: z.array(outcome) }).meta({ id: 'ItemOutcomes' });

const acceptedOutcome = (requestId: string, accepted: AcknowledgementBody): Outcome => ({
  requestId,
  accepted,
  refused: null,
});
const refusedOutcome = (requestId: string, { code, details }: Problem): Outcome => ({
  requestId,
  accepted: null,
  refused: { code, rule: details.rule ?? null, accepted: details.accepted ?? null, messages: messagesOf(code) },
});

type Item<B> = { readonly requestId: string; readonly body: B };
type Run<B> = {
  readonly deps: RouteDeps;
  readonly kind: PersonCommandKind;
  readonly session: CommitteeSession;
  readonly call: ChangingCall;
  readonly send: (item: Item<B>, call: ChangingCall) => Promise<AcknowledgementBody>;
};

/** The item's own key: the same batch sent again meets the same commands. */
const callFor = <B>(call: ChangingCall, { requestId, body }: Item<B>): ChangingCall => ({
  ...call,
  operation: {
    id: sha256(`sanad-item-v1\n${call.operation.id}\n${requestId}`).slice(0, 32),
    fingerprint: sha256(canonical(body)),
  },
});

const one = async <B>(run: Run<B>, item: Item<B>): Promise<Outcome> => {
  const { deps, kind, session, call, send } = run;
  const { requestId } = item;
  try {
    const own = callFor(call, item);
    const fault = itemFault(session, requestId);
    if (fault) await refuseUnlessAnswered(deps, requestId, own.operation.id, problemOf(fault.refusal));
    return acceptedOutcome(requestId, await send(item, own));
  } catch (error) {
    // Refusals are outcomes of their item; an outage or an unknown outcome leaves the whole call to be sent again.
    if (!(error instanceof Problem) || statuses[error.trueCode] >= 500) throw error;
    const subject = { kind: 'request', id: requestId } as const;
    await noteRefusal(error, { caller: call.caller, command: kind, callId: call.id, subject }, deps.log);
    return refusedOutcome(requestId, error);
  }
};

/** So many updates at a time; the others wait their turn. */
const lanes = 8;

const runAll = async <B>(run: Run<B>, items: readonly Item<B>[]): Promise<Outcome[]> => {
  const done = new Map<string, Outcome>();
  const faults: Error[] = [];
  const queue = [...items];
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift())
      await one(run, item).then(
        (result) => void done.set(result.requestId, result),
        (error: unknown) => void faults.push(error instanceof Error ? error : new Error(String(error))),
      );
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  // What is not known is said of the whole: the same key sends the rest and finds what was done.
  const worst = faults.find((fault) => !(fault instanceof OutcomeUnknown)) ?? faults[0];
  if (worst !== undefined) throw worst;
  return items.flatMap(({ requestId }) => done.get(requestId) ?? []);
};

const problems: readonly ProblemCode[] = [
  ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notYourRole', 'notFound', 'conditionsNotMet'] as const),
  ...(['keyInProgress', 'keyReusedWithOtherContent', 'tooManyRequests', 'recordingBehind', 'unavailable'] as const),
];

type BatchRow<K extends PersonCommandKind, B extends z.ZodType<CommandInput>, S extends z.ZodType> = Pick<
  Documentation,
  'operationId' | 'summary'
> & {
  readonly row: CommandRow<K, typeof requestParams, B>;
  readonly path: string;
  readonly body: S;
  readonly examples: NonNullable<Documentation['examples']>;
  readonly itemsOf: (body: z.output<S>, sessionId: string) => readonly Item<z.output<B>>[];
};

const batchEndpoint = <K extends PersonCommandKind, B extends z.ZodType<CommandInput>, S extends z.ZodType>(
  deps: RouteDeps,
  { row, path, itemsOf, ...about }: BatchRow<K, B, S>,
): Endpoint =>
  changeEndpoint(
    {
      ...about,
      method: 'post',
      path: `/sessions/{sessionId}${path}`,
      tag: 'sessions',
      roles: permissions[row.kind].roles,
      problems,
      success: 200,
      response: outcomes,
      params: sessionParams,
      query: nothing,
      keys: 'a-while',
      subject: sessionSubject,
    },
    async ({ params: { sessionId }, body }, call) => {
      requireRole(call.caller, permissions[row.kind].roles);
      const session = await sessionById(sessionId);
      if (session === null) throw new Problem('notFound');
      const items = itemsOf(body, sessionId);
      if (new Set(items.map(({ requestId }) => requestId)).size !== items.length)
        throw problemOf(refuse('conditionsNotMet', 'items-distinct').refusal);
      const send = (item: Item<z.output<B>>, own: ChangingCall) =>
        carryOut(deps, row, { params: { requestId: item.requestId }, body: item.body }, own);
      return {
        status: 200,
        body: { items: await runAll({ deps, kind: row.kind, session, call, send }, items) },
      };
    },
  );

export const sessionBatchRoutes = (deps: RouteDeps): Endpoint[] => [
  batchEndpoint(deps, {
    row: openItemRow,
    operationId: 'openItems',
    path: '/openings',
    summary: { ar: 'فتح عدة بنود', en: 'Open many items at once' },
    body: schema.openings,
    examples: sessionExamples.openItems,
    itemsOf: ({ items }, sessionId) =>
      items.map(({ requestId, ...body }) => ({ requestId, body: { ...body, sessionId } })),
  }),
  batchEndpoint(deps, {
    row: castVoteRow,
    operationId: 'castVotes',
    path: '/votes',
    summary: { ar: 'التصويت على عدة بنود', en: 'Vote on many items at once' },
    body: schema.votes,
    examples: sessionExamples.castVotes,
    itemsOf: ({ items }) => items.map(({ requestId, ...body }) => ({ requestId, body })),
  }),
  batchEndpoint(deps, {
    row: closeItemRow,
    operationId: 'closeItems',
    path: '/decisions',
    summary: { ar: 'إغلاق عدة بنود وإعلان قراراتها', en: 'Close many items, each with its decision' },
    body: schema.decisions,
    examples: sessionExamples.closeItems,
    itemsOf: ({ items }) => items.map(({ requestId, ...body }) => ({ requestId, body })),
  }),
];
