// The product as its users meet it: API and worker in this process, on the real servers, with a database and a queue of its own.
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { heartbeat } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../../activities/index.js';
import { demoPayees } from '../../activities/payees.js';
import { createPaymentFiles } from '../../activities/payment-files.js';
import { createSimulatedBank } from '../../activities/simulated-bank.js';
import { demoProfile } from '../../bank/profile.js';
import { createApp } from '../../api/app.js';
import { createGrantGateway } from '../../api/grant-gateway.js';
import { createHttpServer } from '../../api/http-server.js';
import { createMetrics } from '../../api/metrics.js';
import { createReadAfterWrite } from '../../api/read-after-write.js';
import { createSimulatedNgoRegistry } from '../../api/simulated-ngo-registry.js';
import { issueToken } from '../../api/token.js';
import { readVersion } from '../../api/version.js';
import type { Plan } from '../../domain/plan.js';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { connect, disconnect } from '../../persistence/connection.js';
import { ensureIndexes } from '../../persistence/indexes.js';
import { attemptsOn } from '../../persistence/refused-attempt.repository.js';
import { demoIdentityKey } from '../../platform/keyed-hash.js';
import { createLogger } from '../../platform/logger.js';
import { createAcceptances } from '../../worker/acceptances.js';
import { createRequestSignals } from '../../worker/request-signals.js';
import { createWorker } from '../../worker/create-worker.js';
import { addressOf, quietRuntime, workflowBundle } from './engine.js';
import { calmPlan } from './plans.js';
import { seedWorld } from './world-seed.js';

quietRuntime();

export type Reply = {
  readonly status: number;
  /** An object for every answer of the API; empty when there was no body. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers: Headers;
};
export type SendOptions = { readonly key?: string; readonly headers?: Readonly<Record<string, string>> };
export type Person = {
  readonly get: (path: string, headers?: SendOptions['headers']) => Promise<Reply>;
  /** With a fresh Idempotency-Key unless one is given. */
  readonly post: (path: string, body: unknown, options?: SendOptions) => Promise<Reply>;
  readonly patch: (path: string, body: unknown, headers?: SendOptions['headers']) => Promise<Reply>;
};

export type World = {
  readonly url: string;
  readonly taskQueue: string;
  readonly plan: Plan;
  readonly as: (personId: string) => Person;
  readonly nobody: Person;
  readonly startWorker: () => Promise<void>;
  readonly stopWorker: () => Promise<void>;
  /** What the audit trail says: who did what, and what was refused to whom. */
  readonly trail: (requestId: string) => Promise<string[]>;
  readonly close: () => Promise<void>;
};

export type WorldOptions = {
  readonly plan?: Plan;
  readonly withWorker?: boolean;
  readonly decisionDeadlineMs?: number;
  readonly readWaitMs?: number;
  readonly temporalAddress?: string;
  readonly mode?: 'demo' | 'production';
  readonly maxCommands?: number;
};

export const tokenKey = 'a key for tests only, long enough for HS256';
const log = createLogger('test', { logLevel: process.env['SANAD_LOG_LEVEL'] === 'debug' ? 'debug' : 'fatal' });

const mongodbUri = (): string => {
  const uri = process.env['MONGODB_URI'];
  if (uri === undefined) throw new Error('MONGODB_URI is not set: run the tests with `npm test`');
  return uri;
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const personAt = (url: string, authorization: () => Promise<Record<string, string>>): Person => {
  const send = async (
    method: string,
    path: string,
    headers: Record<string, string>,
    body?: unknown,
  ): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { ...(await authorization()), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : { text };
    return { status: response.status, body: isObject(parsed) ? parsed : { value: parsed }, headers: response.headers };
  };
  const json = { 'content-type': 'application/json' };
  return {
    get: (path, headers = {}) => send('GET', path, headers),
    post: (path, body, { key = randomUUID(), headers = {} } = {}) =>
      send('POST', path, { ...json, 'idempotency-key': key, ...headers }, body),
    patch: (path, body, headers = {}) => send('PATCH', path, { ...json, ...headers }, body),
  };
};

const listen = (server: Server): Promise<string> =>
  new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });

