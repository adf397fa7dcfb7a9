// Whether a plan's numbers and periods are ones the engine can run by: whole, in range, on a calendar that has working days.
import type { Calendar, Period } from '../calendar.js';
import { isDay } from '../calendar.js';
import type { PlanFault } from './plan-fault.js';
import { areAscending, faultIf, planCheck } from './plan-fault.js';

const longestMs = 10 * 365 * 86_400_000;
const mostWorkingDays = 1_000;

type Range = { readonly least: number; readonly most: number };

const outside = (path: string, value: number, { least, most }: Range): PlanFault[] =>
  faultIf(!Number.isInteger(value) || value < least || value > most, path, {
    en: `${value} is not a whole number from ${least} to ${most}`,
    ar: `${value} ليس عدداً صحيحاً بين ${least} و${most}`,
  });

/** `least` 1 where something is waited for; a rest of no time at all is one that is not asked. */
const periodFaults = (path: string, period: Period, least = 1): PlanFault[] =>
  period.unit === 'time'
    ? outside(`${path}.ms`, period.ms, { least, most: longestMs })
    : outside(`${path}.count`, period.count, { least, most: mostWorkingDays });

const stagePeriods = planCheck(['stages'], ({ stages }) =>
  Object.entries(stages).flatMap(([stage, { due, escalateAfter, remindAfter, rerouteAfter }]) =>
    Object.entries({ due, escalateAfter, remindAfter, rerouteAfter }).flatMap(([name, period]) =>
      period === undefined ? [] : periodFaults(`stages.${stage}.${name}`, period),
    ),
  ),
);

const otherPeriods = [
  planCheck(['committee'], ({ committee: { longestDeferral } }) =>
    longestDeferral === undefined ? [] : periodFaults('committee.longestDeferral', longestDeferral),
  ),
  planCheck(['afterReview'], ({ afterReview: { due } }) => periodFaults('afterReview.due', due)),
  planCheck(['recovery'], ({ recovery: { longest, remindBeforeMs } }) => [
    ...periodFaults('recovery.longest', longest),
    ...outside('recovery.remindBeforeMs', remindBeforeMs, { least: 0, most: longestMs }),
  ]),
  planCheck(['submitWithin'], ({ submitWithin }) => periodFaults('submitWithin', submitWithin)),
  planCheck(['reports'], ({ reports }) =>
    reports.flatMap(({ due, remindAfter, escalateAfter, proposeSuspensionAfter }, index) =>
      Object.entries({ due, remindAfter, escalateAfter, proposeSuspensionAfter }).flatMap(([name, period]) =>
        period === undefined ? [] : periodFaults(`reports.${index}.${name}`, period),
      ),
    ),
  ),
  planCheck(['tranches'], ({ tranches: { accountRest, registryFreshness } }) => [
    ...periodFaults('tranches.accountRest', accountRest, 0),
    ...periodFaults('tranches.registryFreshness', registryFreshness),
  ]),
];

const counts = [
  // Rounds without a bound would be a path that never ends.
  planCheck(['correctionRounds'], ({ correctionRounds }) =>
    outside('correctionRounds', correctionRounds, { least: 0, most: 10 }),
  ),
  planCheck(['review'], ({ review: { reviewers, enoughScores, spreadThreshold, criteria } }) => [
    ...outside('review.reviewers', reviewers, { least: 1, most: 20 }),
    ...outside('review.enoughScores', enoughScores, { least: 0, most: 20 }),
    ...outside('review.spreadThreshold', spreadThreshold, { least: 0, most: 10_000 }),
    ...criteria.flatMap(({ code, weight, max }) => [
      ...outside(`review.criteria.${code}.weight`, weight, { least: 1, most: 100 }),
      ...outside(`review.criteria.${code}.max`, max, { least: 1, most: 1_000 }),
    ]),
  ]),
  planCheck(['committee'], ({ committee: { quorum, seats } }) => [
    ...outside('committee.quorum', quorum, { least: 0, most: 100 }),
    ...(seats === undefined
      ? []
      : [
          ...outside('committee.seats.total', seats.total, { least: 1, most: 100 }),
          ...outside('committee.seats.civilSociety', seats.civilSociety, { least: 0, most: 100 }),
        ]),
  ]),
  planCheck(['tranches'], ({ tranches: { releasers, firstPaymentReleasers } }) => [
    ...outside('tranches.releasers', releasers, { least: 0, most: 5 }),
    ...(firstPaymentReleasers === undefined
      ? []
      : outside('tranches.firstPaymentReleasers', firstPaymentReleasers, { least: 2, most: 5 })),
  ]),
];

const offsetFaults = ({ offsets }: Calendar): PlanFault[] => {
  const ascending = areAscending(offsets.map(({ fromMs }) => fromMs));
  return [
    ...faultIf(offsets.length === 0 || !ascending, 'calendar.offsets', {
      en: 'offsets from UTC are needed, in order of the instants they begin at',
      ar: 'يلزم تحديد فروق التوقيت مرتبة حسب بدايتها',
    }),
    ...offsets.flatMap(({ minutes }, index) =>
      outside(`calendar.offsets.${index}.minutes`, minutes, { least: -840, most: 840 }),
    ),
  ];
};

const calendarFaults = planCheck(['calendar'], ({ calendar }) => [
  ...faultIf(new Set(calendar.weekend).size >= 7, 'calendar.weekend', {
    en: 'no working day is left',
    ar: 'لا يبقى يوم عمل',
  }),
  ...calendar.weekend.flatMap((day, index) => outside(`calendar.weekend.${index}`, day, { least: 0, most: 6 })),
  ...calendar.holidays.flatMap((day, index) =>
    faultIf(!isDay(day), `calendar.holidays.${index}`, { en: `${day} is not a day`, ar: `${day} ليس يوماً` }),
  ),
  ...outside('calendar.dayEndsAtMinute', calendar.dayEndsAtMinute, { least: 1, most: 1_440 }),
  ...offsetFaults(calendar),
]);

export const numberChecks = [stagePeriods, ...otherPeriods, ...counts, calendarFaults];
