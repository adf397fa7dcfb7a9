// One row per command becomes one endpoint: parse, make the domain's body, friendly checks, send, wait for the read model, answer.
import { z } from 'zod';
import { rolesHeldAs } from '../domain/actor.js';
import type { PersonBodies, PersonCommandKind, PersonEnvelope } from '../domain/command.js';
import { personCommand } from '../domain/command.js';
import { stageNames, outcomes } from '../domain/lifecycle.js';
import type { Status } from '../domain/lifecycle.js';
import { permissions } from '../domain/permissions.js';
import type { Refusal } from '../domain/refusal.js';
import type { RequestRecord } from '../persistence/request.reads.js';
import type { Acknowledgement } from '../workflows/contract.js';
import { workflowIdOf } from '../workflows/contract.js';
import type { RouteDeps } from './deps.js';
import { withInterests } from './derived-interests.js';
import { readModelAfter } from './deps.js';
import type { Answer, ChangingCall, Documentation, Endpoint } from './endpoint.js';
import { changeEndpoint, nothing } from './endpoint.js';
import type { ProblemCode } from './problem.js';
import { problemOf } from './problem.js';
import type { CommandInput } from './schemas/command.schema.js';
import { id, version } from './schemas/text.schema.js';
import { acknowledged, recordAtLeast, refuseUnlessAnswered } from './situation.js';

export const requestParams = z.strictObject({ requestId: id });

/** What a command may need to know beside its own body; the read model is asked only when it is used. */
export type Situation = {
  readonly requestId: string;
  readonly call: ChangingCall;
  readonly expectedVersion: number;
  readonly record: () => Promise<RequestRecord | null>;
};

type Params = z.ZodObject<{ requestId: typeof id }>;

export type CommandRow<K extends PersonCommandKind, P extends Params, B extends z.ZodType<CommandInput>> = Pick<
  Documentation,
  'summary' | 'examples'
> & {
  readonly kind: K;
  /** Below `/requests/{requestId}`. */
  readonly path: string;
  readonly params: P;
  readonly body: B;
  readonly problems?: readonly ProblemCode[];
  readonly make: (
    input: { readonly params: z.output<P>; readonly body: z.output<B> },
    situation: Situation,
  ) => PersonBodies[K] | Promise<PersonBodies[K]>;
  readonly check?: (body: PersonBodies[K], situation: Situation) => Promise<Refusal | null>;
};

const statusNames: readonly Status[] = [...stageNames, ...outcomes, 'suspended'];

export const acknowledgement = z
  .strictObject({
    requestId: id,
    version: version.meta({ description: 'The version of the request after this command' }),
    status: z.enum(statusNames),
    readModel: z.enum(['current', 'behind']).meta({ description: 'Whether reads show this version already' }),
  })
  .meta({ id: 'Acknowledgement' });
export type AcknowledgementBody = z.output<typeof acknowledgement>;

/** Problems any command can meet; each row adds what its own rule says. */
const everyCommand: readonly ProblemCode[] = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'dutyConflict',
  'conflictOfInterest',
  'notFound',
  'notThisStage',
  'staleVersion',
  'suspended',
  'requestEnded',
  'conditionsNotMet',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'tooManyRequests',
  'recordingBehind',
  'unavailable',
];

/** Their keys are kept for good, like the workflow does. */
export const moneyCommands: readonly PersonCommandKind[] = [
  'prepareTranche',
  'releaseTranche',
  'recordRefund',
  'recordRecovery',
  'closeRequest',
];

export const envelopeOf = (
  { caller, operation }: Pick<ChangingCall, 'caller' | 'operation'>,
  input: CommandInput,
): PersonEnvelope => ({
  by: caller,
  key: operation.id,
  fingerprint: operation.fingerprint,
  expectedVersion: input.expectedVersion,
  ...(input.reason === undefined ? {} : { reason: input.reason }),
  ...(input.evidence === undefined ? {} : { evidence: input.evidence }),
});

export const answerTo = async (
  deps: RouteDeps,
  requestId: string,
  ack: Acknowledgement,
  waits: boolean,
): Promise<AcknowledgementBody> => {
  const written = { collection: 'requests', id: requestId, version: ack.version } as const;
  const readModel = await readModelAfter(deps, written, waits);
  return { requestId, version: ack.version, status: ack.status, readModel };
};

/** People without the command's role get the workflow's own refusal, not a hint from a check that is not meant for them. */
const check = async <K extends PersonCommandKind>(
  deps: RouteDeps,
  row: { readonly kind: K; readonly check?: (body: PersonBodies[K], situation: Situation) => Promise<Refusal | null> },
  body: PersonBodies[K],
  situation: Situation,
): Promise<void> => {
  const { requestId, call } = situation;
  if (row.check === undefined || rolesHeldAs(call.caller, permissions[row.kind].roles).length === 0) return;
  const refusal = await row.check(body, situation);
  if (refusal) await refuseUnlessAnswered(deps, requestId, call.operation.id, problemOf(refusal));
};

const situationOf = (deps: RouteDeps, requestId: string, call: ChangingCall, expectedVersion: number): Situation => {
  let reading: Promise<RequestRecord | null> | undefined;
  return {
    requestId,
    call,
    expectedVersion,
    record: () => (reading ??= recordAtLeast(deps, requestId, expectedVersion)),
  };
};

/** Makes the domain's body, asks the friendly checks, sends, waits for the read model: one command on one request. */
export const carryOut = async <K extends PersonCommandKind, P extends Params, B extends z.ZodType<CommandInput>>(
  deps: RouteDeps,
  row: CommandRow<K, P, B>,
  input: { readonly params: z.output<P>; readonly body: z.output<B> },
  call: ChangingCall,
): Promise<AcknowledgementBody> => {
  const { requestId } = input.params;
  const situation = situationOf(deps, requestId, call, input.body.expectedVersion);
  const body = await row.make(input, situation);
  await check(deps, row, body, situation);
  const by = await withInterests(call, row.kind, requestId);
  const command = personCommand(row.kind, body, envelopeOf({ ...call, caller: by }, input.body));
  const ack = await acknowledged(await deps.gateway.command(requestId, command), call.caller, requestId);
  return answerTo(deps, requestId, ack, call.waits);
};

export const commandEndpoint = <K extends PersonCommandKind, P extends Params, B extends z.ZodType<CommandInput>>(
  deps: RouteDeps,
  row: CommandRow<K, P, B>,
): Endpoint =>
  changeEndpoint(
    {
      operationId: row.kind,
      method: 'post',
      path: `/requests/{requestId}${row.path}`,
      tag: 'commands',
      summary: row.summary,
      roles: permissions[row.kind].roles,
      problems: [...everyCommand, ...(row.problems ?? [])],
      success: 200,
      response: acknowledgement,
      ...(row.examples === undefined ? {} : { examples: row.examples }),
      params: row.params,
      query: nothing,
      body: row.body,
      keys: moneyCommands.includes(row.kind) ? 'for-ever' : 'a-while',
      subject: (params) => ({ kind: 'request', id: params.requestId }),
      workflowId: (params) => workflowIdOf(params.requestId),
    },
    async (input, call): Promise<Answer> => ({ status: 200, body: await carryOut(deps, row, input, call) }),
  );
