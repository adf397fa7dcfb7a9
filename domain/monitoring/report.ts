// Periodic reports: submitted by the NGO, accepted or returned by the monitoring officer; accepted ones account for money spent.
import { piastres, sumMinor } from '../amount.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest, Report } from '../grant-request.js';
import { reportDeadlineId } from '../grant-request.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { indicatorsFault, measuredIn } from './indicators.js';

export const reportNumbered = (request: GrantRequest, number: number): Report | undefined =>
  request.reports.find((report) => report.number === number);

const earlierOpen = (request: GrantRequest, number: number): Report | undefined =>
  request.reports.find((report) => report.number < number && report.state !== 'accepted');

/** What has to prove the report, where the plan asks for it. */
const evidenceFault = (
  { body: { number }, evidence = [] }: PersonCommand<'submitReport'>,
  { plan }: Context,
): { refusal: Refusal } | null => {
  const asked = plan.reports[number - 1]?.evidence;
  return asked === undefined || evidence.length > 0 ? null : refuse('conditionsNotMet', `${asked}-evidence`, asked);
};

export const decideReport = (
  request: GrantRequest,
  command: PersonCommand<'submitReport'>,
  context: Context,
): Decision => {
  const { number, spentMinor, indicators, documentSha256 } = command.body;
  const report = reportNumbered(request, number);
  if (report === undefined) return refuse('conditionsNotMet', 'report-exists', String(request.reports.length));
  if (report.state === 'submitted' || report.state === 'accepted') return refuse('alreadyActed', 'report-submitted');
  const earlier = earlierOpen(request, number);
  if (earlier) return refuse('reportNotAccepted', 'reports-in-order', `report ${earlier.number}`);
  const fault = evidenceFault(command, context) ?? indicatorsFault(indicators, context);
  if (fault) return fault;
  const award = request.award?.amountMinor ?? '0';
  if (piastres(spentMinor) > piastres(award)) return refuse('amendmentNeeded', 'spent-within-award', award);
  const before = reportNumbered(request, number - 1)?.spentMinor ?? '0';
  if (piastres(spentMinor) < piastres(before)) return refuse('tranchesDoNotAddUp', 'spent-since-start', before);
  return happened({
    ...{ kind: 'reportSubmitted', number, spentMinor, indicators, documentSha256 },
    ...measuredIn(indicators, context),
  });
};

export const decideReportReview = (request: GrantRequest, command: PersonCommand<'recordReportReview'>): Decision => {
  const { number, verdict, points } = command.body;
  if (reportNumbered(request, number)?.state !== 'submitted') return refuse('conditionsNotMet', 'report-submitted');
  if (verdict === 'returned' && points.length === 0) return refuse('conditionsNotMet', 'return-without-points');
  return happened({ kind: 'reportReviewed', number, verdict, points });
};

/** Spending stands in accepted reports, money in settled tranches; what both cover is accounted for. */
export const newlyAccounted = (request: GrantRequest): RequestEvent[] => {
  const spent = request.reports
    .filter((report) => report.state === 'accepted')
    .reduce((most, report) => (piastres(report.spentMinor) > most ? piastres(report.spentMinor) : most), 0n);
  const paid = disbursedOf(request);
  const covered = spent < paid ? spent : paid;
  const more = covered - piastres(request.accountedMinor);
  return more > 0n ? [{ kind: 'spendingAccounted', amountMinor: more.toString() }] : [];
};

/** Paid and not given back while the project went on. */
export const disbursedOf = (request: GrantRequest): bigint =>
  sumMinor(
    request.tranches
      .filter((tranche) => tranche.state === 'settled' || tranche.state === 'confirmed')
      .map((tranche) => tranche.amountMinor),
  ) - piastres(request.refundedMinor ?? '0');

type Change = Partial<Pick<Report, 'state' | 'spentMinor' | 'measured'>>;
const changed = (request: GrantRequest, number: number, version: number, change: Change): GrantRequest => ({
  ...request,
  reports: request.reports.map((report) =>
    report.number === number ? { ...report, ...change, changedVersion: version } : report,
  ),
});

export const reportFolds: Folds<'reportSubmitted' | 'reportReviewed' | 'spendingAccounted'> = {
  reportSubmitted: (request, { number, spentMinor, measured }, { version }) => ({
    ...changed(request, number, version, {
      ...{ state: 'submitted', spentMinor },
      ...(measured === undefined ? {} : { measured }),
    }),
    deadlines: request.deadlines.filter((deadline) => deadline.id !== reportDeadlineId(number)),
  }),
  reportReviewed: (request, { number, verdict }, { version }) => changed(request, number, version, { state: verdict }),
  spendingAccounted: (request, { amountMinor }) => ({
    ...request,
    accountedMinor: (piastres(request.accountedMinor) + piastres(amountMinor)).toString(),
  }),
};
