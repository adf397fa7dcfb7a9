// What people do with payment batches: build, release by other eyes, withdraw before sending, resolve an unknown outcome.
import { z } from 'zod';
import type { BatchCommand, BatchCommandKind } from '../../domain/money/payment-batch.js';
import { batchById } from '../../persistence/payment-batch.reads.js';
import { refuse } from '../../domain/refusal.js';
import { batchWorkflowIdOf } from '../../workflows/contract.js';
import { moneyRoles, requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import { readModelAfter } from '../deps.js';
import type { Answer, ChangingCall, Documentation, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing } from '../endpoint.js';
import type { Outcome } from '../grant-gateway.outcome.js';
import { OutcomeUnknown } from '../idempotency.js';
import { opaqueId } from '../opaque-id.js';
import { Problem, problemOf } from '../problem.js';
import { batchBuilding, batchRelease, batchWithdrawal, unknownResolution } from '../schemas/command.schema.js';
import { id } from '../schemas/text.schema.js';
import { batchAnswer } from '../views/payment-batch.view.js';

const batchParams = z.strictObject({ batchId: id });
const subject = ({ batchId }: { batchId: string }) => ({ kind: 'batch', id: batchId }) as const;

const batchTag = { tag: 'payment-batches', query: nothing } as const;
const changing = [
  ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notYourRole', 'keyInProgress'] as const),
  ...(['keyReusedWithOtherContent', 'tooManyRequests', 'unavailable'] as const),
];

const build = async (deps: RouteDeps, limit: number, call: ChangingCall): Promise<Answer> => {
  // The workflow starts with its builder and cannot refuse one, so the role is checked here.
  requireRole(call.caller, ['financeOfficer']);
  const { id: key, fingerprint } = call.operation;
  const batchId = opaqueId('batch', key);
  const outcome = await deps.gateway.buildBatch({ batchId, builtBy: call.caller, key, fingerprint, limit });
  if (outcome.kind !== 'accepted') throw new OutcomeUnknown();
  const readModel = await readModelAfter(deps, { collection: 'payment_batches', id: batchId, version: 1 }, call.waits);
  const record = readModel === 'current' ? await batchById(batchId) : null;
  const body = { batchId, version: record?.version ?? 0, state: record?.status ?? 'building', readModel };
  return { status: 201, body, headers: { Location: `/v1/payment-batches/${batchId}` } };
};

const building = (deps: RouteDeps): Endpoint =>
  changeEndpoint(
    {
      ...batchTag,
      operationId: 'buildBatch',
      method: 'post',
      path: '/payment-batches',
      summary: { ar: 'تجميع أذون الصرف في حافظة', en: 'Build a payment batch from released instructions' },
      roles: ['financeOfficer'],
      problems: changing,
      success: 201,
      response: batchAnswer,
      examples: { ar: { limit: 50 }, en: { limit: 50 } },
      params: nothing,
      body: batchBuilding,
      keys: 'for-ever',
      workflowId: (_params, operationId) => batchWorkflowIdOf(opaqueId('batch', operationId)),
    },
    ({ body }, call) => build(deps, body.limit, call),
  );

/** A batch that has ended takes no more commands; its last state says why. */
const endedBatch = async (batchId: string): Promise<Problem> => {
  const record = await batchById(batchId);
  return record ? problemOf(refuse('requestEnded', record.status).refusal) : new Problem('notFound');
};

const acknowledgedBatch = async <A>(outcome: Outcome<A>, batchId: string): Promise<A> => {
  switch (outcome.kind) {
    case 'accepted':
      return outcome.ack;
    case 'refused':
      throw problemOf(outcome.refusal);
    case 'unknown':
      throw new OutcomeUnknown();
    case 'absent':
      throw await endedBatch(batchId);
  }
};

/** Shared by all commands on a batch. */
type BatchEnvelope = Omit<BatchCommand<'releaseBatch'>, 'kind' | 'body'>;

type Input = { readonly expectedVersion: number; readonly reason?: string };
type BatchRow<K extends BatchCommandKind, B extends z.ZodType<Input>> = Pick<
  Documentation,
  'summary' | 'roles' | 'problems'
> & {
  readonly kind: K;
  readonly path: string;
  readonly body: B;
  readonly command: (input: z.output<B>, envelope: BatchEnvelope) => BatchCommand;
  readonly example: z.input<B> & Readonly<Record<string, unknown>>;
};

const batchCommand = <K extends BatchCommandKind, B extends z.ZodType<Input>>(
  deps: RouteDeps,
  row: BatchRow<K, B>,
): Endpoint =>
  changeEndpoint(
    {
      ...batchTag,
      operationId: row.kind,
      method: 'post',
      path: `/payment-batches/{batchId}${row.path}`,
      summary: row.summary,
      roles: row.roles,
      problems: [...changing, 'notFound', 'staleVersion', ...row.problems],
      success: 200,
      response: batchAnswer,
      examples: { ar: row.example, en: row.example },
      params: batchParams,
      body: row.body,
      keys: 'for-ever',
      subject,
      workflowId: ({ batchId }) => batchWorkflowIdOf(batchId),
    },
    async ({ params: { batchId }, body }, call) => {
      requireRole(call.caller, moneyRoles);
      const { expectedVersion, reason } = body;
      const { id: key, fingerprint } = call.operation;
      const command = row.command(body, {
        ...{ by: call.caller, key, fingerprint, expectedVersion },
        ...(reason === undefined ? {} : { reason }),
      });
      const outcome = await deps.gateway.batchCommand(batchId, command);
      const ack = await acknowledgedBatch(outcome, batchId);
      const written = { collection: 'payment_batches', id: batchId, version: ack.version } as const;
      const readModel = await readModelAfter(deps, written, call.waits);
      return { status: 200, body: { batchId, version: ack.version, state: ack.state, readModel } };
    },
  );

const batchCommands = (deps: RouteDeps): Endpoint[] => [
  batchCommand(deps, {
    kind: 'releaseBatch',
    path: '/release',
    summary: { ar: 'اعتماد صرف الحافظة', en: 'Release a batch to the bank' },
    roles: ['paymentReleaser'],
    problems: ['notThisStage', 'dutyConflict', 'tranchesDoNotAddUp'],
    body: batchRelease,
    example: { expectedVersion: 1, count: 12, controlSumMinor: '480000000' },
    command: ({ count, controlSumMinor }, envelope) => ({
      ...envelope,
      kind: 'releaseBatch',
      body: { count, controlSumMinor },
    }),
  }),
  batchCommand(deps, {
    kind: 'withdrawBatch',
    path: '/withdrawal',
    summary: { ar: 'سحب الحافظة قبل الإرسال', en: 'Withdraw a batch before it is sent' },
    roles: ['financeOfficer', 'paymentReleaser'],
    problems: ['notThisStage'],
    body: batchWithdrawal,
    example: { expectedVersion: 1 },
    command: (_input, envelope) => ({ ...envelope, kind: 'withdrawBatch', body: {} }),
  }),
  batchCommand(deps, {
    kind: 'resolveUnknown',
    path: '/unknown-resolutions',
    summary: { ar: 'حسم دفعة مجهولة المصير', en: 'Resolve a payment whose outcome is unknown' },
    roles: ['reconciler'],
    problems: ['dutyConflict', 'conditionsNotMet'],
    body: unknownResolution,
    example: {
      expectedVersion: 4,
      reason: 'كشف الحساب يثبت القيد',
      instructionId: 'ab12cd34ef56gh78-t1-1',
      status: 'settled',
    },
    command: ({ instructionId, status }, envelope) => ({
      ...envelope,
      kind: 'resolveUnknown',
      body: { instructionId, status },
    }),
  }),
];

export const paymentBatchRoutes = (deps: RouteDeps): Endpoint[] => [building(deps), ...batchCommands(deps)];
