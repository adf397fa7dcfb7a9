// What Temporal keeps of a request: its accepted updates with their answers, its state by query, and what it waits for.
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { defaultPayloadConverter } from '@temporalio/common';
import type { Payload } from '@temporalio/common';
import type { PersonCommand } from '../domain/command.js';
import type { AcceptedUpdate, WorkflowEvidence } from '../domain/invariants/evidence.js';
import type { Config } from '../platform/config.js';
import type { Acknowledgement, LiveState } from '../workflows/contract.js';
import { batchWorkflowIdOf, currentStateQuery, workflowIdOf } from '../workflows/contract.js';
import { reading } from './could-not-read.js';

export type WorkflowHistory = {
  readonly ofRequest: (requestId: string) => Promise<WorkflowEvidence | null>;
  /** Whether a batch's workflow is still open; null when Temporal does not keep it. */
  readonly batchIsOpen: (batchId: string) => Promise<boolean | null>;
  /** Ids of requests that Temporal keeps a workflow of, on this task queue. */
  readonly requestIds: () => AsyncIterable<string>;
  readonly close: () => Promise<void>;
};

type Payloads = { readonly payloads?: readonly Payload[] | null } | null | undefined;
const firstOf = <T>(payloads: Payloads): T | undefined => {
  const payload = payloads?.payloads?.[0];
  return payload ? defaultPayloadConverter.fromPayload<T>(payload) : undefined;
};

type Handle = ReturnType<Client['workflow']['getHandle']>;
type Event = NonNullable<Awaited<ReturnType<Handle['fetchHistory']>>['events']>[number];

const absentIsNull = async <T>(read: () => Promise<T>): Promise<T | null> => {
  try {
    return await read();
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return null;
    throw error;
  }
};

const acceptedIn = ({ workflowExecutionUpdateAcceptedEventAttributes: accepted }: Event): AcceptedUpdate[] => {
  const request = accepted?.acceptedRequest;
  const command = firstOf<PersonCommand>(request?.input?.args);
  if (command === undefined) return [];
  const { kind, key, fingerprint } = command;
  return [{ updateId: request?.meta?.updateId ?? '', command: kind, key, fingerprint, version: null, failed: false }];
};

type Answered = Pick<AcceptedUpdate, 'updateId' | 'version' | 'failed'>;
const answeredIn = ({ workflowExecutionUpdateCompletedEventAttributes: completed }: Event): Answered[] => {
  if (!completed) return [];
  const { outcome, meta } = completed;
  const version = firstOf<Acknowledgement>(outcome?.success)?.version ?? null;
  return [{ updateId: meta?.updateId ?? '', version, failed: Boolean(outcome?.failure) }];
};

const updatesIn = (events: readonly Event[]): AcceptedUpdate[] => {
  const answers = new Map(events.flatMap(answeredIn).map((answer) => [answer.updateId, answer]));
  return events.flatMap(acceptedIn).map((update) => ({ ...update, ...answers.get(update.updateId) }));
};

type Runs = { readonly updates: readonly AcceptedUpdate[]; readonly complete: boolean };

/** A long life is several runs, each continuing the one before; the first may be kept no longer. */
const runsOf = async (client: Client, workflowId: string, runId: string): Promise<Runs> => {
  let updates: AcceptedUpdate[] = [];
  for (let next: string | undefined = runId; next; ) {
    const run: Handle = client.workflow.getHandle(workflowId, next);
    const history = await absentIsNull(() => run.fetchHistory());
    if (history === null) return { updates, complete: false };
    const events: readonly Event[] = history.events ?? [];
    updates = [...updatesIn(events), ...updates];
    next = events[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  }
  return { updates, complete: true };
};

/** A worker has to answer the question; a cold one replays the history first. */
const queryWithinMs = 20_000;

const evidenceOf = async (client: Client, requestId: string): Promise<WorkflowEvidence | null> => {
  const workflowId = workflowIdOf(requestId);
  const handle = client.workflow.getHandle(workflowId);
  const described = await absentIsNull(() => handle.describe());
  if (described === null) return null;
  const { pendingActivities = [], pendingWorkflowTask } = described.raw;
  const live = await reading(`no worker answers for request ${requestId}`, () =>
    client.withDeadline(Date.now() + queryWithinMs, (): Promise<LiveState> => handle.query(currentStateQuery)),
  );
  // The history after the state: everything the state has answered is in it.
  const { updates, complete } = await runsOf(client, workflowId, described.runId);
  return {
    open: described.status.name === 'RUNNING',
    complete,
    updates,
    live,
    activityAttempts: Math.max(0, ...(pendingActivities ?? []).map(({ attempt }) => attempt ?? 0)),
    taskAttempts: pendingWorkflowTask?.attempt ?? 0,
  };
};

async function* requestIdsOn(client: Client, taskQueue: string): AsyncGenerator<string> {
  const query = `WorkflowType = "grantLifecycle" AND TaskQueue = "${taskQueue}" AND ExecutionStatus != "ContinuedAsNew"`;
  const prefix = workflowIdOf('');
  for await (const { workflowId } of client.workflow.list({ query, pageSize: 500 }))
    if (workflowId.startsWith(prefix)) yield workflowId.slice(prefix.length);
}

export const openWorkflowHistory = async ({
  address,
  namespace,
  taskQueue,
}: Config['temporal']): Promise<WorkflowHistory> => {
  const connection = await reading(`Temporal does not answer at ${address}`, () =>
    Connection.connect({ address, connectTimeout: 5_000 }),
  );
  const client = new Client({ connection, namespace, identity: `sanad-verify-${process.pid}` });
  return {
    ofRequest: (requestId) => reading(`Temporal, request ${requestId}`, () => evidenceOf(client, requestId)),
    batchIsOpen: (batchId) =>
      reading(`Temporal, batch ${batchId}`, async () => {
        const described = await absentIsNull(() => client.workflow.getHandle(batchWorkflowIdOf(batchId)).describe());
        return described === null ? null : described.status.name === 'RUNNING';
      }),
    requestIds: () => requestIdsOn(client, taskQueue),
    close: () => connection.close(),
  };
};
