// Every route of /v1, in the order of the documentation; and the same rows without anything behind them, for the document alone.
import { createCursors } from './cursor.js';
import type { RouteDeps } from './deps.js';
import type { Endpoint } from './endpoint.js';
import { createLogger } from '../platform/logger.js';
import { createMetrics } from './metrics.js';
import { authorityRoutes } from './routes/authority.routes.js';
import { awardCommandRoutes } from './routes/award-command.routes.js';
import { delegationRoutes } from './routes/delegation.routes.js';
import { calendarRoutes } from './routes/calendar.routes.js';
import { bankAccountRoutes } from './routes/bank-account.routes.js';
import { callRoutes } from './routes/call.routes.js';
import { draftRoutes } from './routes/draft.routes.js';
import { inboxViewRoutes } from './routes/inbox-view.routes.js';
import { inboxRoutes } from './routes/inbox.routes.js';
import { fundingSourceRoutes } from './routes/funding-source.routes.js';
import { ledgerOrderRoutes } from './routes/ledger-order.routes.js';
import { ledgerRoutes } from './routes/ledger.routes.js';
import { letterRoutes } from './routes/letter.routes.js';
import { noticeRoutes } from './routes/notice.routes.js';
import { operationRoutes } from './routes/operation.routes.js';
import { paymentBatchReadRoutes } from './routes/payment-batch-read.routes.js';
import { paymentBatchRoutes } from './routes/payment-batch.routes.js';
import { personRoutes } from './routes/person.routes.js';
import { planDraftRoutes } from './routes/plan-draft.routes.js';
import { planMigrationRoutes } from './routes/plan-migration.routes.js';
import { planRoutes } from './routes/plan.routes.js';
import { projectCommandRoutes } from './routes/project-command.routes.js';
import { reassignmentRoutes } from './routes/reassignment.routes.js';
import { reconciliationRoutes } from './routes/reconciliation.routes.js';
import { referenceRoutes } from './routes/reference.routes.js';
import { organisationRegistryRoutes } from './routes/organisation-registry.routes.js';
import { publicAwardRoutes } from './routes/public-award.routes.js';
import { registerRoutes } from './routes/register.routes.js';
import { requestListRoutes } from './routes/request-list.routes.js';
import { requestVersionRoutes } from './routes/request-version.routes.js';
import { requestRoutes } from './routes/request.routes.js';
import { reviewRoutes } from './routes/review.routes.js';
import { sessionBatchRoutes } from './routes/session-batch.routes.js';
import { sessionReadRoutes } from './routes/session-read.routes.js';
import { sessionRoutes } from './routes/session.routes.js';
import { submissionRoutes } from './routes/submission.routes.js';
import { timelineRoutes } from './routes/timeline.routes.js';
import { trancheChecksRoutes } from './routes/tranche-checks.routes.js';

export const allEndpoints = (deps: RouteDeps): Endpoint[] => [
  ...draftRoutes(deps),
  ...submissionRoutes(deps),
  ...requestListRoutes(deps),
  ...requestRoutes(deps),
  ...trancheChecksRoutes(),
  ...requestVersionRoutes(),
  ...timelineRoutes(deps),
  ...reviewRoutes(deps),
  ...letterRoutes(deps),
  ...awardCommandRoutes(deps),
  ...projectCommandRoutes(deps),
  ...authorityRoutes(deps),
  ...reassignmentRoutes(deps),
  ...planMigrationRoutes(deps),
  ...sessionRoutes(),
  ...sessionBatchRoutes(deps),
  ...sessionReadRoutes(deps),
  ...inboxRoutes(deps),
  ...inboxViewRoutes(),
  ...noticeRoutes(deps),
  ...paymentBatchRoutes(deps),
  ...paymentBatchReadRoutes(deps),
  ...reconciliationRoutes(deps),
  ...ledgerRoutes(),
  ...ledgerOrderRoutes(deps),
  ...fundingSourceRoutes(),
  ...operationRoutes(deps),
  ...publicAwardRoutes(deps),
  ...referenceRoutes(deps),
  ...personRoutes(deps),
  ...delegationRoutes(deps),
  ...callRoutes(),
  ...planRoutes(),
  ...planDraftRoutes(),
  ...registerRoutes(deps),
  ...organisationRegistryRoutes(deps),
  ...bankAccountRoutes(deps),
  ...calendarRoutes(deps),
];

const nobody = (): never => {
  throw new Error('these routes are there to be described, not to be called');
};

/** As mounted in demo mode, with nothing behind: for writing the OpenAPI document without services. */
export const describedEndpoints = (): Endpoint[] =>
  allEndpoints({
    mode: 'demo',
    gateway: {
      submit: nobody,
      command: nobody,
      buildBatch: nobody,
      changeCalendar: nobody,
      batchCommand: nobody,
      tellRegistryFinding: nobody,
      lookUp: nobody,
      ping: nobody,
      close: nobody,
    },
    readAfterWrite: { wait: nobody, close: nobody },
    readWaitMs: 0,
    cursors: createCursors('described'),
    token: { key: 'described', hours: 1 },
    identityKey: 'described',
    metrics: createMetrics(),
    ngoRegistry: { source: 'described', read: nobody },
    publicUrl: 'http://localhost:3000',
    log: createLogger('described', { logLevel: 'fatal' }),
  });
