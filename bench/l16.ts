// The reference lifecycle as data: 16 human decisions and 3 payments, the same for the product and for what it is compared with.
import type { PersonCommandKind } from '../domain/command.js';
import { l16Plan } from './plans/l16.js';

/** People of the measurement, each with one role (reference-data.ts); distinct wherever the rules ask for it. */
export const benchPeople = {
  signatory: 'bench-signatory',
  applicant: 'bench-applicant',
  screener: 'bench-screener',
  reviewers: ['bench-reviewer-1', 'bench-reviewer-2', 'bench-reviewer-3'],
  members: ['bench-member-1', 'bench-member-2', 'bench-member-3'],
  reportOfficer: 'bench-report-officer',
  closingOfficer: 'bench-closing-officer',
  finance: 'bench-finance',
  releaser: 'bench-releaser',
} as const;

/** What a machine has to do before a step may be taken. */
export type Awaited = 'funds-reserved' | 'payments-settled';

export type Step = {
  readonly command: PersonCommandKind;
  readonly actor: string;
  /** After `/v1/requests/{id}`; a submission is sent to its draft instead. */
  readonly path: string;
  /** Body of the HTTP command beside `expectedVersion`. */
  readonly body: Readonly<Record<string, unknown>>;
  readonly awaits?: Awaited;
  /** A payment follows from this decision. */
  readonly pays?: true;
};

export const requestedMinor = '60000000';
const documentSha256 = 'd'.repeat(64);
const scores = Object.fromEntries(l16Plan.review.criteria.map(({ code }) => [code, 8]));
const spentAfter = ['24000000', '45000000', requestedMinor] as const;

const scoring = benchPeople.reviewers.map(
  (actor): Step => ({ command: 'recordScore', actor, path: '/scores', body: { scores } }),
);
const voting = benchPeople.members.map(
  (actor): Step => ({ command: 'castVote', actor, path: '/votes', body: { vote: 'approve' } }),
);
const reporting = spentAfter.flatMap((spentMinor, index): Step[] => {
  const path = `/reports/${index + 1}`;
  const report = { spentMinor, indicators: [], documentSha256 };
  return [
    { command: 'submitReport', actor: benchPeople.applicant, path: `${path}/submission`, body: report },
    {
      command: 'recordReportReview',
      actor: benchPeople.reportOfficer,
      path: `${path}/review`,
      body: { verdict: 'accepted' },
      pays: true,
    },
  ];
});

export const l16Steps: readonly Step[] = [
  { command: 'submitRequest', actor: benchPeople.signatory, path: '/submission', body: {} },
  {
    command: 'recordScreening',
    actor: benchPeople.screener,
    path: '/screening',
    body: { verdict: 'eligible', checklist: [] },
  },
  ...scoring,
  ...voting,
  {
    command: 'signAgreement',
    actor: benchPeople.signatory,
    path: '/agreement/signature',
    body: { documentSha256 },
    awaits: 'funds-reserved',
  },
  ...reporting,
  {
    command: 'closeRequest',
    actor: benchPeople.closingOfficer,
    path: '/closure',
    body: { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' },
    awaits: 'payments-settled',
  },
];

export const stepNumbered = (index: number): Step => {
  const step = l16Steps[index];
  if (step === undefined) throw new Error(`the lifecycle has no step ${index}`);
  return step;
};
export const decisionsPerLifecycle = l16Steps.length;
export const paymentsPerLifecycle = l16Steps.filter((step) => step.pays).length;
/** The engine's own entries are the answer of the treasury and one word of the bank per payment; every decision adds one. */
export const versionWhen = {
  'funds-reserved': l16Steps.findIndex((step) => step.awaits === 'funds-reserved') + 1,
  'payments-settled': decisionsPerLifecycle - 1 + 1 + paymentsPerLifecycle,
  closed: decisionsPerLifecycle + 1 + paymentsPerLifecycle,
} as const;
