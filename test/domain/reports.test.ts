// Periodic reports: their order, what each may say was spent, the indicators it states, their review and the money they account for.
import { describe, expect, it } from '@jest/globals';
import type { Evidence, IndicatorActual, PersonBodies } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import { indicatorsFault, measuredIn } from '../../domain/monitoring/indicators.js';
import { decideReport, disbursedOf, newlyAccounted, reportNumbered } from '../../domain/monitoring/report.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, journeyTo, payTranche, text } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, earningPlan } from '../support/plans.js';

type Body = PersonBodies['submitReport'];
const bodyOf = (change: Partial<Body> = {}): Body => ({
  ...{ number: 1, spentMinor: '100', indicators: [], documentSha256: text },
  ...change,
});
const ask = (told: Journey, change: Partial<Body> = {}, extra: { readonly evidence?: readonly Evidence[] } = {}) =>
  told.ask(people.adel, 'submitReport', bodyOf(change), extra).refusal;
const submit = (told: Journey, change: Partial<Body> = {}): Journey =>
  told.act(people.adel, 'submitReport', bodyOf(change));
const running = (plan: Plan = calmPlan): Journey => journeyTo('implementation', plan);
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;

describe('a report', () => {
  it('is one of those that the plan asks for', () => {
    expect(ask(running(), { number: 4 })).toEqual({ code: 'conditionsNotMet', rule: 'report-exists', accepted: '3' });
    expect(reportNumbered(running().request(), 2)?.number).toBe(2);
    expect(reportNumbered(running().request(), 0)).toBeUndefined();
  });

  it('is submitted once, and again only after it was returned', () => {
    const submitted = { code: 'alreadyActed', rule: 'report-submitted' };
    const told = submit(running());
    expect(ask(told)).toEqual(submitted);
    told.act(people.monitor, 'recordReportReview', { number: 1, verdict: 'returned', points: [point] });
    expect(told.request().reports[0]?.state).toBe('returned');
    expect(ask(told)).toBeUndefined();
    expect(ask(acceptReport(running(), 1, '100'))).toEqual(submitted);
  });

  it('comes after the one before it is accepted, and names the one that is missing', () => {
    const missing = (number: number) => ({
      code: 'reportNotAccepted',
      rule: 'reports-in-order',
      accepted: `report ${number}`,
    });
    expect(ask(running(), { number: 3 })).toEqual(missing(1));
    expect(ask(submit(running()), { number: 2 })).toEqual(missing(1));
    expect(ask(acceptReport(running(), 1, '100'), { number: 3 })).toEqual(missing(2));
    expect(ask(acceptReport(running(), 1, '100'), { number: 2 })).toBeUndefined();
  });

  it('says no less than the report before it, and no more than the award', () => {
    const told = acceptReport(running(), 1, '100');
    expect(ask(told, { number: 2, spentMinor: '99' })).toEqual({
      ...{ code: 'tranchesDoNotAddUp', rule: 'spent-since-start', accepted: '100' },
    });
    expect(ask(told, { number: 2, spentMinor: '100' })).toBeUndefined();
    expect(ask(told, { number: 2, spentMinor: '60000000' })).toBeUndefined();
    expect(ask(told, { number: 2, spentMinor: '60000001' })).toEqual({
      ...{ code: 'amendmentNeeded', rule: 'spent-within-award', accepted: '60000000' },
    });
    expect(ask(running(), { spentMinor: '0' })).toBeUndefined();
  });

  it('brings the proof that the plan asks for with that report, and needs none elsewhere', () => {
    const [first, ...others] = calmPlan.reports;
    if (first === undefined) throw new Error('the calm plan asks for reports');
    const told = running({ ...calmPlan, reports: [{ ...first, evidence: 'attendance' }, ...others] });
    expect(ask(told)).toEqual({ code: 'conditionsNotMet', rule: 'attendance-evidence', accepted: 'attendance' });
    expect(ask(told, {}, { evidence: [] })?.rule).toBe('attendance-evidence');
    const evidence = [{ fileId: 'sheet', sha256: text }];
    expect(ask(told, {}, { evidence })).toBeUndefined();
    told
      .act(people.adel, 'submitReport', bodyOf(), { evidence })
      .act(people.monitor, 'recordReportReview', { number: 1, verdict: 'accepted', points: [] });
    expect(ask(told, { number: 2 })).toBeUndefined();
  });

  it('is held against what holds now: no proof that the plan no longer asks for, no money without an award', () => {
    const request = running().request();
    const envelope = { by: people.adel, key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const command = { ...envelope, kind: 'submitReport', body: bodyOf({ spentMinor: '1' }) } as const;
    const shorter = { plan: { ...calmPlan, reports: [] }, nowMs: 0 };
    expect(decideReport(request, command, shorter).refusal).toBeUndefined();
    expect(decideReport({ ...request, award: null }, command, shorter).refusal).toEqual({
      ...{ code: 'amendmentNeeded', rule: 'spent-within-award', accepted: '0' },
    });
  });

  it('is recorded as it was sent, ends the wait for itself alone and shows its sum', () => {
    const told = running();
    const waited = told.request().deadlines.map(({ id }) => id);
    expect(waited).toContain('report-1');
    const indicators = [{ code: 'trained', total: 3, parts: { female: 2, male: 1 } }];
    submit(told, { indicators });
    expect(lastEvents(told)).toStrictEqual([
      { kind: 'reportSubmitted', number: 1, spentMinor: '100', indicators, documentSha256: text },
    ]);
    const { version, reports, deadlines } = told.request();
    expect(reports.map(({ state }) => state)).toEqual(['submitted', 'expected', 'expected']);
    expect(reports[0]).toMatchObject({ spentMinor: '100', changedVersion: version });
    expect(reports[0] && 'measured' in reports[0]).toBe(false);
    expect(reports[1]?.changedVersion).toBeLessThan(version);
    expect(deadlines.map(({ id }) => id)).toEqual(waited.filter((id) => id !== 'report-1'));
  });
});

const point = { section: 'report', note: 'name the place' };

describe('the review of a report', () => {
  const review = (told: Journey, body: Partial<PersonBodies['recordReportReview']>) =>
    told.ask(people.monitor, 'recordReportReview', { number: 1, verdict: 'accepted', points: [], ...body }).refusal;

  it('is of a report that was submitted and not reviewed yet', () => {
    const submitted = { code: 'conditionsNotMet', rule: 'report-submitted' };
    expect(review(running(), {})).toEqual(submitted);
    expect(review(running(), { number: 9 })).toEqual(submitted);
    expect(review(acceptReport(running(), 1, '100'), {})).toEqual(submitted);
    expect(review(submit(running()), {})).toBeUndefined();
  });

  it('returns nothing without a point to mend, and accepts with or without one', () => {
    const told = submit(running());
    expect(review(told, { verdict: 'returned' })).toEqual({ code: 'conditionsNotMet', rule: 'return-without-points' });
    expect(review(told, { verdict: 'returned', points: [point] })).toBeUndefined();
    expect(review(told, { verdict: 'accepted', points: [point] })).toBeUndefined();
  });

  it('is recorded with its points', () => {
    const told = submit(running()).act(people.monitor, 'recordReportReview', {
      ...{ number: 1, verdict: 'returned', points: [point] },
    });
    expect(lastEvents(told)).toEqual([{ kind: 'reportReviewed', number: 1, verdict: 'returned', points: [point] }]);
    expect(told.request().reports[0]).toMatchObject({ state: 'returned', changedVersion: told.request().version });
  });
});

describe('indicators in a report', () => {
  const trained = (total: number, parts: IndicatorActual['parts'] = { all: total }): IndicatorActual => ({
    ...{ code: 'people-trained', total, parts },
  });
  const other = { code: 'rooms', total: 2, parts: { new: 1, mended: 1 } };
  const watching = { plan: earningPlan, nowMs: 0 };
  const fault = (...indicators: IndicatorActual[]) => indicatorsFault(indicators, watching)?.refusal;

  it('are sums of their parts', () => {
    const broken = { code: 'indicatorPartsDoNotAddUp', rule: 'people-trained', accepted: '10' };
    expect(fault(trained(10, { female: 6, male: 5 }))).toEqual(broken);
    expect(fault(other, trained(10, { female: 6, male: 3 }))).toEqual(broken);
    expect(fault(trained(10, { female: 6, male: 4 }))).toBeUndefined();
    expect(fault(trained(0, {}))).toBeUndefined();
    expect(fault(trained(1, {}))?.code).toBe('indicatorPartsDoNotAddUp');
  });

  it('that a tranche looks at are stated in each report, however often, with one total', () => {
    const missing = { code: 'conditionsNotMet', rule: 'indicator-stated', accepted: 'people-trained' };
    expect(fault()).toEqual(missing);
    expect(fault(other)).toEqual(missing);
    expect(fault(trained(4, { young: 1, old: 3 }), trained(4, { female: 2, male: 2 }))).toBeUndefined();
    expect(fault(trained(4), trained(5))).toEqual({
      ...{ code: 'indicatorPartsDoNotAddUp', rule: 'people-trained', accepted: '4' },
    });
    expect(fault(trained(4), other, { ...other, total: 1, parts: { new: 1 } })).toBeUndefined();
    expect(ask(running(earningPlan))).toEqual(missing);
  });

  it('that are missing are named all at once', () => {
    const [first, ...others] = earningPlan.tranches.parts;
    if (first === undefined) throw new Error('the earning plan has parts');
    const reached = { kind: 'indicator-reached', code: 'rooms', atLeast: 1 } as const;
    const plan = {
      ...earningPlan,
      tranches: { ...earningPlan.tranches, parts: [{ ...first, requires: [reached] }, ...others] },
    };
    expect(indicatorsFault([], { plan, nowMs: 0 })?.refusal.accepted).toBe('rooms people-trained');
    expect(measuredIn([other, trained(3), { ...other, code: 'x' }], { plan, nowMs: 0 })).toEqual({
      measured: { rooms: 2, 'people-trained': 3 },
    });
  });

  it('are kept with the report where money hangs on them, and only there', () => {
    expect(measuredIn([trained(3)], { plan: calmPlan, nowMs: 0 })).toStrictEqual({});
    expect(measuredIn([other, trained(3)], watching)).toEqual({ measured: { 'people-trained': 3 } });
    const told = submit(running(earningPlan), { indicators: [trained(3), other] });
    expect(lastEvents(told)).toMatchObject([{ measured: { 'people-trained': 3 } }]);
    expect(told.request().reports[0]?.measured).toEqual({ 'people-trained': 3 });
  });
});

describe('money accounted for', () => {
  it('is what accepted reports say was spent, as far as it was paid', () => {
    const told = payTranche(running(), 1);
    expect(disbursedOf(told.request())).toBe(21_600_000n);
    submit(told, { spentMinor: '30000000' });
    expect(newlyAccounted(told.request())).toEqual([]);
    told.act(people.monitor, 'recordReportReview', { number: 1, verdict: 'accepted', points: [] });
    expect(lastEvents(told)).toContainEqual({ kind: 'spendingAccounted', amountMinor: '21600000' });
    expect(told.request().accountedMinor).toBe('21600000');
    payTranche(told, 2);
    expect(told.request().accountedMinor).toBe('30000000');
    expect(newlyAccounted(told.request())).toEqual([]);
  });

  it('follows the latest accepted report up, and is no event when nothing more is spent', () => {
    const told = payTranche(running(), 1);
    acceptReport(told, 1, '100');
    expect(lastEvents(told)).toContainEqual({ kind: 'spendingAccounted', amountMinor: '100' });
    acceptReport(told, 2, '100');
    expect(lastEvents(told)?.map(({ kind }) => kind)).not.toContain('spendingAccounted');
    expect(told.request().accountedMinor).toBe('100');
    acceptReport(told, 3, '250');
    const [one, two, last] = told.request().reports;
    if (!one || !two || !last) throw new Error('there are three reports');
    const reports = [one, { ...two, spentMinor: '300' }, { ...last, spentMinor: '200' }];
    expect(newlyAccounted({ ...told.request(), reports })).toEqual([{ kind: 'spendingAccounted', amountMinor: '50' }]);
    expect(lastEvents(told)).toContainEqual({ kind: 'spendingAccounted', amountMinor: '150' });
    expect(told.request().accountedMinor).toBe('250');
  });

  it('counts what is paid whether or not the receipt is confirmed, less what was given back', () => {
    const settled = running();
    settled
      .act(people.finance, 'prepareTranche', {
        number: 1,
        facts: {
          ...{ accountId: 'a', accountVerifiedAtMs: 0, accountChangedAtMs: 0 },
          registryFetchedAtMs: settled.nowMs(),
        },
      })
      .act(people.releaser, 'releaseTranche', { number: 1 });
    expect(disbursedOf(settled.request())).toBe(0n);
    settled.pay(1, 'settled');
    expect(settled.request().tranches[0]?.state).toBe('settled');
    expect(disbursedOf(settled.request())).toBe(21_600_000n);
    settled.act(people.samira, 'confirmReceipt', { number: 1 });
    expect(disbursedOf(settled.request())).toBe(21_600_000n);
    const proof = { reason: 'saved', evidence: [{ fileId: 'note', sha256: text }] };
    settled.act(people.finance, 'recordRefund', { amountMinor: '600000' }, proof);
    expect(disbursedOf(settled.request())).toBe(21_000_000n);
  });
});
