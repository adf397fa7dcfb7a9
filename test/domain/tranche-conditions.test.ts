// What a tranche waits for: when each condition is met, when it can never be met any more, and what is shown of it.
import { describe, expect, it } from '@jest/globals';
import type { PaymentFacts } from '../../domain/command.js';
import type { GrantRequest, Report, Tranche, TrancheState, Visit } from '../../domain/grant-request.js';
import { checkNames, trancheChecks } from '../../domain/money/tranche-checks.js';
import {
  awaitsVisit,
  conditionsOf,
  isLost,
  isMet,
  isProvisional,
  isWaiting,
  reachedOf,
  spendingOf,
  unmetConditionsOf,
  waitsForReview,
} from '../../domain/money/tranche-conditions.js';
import {
  earnedMinor,
  earningOf,
  givenBack,
  plannedMinor,
  unearnedTranches,
} from '../../domain/money/tranche-results.js';
import { changedTranche, isInFlight, isOwed, isPaid, trancheNumbered } from '../../domain/money/tranche-state.js';
import { readyTranches } from '../../domain/money/tranche.js';
import type { Plan, TrancheCondition } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import { dayMs, paymentFacts, startMs } from '../support/journey.js';
import { calmPlan, earningPlan } from '../support/plans.js';

const nowMs = startMs + 500 * dayMs;
const context = { plan: calmPlan, nowMs };
const states: readonly TrancheState[] = [
  ...(['waiting', 'ready', 'prepared', 'released', 'settled'] as const),
  ...(['rejected', 'unknown', 'confirmed', 'unearned'] as const),
];

type Change = { readonly [number: number]: Partial<Tranche> };
const withTranches = (change: Change, more: Partial<GrantRequest> = {}): GrantRequest => {
  const request = atStage('implementation');
  const tranches = request.tranches.map((tranche) => ({ ...tranche, ...change[tranche.number] }));
  return { ...request, tranches, ...more };
};
const withReports = (...change: readonly Partial<Report>[]): Pick<GrantRequest, 'reports'> => ({
  reports: atStage('implementation').reports.map((report, index) => ({ ...report, ...change[index] })),
});
const accepted = { state: 'accepted' } as const;
const allAccepted = () => withReports(accepted, accepted, accepted);
const trancheOf = (request: GrantRequest, number: number): Tranche => {
  const found = trancheNumbered(request, number);
  if (found === undefined) throw new Error(`there is no tranche ${number}`);
  return found;
};

describe('where a tranche stands', () => {
  it.each<[string, (tranche: Tranche) => boolean, readonly TrancheState[]]>([
    ['paid once the bank settled it', isPaid, ['settled', 'confirmed']],
    ['in flight from its release to the last word of the bank', isInFlight, ['released', 'unknown']],
    ['owed until it is paid or nothing of it can come', isOwed, states.slice(0, 4).concat('rejected', 'unknown')],
  ])('is %s', (_where, holds, expected) => {
    const tranche = trancheOf(withTranches({}), 1);
    expect(states.filter((state) => holds({ ...tranche, state }))).toEqual(expected);
  });

  it('changes alone, with the version of the change', () => {
    const before = withTranches({});
    const after = changedTranche(before, 2, 77, ({ attempt }) => ({ state: 'ready', attempt: attempt + 1 }));
    expect(after.tranches).toEqual(
      before.tranches.map((one) =>
        one.number === 2 ? { ...one, state: 'ready', attempt: 1, changedVersion: 77 } : one,
      ),
    );
    expect({ ...after, tranches: [] }).toEqual({ ...before, tranches: [] });
  });
});

describe('what a tranche waits for', () => {
  it('is what the plan says of it, and nothing where the plan says nothing', () => {
    const request = withTranches({});
    expect(conditionsOf(request, trancheOf(request, 1), context)).toEqual([]);
    expect(conditionsOf(request, trancheOf(request, 3), context)).toEqual([
      { kind: 'report-accepted', number: 2 },
      { kind: 'tranche-settled', number: 2 },
    ]);
    expect(conditionsOf(request, { ...trancheOf(request, 3), number: 9 }, context)).toEqual([]);
  });

  it('is for the retention the final report and every other tranche of which something can come', () => {
    const request = withTranches({ 2: { state: 'unearned' } });
    expect(conditionsOf(request, trancheOf(request, 4), context)).toEqual([
      { kind: 'report-accepted', number: 3 },
      { kind: 'tranche-settled', number: 1 },
      { kind: 'tranche-settled', number: 3 },
    ]);
  });

  it('is told without what is met already', () => {
    const request = withTranches({ 2: { state: 'settled' } }, withReports(accepted));
    expect(unmetConditionsOf(request, trancheOf(request, 3), context)).toEqual([
      { kind: 'report-accepted', number: 2 },
    ]);
  });
});

