// The numbers and periods of a plan: each is taken at both ends of its range, and refused with that range one step beyond it.
import { describe, expect, it } from '@jest/globals';
import type { Calendar, Period } from '../../domain/calendar.js';
import { numberChecks } from '../../domain/plan-check/number-faults.js';
import type { Plan, StagePlan } from '../../domain/plan.js';
import { developmentGrant as sound } from '../../domain/plans/development-grant.js';
import { faultsWith, pathsWith } from '../support/plan-faults.js';
import { roundTheClock } from '../support/plans.js';

const { calendar, committee, review, tranches } = sound;
const [firstReport, ...laterReports] = sound.reports;
const [firstCriterion, ...otherCriteria] = review.criteria;
if (firstReport === undefined || firstCriterion === undefined || sound.recovery === undefined || committee.seats === undefined)
  throw new Error('the reference plan has reports, criteria, seats and a recovery'); // prettier-ignore
const { recovery } = sound;
const { seats } = committee;

/** Ten years. */
const longestMs = 315_360_000_000;
const ms = (count: number): Period => ({ unit: 'time', ms: count });
const days = (count: number): Period => ({ unit: 'working-days', count });

const ofStage = (change: Partial<StagePlan>): Partial<Plan> => ({
  stages: { ...sound.stages, agreement: { due: days(15), escalateAfter: days(3), ...change } },
});
const ofReport = (change: Partial<Plan['reports'][number]>): Partial<Plan> => ({
  reports: [{ ...firstReport, ...change }, ...laterReports],
});
const ofReview = (change: Partial<Plan['review']>): Partial<Plan> => ({ review: { ...review, ...change } });
const ofCriterion = (change: Partial<Plan['review']['criteria'][number]>): Partial<Plan> =>
  ofReview({ criteria: [{ ...firstCriterion, ...change }, ...otherCriteria] });
const ofCommittee = (change: Partial<Plan['committee']>): Partial<Plan> => ({ committee: { ...committee, ...change } });
const ofTranches = (change: Partial<Plan['tranches']>): Partial<Plan> => ({ tranches: { ...tranches, ...change } });
const ofCalendar = (change: Partial<Calendar>): Partial<Plan> => ({ calendar: { ...calendar, ...change } });

type Ranged = readonly [path: string, least: number, most: number, put: (value: number) => Partial<Plan>];

type Timed = readonly [path: string, leastMs: number, put: (period: Period) => Partial<Plan>];
const periods: readonly Timed[] = [
  ['stages.agreement.due', 1, (due) => ofStage({ due })],
  ['stages.agreement.escalateAfter', 1, (escalateAfter) => ofStage({ escalateAfter })],
  ['stages.agreement.remindAfter', 1, (remindAfter) => ofStage({ remindAfter })],
  ['stages.agreement.rerouteAfter', 1, (rerouteAfter) => ofStage({ rerouteAfter })],
  ['reports.0.due', 1, (due) => ofReport({ due })],
  ['reports.0.escalateAfter', 1, (escalateAfter) => ofReport({ escalateAfter })],
  ['reports.0.remindAfter', 1, (remindAfter) => ofReport({ remindAfter })],
  ['reports.0.proposeSuspensionAfter', 1, (proposeSuspensionAfter) => ofReport({ proposeSuspensionAfter })],
  ['committee.longestDeferral', 1, (longestDeferral) => ofCommittee({ longestDeferral })],
  ['afterReview.due', 1, (due) => ({ afterReview: { due } })],
  ['recovery.longest', 1, (longest) => ({ recovery: { ...recovery, longest } })],
  ['submitWithin', 1, (submitWithin) => ({ submitWithin })],
  ['tranches.registryFreshness', 1, (registryFreshness) => ofTranches({ registryFreshness })],
  // No rest at all is a rest that is not asked for.
  ['tranches.accountRest', 0, (accountRest) => ofTranches({ accountRest })],
];

