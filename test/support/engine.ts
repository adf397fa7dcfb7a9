// A real worker on the real Temporal server for tests of workflows, with a ledger of what was recorded kept in memory.
// Storage itself is proven in the persistence tier; here it must be slow, broken or conflicting on demand.
import { Client, Connection } from '@temporalio/client';
import type { History } from '@temporalio/common/lib/proto-utils.js';
import { ApplicationFailure } from '@temporalio/common';
import type { InjectedSinks, WorkerOptions } from '@temporalio/worker';
import { NativeConnection, Worker, Runtime, DefaultLogger } from '@temporalio/worker';
import { randomUUID } from 'node:crypto';
import type { Activities, ReportedStatus } from '../../activities/index.js';
import type { BatchLine } from '../../domain/money/payment-batch.js';
import type { Entry } from '../../domain/audit-entry.js';
import { applyEntry } from '../../domain/apply.js';
import type { Command, PersonBodies, PersonCommandKind } from '../../domain/command.js';
import { isPersonCommand, personCommand } from '../../domain/command.js';
import type { Actor } from '../../domain/actor.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import type {
  Acknowledgement,
  EngineLimits,
  RecordEntries,
  RecordingSinks,
  Reservation,
} from '../../workflows/contract.js';
import {
  currentStateQuery,
  fingerprintConflict,
  calendarChangedSignal,
  grantUpdate,
  paymentStatusReportedSignal,
  registryStatusChangedSignal,
  usualLimits,
  workflowIdOf,
} from '../../workflows/contract.js';
import { bundleWorkflows } from '../../worker/bundle.js';
import { eventually } from './eventually.js';
import { peopleByLevel } from './people.js';
import type { Extra, Journey } from './journey.js';

let bundle: ReturnType<typeof bundleWorkflows> | undefined;
export const workflowBundle = (): ReturnType<typeof bundleWorkflows> => {
  bundle ??= bundleWorkflows();
  return bundle;
};

/** Storage that tests can break: `broken` outages are retried, `conflicting` is the permanent failure. */
export type Storage = {
  readonly entries: Map<string, Entry[]>;
  mode: 'sound' | 'broken' | 'conflicting';
  /** Sums missing in the envelope, one for each reservation to refuse. */
  readonly refusals: string[];
  calls: number;
  readonly batches: number[];
  /** What a payment batch claims, and what the bank says each time it is asked. */
  readonly lines: BatchLine[];
  readonly statuses: ReportedStatus[][];
  /** What requests were told of their payments, as `<instruction> <status>`. */
  readonly told: string[];
  /** Ids of open requests that a change of the calendar has to reach, and those it was told to, in order. */
  readonly open: string[];
  readonly toldOfCalendar: string[];
};

export const newStorage = (): Storage => ({
  entries: new Map(),
  mode: 'sound',
  refusals: [],
  calls: 0,
  batches: [],
  lines: [],
  statuses: [],
  told: [],
  open: [],
  toldOfCalendar: [],
});

const reserve = (storage: Storage, decisionKey: string, amountMinor: string): Reservation => {
  const missingMinor = storage.refusals.shift();
  return missingMinor === undefined
    ? { decisionKey, outcome: 'reserved', cumulativeMinor: amountMinor, peopleByLevel }
    : { decisionKey, outcome: 'refused', missingMinor };
};
const reservationsIn = (storage: Storage, entries: readonly Entry[]): Reservation[] =>
  entries
    .flatMap((entry) => entry.events)
    .flatMap((event) => (event.kind === 'fundsAsked' ? [reserve(storage, event.decisionKey, event.amountMinor)] : []));

const recordIn = (storage: Storage, { requestId, entries }: RecordEntries) => {
  storage.calls += 1;
  if (storage.mode === 'broken') throw new Error('storage is out of reach');
  if (storage.mode === 'conflicting')
    throw ApplicationFailure.nonRetryable('another entry stands here', fingerprintConflict);
  const known = storage.entries.get(requestId) ?? [];
  for (const entry of entries) {
    const stored = known[entry.seq - 1];
    if (stored && JSON.stringify(stored) !== JSON.stringify(entry))
      throw ApplicationFailure.nonRetryable(`seq ${entry.seq}`, fingerprintConflict);
    if (!stored && entry.seq !== known.length + 1) throw new Error(`gap before ${entry.seq}`);
    if (!stored) known.push(entry);
  }
  storage.batches.push(entries.length);
  storage.entries.set(requestId, known);
  return { version: known.length, reservations: reservationsIn(storage, entries) };
};

export const activitiesOn = (storage: Storage): Activities => ({
  recordEntries: (batch) => Promise.resolve().then(() => recordIn(storage, batch)),
  recordBatchEntries: () => Promise.resolve(),
  claimInstructions: () => Promise.resolve([...storage.lines]),
  releaseClaims: () => Promise.resolve(),
  sendBatch: () => Promise.resolve({ outcome: 'sent', fileSha256: 'f'.repeat(64) }),
  readBankStatuses: () => Promise.resolve(storage.statuses.shift() ?? []),
  reportPaymentStatuses: ({ lines }) => {
    storage.told.push(...lines.map(({ instructionId, status }) => `${instructionId} ${status}`));
    return Promise.resolve();
  },
  tellCalendarChange: ({ after, limit }) => {
    const page = storage.open.filter((id) => id > after).slice(0, limit);
    storage.toldOfCalendar.push(...page);
    return Promise.resolve({ told: page.length, next: page.length < limit ? null : (page.at(-1) ?? null) });
  },
});