describe('spending of earlier money', () => {
  const paid = { state: 'settled', amountMinor: '101' } as const;
  const request = (more: Partial<GrantRequest> = {}): GrantRequest =>
    withTranches({ 1: paid, 2: { ...paid, state: 'confirmed' }, 3: paid }, { accountedMinor: '90', ...more });

  it('is asked of what was paid before and kept, rounded up', () => {
    const third = (basisPoints: number, more?: Partial<GrantRequest>) =>
      spendingOf(request(more), trancheOf(request(), 3), basisPoints);
    expect(third(10_000)).toEqual({ needed: 202n, reached: 90n });
    expect(third(5_000)).toEqual({ needed: 101n, reached: 90n });
    expect(third(5_001)).toEqual({ needed: 102n, reached: 90n });
    expect(third(5_000, { refundedMinor: '3' })).toEqual({ needed: 100n, reached: 90n });
    expect(spendingOf(withTranches({ 1: paid }), trancheOf(request(), 3), 10_000).needed).toBe(101n);
    expect(spendingOf(request(), trancheOf(request(), 1), 10_000).needed).toBe(0n);
  });

  it('is enough from the piastre on that is needed, and never where nothing was paid', () => {
    const met = (accountedMinor: string, number = 2): boolean =>
      isMet(request({ accountedMinor }), trancheOf(request(), number), { kind: 'spent-share', basisPoints: 5_000 });
    expect([met('50'), met('51'), met('52')]).toEqual([false, true, true]);
    expect(met('52', 1)).toBe(false);
  });
});

describe('a result that was reached', () => {
  const measured = (total: number) => ({ measured: { trees: total } });
  it('is that of the newest accepted report, and nothing where none says so', () => {
    const reports = withReports({ ...accepted, ...measured(3) }, { ...accepted, ...measured(5) }, measured(9));
    expect(reachedOf(withTranches({}, reports), 'trees')).toBe(5);
    expect(reachedOf(withTranches({}, reports), 'schools')).toBe(0);
    expect(reachedOf(withTranches({}, withReports(accepted)), 'trees')).toBe(0);
    expect(reachedOf(withTranches({}), 'trees')).toBe(0);
  });

  it('is enough from the number on that is asked', () => {
    const request = withTranches({}, withReports({ ...accepted, ...measured(5) }));
    const met = (atLeast: number): boolean =>
      isMet(request, trancheOf(request, 2), { kind: 'indicator-reached', code: 'trees', atLeast });
    expect([met(4), met(5), met(6)]).toEqual([true, true, false]);
  });
});

const visit = (verdict: Visit['verdict']): Visit => ({
  ...{ visitedOn: '2026-03-01', verdict, findings: [], number: 1, changedVersion: 1 },
});
const afterReport: TrancheCondition = { kind: 'report-accepted', number: 2 };
const afterTranche: TrancheCondition = { kind: 'tranche-settled', number: 2 };
const afterVisit: TrancheCondition = { kind: 'visit-passed', number: 1 };

describe('a condition', () => {
  it.each<[string, TrancheCondition, () => GrantRequest, boolean]>([
    ['report 2', afterReport, () => withTranches({}, withReports({}, accepted)), true],
    ['report 2, with the others accepted', afterReport, () => withTranches({}, withReports(accepted, {}, accepted)), false],
    ['report 2, while it is only submitted', afterReport, () => withTranches({}, withReports({}, { state: 'submitted' })), false],
    ['tranche 2', afterTranche, () => withTranches({ 2: { state: 'settled' } }), true],
    ['tranche 2, with the others paid', afterTranche, () => withTranches({ 1: { state: 'settled' }, 3: { state: 'settled' } }), false],
    ['tranche 2, on its way', afterTranche, () => withTranches({ 2: { state: 'released' } }), false],
    ['a visit', afterVisit, () => withTranches({}, { visits: [visit('passed')] }), true],
    ['a visit that failed', afterVisit, () => withTranches({}, { visits: [visit('failed')] }), false],
    ['a visit to come', afterVisit, () => withTranches({}), false],
  ])('on %s', (_what, condition, asked, met) => {
    const request = asked();
    expect(isMet(request, trancheOf(request, 3), condition)).toBe(met);
  }); // prettier-ignore
});

