// The Temporal worker with its limits said out loud; the process, the tests and the benchmark create it the same way.
import type { InjectedSinks, WorkerOptions } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { NativeConnection } from '@temporalio/worker';
import { hostname } from 'node:os';
import type { Activities } from '../activities/index.js';
import type { RecordingSinks } from '../workflows/contract.js';

/** More in flight would not make one Node process faster, only its answers later. */
const workflowTasksAtOnce = 40;
/** Most of them wait: a recording stays for the next decision (acceptances.ts), others for MongoDB or the bank. */
const activitiesAtOnce = 200;
const pollers = 5;

export type WorkerDeps = {
  readonly connection: NativeConnection;
  readonly namespace: string;
  readonly taskQueue: string;
  readonly workflowBundle: NonNullable<WorkerOptions['workflowBundle']>;
  readonly activities: Activities;
  readonly sinks: InjectedSinks<RecordingSinks>;
  readonly maxCachedWorkflows: number;
  /** How long activities may go on after the worker was told to stop. */
  readonly drainMs: number;
};

export const createWorker = ({ drainMs, ...given }: WorkerDeps): Promise<Worker> =>
  Worker.create({
    ...given,
    identity: `sanad-worker-${hostname()}-${process.pid}`,
    maxConcurrentWorkflowTaskExecutions: workflowTasksAtOnce,
    maxConcurrentActivityTaskExecutions: activitiesAtOnce,
    maxConcurrentWorkflowTaskPolls: pollers,
    maxConcurrentActivityTaskPolls: pollers,
    // After a crash the server keeps a request's next task for the lost worker only this long (default 10 s).
    stickyQueueScheduleToStartTimeout: '2s',
    shutdownGraceTime: drainMs,
    shutdownForceTime: drainMs + 5_000,
  });
