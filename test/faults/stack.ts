// A whole Sanad of its own for fault tests: mongod, Temporal, API, worker and bank as processes that can be killed, frozen and started
// again. Each way between two of them may lead through a proxy.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/free-port.mjs';
import { createReporter } from '../../scripts/reporter.mjs';
import { startMongod } from '../../scripts/services/mongod-server.mjs';
import { startTemporal } from '../../scripts/services/temporal-server.mjs';
import type { Hop, Part } from '../chaos/vocabulary.js';
import { hops as hopNames } from '../chaos/vocabulary.js';
import type { Proxy } from '../chaos/proxy.js';
import { openProxy } from '../chaos/proxy.js';
import { eventually } from '../support/eventually.js';
import { isNoAnswer } from './no-answer.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bankFile = 'dist/simulators/bank/main.js';

export type { Part } from '../chaos/vocabulary.js';
export type Stack = {
  readonly url: string;
  /** Past every proxy. */
  readonly mongodbUri: string;
  readonly temporalAddress: string;
  readonly database: string;
  /** Of a bank that is a process of its own; null where the worker simulates one. */
  readonly bankUrl: string | null;
  /** Variables under which commands of this Sanad reach it, past every proxy. */
  readonly env: NodeJS.ProcessEnv;
  /** Logs and data of all parts. */
  readonly folder: string;
  /** Throws unless the stack was started with proxies. */
  readonly hop: (name: Hop) => Proxy;
  /** SIGKILL: nothing is flushed, nothing is said good-bye to. */
  readonly kill: (part: Part) => Promise<void>;
  readonly freeze: (part: Part) => void;
  readonly thaw: (part: Part) => void;
  readonly isRunning: (part: Part) => boolean;
  readonly start: (part: Part) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export type StackOptions = {
  /** Where the compiled code is; this repository by default. */
  readonly tree?: string;
  /** Whether API and worker reach the others through proxies. */
  readonly proxies?: boolean;
  /** Whether API and worker are started again when they end by themselves, as `npm start` does it. */
  readonly supervised?: boolean;
  /** Servers that run already and are left alone. */
  readonly servers?: Pick<Stack, 'mongodbUri' | 'temporalAddress'>;
  readonly database?: string;
};

const binaryOf = (variable: string): string => {
  const path = process.env[variable];
  if (path === undefined) throw new Error(`${variable} is not set: run the tests with \`npm test\``);
  return path;
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url)).ok;
  } catch (error) {
    if (isNoAnswer(error)) return false; // nothing listens yet
    throw error;
  }
};

type Running = { readonly pid: number; readonly end: () => Promise<void> };

/** The last net under a crash of the test itself: nothing of ours outlives it. */
const alive = new Set<ChildProcess>();
process.once('exit', () => alive.forEach((child) => child.kill('SIGKILL')));

const childOf = (process: ChildProcess): Running => ({
  pid: process.pid ?? 0,
  end: async () => {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
  },
});

const restartAfterMs = 1_000;
const parameters = 'replicaSet=rs0&w=majority&journal=true';
/** Through a proxy the driver stays on its connection: a replica set would tell it mongod's own port, and it would go round. */
const proxied = (port: number): string => `mongodb://127.0.0.1:${port}/?directConnection=true&w=majority&journal=true`;

type Ports = Readonly<Record<Part | 'workerPages', number>>;
const choosePorts = async (): Promise<Ports> => ({
  mongod: await freePort(0),
  temporal: await freePort(0),
  api: await freePort(0),
  worker: await freePort(0),
  workerPages: await freePort(0),
  bank: await freePort(0),
});