describe('a condition that can never be met any more', () => {
  const spent: TrancheCondition = { kind: 'spent-share', basisPoints: 5_000 };
  const indicator: TrancheCondition = { kind: 'indicator-reached', code: 'trees', atLeast: 5 };
  const paid = { state: 'settled', amountMinor: '100' } as const;
  const reached = () => withReports(accepted, accepted, { ...accepted, measured: { trees: 5 } });
  it.each<[string, TrancheCondition, () => GrantRequest, boolean]>([
    ['not a report, which can always come', afterReport, () => withTranches({ 2: { state: 'unearned' } }), false],
    ['not a visit, which can always come', afterVisit, () => withTranches({}, { ...allAccepted(), visits: [visit('failed')] }), false],
    ['a tranche of which nothing can come', afterTranche, () => withTranches({ 2: { state: 'unearned' } }), true],
    ['not a tranche that is not there', { ...afterTranche, number: 9 }, () => withTranches({}, allAccepted()), false],
    ['not a tranche that is still to be paid', afterTranche, () => withTranches({ 1: { state: 'unearned' } }, allAccepted()), false],
    ['too little spent, with all reported and paid', spent, () => withTranches({ 1: paid, 2: paid }, { ...allAccepted(), accountedMinor: '99' }), true],
    ['not what is just enough spent', spent, () => withTranches({ 1: paid, 2: paid }, { ...allAccepted(), accountedMinor: '100' }), false],
    ['not while a report is to come', spent, () => withTranches({ 1: paid, 2: paid }, withReports(accepted, {}, accepted)), false],
    ['not while money before it is to be paid', spent, () => withTranches({ 1: paid }, allAccepted()), false],
    ['a result missed, with all reported', indicator, () => withTranches({}, allAccepted()), true],
    ['not a result missed while a report is to come', indicator, () => withTranches({}, withReports(accepted)), false],
    ['not a result reached', indicator, () => withTranches({}, reached()), false],
  ])('is %s', (_what, condition, asked, lost) => {
    const request = asked();
    expect(isLost(request, trancheOf(request, 3), condition)).toBe(lost);
  }); // prettier-ignore
});

describe('before the committee has ratified', () => {
  const provisional = { number: 1, approvers: 1 } as const;
  const due = { due: { unit: 'working-days', count: 20 } } as const;
  const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, provisional }, afterReview: due };
  const judged = (verdict: 'ratify' | 'recover'): GrantRequest =>
    withTranches({}, { afterReview: { verdict, dueAtMs: nowMs } });

  it('all but the provisional tranche wait', () => {
    const request = withTranches({});
    const waits = (from: GrantRequest, under: Plan) =>
      from.tranches.map((tranche) => waitsForReview(from, tranche, { plan: under, nowMs }));
    expect(waits(request, plan)).toEqual([false, true, true, true]);
    expect(waits(judged('recover'), plan)).toEqual([false, true, true, true]);
    expect(waits(judged('ratify'), plan)).toEqual([false, false, false, false]);
    expect(waits(request, calmPlan)).toEqual([false, false, false, false]);
    expect([isProvisional({ number: 1 }, plan), isProvisional({ number: 2 }, plan)]).toEqual([true, false]);
    expect(isProvisional({ number: 1 }, calmPlan)).toBe(false);
  });

  it('a tranche counts as waiting only from then on', () => {
    const waiting = (from: GrantRequest) => isWaiting(from, trancheOf(from, 2), { plan, nowMs });
    expect([waiting(withTranches({})), waiting(judged('ratify'))]).toEqual([false, true]);
    expect(isWaiting(withTranches({}), trancheOf(withTranches({ 2: { state: 'ready' } }), 2), context)).toBe(false);
  });

  it('is shown as a condition of its own where the plan has an after-review', () => {
    const check = (from: GrantRequest, number: number) =>
      trancheChecks(from, { tranche: trancheOf(from, number), facts: paymentFacts(nowMs) }, { plan, nowMs })
        .filter(({ condition }) => condition === 'after-review-ratified')
        .map(({ met }) => met);
    expect([check(withTranches({}), 1), check(withTranches({}), 2)]).toEqual([[true], [false]]);
    expect(check(judged('ratify'), 2)).toEqual([true]);
  });
});