export const addressOf = (): string => {
  const address = process.env['TEMPORAL_ADDRESS'];
  if (address === undefined) throw new Error('TEMPORAL_ADDRESS is not set: run the tests with `npm test`');
  return address;
};

type WorkerChoices = Partial<Pick<WorkerOptions, 'maxCachedWorkflows' | 'sinks'>>;
/** Recordings of these tests do not stay for more. */
export const unheardSinks: InjectedSinks<RecordingSinks> = { recording: { accepted: { fn: () => undefined } } };

export type Engine = {
  readonly client: Client;
  readonly taskQueue: string;
  readonly storage: Storage;
  readonly startWorker: (options?: WorkerChoices) => Promise<RunningWorker>;
  readonly close: () => Promise<void>;
};
export type RunningWorker = { readonly stop: () => Promise<void> };

export const connectEngine = async (): Promise<Engine> => {
  const address = addressOf();
  const connection = await Connection.connect({ address });
  const native = await NativeConnection.connect({ address });
  const taskQueue = `test-${randomUUID()}`;
  const storage = newStorage();
  const running = new Set<RunningWorker>();
  const startWorker = async (options: WorkerChoices = {}): Promise<RunningWorker> => {
    const worker = await Worker.create({
      connection: native,
      taskQueue,
      workflowBundle: await workflowBundle(),
      activities: activitiesOn(storage),
      sinks: unheardSinks,
      stickyQueueScheduleToStartTimeout: '1s',
      ...options,
    });
    const done = worker.run();
    const handle: RunningWorker = {
      stop: async () => {
        if (running.delete(handle)) worker.shutdown();
        await done;
      },
    };
    running.add(handle);
    return handle;
  };
  return {
    client: new Client({ connection }),
    taskQueue,
    storage,
    startWorker,
    close: async () => {
      await Promise.all([...running].map((worker) => worker.stop()));
      await native.close();
      await connection.close();
    },
  };
};

export const quietRuntime = (): void => {
  Runtime.install({
    logger: new DefaultLogger('ERROR'),
    telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } },
  });
};

/** One request under test: acts as people through updates sent straight to the workflow. */
export type LiveRequest = {
  readonly id: string;
  readonly act: <K extends PersonCommandKind>(
    by: Actor,
    kind: K,
    body: PersonBodies[K],
    extra?: Extra & { updateId?: string },
  ) => Promise<Acknowledgement>;
  readonly state: () => Promise<GrantRequest>;
  readonly result: () => Promise<unknown>;
  /** Sends again, in order, what a journey in memory accepted, and waits for what machines and clocks have to do. */
  readonly follow: (told: Journey) => Promise<void>;
  readonly history: () => Promise<History>;
  /** Read model as folded from what was recorded. */
  readonly recorded: () => GrantRequest;
  readonly unrecorded: () => Promise<number>;
  readonly events: () => Promise<number>;
};

export const newRequestId = (): string => randomUUID().replaceAll('-', '').slice(0, 16);

export const openRequest = async (
  engine: Engine,
  plan: Plan,
  limits: EngineLimits = usualLimits,
  id = newRequestId(),
): Promise<LiveRequest> => {
  const workflowId = workflowIdOf(id);
  const handle = await engine.client.workflow.start('grantLifecycle', {
    workflowId,
    taskQueue: engine.taskQueue,
    args: [{ requestId: id, plan, planHash: 'test', limits }],
  });
  const latest = engine.client.workflow.getHandle(workflowId);
  const state = async (): Promise<GrantRequest> => (await latest.query(currentStateQuery)).request;
  const atVersion = (version: number): Promise<void> =>
    eventually(`version ${version}`, async () => (await state()).version >= version);
  const send = async (command: Command, version: number): Promise<void> => {
    if (command.kind === 'paymentStatusReported')
      await latest.signal(paymentStatusReportedSignal, { key: command.key, ...command.body });
    if (command.kind === 'registryStatusChanged')
      await latest.signal(registryStatusChangedSignal, { key: command.key, ...command.body });
    if (command.kind === 'calendarChanged')
      await latest.signal(calendarChangedSignal, { key: command.key, ...command.body });
    if (isPersonCommand(command)) await latest.executeUpdate(grantUpdate(command.kind), { args: [command] });
    else await atVersion(version);
  };
  return {
    id,
    act: async (by, kind, body, extra = {}) => {
      const { updateId, ...rest } = extra;
      const expectedVersion = rest.expectedVersion ?? (await state()).version;
      const envelope = { by, key: randomUUID(), fingerprint: 'f', ...rest, expectedVersion };
      const command = personCommand(kind, body, envelope);
      return latest.executeUpdate(grantUpdate(kind), { args: [command], ...(updateId ? { updateId } : {}) });
    },
    state,
    follow: async (told) => {
      for (const [index, command] of told.commands().entries()) await send(command, index + 1);
    },
    history: () => latest.fetchHistory(),
    result: () => handle.result(),
    recorded: () => (engine.storage.entries.get(id) ?? []).reduce(applyEntry, emptyRequest(id, 0, 0)),
    unrecorded: async () => (await latest.query(currentStateQuery)).unrecorded,
    events: async () => (await latest.describe()).historyLength,
  };
};