const portsOf = ({ mongodbUri, temporalAddress }: NonNullable<StackOptions['servers']>) => ({
  mongod: Number(/:(\d+)\//.exec(mongodbUri)?.[1]),
  temporal: Number(temporalAddress.split(':')[1]),
});

const serverOf: Readonly<Record<Hop, 'mongod' | 'temporal' | 'bank'>> = {
  'api-temporal': 'temporal',
  'worker-temporal': 'temporal',
  'api-mongo': 'mongod',
  'worker-mongo': 'mongod',
  'worker-bank': 'bank',
};

const openHops = async (ports: Ports): Promise<ReadonlyMap<Hop, Proxy>> =>
  new Map(
    await Promise.all(
      hopNames.map(
        async (name) => [name, await openProxy({ host: '127.0.0.1', port: ports[serverOf[name]] })] as const,
      ),
    ),
  );

export const startStack = async (
  settings: Record<string, string> = {},
  { tree = root, proxies = false, supervised = false, servers, database = 'sanad_faults' }: StackOptions = {},
): Promise<Stack> => {
  const folder = mkdtempSync(join(tmpdir(), 'sanad-faults-'));
  const ports = { ...(await choosePorts()), ...(servers === undefined ? {} : portsOf(servers)) };
  const hops = proxies ? await openHops(ports) : new Map<Hop, Proxy>();
  const temporalAddress = servers?.temporalAddress ?? `127.0.0.1:${ports.temporal}`;
  const mongodbUri = servers?.mongodbUri ?? `mongodb://127.0.0.1:${ports.mongod}/?${parameters}`;
  const bankUrl = existsSync(join(tree, bankFile)) ? `http://127.0.0.1:${ports.bank}` : null;
  const running = new Map<Part, Running>();
  let stopping = false;
  const service = { dataFolder: folder, restart: false, report: createReporter({ write: () => true }) };

  const bankVariables = (url: string): Record<string, string> => (bankUrl === null ? {} : { SANAD_BANK_URL: url });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    SANAD_MODE: 'demo',
    TEMPORAL_ADDRESS: temporalAddress,
    MONGODB_URI: mongodbUri,
    MONGODB_DATABASE: database,
    SANAD_API_PORT: String(ports.api),
    SANAD_API_URL: `http://127.0.0.1:${ports.api}`,
    SANAD_WORKER_PORT: String(ports.workerPages),
    SANAD_SIMULATED_BANK_PORT: String(ports.bank),
    SANAD_SIMULATED_BANK_FOLDER: join(folder, 'bank'),
    ...bankVariables(bankUrl ?? ''),
    ...settings,
  };
  const addressesFor = (name: 'api' | 'worker'): Record<string, string> => {
    const [temporal, mongo, bank] = [hops.get(`${name}-temporal`), hops.get(`${name}-mongo`), hops.get('worker-bank')];
    if (temporal === undefined || mongo === undefined || bank === undefined) return {};
    return {
      TEMPORAL_ADDRESS: `127.0.0.1:${temporal.port}`,
      MONGODB_URI: proxied(mongo.port),
      ...bankVariables(`http://127.0.0.1:${bank.port}`),
    };
  };
  const program = async (name: Part, file: string, answersAt: string, more = {}): Promise<Running> => {
    const log = openSync(join(folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(tree, file)], {
      env: { ...env, ...more },
      cwd: tree,
      stdio: ['ignore', log, log],
    });
    alive.add(child);
    const started = childOf(child);
    child.once('exit', () => {
      alive.delete(child);
      if (!supervised || running.get(name)?.pid !== started.pid) return;
      running.delete(name);
      setTimeout(() => void revive(name), restartAfterMs);
    });
    running.set(name, started); // a start that fails is ended with the rest
    await eventually(`${name} answers`, () => isReady(answersAt), 60_000);
    return running.get(name) ?? started; // it may have ended and been started again meanwhile
  };
  const pages = (port: number, page = 'livez'): string => `http://127.0.0.1:${port}/${page}`;
  const starters: Record<Part, () => Promise<Running>> = {
    mongod: async () => {
      const { pid, stop } = await startMongod({ ...service, binary: binaryOf('SANAD_MONGOD_BIN'), port: ports.mongod });
      return { pid, end: stop };
    },
    temporal: async () => {
      const { pid, stop } = await startTemporal({
        ...service,
        binary: binaryOf('SANAD_TEMPORAL_BIN'),
        port: ports.temporal,
        uiPort: undefined,
      });
      return { pid, end: stop };
    },
    api: () => program('api', 'dist/api/main.js', pages(ports.api), addressesFor('api')),
    worker: () => program('worker', 'dist/worker/main.js', pages(ports.workerPages), addressesFor('worker')),
    bank: () => program('bank', bankFile, pages(ports.bank, 'readyz')),
  };

  const start = async (part: Part): Promise<void> => void running.set(part, await starters[part]());
  const runningPart = (part: Part): Running => {
    const target = running.get(part);
    if (target === undefined) throw new Error(`${part} does not run`);
    return target;
  };
  const kill = async (part: Part): Promise<void> => {
    const target = runningPart(part);
    running.delete(part); // first: what ends now was killed, it did not end by itself
    process.kill(target.pid, 'SIGKILL');
    await target.end();
  };
  /** What cannot start this time is tried again; when it never can, its callers say so. */
  const revive = async (part: Part): Promise<void> => {
    if (stopping || running.has(part)) return;
    await start(part).catch(() => setTimeout(() => void revive(part), restartAfterMs));
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    const ending = [...running.values()];
    running.clear();
    await Promise.all(ending.map(({ end }) => end()));
    await Promise.all([...hops.values()].map((hop) => hop.close()));
    await rm(folder, { recursive: true, force: true });
  };
  const hop = (name: Hop): Proxy => {
    const found = hops.get(name);
    if (found === undefined) throw new Error(`${name}: this stack has no proxies`);
    return found;
  };

  try {
    if (servers === undefined) await Promise.all([start('mongod'), start('temporal')]);
    if (bankUrl !== null) await start('bank');
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ...{ url: `http://127.0.0.1:${ports.api}`, mongodbUri, temporalAddress, database, bankUrl, env, folder, hop },
    ...{ kill, start, stop },
    freeze: (part) => void process.kill(runningPart(part).pid, 'SIGSTOP'),
    thaw: (part) => void process.kill(runningPart(part).pid, 'SIGCONT'),
    isRunning: (part) => running.has(part),
  };
};