describe('a visit is awaited', () => {
  const [first, second, ...others] = calmPlan.tranches.parts;
  if (first === undefined || second === undefined) throw new Error('the calm plan has two parts');
  const parts = [first, { ...second, requires: [afterReport, afterVisit] }, ...others];
  const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, parts } };
  it.each<[string, () => GrantRequest, boolean]>([
    ['while a tranche waits for one', () => withTranches({}), true],
    ['no more once the project passed', () => withTranches({}, { visits: [visit('passed')] }), false],
    ['no more once the tranche went on', () => withTranches({ 2: { state: 'prepared' } }), false],
  ])('%s', (_when, asked, awaited) => {
    const request = asked();
    expect(awaitsVisit(request, { plan, nowMs })).toBe(awaited);
    expect(awaitsVisit(request, context)).toBe(false);
  });
});

describe('what a tranche earns', () => {
  const terms = { indicator: 'people-trained', target: 3, leastBasisPoints: 2_500 };
  it.each<[bigint, number, bigint]>([
    [100n, 3, 100n],
    [100n, 4, 100n],
    [100n, 2, 66n],
    [100n, 1, 33n],
    [100n, 0, 25n],
    [3n, 0, 1n],
    [1n, 0, 1n],
  ])('of %s with %s of 3 reached is %s', (planned, reached, earned) => {
    expect(earnedMinor(planned, terms, reached)).toBe(earned);
  });

  it('is settled for a tranche by results alone', () => {
    const plan = earningPlan;
    const request = withTranches(
      { 2: { amountMinor: '1000' } },
      withReports({ ...accepted, measured: { 'people-trained': 80 } }),
    );
    expect(earningOf(request, trancheOf(request, 2), { plan, nowMs })).toEqual({
      ...{ kind: 'trancheEarned', number: 2, plannedMinor: '1000', earnedMinor: '800', unearnedMinor: '200' },
      ...{ indicator: 'people-trained', reached: 80, target: 100 },
    });
    expect(earningOf(request, trancheOf(request, 1), { plan, nowMs })).toBeUndefined();
    expect(earningOf(request, trancheOf(request, 4), { plan, nowMs })).toBeUndefined();
    expect(earningOf(request, { ...trancheOf(request, 2), number: 9 }, { plan, nowMs })).toBeUndefined();
    const retention = { ...trancheOf(request, 2), purpose: 'retention' } as const;
    expect(earningOf(request, retention, { plan, nowMs })).toBeUndefined();
  });

  it('is told with what was planned, which is the amount itself elsewhere', () => {
    const tranche = trancheOf(withTranches({}), 1);
    expect(plannedMinor({ ...tranche, amountMinor: '5', plannedMinor: '9' })).toBe('9');
    expect(plannedMinor({ ...tranche, amountMinor: '5' })).toBe('5');
  });

  it('leaves the rest to be given back, as releases do', () => {
    const earned = { number: 2, plannedMinor: '9', earnedMinor: '5', indicator: 'x', reached: 1, target: 2 };
    expect(givenBack({ kind: 'trancheEarned', ...earned, unearnedMinor: '4' })).toBe('4');
    expect(givenBack({ kind: 'trancheUnearned', number: 2, amountMinor: '6', condition: 'spent-share' })).toBe('6');
    expect(givenBack({ kind: 'fundsReleased', amountMinor: '7', from: 'committed' })).toBe('7');
    expect(givenBack({ kind: 'refundReceived', amountMinor: '8' })).toBeNull();
  });
});

describe('a tranche follows by itself', () => {
  it('as ready when everything it waits for is met, and with its instruction where the plan prepares none', () => {
    const request = withTranches({ 1: { state: 'waiting' } });
    expect(readyTranches(request, context)).toEqual([{ kind: 'trancheReady', number: 1 }]);
    const tranches = { ...calmPlan.tranches, preparation: 'automatic' } as const;
    const instructed = (automaticAccountId?: string) =>
      readyTranches(request, {
        plan: {
          ...calmPlan,
          tranches: { ...tranches, ...(automaticAccountId === undefined ? {} : { automaticAccountId }) },
        },
        nowMs,
      })[1];
    expect(instructed('account-9')).toEqual({
      ...{ kind: 'paymentInstructed', number: 1, instructionId: `${request.id}-t1-1`, amountMinor: '21600000' },
      ...{ purpose: 'tranche', accountId: 'account-9', replaces: null },
    });
    expect(instructed()).toMatchObject({ accountId: null });
  });

  it('as unearned when one of its conditions is lost, and names it', () => {
    const request = withTranches({ 2: { state: 'unearned' } }, allAccepted());
    expect(unearnedTranches(request, context)).toEqual([
      {
        kind: 'trancheUnearned',
        number: 3,
        amountMinor: trancheOf(request, 3).amountMinor,
        condition: 'tranche-settled',
      },
    ]);
    expect(unearnedTranches(withTranches({}), context)).toEqual([]);
  });
});

