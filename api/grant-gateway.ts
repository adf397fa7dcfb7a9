// The only Temporal client code: starts, updates and questions, each with a deadline. What the answers mean: grant-gateway.outcome.ts.
import {
  Client,
  Connection,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
  WithStartWorkflowOperation,
  WorkflowExecutionAlreadyStartedError,
} from '@temporalio/client';
import type { PersonCommand } from '../domain/command.js';
import { statusOf } from '../domain/lifecycle.js';
import type { BatchCommand } from '../domain/money/payment-batch.js';
import type {
  Acknowledgement,
  BatchAcknowledgement,
  BatchInput,
  CalendarChangeInput,
  EngineLimits,
  GrantInput,
  RegistryStatusSignal,
} from '../workflows/contract.js';
import {
  batchUpdate,
  batchWorkflowIdOf,
  calendarWorkflowIdOf,
  currentBatchQuery,
  currentStateQuery,
  grantUpdate,
  registryStatusChangedSignal,
  workflowIdOf,
} from '../workflows/contract.js';
import type { calendarChange, grantLifecycle, paymentBatch } from '../workflows/index.js';
import { phaseAttribute, statusAttribute } from '../workflows/visibility.js';
import type { LateOutcome, Outcome } from './grant-gateway.outcome.js';
import { meaningOf, sameContent, wasAborted } from './grant-gateway.outcome.js';
import { Problem } from './problem.js';

export type Submission = {
  readonly command: PersonCommand<'submitRequest'>;
  readonly requestId: string;
  readonly reference: string;
  readonly plan: GrantInput['plan'];
  readonly planHash: string;
};
export type Subject = { readonly kind: string; readonly id: string };

