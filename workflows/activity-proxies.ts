// Every activity as workflows see it: its timeout and retry policy, and why.
import { proxyActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/index.js';

/** Recording is tried without end: an audit entry is never dropped. Only another entry under the same seq stops it. */
const recording = {
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '5 seconds' },
} as const;

/** It stays for what comes next (worker/acceptances.ts); the missing heartbeat is what a killed worker costs before a new attempt. */
export const { recordEntries } = proxyActivities<Activities>({ ...recording, heartbeatTimeout: '3 seconds' });
/** Without heartbeats the time-out is what a killed worker costs. */
export const { recordBatchEntries } = proxyActivities<Activities>(recording);

/**
 * Claiming and telling requests are compare-and-set or keyed, so that a repeat changes nothing. Without heartbeats the time-out
 * is also what a killed worker costs.
 */
export const { claimInstructions, releaseClaims, reportPaymentStatuses } = proxyActivities<Activities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '500 milliseconds', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

/** A page of open requests; each is told under a key, so that a repeated page changes nothing. */
export const { tellCalendarChange } = proxyActivities<Activities>({
  startToCloseTimeout: '2 minutes',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/** The bank recognises a batch by its id: sending it again is answered with what it did the first time. */
export const { sendBatch, readBankStatuses } = proxyActivities<Activities>({
  startToCloseTimeout: '60 seconds',
  scheduleToCloseTimeout: '30 days',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '5 minutes' },
});
