// Plans for tests: the reference plan with what a test needs changed, and toy plans whose due times are milliseconds.
import type { Plan, StagePlan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';

export const roundTheClock = { weekend: [], holidays: [], offsets: [{ fromMs: 0, minutes: 0 }], dayEndsAtMinute: 1440 };
const time = (ms: number) => ({ unit: 'time', ms }) as const;
const dayMs = 86_400_000;

const everyStage = (timing: StagePlan): Partial<Record<Stage, StagePlan>> =>
  Object.fromEntries(stageNames.map((stage) => [stage, timing]));

// What the registry has to say and what a correction voids (`strictPlan`), appeals (`appealingPlan`) and what is owed (`owingPlan`)
// have tests of their own;
// elsewhere they would only be in the way: a story of the tests ends with the decision.
const { eligibility, opinions, voiding, appeal, recovery, ...withoutReviewRules } = developmentGrant;
/** Whoever assigns in a test need not follow a suggestion that depends on what else the test has open. */
const anyReviewer = { expertise: 60, perOpenTask: 10, perEarlierReview: 20, deviationNeedsReason: false };

/** The reference plan on a round-the-clock calendar with long due times: nothing strikes during a test. */
export const calmPlan: Plan = {
  ...withoutReviewRules,
  assumptions: developmentGrant.assumptions.filter((path) => path in withoutReviewRules || path.includes('.')),
  code: 'calm',
  calendar: roundTheClock,
  submitWithin: time(60_000),
  review: { ...developmentGrant.review, suggestion: anyReviewer },
  stages: everyStage({ due: time(30 * dayMs), escalateAfter: time(30 * dayMs) }),
  tranches: { ...developmentGrant.tranches, accountRest: time(3 * dayMs), registryFreshness: time(90 * dayMs) },
};

/** The calm plan with the reference plan's rules on eligibility, opinions and voiding. */
export const strictPlan: Plan = {
  ...calmPlan,
  code: 'strict',
  assumptions: developmentGrant.assumptions.filter((path) => path !== 'appeal' && path !== 'recovery'),
  ...(eligibility ? { eligibility } : {}),
  ...(opinions ? { opinions } : {}),
  ...(voiding ? { voiding } : {}),
};
/** Screening with every rung of the ladder, each of this many milliseconds; its supervisors are the secretaries. */
export const ladderPlan = (rungMs: number): Plan => ({
  ...calmPlan,
  code: 'ladder',
  stages: {
    ...calmPlan.stages,
    screening: {
      ...{ due: time(2 * rungMs), remindAfter: time(rungMs), escalateAfter: time(rungMs) },
      ...{ rerouteAfter: time(rungMs), rerouteTo: 'committeeSecretary' },
    },
  },
});

/** The first report with every rung of its ladder, each of this many milliseconds; the others stay calm. */
export const hastyReportPlan = (rungMs: number): Plan => ({
  ...calmPlan,
  code: 'hasty-report',
  reports: calmPlan.reports.map((report, index) =>
    index > 0
      ? report
      : {
          ...report,
          ...{ remindAfter: time(rungMs), due: time(2 * rungMs) },
          ...{ escalateAfter: time(rungMs), proposeSuspensionAfter: time(rungMs) },
        },
  ),
});

/** Screening due in working days on a calendar of real weeks in UTC, so that declared days move it. */
export const workingPlan = (count: number): Plan => ({
  ...calmPlan,
  code: 'working',
  calendar: { ...roundTheClock, weekend: [5, 6], dayEndsAtMinute: 900 },
  stages: {
    ...calmPlan.stages,
    screening: { due: { unit: 'working-days', count }, escalateAfter: { unit: 'working-days', count: 3 } },
  },
});

/** Due times in milliseconds for the stages named; all others stay calm. */
export const hastyPlan = (due: Partial<Record<Stage, number>>, escalateAfterMs = 30 * dayMs): Plan => ({
  ...calmPlan,
  code: 'hasty',
  stages: {
    ...calmPlan.stages,
    ...Object.fromEntries(
      Object.entries(due).map(([stage, ms]) => [stage, { due: time(ms), escalateAfter: time(escalateAfterMs) }]),
    ),
  },
});

/** The calm plan with appeals: a decision against the request opens the time for one. */
export const appealingPlan: Plan = { ...calmPlan, code: 'appealing', ...(appeal ? { appeal } : {}) };

/** The calm plan with due times for instalments, and writing off by the authority matrix. */
export const owingPlan: Plan = {
  ...calmPlan,
  code: 'owing',
  stages: { ...calmPlan.stages, recovery: { due: time(365 * dayMs), escalateAfter: time(30 * dayMs) } },
  ...(recovery ? { recovery } : {}),
};

/** A first tranche of a fixed amount, a second one by results once enough of the first is spent, and two reports. */
export const earningPlan: Plan = {
  ...calmPlan,
  code: 'earning',
  reports: calmPlan.reports.slice(1),
  tranches: {
    ...calmPlan.tranches,
    parts: [
      { amountMinor: '20000000', requires: [] },
      {
        shareBasisPoints: 10_000,
        requires: [
          { kind: 'report-accepted', number: 1 },
          { kind: 'tranche-settled', number: 1 },
          { kind: 'spent-share', basisPoints: 8_000 },
        ],
        results: { indicator: 'people-trained', target: 100, leastBasisPoints: 2_500 },
      },
    ],
  },
};
