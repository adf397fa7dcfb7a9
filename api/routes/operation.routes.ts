// Operations: what became of a command whose answer did not come in time. The id derives from the caller's own key.
import { z } from 'zod';
import type { OperationDocument } from '../../persistence/operation.model.js';
import { finishOperation, operationById } from '../../persistence/operation.repository.js';
import { markSubmitted } from '../../persistence/draft.repository.js';
import type { RouteDeps } from '../deps.js';
import { readModelAfter } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import type { LateOutcome } from '../grant-gateway.outcome.js';
import type { Language } from '../problem.js';
import { Problem, problemBody, problemOf } from '../problem.js';
import { opaqueId } from '../opaque-id.js';

const operation = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.enum(['pending', 'running', 'succeeded', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int(),
  unit: z.literal('command'),
  startedAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
  result: z.unknown().optional().meta({ description: 'What the command would have answered' }),
  problem: z.unknown().optional().meta({ description: 'Why it failed, as a problem' }),
});
type OperationView = z.output<typeof operation>;

const viewOf = (
  record: OperationDocument,
  state: OperationView['state'],
  more: Pick<OperationView, 'result' | 'problem'> = {},
): OperationView => ({
  id: record._id,
  kind: record.kind,
  state,
  done: state === 'succeeded' || state === 'failed' ? 1 : 0,
  total: 1,
  unit: 'command',
  startedAt: record.startedAt.toISOString(),
  updatedAt: record.updatedAt.toISOString(),
  ...more,
});

/** A built batch's id is not in the address of its operation: it follows from the key. */
const subjectOf = ({ _id, kind, subject }: OperationDocument): OperationDocument['subject'] =>
  kind === 'buildBatch' ? { kind: 'batch', id: opaqueId('batch', _id) } : subject;

const created: readonly string[] = ['submitRequest', 'buildBatch'];

const answerOf = async (
  deps: RouteDeps,
  record: OperationDocument,
  { version, status }: Extract<LateOutcome, { kind: 'accepted' }>,
) => {
  const { kind, id } = subjectOf(record);
  const collection = kind === 'batch' ? 'payment_batches' : 'requests';
  const readModel = await readModelAfter(deps, { collection, id, version }, true);
  const body =
    kind === 'batch'
      ? { batchId: id, version, state: status, readModel }
      : { requestId: id, version, status, readModel };
  return { status: created.includes(record.kind) ? 201 : 200, body, headers: {} };
};

const settle = async (
  deps: RouteDeps,
  record: OperationDocument,
  outcome: LateOutcome,
  at: { readonly language: Language; readonly callId: string },
): Promise<OperationView> => {
  switch (outcome.kind) {
    case 'accepted': {
      const answer = await answerOf(deps, record, outcome);
      await finishOperation(record._id, answer, new Date());
      if (record.kind === 'submitRequest') await markSubmitted(record.subject.id, new Date());
      return viewOf(record, 'succeeded', { result: answer.body });
    }
    case 'refused':
      return viewOf(record, 'failed', { problem: problemBody(problemOf(outcome.refusal), at.language, at.callId) });
    case 'not-carried-out':
      return viewOf(record, 'failed', { problem: problemBody(new Problem('notCarriedOut'), at.language, at.callId) });
    case 'unknown':
      return viewOf(record, 'running');
  }
};

export const operationRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      operationId: 'readOperation',
      method: 'get',
      path: '/operations/{operationId}',
      tag: 'operations',
      summary: { ar: 'حالة عملية لم يُعرف ناتجها بعد', en: 'What became of a command answered 202' },
      roles: [],
      problems: ['notSignedIn', 'notFound', 'unavailable'],
      success: 200,
      response: operation,
      params: z.strictObject({ operationId: z.string().regex(/^[0-9a-f]{32}$/) }),
      query: nothing,
      body: nothing,
    },
    async ({ params }, call): Promise<Answer> => {
      const record = await operationById(params.operationId);
      // Somebody else's operation is as absent as none.
      if (record === null || record.personId !== call.caller.personId) throw new Problem('notFound');
      if (record.state === 'succeeded')
        return { status: 200, body: viewOf(record, 'succeeded', { result: record.body }) };
      if (record.workflowId === null)
        return { status: 200, body: viewOf(record, record.deadlineAt > new Date() ? 'running' : 'pending') };
      const { kind, id } = subjectOf(record);
      const outcome = await deps.gateway.lookUp({ kind, id }, record._id);
      // Not there yet, while the process that took it is still working on it: too early to say that it failed.
      const early = outcome.kind === 'not-carried-out' && record.deadlineAt > new Date();
      const body = early
        ? viewOf(record, 'running')
        : await settle(deps, record, outcome, { language: call.language, callId: call.id });
      return { status: 200, body };
    },
  ),
];