describe('what is shown of a tranche', () => {
  const shown = (request: GrantRequest, facts: Partial<PaymentFacts> = {}, number = 2, plan: Plan = calmPlan) =>
    trancheChecks(
      request,
      { tranche: trancheOf(request, number), facts: { ...paymentFacts(nowMs), ...facts } },
      { plan, nowMs },
    );
  const ofAccount = [
    { condition: 'account-verified', met: true, atMs: nowMs - 200 * dayMs },
    { condition: 'account-rested', met: true, atMs: nowMs - 197 * dayMs },
    { condition: 'registry-data-fresh', met: true, atMs: nowMs - dayMs },
  ];

  it('is each condition with its numbers, one by one', () => {
    const request = withTranches({ 1: { state: 'settled', amountMinor: '100' } }, { accountedMinor: '40' });
    expect(shown(request)).toEqual([
      { condition: 'agreement-signed', met: true },
      { condition: 'report-accepted', number: 1, met: false },
      { condition: 'tranche-settled', number: 1, met: true },
      { condition: 'spent-share', spent: { neededMinor: '50', reachedMinor: '40' }, met: false },
      { condition: 'not-suspended', met: true },
      ...ofAccount,
    ]);
  });

  it('is met for good once the tranche went on, and not where nothing of it can come', () => {
    const unmet = (state: TrancheState): string[] =>
      shown(withTranches({ 2: { state } }))
        .filter(({ met }) => !met)
        .map(({ condition }) => condition);
    for (const state of states)
      expect(unmet(state)).toEqual(
        state === 'waiting' || state === 'unearned' ? ['report-accepted', 'tranche-settled', 'spent-share'] : [],
      );
  });

  it('says whether the agreement is signed on both sides', () => {
    const { agreement } = atStage('implementation');
    if (agreement === null) throw new Error('an agreement was concluded');
    const signed = (change: Partial<GrantRequest>) => shown(withTranches({}, change))[0];
    expect(signed({ agreement: { ...agreement, countersigned: false } })).toEqual({
      condition: 'agreement-signed',
      met: false,
    });
    expect(signed({ agreement: null })).toEqual({ condition: 'agreement-signed', met: false });
  });

  it('says of the account when it was verified and until when it rests, and of the registry how old its word is', () => {
    const restsUntil = (atMs: number) => ({ accountChangedAtMs: atMs - 3 * dayMs });
    const last = (facts: Partial<PaymentFacts>) => shown(withTranches({}), facts).slice(-3);
    expect(last({ accountVerifiedAtMs: null })[0]).toEqual({ condition: 'account-verified', met: false });
    expect(last(restsUntil(nowMs))[1]).toEqual({ condition: 'account-rested', met: true, atMs: nowMs });
    expect(last(restsUntil(nowMs + 1))[1]).toEqual({ condition: 'account-rested', met: false, atMs: nowMs + 1 });
    const fetched = (registryFetchedAtMs: number) => last({ registryFetchedAtMs })[2];
    const oldest = nowMs - 90 * dayMs;
    expect(fetched(oldest)).toEqual({ condition: 'registry-data-fresh', met: true, atMs: oldest });
    expect(fetched(oldest - 1)).toEqual({ condition: 'registry-data-fresh', met: false, atMs: oldest - 1 });
  });

  it('has a line on a shared account only where it is shared', () => {
    const line = (sharedAccount: 'explained' | 'unexplained') =>
      shown(withTranches({}), { sharedAccount }).find(({ condition }) => condition === 'account-sharing-explained');
    expect(line('explained')).toEqual({ condition: 'account-sharing-explained', met: true });
    expect(line('unexplained')).toEqual({ condition: 'account-sharing-explained', met: false });
  });

  it('comes under names that are known', () => {
    const names = shown(withTranches({}), { sharedAccount: 'explained' }).map(({ condition }) => condition);
    expect(names.filter((name) => !checkNames.includes(name))).toEqual([]);
    expect([checkNames.length, new Set(checkNames).size]).toEqual([12, 12]);
  });
});