export type GrantGateway = {
  readonly submit: (submission: Submission) => Promise<Outcome<Acknowledgement>>;
  readonly command: (requestId: string, command: PersonCommand) => Promise<Outcome<Acknowledgement>>;
  readonly buildBatch: (input: BatchInput) => Promise<Outcome<null>>;
  /** Starts telling every open request; the same version again changes nothing. */
  readonly changeCalendar: (version: number, input: CalendarChangeInput) => Promise<Outcome<null>>;
  readonly batchCommand: (batchId: string, command: BatchCommand) => Promise<Outcome<BatchAcknowledgement>>;
  /** Keyed, so that telling again changes nothing; `absent` when the request's workflow is over. */
  readonly tellRegistryFinding: (requestId: string, signal: RegistryStatusSignal) => Promise<Outcome<null>>;
  readonly lookUp: (subject: Subject, key: string) => Promise<LateOutcome>;
  /** Throws when Temporal does not answer; for readiness checks. */
  readonly ping: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type GatewaySettings = {
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly deadlineMs: number;
  readonly limits: EngineLimits;
  readonly observe?: (call: string, outcome: string, seconds: number) => void;
};

type Link = { readonly client: Client; readonly settings: GatewaySettings };
type Reuse = 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE';

/** A look at something late must not itself make the caller wait. */
const lookUpMs = 1_500;
const pingMs = 2_000;
/** By itself the client would try for a quarter of a minute; the deadline would then hide that nobody was reached. */
const rpcAttempts = 4;
/** After a lost worker the server hands a task out again this soon (default 10 s). */
const workflowTaskTimeout = '3s';

/** An update that was aborted is sent once more, with the same id and under the same deadline. */
const attempt = async <A>(run: () => Promise<Outcome<A>>, mayRepeat = true): Promise<Outcome<A>> => {
  try {
    return await run();
  } catch (error) {
    return mayRepeat && wasAborted(error) ? attempt(run, false) : meaningOf(error);
  }
};

const ask = async <A>(
  { client, settings }: Link,
  call: string,
  run: () => Promise<Outcome<A>>,
): Promise<Outcome<A>> => {
  const startedAt = performance.now();
  const done = (outcome: string): void => settings.observe?.(call, outcome, (performance.now() - startedAt) / 1000);
  try {
    const outcome = await client.withDeadline(Date.now() + settings.deadlineMs, () => attempt(run));
    done(outcome.kind);
    return outcome;
  } catch (error) {
    done(error instanceof Problem ? error.code : 'failed');
    throw error;
  }
};

const startOf = ({ settings }: Link, { requestId, plan, planHash, reference }: Submission, reuse: Reuse) =>
  new WithStartWorkflowOperation<typeof grantLifecycle>('grantLifecycle', {
    workflowId: workflowIdOf(requestId),
    taskQueue: settings.taskQueue,
    args: [{ requestId, plan, planHash, limits: settings.limits }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowIdReusePolicy: reuse,
    workflowTaskTimeout,
    typedSearchAttributes: [
      { key: phaseAttribute, value: 'submission' },
      { key: statusAttribute, value: 'open' },
    ],
    // Shown in Temporal's own UI and stored there in clear: never anything personal.
    staticSummary: `Funding request ${reference}`,
    staticDetails: `Plan ${plan.code} ${plan.version}`,
  });

const send = async (link: Link, submission: Submission, reuse: Reuse): Promise<Outcome<Acknowledgement>> => {
  const { command } = submission;
  const ack = await link.client.workflow.executeUpdateWithStart(grantUpdate('submitRequest'), {
    startWorkflowOperation: startOf(link, submission, reuse),
    updateId: command.key,
    args: [command],
  });
  return sameContent(ack, command.fingerprint);
};

/** A start whose submission never landed has closed by itself and recorded nothing: only then may the id be used again. */
const endedUnsubmitted = async ({ client }: Link, requestId: string): Promise<boolean> => {
  const handle = client.workflow.getHandle<typeof grantLifecycle>(workflowIdOf(requestId));
  const { status } = await handle.describe();
  return status.name === 'COMPLETED' && (await handle.result()).outcome === 'not-submitted';
};

const submit = (link: Link, submission: Submission): Promise<Outcome<Acknowledgement>> =>
  ask(link, 'submitRequest', async () => {
    try {
      return await send(link, submission, 'REJECT_DUPLICATE');
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      if (!(await endedUnsubmitted(link, submission.requestId))) throw error;
      return send(link, submission, 'ALLOW_DUPLICATE');
    }
  });

const command = (link: Link, requestId: string, given: PersonCommand): Promise<Outcome<Acknowledgement>> =>
  ask(link, given.kind, async () => {
    const handle = link.client.workflow.getHandle(workflowIdOf(requestId));
    const ack = await handle.executeUpdate(grantUpdate(given.kind), { updateId: given.key, args: [given] });
    return sameContent(ack, given.fingerprint);
  });

const startBatch = async ({ client, settings }: Link, input: BatchInput): Promise<void> => {
  try {
    await client.workflow.start<typeof paymentBatch>('paymentBatch', {
      workflowId: batchWorkflowIdOf(input.batchId),
      taskQueue: settings.taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout,
      staticSummary: `Payment batch ${input.batchId}`,
    });
  } catch (error) {
    // The id comes from the key: the batch that stands there is this one.
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};

const startCalendarChange = async ({ client, settings }: Link, version: number, input: CalendarChangeInput) => {
  try {
    await client.workflow.start<typeof calendarChange>('calendarChange', {
      workflowId: calendarWorkflowIdOf(version),
      taskQueue: settings.taskQueue,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout,
      staticSummary: `Calendar version ${version}`,
    });
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
};

const changeCalendar = (link: Link, version: number, input: CalendarChangeInput): Promise<Outcome<null>> =>
  ask(link, 'editCalendar', async () => {
    await startCalendarChange(link, version, input);
    return { kind: 'accepted', ack: null };
  });

const buildBatch = (link: Link, input: BatchInput): Promise<Outcome<null>> =>
  ask(link, 'buildBatch', async () => {
    await startBatch(link, input);
    return { kind: 'accepted', ack: null };
  });

const batchCommand = (link: Link, batchId: string, given: BatchCommand): Promise<Outcome<BatchAcknowledgement>> =>
  ask(link, given.kind, async () => {
    const handle = link.client.workflow.getHandle(batchWorkflowIdOf(batchId));
    const ack = await handle.executeUpdate(batchUpdate(given.kind), { updateId: given.key, args: [given] });
    return sameContent(ack, given.fingerprint);
  });

const tellRegistryFinding = (link: Link, requestId: string, signal: RegistryStatusSignal): Promise<Outcome<null>> =>
  ask(link, 'registryStatusChanged', async () => {
    await link.client.workflow.getHandle(workflowIdOf(requestId)).signal(registryStatusChangedSignal, signal);
    return { kind: 'accepted', ack: null };
  });

const keyOfRequest = async ({ client }: Link, requestId: string, key: string): Promise<LateOutcome> => {
  const { request } = await client.workflow.getHandle(workflowIdOf(requestId)).query(currentStateQuery);
  const answered = request.keys[key];
  if (answered === undefined) return { kind: 'not-carried-out' };
  const status = statusOf(request);
  return { kind: 'accepted', version: answered.version, status };
};

const keyOfBatch = async ({ client }: Link, batchId: string, key: string): Promise<LateOutcome> => {
  const batch = await client.workflow.getHandle(batchWorkflowIdOf(batchId)).query(currentBatchQuery);
  const answered = batch.keys[key];
  // A batch exists from its start on; the key of its building is there once the instructions are claimed.
  if (answered === undefined && batch.version > 0) return { kind: 'not-carried-out' };
  return { kind: 'accepted', version: answered?.version ?? batch.version, status: batch.state };
};

/** The state's own keys outlive Temporal's memory of update ids, so they are asked, not the update. */
const lookUp = async (link: Link, { kind, id }: Subject, key: string): Promise<LateOutcome> => {
  const look = kind === 'batch' ? keyOfBatch : keyOfRequest;
  try {
    return await link.client.withDeadline(Date.now() + lookUpMs, () => look(link, id, key));
  } catch (error) {
    const meaning = meaningOf(error);
    return meaning.kind === 'absent' ? { kind: 'not-carried-out' } : meaning;
  }
};

export const createGrantGateway = (settings: GatewaySettings): GrantGateway => {
  // Lazy: the API starts without Temporal, so that drafts can be written while it is down.
  const connection = Connection.lazy({
    address: settings.address,
    interceptors: [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: rpcAttempts }))],
  });
  const client = new Client({ connection, namespace: settings.namespace, identity: `sanad-api-${process.pid}` });
  const link: Link = { client, settings };
  return {
    submit: (submission) => submit(link, submission),
    command: (requestId, given) => command(link, requestId, given),
    buildBatch: (input) => buildBatch(link, input),
    changeCalendar: (version, input) => changeCalendar(link, version, input),
    batchCommand: (batchId, given) => batchCommand(link, batchId, given),
    tellRegistryFinding: (requestId, signal) => tellRegistryFinding(link, requestId, signal),
    lookUp: (subject, key) => lookUp(link, subject, key),
    ping: () =>
      client.withDeadline(Date.now() + pingMs, async () => void (await client.workflowService.getSystemInfo({}))),
    close: () => connection.close(),
  };
};
