// A whole Sanad of its own for fault tests: mongod, Temporal, API and worker as processes that can be killed, frozen and started again.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/free-port.mjs';
import { createReporter } from '../../scripts/reporter.mjs';
import { startMongod } from '../../scripts/services/mongod-server.mjs';
import { startTemporal } from '../../scripts/services/temporal-server.mjs';
import { eventually } from '../support/eventually.js';
import { isNoAnswer } from './no-answer.js';

const root = fileURLToPath(new URL('../..', import.meta.url));

export type Part = 'mongod' | 'temporal' | 'api' | 'worker';
export type Stack = {
  readonly url: string;
  readonly mongodbUri: string;
  readonly temporalAddress: string;
  readonly database: string;
  /** SIGKILL: nothing is flushed, nothing is said good-bye to. */
  readonly kill: (part: Part) => Promise<void>;
  readonly start: (part: Part) => Promise<void>;
  readonly stop: () => Promise<void>;
};

const binaryOf = (variable: string): string => {
  const path = process.env[variable];
  if (path === undefined) throw new Error(`${variable} is not set: run the tests with \`npm test\``);
  return path;
};

const isReady = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/livez`)).ok;
  } catch (error) {
    if (isNoAnswer(error)) return false; // nothing listens yet
    throw error;
  }
};

type Running = { readonly pid: number; readonly end: () => Promise<void> };

const childOf = (process: ChildProcess): Running => ({
  pid: process.pid ?? 0,
  end: async () => {
    if (process.exitCode !== null || process.signalCode !== null) return;
    const gone = once(process, 'exit');
    process.kill('SIGKILL');
    await gone;
  },
});

export const startStack = async (settings: Record<string, string> = {}): Promise<Stack> => {
  const folder = mkdtempSync(join(tmpdir(), 'sanad-faults-'));
  const [mongoPort, temporalPort, apiPort, workerPort] = [
    await freePort(0),
    await freePort(0),
    await freePort(0),
    await freePort(0),
  ];
  const database = 'sanad_faults';
  const temporalAddress = `127.0.0.1:${temporalPort}`;
  const mongodbUri = `mongodb://127.0.0.1:${mongoPort}/?replicaSet=rs0&w=majority&journal=true`;
  const running = new Map<Part, Running>();
  const service = { dataFolder: folder, restart: false, report: createReporter({ write: () => true }) };

  const env = {
    ...process.env,
    SANAD_MODE: 'demo',
    TEMPORAL_ADDRESS: temporalAddress,
    MONGODB_URI: mongodbUri,
    MONGODB_DATABASE: database,
    SANAD_API_PORT: String(apiPort),
    SANAD_WORKER_PORT: String(workerPort),
    ...settings,
  };
  const application = async (name: 'api' | 'worker', port: number): Promise<Running> => {
    const log = openSync(join(folder, `${name}.log`), 'a');
    const child = spawn(process.execPath, [join(root, `dist/${name}/main.js`)], {
      env,
      cwd: root,
      stdio: ['ignore', log, log],
    });
    await eventually(`${name} answers`, () => isReady(`http://127.0.0.1:${port}`), 60_000);
    return childOf(child);
  };
  const starters: Record<Part, () => Promise<Running>> = {
    mongod: async () => {
      const { pid, stop } = await startMongod({ ...service, binary: binaryOf('SANAD_MONGOD_BIN'), port: mongoPort });
      return { pid, end: stop };
    },
    temporal: async () => {
      const { pid, stop } = await startTemporal({
        ...service,
        binary: binaryOf('SANAD_TEMPORAL_BIN'),
        port: temporalPort,
        uiPort: undefined,
      });
      return { pid, end: stop };
    },
    api: () => application('api', apiPort),
    worker: () => application('worker', workerPort),
  };

  const start = async (part: Part): Promise<void> => void running.set(part, await starters[part]());
  const kill = async (part: Part): Promise<void> => {
    const target = running.get(part);
    if (target === undefined) throw new Error(`${part} does not run`);
    process.kill(target.pid, 'SIGKILL');
    await target.end();
    running.delete(part);
  };
  const stop = async (): Promise<void> => {
    await Promise.all([...running.values()].map(({ end }) => end()));
    await rm(folder, { recursive: true, force: true });
  };

  await Promise.all([start('mongod'), start('temporal')]);
  return { url: `http://127.0.0.1:${apiPort}`, mongodbUri, temporalAddress, database, kill, start, stop };
};
