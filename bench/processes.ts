// The processes that are measured, each its own as in production: the product's worker and API, and the baseline's worker.
import type { Connection } from '@temporalio/client';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Reporter } from '../scripts/reporter.mjs';
import type { Shutdown } from '../scripts/shutdown.mjs';
import { superviseChild } from '../scripts/supervised-child.mjs';
import { waitUntil } from '../scripts/wait-until.mjs';
import { baselineTaskQueue } from './baseline/contract.js';
import { buildFolder } from './build.js';
import type { Measured } from './cpu.js';

export type Starting = {
  readonly report: Reporter;
  readonly shutdown: Shutdown;
  /** Called when a process dies by itself: everything that waits for it would wait for ever. */
  readonly failed: (error: unknown) => void;
  /** For `node` itself, e.g. to write a CPU profile. */
  readonly nodeArguments: readonly string[];
};

type Spec = {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly answers: () => Promise<unknown>;
};

const watchEveryMs = 500;
/** TASK_QUEUE_TYPE_WORKFLOW */
const workflowQueue = 1;

const start = async ({ report, shutdown, failed, nodeArguments }: Starting, spec: Spec): Promise<number> => {
  const { name, file, folder, env, answers } = spec;
  const script = join(buildFolder, file);
  const child = superviseChild({
    name,
    dataFolder: folder,
    command: process.execPath,
    args: [...nodeArguments, script],
    marker: script,
    env,
    report,
    pausesMs: [],
  });
  const lost = (): string => `${name} ended by itself. Its last words:\n${child.lastWords()}`;
  const watch = setInterval(() => child.deaths() > 0 && failed(new Error(lost())), watchEveryMs);
  shutdown.add({
    name,
    stop: () => {
      clearInterval(watch);
      return child.stop();
    },
    endNow: child.endNow,
  });
  await waitUntil(name, answers, { timeoutMs: 60_000, giveUp: () => (child.deaths() > 0 ? lost() : undefined) });
  return child.pid();
};

const hasPollers = (connection: Connection, taskQueue: string) => async (): Promise<boolean> => {
  const { pollers } = await connection.workflowService.describeTaskQueue({
    namespace: 'default',
    taskQueue: { name: taskQueue },
    taskQueueType: workflowQueue,
  });
  return pollers.length > 0;
};

const logFolder = ({ shutdown }: Starting): string => {
  const folder = mkdtempSync(join(tmpdir(), 'sanad-bench-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  shutdown.add({ name: 'logs', stop: () => Promise.resolve(remove()), endNow: remove });
  return folder;
};

export type Surroundings = {
  readonly connection: Connection;
  readonly environment: Readonly<Record<string, string>>;
  readonly taskQueue: string;
  readonly apiUrl: string;
};

const isReady = (apiUrl: string) => async (): Promise<boolean> => (await fetch(`${apiUrl}/readyz`)).ok;

/** One more API, e.g. on another database. */
export const startApi = (
  starting: Starting,
  { name, apiUrl, environment }: Pick<Surroundings, 'apiUrl' | 'environment'> & { readonly name: string },
): Promise<number> => {
  const env = { ...process.env, ...environment };
  return start(starting, { name, file: 'api/main.js', folder: logFolder(starting), env, answers: isReady(apiUrl) });
};

export const startProcesses = async (starting: Starting, around: Surroundings): Promise<Measured> => {
  const { connection, environment, taskQueue, apiUrl } = around;
  const folder = logFolder(starting);
  const env = { ...process.env, ...environment };
  const run = (name: string, file: string, answers: () => Promise<unknown>) =>
    start(starting, { name, file, folder, env, answers });
  const worker = await run('worker', 'worker/main.js', hasPollers(connection, taskQueue));
  const api = await run('api', 'api/main.js', isReady(apiUrl));
  const baseline = await run('baseline', 'bench/baseline/worker.js', hasPollers(connection, baselineTaskQueue));
  return { worker, api, baseline };
};
