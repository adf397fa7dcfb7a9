// The agreement: signed by the NGO, countersigned by the Fund over the same text; concluding it fixes tranches and reports.
import { piastres } from '../amount.js';
import { splitAward } from '../award-split.js';
import { dueAfter } from '../due.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { Deadline, GrantRequest, Report, Tranche } from '../grant-request.js';
import { reportDeadlineId } from '../grant-request.js';
import { ending, enterNext } from '../move.js';
import type { Plan } from '../plan.js';
import { refuse } from '../refusal.js';

/** The award split into tranches and, last, what is retained from them until the final report; exact to the piastre. */
export const tranchesOf = (award: bigint, { tranches }: Plan): Tranche[] => {
  const { parts, retained } = splitAward(award, tranches);
  const blank = {
    state: 'waiting',
    changedVersion: 0,
    attempt: 0,
    preparedBy: null,
    releasedBy: [],
    accountId: null,
  } as const;
  const paid = parts.map((amount, index) => ({
    ...blank,
    number: index + 1,
    purpose: 'tranche' as const,
    amountMinor: amount.toString(),
  }));
  if (retained === 0n) return paid;
  return [...paid, { ...blank, number: parts.length + 1, purpose: 'retention', amountMinor: retained.toString() }];
};

const reportsOf = ({ plan, nowMs }: Context): Report[] =>
  plan.reports.map(({ kind, due }, index) => {
    const { atMs, basis } = dueAfter(plan.calendar, nowMs, due);
    return {
      number: index + 1,
      kind,
      state: 'expected',
      changedVersion: 0,
      dueAtMs: atMs,
      ...(basis ? { dueBasis: basis } : {}),
      spentMinor: '0',
    };
  });

const remindersOf = ({ plan, nowMs }: Context): Deadline[] =>
  plan.reports.flatMap(({ remindAfter }, index) =>
    remindAfter
      ? [{ id: reportDeadlineId(index + 1), step: 'remind' as const, ...dueAfter(plan.calendar, nowMs, remindAfter) }]
      : [],
  );

type Concluded = Omit<RequestEvent<'agreementConcluded'>, 'kind'>;
const concluded = (amountMinor: string, context: Context): Concluded => {
  const reminders = remindersOf(context);
  return {
    amountMinor,
    tranches: tranchesOf(piastres(amountMinor), context.plan),
    reports: reportsOf(context),
    ...(reminders.length > 0 ? { reminders } : {}),
  };
};

const conclude = (amountMinor: string, context: Context): RequestEvent[] => [
  { kind: 'agreementConcluded', ...concluded(amountMinor, context) },
  enterNext('agreement', context),
];

/** After the last approval. Without an agreement on the route that approval is what commits the money. */
export const afterApproval = ({ award }: GrantRequest, context: Context): RequestEvent[] => [
  ...(award === null || context.plan.route.includes('agreement')
    ? []
    : [{ kind: 'awardConcluded' as const, ...concluded(award.amountMinor, context) }]),
  enterNext('authority', context),
];

export const decideSignature = (
  request: GrantRequest,
  command: PersonCommand<'signAgreement'>,
  context: Context,
): Decision => {
  if (request.agreement) return refuse('alreadyActed', 'agreement-signed');
  if (request.award?.funds !== 'reserved') return refuse('conditionsNotMet', 'funds-reserved');
  const signed: RequestEvent = { kind: 'agreementSigned', documentSha256: command.body.documentSha256 };
  if (context.plan.agreement.countersigned) return happened(signed);
  return happened(signed, ...conclude(request.award.amountMinor, context));
};

export const decideCountersignature = (
  request: GrantRequest,
  command: PersonCommand<'countersignAgreement'>,
  context: Context,
): Decision => {
  if (request.agreement === null || request.award === null)
    return refuse('conditionsNotMet', 'signatory-signs-first', 'signAgreement');
  if (request.agreement.documentSha256 !== command.body.documentSha256)
    return refuse('conditionsNotMet', 'same-text', request.agreement.documentSha256);
  return happened(...conclude(request.award.amountMinor, context));
};

export const decideDeclining = (request: GrantRequest): Decision =>
  happened(
    { kind: 'agreementDeclined' },
    ...(request.award
      ? [{ kind: 'fundsReleased', amountMinor: request.award.amountMinor, from: 'reserved' } as const]
      : []),
    ending('declined'),
  );

const fixed = (
  request: GrantRequest,
  { tranches, reports, reminders = [] }: Concluded,
  version: number,
): GrantRequest => ({
  ...request,
  award: request.award ? { ...request.award, funds: 'committed' } : null,
  agreement: request.agreement ? { ...request.agreement, countersigned: true } : null,
  tranches: tranches.map((tranche) => ({ ...tranche, changedVersion: version })),
  reports: reports.map((report) => ({ ...report, changedVersion: version })),
  deadlines: [
    ...request.deadlines,
    ...reports.map(({ number, dueAtMs: atMs, dueBasis: basis }) => ({
      ...{ id: reportDeadlineId(number), step: 'due' as const, atMs },
      ...(basis ? { basis } : {}),
    })),
    ...reminders,
  ],
});

type AgreementEvents = 'agreementSigned' | 'agreementConcluded' | 'awardConcluded' | 'agreementDeclined';

export const agreementFolds: Folds<AgreementEvents> = {
  agreementSigned: (request, { documentSha256 }) => ({
    ...request,
    agreement: { documentSha256, countersigned: false },
  }),
  agreementConcluded: (request, event, { version }) => fixed(request, event, version),
  awardConcluded: (request, event, { version }) => fixed(request, event, version),
  agreementDeclined: (request) => request,
};