const ranges: readonly Ranged[] = [
  ...periods.flatMap(([path, least, put]): Ranged[] => [
    [`${path}.ms`, least, longestMs, (value) => put(ms(value))],
    [`${path}.count`, least, 1_000, (value) => put(days(value))],
  ]),
  ['recovery.remindBeforeMs', 0, longestMs, (remindBeforeMs) => ({ recovery: { ...recovery, remindBeforeMs } })],
  ['correctionRounds', 0, 10, (correctionRounds) => ({ correctionRounds })],
  ['review.reviewers', 1, 20, (reviewers) => ofReview({ reviewers })],
  ['review.enoughScores', 0, 20, (enoughScores) => ofReview({ enoughScores })],
  ['review.spreadThreshold', 0, 10_000, (spreadThreshold) => ofReview({ spreadThreshold })],
  [`review.criteria.${firstCriterion.code}.weight`, 1, 100, (weight) => ofCriterion({ weight })],
  [`review.criteria.${firstCriterion.code}.max`, 1, 1_000, (max) => ofCriterion({ max })],
  ['committee.quorum', 0, 100, (quorum) => ofCommittee({ quorum })],
  ['committee.seats.total', 1, 100, (total) => ofCommittee({ seats: { ...seats, total } })],
  ['committee.seats.civilSociety', 0, 100, (civilSociety) => ofCommittee({ seats: { ...seats, civilSociety } })],
  ['tranches.releasers', 0, 5, (releasers) => ofTranches({ releasers })],
  ['tranches.firstPaymentReleasers', 2, 5, (firstPaymentReleasers) => ofTranches({ firstPaymentReleasers })],
  ['calendar.weekend.0', 0, 6, (day) => ofCalendar({ weekend: [day] })],
  ['calendar.dayEndsAtMinute', 1, 1_440, (dayEndsAtMinute) => ofCalendar({ dayEndsAtMinute })],
  ['calendar.offsets.0.minutes', -840, 840, (minutes) => ofCalendar({ offsets: [{ fromMs: 0, minutes }] })],
];

describe('a number of a plan', () => {
  it.each(ranges)('%s is whole, from %s to %s', (path, least, most, put) => {
    const said = (value: number): string[] =>
      numberChecks
        .flatMap((faultsOf) => faultsOf({ ...sound, ...put(value) }))
        .filter((fault) => fault.path === path && fault.en.includes('whole number from'))
        .map(({ en, ar }) => `${en} | ${ar}`);
    const range = (value: number): string =>
      `${value} is not a whole number from ${least} to ${most} | ${value} ليس عدداً صحيحاً بين ${least} و${most}`;
    expect([said(least), said(most)]).toEqual([[], []]);
    for (const value of [least - 1, most + 1, least + 0.5]) expect(said(value)).toEqual([range(value)]);
  });

  it('that the plan does not have is not asked for', () => {
    const { remindAfter, escalateAfter, proposeSuspensionAfter, ...plain } = firstReport;
    const { longestDeferral, seats: places, ...sitting } = committee;
    const { firstPaymentReleasers, ...paying } = tranches;
    expect([remindAfter, escalateAfter, proposeSuspensionAfter, longestDeferral, places]).not.toContain(undefined);
    expect(firstPaymentReleasers).toBe(2);
    const assumptions = sound.assumptions.filter((path) => !/^(recovery|committee\.(seats|longest))/.test(path));
    const { recovery: owed, ...rest } = { ...sound, assumptions };
    expect(owed).toBeDefined();
    expect(pathsWith({ reports: [plain, ...laterReports], committee: sitting, tranches: paying }, rest)).toEqual([]);
  });
});

describe('the calendar of a plan', () => {
  it.each([
    ['one offset, from whenever on', [{ fromMs: -5, minutes: 120 }], []],
    ['offsets in order', [{ fromMs: 0, minutes: 120 }, { fromMs: 5, minutes: 180 }, { fromMs: 9, minutes: 120 }], []],
    ['no offset', [], ['calendar.offsets']],
    ['two offsets from the same instant on', [{ fromMs: 5, minutes: 120 }, { fromMs: 5, minutes: 180 }], ['calendar.offsets']],
    ['a last offset before the others', [{ fromMs: 3, minutes: 0 }, { fromMs: 5, minutes: 0 }, { fromMs: 4, minutes: 0 }], ['calendar.offsets']],
    ['an offset that is none, among sound ones', [{ fromMs: 3, minutes: 0 }, { fromMs: 5, minutes: 841 }], ['calendar.offsets.1.minutes']],
  ])('with %s', (_what, offsets, paths) => {
    expect(pathsWith(ofCalendar({ offsets }))).toEqual(paths);
  }); // prettier-ignore

  it('leaves at least one working day, and names each holiday that is no day', () => {
    expect(pathsWith(ofCalendar({ weekend: [0, 1, 2, 3, 4, 5] }))).toEqual([]);
    expect(pathsWith(ofCalendar({ weekend: [0, 1, 2, 3, 4, 5, 5] }))).toEqual([]);
    expect(pathsWith(ofCalendar({ weekend: [0, 1, 2, 3, 4, 5, 6] }))).toEqual(['calendar.weekend']);
    const [fault, ...others] = faultsWith(ofCalendar({ holidays: ['2026-01-25', '25 January'] }));
    expect([fault?.path, fault?.en, others]).toEqual(['calendar.holidays.1', '25 January is not a day', []]);
  });

  it('may run round the clock', () => {
    expect(pathsWith({ calendar: roundTheClock })).toEqual([]);
  });
});
