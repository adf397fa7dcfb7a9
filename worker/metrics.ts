// What operators measure about a worker. Labels name activities and outcomes, never people, requests or ids.
import type { Worker } from '@temporalio/worker';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Activities } from '../activities/index.js';
import type { MailEnd } from './notice-sender.js';

const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export type WorkerMetrics = {
  readonly registry: Registry;
  /** The same activities, each call measured. */
  readonly measured: (activities: Activities) => Activities;
  /** How attempts to send e-mails ended; `failed` and `unknown` are for a person to look at. */
  readonly mails: (end: MailEnd, count: number) => void;
  /** Adds what the worker says about itself. */
  readonly watch: (worker: Worker) => void;
};

export const createWorkerMetrics = (): WorkerMetrics => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const activitySeconds = new Histogram({
    name: 'sanad_activity_seconds',
    help: 'Activity attempts by name and outcome',
    labelNames: ['activity', 'outcome'],
    buckets,
    registers,
  });
  const batchEntries = new Histogram({
    name: 'sanad_recorded_entries',
    help: 'Entries per recording call; a growing number means that recording is behind',
    buckets: [1, 2, 5, 10, 20, 50],
    registers,
  });
  const mails = new Counter({
    name: 'sanad_mails_total',
    help: 'Attempts to send e-mails of notices, by how they ended',
    labelNames: ['end'],
    registers,
  });
  const timed =
    <A, R>(activity: string, run: (argument: A) => Promise<R>) =>
    async (argument: A): Promise<R> => {
      const done = activitySeconds.startTimer({ activity });
      let outcome = 'failed';
      try {
        const result = await run(argument);
        outcome = 'completed';
        return result;
      } finally {
        done({ outcome });
      }
    };
  return {
    registry,
    measured: (activities) => ({
      recordEntries: timed('recordEntries', (batch) => {
        batchEntries.observe(batch.entries.length);
        return activities.recordEntries(batch);
      }),
      recordBatchEntries: timed('recordBatchEntries', activities.recordBatchEntries),
      claimInstructions: timed('claimInstructions', activities.claimInstructions),
      releaseClaims: timed('releaseClaims', activities.releaseClaims),
      sendBatch: timed('sendBatch', activities.sendBatch),
      readBankStatuses: timed('readBankStatuses', activities.readBankStatuses),
      reportPaymentStatuses: timed('reportPaymentStatuses', activities.reportPaymentStatuses),
      tellCalendarChange: timed('tellCalendarChange', activities.tellCalendarChange),
    }),
    mails: (end, count) => mails.inc({ end }, count),
    watch: (worker) => watch(worker, registry),
  };
};

const watch = (worker: Worker, registry: Registry): void => {
  new Gauge({
    name: 'sanad_worker_cached_workflows',
    help: 'Requests and batches held in memory',
    registers: [registry],
    collect() {
      this.set(worker.getStatus().numCachedWorkflows);
    },
  });
  new Gauge({
    name: 'sanad_worker_in_flight',
    help: 'Workflow tasks and activities being worked on',
    labelNames: ['kind'],
    registers: [registry],
    collect() {
      const { numInFlightWorkflowActivations, numInFlightActivities } = worker.getStatus();
      this.set({ kind: 'workflow' }, numInFlightWorkflowActivations);
      this.set({ kind: 'activity' }, numInFlightActivities);
    },
  });
};