const runWorker = async (taskQueue: string): Promise<() => Promise<void>> => {
  const connection = await NativeConnection.connect({ address: addressOf() });
  const client = new Client({ connection });
  const acceptances = createAcceptances(client, log, heartbeat);
  const worker = await createWorker({
    connection,
    namespace: 'default',
    taskQueue,
    workflowBundle: await workflowBundle(),
    activities: createActivities({
      bank: createSimulatedBank({ delayMs: 0 }),
      paymentFiles: createPaymentFiles(demoProfile, demoPayees),
      signals: createRequestSignals(client, log),
      acceptances,
    }),
    sinks: acceptances.sinks,
    maxCachedWorkflows: 100,
    drainMs: 2_000,
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
};

export const openWorld = async (options: WorldOptions = {}): Promise<World> => {
  const { plan = calmPlan, withWorker = true, decisionDeadlineMs = 8_000, readWaitMs = 2_000, mode = 'demo' } = options;
  const name = randomUUID().slice(0, 8);
  const taskQueue = `http-${name}`;
  await connect(mongodbUri(), `sanad_http_${name}`);
  await ensureIndexes();
  await seedWorld(plan);
  const metrics = createMetrics();
  const gateway = createGrantGateway({
    address: options.temporalAddress ?? addressOf(),
    namespace: 'default',
    taskQueue,
    deadlineMs: decisionDeadlineMs,
    limits: { unrecordedEntries: 200 },
    observe: metrics.temporal,
  });
  const readAfterWrite = createReadAfterWrite(log);
  const app = createApp({
    ...{ gateway, readAfterWrite, metrics, log, mode, readWaitMs, decisionDeadlineMs },
    ngoRegistry: createSimulatedNgoRegistry(),
    maxCommands: options.maxCommands ?? 256,
    token: { key: tokenKey, hours: 1 },
    identityKey: demoIdentityKey,
    publicUrl: 'https://sanad.example',
    version: readVersion(null),
    readiness: { draining: () => false },
  });
  const server = createHttpServer(app);
  const url = await listen(server);
  let stopWorker: (() => Promise<void>) | null = withWorker ? await runWorker(taskQueue) : null;
  const stop = async (): Promise<void> => {
    await stopWorker?.();
    stopWorker = null;
  };
  const bearer = async (personId: string) => {
    const { token } = await issueToken(personId, { key: tokenKey, hours: 1 });
    return { authorization: `Bearer ${token}` };
  };
  return {
    url,
    taskQueue,
    plan,
    as: (personId) => personAt(url, () => bearer(personId)),
    nobody: personAt(url, () => Promise.resolve({})),
    startWorker: async () => {
      stopWorker ??= await runWorker(taskQueue);
    },
    stopWorker: stop,
    trail,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await stop();
      await readAfterWrite.close();
      await gateway.close();
      await disconnect();
    },
  };
};

const trail = async (requestId: string): Promise<string[]> => {
  const subject = { kind: 'request', id: requestId } as const;
  const entries = await timelineOf(subject, 0, 1_000);
  const attempts = await attemptsOn(subject, { afterSeq: 0, limit: 1_000 });
  return [
    ...entries.map(({ actor, command }) => `${actor.personId} ${command}`),
    ...attempts.map(({ actor, command, code }) => `${actor.personId} ${command} refused ${code}`),
  ];
};

/** A field of an answer as text; a test that expects it fails with the whole answer otherwise. */
export const textIn = (reply: Reply, field: string): string => {
  const value = reply.body[field];
  if (typeof value !== 'string') throw new Error(`no text in ${field}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return value;
};
export const numberIn = (reply: Reply, field: string): number => {
  const value = reply.body[field];
  if (typeof value !== 'number')
    throw new Error(`no number in ${field}: ${reply.status} ${JSON.stringify(reply.body)}`);
  return value;
};
