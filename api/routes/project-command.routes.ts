// Commands on a running project and at its end, one row each: payments, reports, suspension and the like, closure, recovery.
import { z } from 'zod';
import { releaseFacts } from '../account-facts.js';
import { paymentFactsFor } from '../command-facts.js';
import { commandEndpoint, requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import * as schema from '../schemas/command.schema.js';

/** Of a tranche or a report, as in the address. */
const number = z.coerce.number().int().min(1).max(1_000);
const numbered = requestParams.extend({ number });

const paymentCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'prepareTranche',
    path: '/tranches/{number}/preparation',
    summary: { ar: 'إعداد الدفعة للصرف', en: 'Prepare a tranche for payment' },
    params: numbered,
    body: schema.bare,
    problems: [
      'bankDetailsUnverified',
      'bankDetailsTooFresh',
      'reportNotAccepted',
      'instructionExists',
      'unknownStatus',
      'alreadyActed',
    ],
    examples: commandExamples.prepareTranche,
    make: async ({ params }, { record }) => ({ number: params.number, facts: await paymentFactsFor(await record()) }),
  }),
  commandEndpoint(deps, {
    kind: 'releaseTranche',
    path: '/tranches/{number}/release',
    summary: { ar: 'الموافقة على صرف الدفعة', en: 'Release a prepared tranche' },
    params: numbered,
    body: schema.bare,
    problems: ['bankDetailsUnverified', 'bankDetailsTooFresh', 'instructionExists', 'unknownStatus', 'alreadyActed'],
    examples: commandExamples.releaseTranche,
    make: async ({ params: { number: tranche, requestId } }) => ({
      number: tranche,
      ...(await releaseFacts(requestId)),
    }),
  }),
  commandEndpoint(deps, {
    kind: 'confirmReceipt',
    path: '/tranches/{number}/receipt',
    summary: { ar: 'تأكيد استلام الدفعة', en: 'Confirm that a tranche arrived' },
    params: numbered,
    body: schema.bare,
    problems: ['alreadyActed'],
    examples: commandExamples.confirmReceipt,
    make: ({ params }) => ({ number: params.number }),
  }),
];

const reportCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'submitReport',
    path: '/reports/{number}/submission',
    summary: { ar: 'تقديم تقرير', en: 'Submit a report' },
    params: numbered,
    body: schema.report,
    problems: [
      'alreadyActed',
      'reportNotAccepted',
      'indicatorPartsDoNotAddUp',
      'amendmentNeeded',
      'tranchesDoNotAddUp',
    ],
    examples: commandExamples.submitReport,
    make: ({ params, body: { spentMinor, indicators, documentSha256 } }) => ({
      number: params.number,
      spentMinor,
      indicators,
      documentSha256,
    }),
  }),
  commandEndpoint(deps, {
    kind: 'recordReportReview',
    path: '/reports/{number}/review',
    summary: { ar: 'مراجعة تقرير', en: 'Accept or return a report' },
    params: numbered,
    body: schema.reportReview,
    examples: commandExamples.recordReportReview,
    make: ({ params, body: { verdict, points } }) => ({ number: params.number, verdict, points }),
  }),
  commandEndpoint(deps, {
    kind: 'recordVisit',
    path: '/visits',
    summary: { ar: 'تسجيل زيارة ميدانية للمشروع', en: 'Record a visit to the project' },
    params: requestParams,
    body: schema.visit,
    examples: commandExamples.recordVisit,
    make: ({ body: { visitedOn, verdict, findings } }) => ({ visitedOn, verdict, findings }),
  }),
];

const overlayCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'suspend',
    path: '/suspension',
    summary: { ar: 'إيقاف الطلب', en: 'Suspend the request' },
    params: requestParams,
    body: schema.suspension,
    problems: ['alreadyActed'],
    examples: commandExamples.suspend,
    make: ({ body: { ground } }) => ({ ground }),
  }),
  commandEndpoint(deps, {
    kind: 'liftSuspension',
    path: '/suspension/lifting',
    summary: { ar: 'رفع الإيقاف', en: 'Lift the suspension' },
    params: requestParams,
    body: schema.bare,
    examples: commandExamples.liftSuspension,
    make: () => ({}),
  }),
  commandEndpoint(deps, {
    kind: 'withdraw',
    path: '/withdrawal',
    summary: { ar: 'سحب الطلب', en: 'Withdraw the request' },
    params: requestParams,
    body: schema.bare,
    examples: commandExamples.withdraw,
    make: () => ({}),
  }),
  commandEndpoint(deps, {
    kind: 'terminate',
    path: '/termination',
    summary: { ar: 'إنهاء التمويل', en: 'Terminate the funding' },
    params: requestParams,
    body: schema.bare,
    examples: commandExamples.terminate,
    make: () => ({}),
  }),
];

const closureCommands = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'recordRefund',
    path: '/refunds',
    summary: { ar: 'تسجيل مبلغ ردّته الجهة أثناء التنفيذ', en: 'Record money given back during the project' },
    params: requestParams,
    body: schema.refund,
    problems: ['tranchesDoNotAddUp'],
    examples: commandExamples.recordRefund,
    make: ({ body: { amountMinor } }) => ({ amountMinor }),
  }),
  commandEndpoint(deps, {
    kind: 'closeRequest',
    path: '/closure',
    summary: { ar: 'التوقيع على الإغلاق', en: 'Sign the closure' },
    params: requestParams,
    body: schema.closure,
    problems: ['alreadyActed', 'tranchesDoNotAddUp'],
    examples: commandExamples.closeRequest,
    make: ({ body: { verdict, unspentMinor, returnedMinor } }) => ({ verdict, unspentMinor, returnedMinor }),
  }),
  commandEndpoint(deps, {
    kind: 'agreeRecoveryPlan',
    path: '/recovery-plan',
    summary: { ar: 'الاتفاق على خطة الاسترداد', en: 'Agree on a recovery plan' },
    params: requestParams,
    body: schema.recoveryPlan,
    problems: ['alreadyActed', 'tranchesDoNotAddUp'],
    examples: commandExamples.agreeRecoveryPlan,
    make: ({ body: { instalments } }) => ({
      instalments: instalments.map(({ amountMinor, dueAt }) => ({ amountMinor, dueAtMs: Date.parse(dueAt) })),
    }),
  }),
  commandEndpoint(deps, {
    kind: 'recordRecovery',
    path: '/recoveries',
    summary: { ar: 'تسجيل مبلغ مسترد أو إعدامه', en: 'Record money received back, or write it off' },
    params: requestParams,
    body: schema.recovery,
    problems: ['tranchesDoNotAddUp', 'authorityUnresolved', 'alreadyActed'],
    examples: commandExamples.recordRecovery,
    make: ({ body: { kind, amountMinor } }) => ({ kind, amountMinor }),
  }),
];

export const projectCommandRoutes = (deps: RouteDeps): Endpoint[] => [
  ...paymentCommands(deps),
  ...reportCommands(deps),
  ...overlayCommands(deps),
  ...closureCommands(deps),
];
