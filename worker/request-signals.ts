// Facts on their way to requests: signals through the worker's Temporal client.
import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/client';
import type { RequestSignals } from '../activities/request-signals.js';
import type { Logger } from '../platform/logger.js';
import {
  calendarChangedSignal,
  calendarWorkflowIdOf,
  paymentStatusReportedSignal,
  workflowIdOf,
} from '../workflows/contract.js';

export const createRequestSignals = (client: Client, log: Logger): RequestSignals => ({
  reportPayment: async ({ requestId, instructionId, number, status, code }) => {
    if (status === 'claimed' || status === 'sent') return;
    const word = { instructionId, number, status, ...(code === undefined ? {} : { code }) };
    const signal = { key: `${instructionId}-${status}`, ...word };
    try {
      await client.workflow.getHandle(workflowIdOf(requestId)).signal(paymentStatusReportedSignal, signal);
    } catch (error) {
      // A person has to compare bank and books; the payment itself stands in the batch's audit trail.
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      log.error({ requestId, ...word }, 'a payment status found no open request');
    }
  },

  changeCalendar: async (requestId, change) => {
    const signal = { key: calendarWorkflowIdOf(change.version), ...change };
    try {
      await client.workflow.getHandle(workflowIdOf(requestId)).signal(calendarChangedSignal, signal);
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
      log.info({ requestId, version: change.version }, 'a change of the calendar found the request ended');
    }
  },
});
