// Tranche plans: fixed amounts, a minimum spend, indicators and results: what each refuses, shows and pays; what nothing can come
// of goes back to the envelope instead of standing there for good.
import { describe, expect, it } from '@jest/globals';
import { splitAward, splitFault } from '../../domain/award-split.js';
import type { IndicatorActual } from '../../domain/command.js';
import type { Answer } from '../../domain/decide.js';
import type { RequestEvent } from '../../domain/event.js';
import { requestFindings } from '../../domain/invariants/check.js';
import { trancheChecks } from '../../domain/money/tranche-checks.js';
import { noticesOf } from '../../domain/notice.js';
import { dryRunOf } from '../../domain/plan-dry-run.js';
import { migrationFault } from '../../domain/plan-migration.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan, TranchePlan } from '../../domain/plan.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import type { Refusal } from '../../domain/refusal.js';
import { planSchema } from '../../api/schemas/plan.schema.js';
import { hashing } from '../../platform/hashing.js';
import { peopleTrained } from '../support/earning.js';
import { evidenceOf } from '../support/evidence.js';
import type { Journey } from '../support/journey.js';
import {
  acceptReport,
  approveBody,
  journeyTo,
  openWith,
  paymentFacts,
  payTranche,
  text,
  walk,
} from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan, earningPlan } from '../support/plans.js';
import { eligibleUnder, proof, submitted } from '../support/variants.js';

const refused = ({ refusal }: Answer): Refusal | undefined => refusal;
const withParts = (parts: readonly TranchePlan[], plan: Plan = earningPlan): Plan => ({
  ...plan,
  assumptions: plan.assumptions.filter((path) => !path.startsWith('tranches.parts')),
  tranches: { ...plan.tranches, parts },
});
const [fixed, byResults] = earningPlan.tranches.parts;
if (fixed === undefined || byResults === undefined) throw new Error('the earning plan has two parts');
const { results, ...withoutResults } = byResults;
if (results === undefined) throw new Error('the second part is by results');

/** The second tranche waits for an indicator instead. */
const indicatorPlan = withParts([
  fixed,
  {
    shareBasisPoints: 10_000,
    requires: [
      { kind: 'tranche-settled', number: 1 },
      { kind: 'indicator-reached', code: 'people-trained', atLeast: 50 },
    ],
  },
]);
const spendingPlan = withParts([fixed, withoutResults]);

const implementing = (plan: Plan = earningPlan): Journey => payTranche(journeyTo('implementation', plan), 1);
const amounts = (told: Journey): string[] => told.request().tranches.map(({ amountMinor }) => amountMinor);
const states = (told: Journey): string[] => told.request().tranches.map(({ state }) => state);
const checksOf = (told: Journey, number: number, plan: Plan) => {
  const tranche = told.request().tranches.find((one) => one.number === number);
  if (tranche === undefined) throw new Error(`no tranche ${number}`);
  const facts = paymentFacts(told.nowMs());
  return trancheChecks(told.request(), { tranche, facts }, { plan, nowMs: told.nowMs() });
};
const prepare = (told: Journey, number: number): Refusal | undefined =>
  refused(told.ask(people.finance, 'prepareTranche', { number, facts: paymentFacts(told.nowMs()) }));
const eventsOf = (told: Journey, kind: string) =>
  told
    .entries()
    .flatMap(({ events }) => events)
    .filter((event) => event.kind === kind);
const breachesIn = (told: Journey, plan: Plan) => requestFindings(evidenceOf(told, plan), hashing);

describe('tranches by amount', () => {
  it('come first; retention is as ever, and the shares divide what is left', () => {
    expect(amounts(journeyTo('implementation', spendingPlan))).toEqual(['20000000', '34000000', '6000000']);
  });

  it('refuse at the committee an award that cannot carry them, with the least that could', () => {
    const told = journeyTo('committee', spendingPlan).act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    const approve = (amountMinor: string) =>
      told.ask(people.chair, 'closeItem', { ...approveBody, amountMinor }, { reason: 'sound' });
    const fault = refused(approve('22222222'));

    expect(fault).toEqual({ code: 'tranchesDoNotAddUp', rule: 'award-carries-tranches', accepted: '22222223' });
    expect(approve(fault?.accepted ?? '').entry).toBeDefined();
  });

  it('refuse the vote that would approve such an award by itself', () => {
    const standing = { opening: 'standing', closing: 'at-quorum', quorum: 2, civilSocietyMajority: false } as const;
    const plan = { ...withParts([{ amountMinor: '70000000', requires: [] }, withoutResults]), committee: standing };
    const told = walk(journeyTo('draft', plan), 'draft', 'committee', plan);
    const [first = people.chair, second = people.chair] = members;
    told.act(first, 'castVote', { vote: 'approve' });

    expect(refused(told.ask(second, 'castVote', { vote: 'approve' }))?.rule).toBe('award-carries-tranches');
    expect(told.act(second, 'castVote', { vote: 'reject' }).request().award).toBeNull();
  });

  it('refuse at screening an award that screening would set', () => {
    const plan = withParts(
      [{ amountMinor: '60000000', requires: [] }, ...reliefFastLane.tranches.parts],
      reliefFastLane,
    );
    const told = submitted({ plan });
    expect(refused(told.ask(people.hana, 'recordScreening', eligibleUnder(plan), proof))).toMatchObject({
      code: 'tranchesDoNotAddUp',
      rule: 'award-carries-tranches',
    });
    const incomplete = { ...eligibleUnder(plan), verdict: 'incomplete', points: [{ section: 'budget', note: 'x' }] };
    expect(told.ask(people.hana, 'recordScreening', { ...incomplete, verdict: 'incomplete' }).entry).toBeDefined();
  });

  it('keep a request with its award from a plan that it could not carry, and a dry run says so', () => {
    const told = journeyTo('authority', spendingPlan);
    const larger = { ...withParts([{ amountMinor: '60000000', requires: [] }, withoutResults]), version: '2027-1' };
    expect(migrationFault(told.request(), spendingPlan, larger)?.refusal).toMatchObject({
      code: 'planNotApplicable',
      rule: 'award-carries-tranches',
    });
    const { changes } = dryRunOf(told.request(), spendingPlan, larger);
    expect(changes).toContainEqual({ what: 'tranches', before: '20000000 34000000 6000000', after: null });
  });

  it('leave plans of shares alone as they were, whatever the award', () => {
    expect(splitFault('1', developmentGrant)).toBeNull();
    expect(splitAward(1n, developmentGrant.tranches).parts).toEqual([1n, 0n, 0n]);
  });
});

describe('a minimum spend of earlier money', () => {
  it('is shown with what is needed and what is reached, and refused by its name until then', () => {
    const told = acceptReport(implementing(spendingPlan), 1, '15999999');

    expect(checksOf(told, 2, spendingPlan)).toContainEqual({
      condition: 'spent-share',
      met: false,
      spent: { neededMinor: '16000000', reachedMinor: '15999999' },
    });
    expect(prepare(told, 2)).toEqual({ code: 'conditionsNotMet', rule: 'spent-share', accepted: '16000000' });
  });

  it('is met to the piastre, and what is paid later takes nothing from it', () => {
    const told = acceptReport(implementing(spendingPlan), 1, '16000000');
    expect(states(told)).toEqual(['confirmed', 'ready', 'waiting']);
    payTranche(told, 2);
    expect(checksOf(told, 2, spendingPlan)).toContainEqual(
      expect.objectContaining({ condition: 'spent-share', met: true }),
    );
    expect(breachesIn(told, spendingPlan)).toEqual([]);
  });

  it('is not met by spending that nobody accepted', () => {
    const told = implementing(spendingPlan).act(people.adel, 'submitReport', {
      ...{ number: 1, spentMinor: '20000000', indicators: [], documentSha256: text },
    });
    expect(states(told)[1]).toBe('waiting');
  });

  it('is not met while nothing was paid that could be spent', () => {
    const plan = withParts([fixed, { shareBasisPoints: 10_000, requires: [{ kind: 'spent-share', basisPoints: 1 }] }]);
    const told = journeyTo('implementation', plan);
    expect(states(told)).toEqual(['ready', 'waiting', 'waiting']);
    expect(prepare(told, 2)?.rule).toBe('spent-share');
  });

  it('stands in the reference plan, as an assumption', () => {
    expect(developmentGrant.tranches.parts[1]?.requires).toContainEqual({ kind: 'spent-share', basisPoints: 5_000 });
    expect(developmentGrant.assumptions).toContain('tranches.parts.1.requires.2.basisPoints');
  });

  it('counts a share of what is paid, so less than half of it keeps the second tranche waiting there', () => {
    const told = acceptReport(payTranche(journeyTo('implementation'), 1), 1, '10799999');
    expect(prepare(told, 2)).toMatchObject({ rule: 'spent-share', accepted: '10800000' });
  });
});

describe('an indicator rule', () => {
  const reported = (total: number): Journey =>
    acceptReport(implementing(indicatorPlan), 1, '20000000', peopleTrained(total));

  it('waits for the total of the newest accepted report', () => {
    const told = reported(49);
    expect(checksOf(told, 2, indicatorPlan)).toContainEqual({
      condition: 'indicator-reached',
      met: false,
      indicator: { code: 'people-trained', needed: 50, reached: 49 },
    });
    expect(prepare(told, 2)).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'indicator-reached' },
      accepted: 'people-trained 50',
    });
    expect(states(reported(50))).toEqual(['confirmed', 'ready', 'waiting']);
  });

  it('stays met for a tranche that went on, whatever a later report says', () => {
    const told = acceptReport(reported(50), 2, '20000000', peopleTrained(40));
    expect(states(told)).toEqual(['confirmed', 'ready', 'waiting']);
    expect(checksOf(told, 2, indicatorPlan)).toContainEqual({
      condition: 'indicator-reached',
      met: true,
      indicator: { code: 'people-trained', needed: 50, reached: 40 },
    });
    expect(breachesIn(payTranche(told, 2), indicatorPlan)).toEqual([]);
  });

  it('does not count what was submitted and not accepted', () => {
    const told = implementing(indicatorPlan).act(people.adel, 'submitReport', {
      ...{ number: 1, spentMinor: '1', indicators: peopleTrained(70), documentSha256: text },
    });
    expect(states(told)[1]).toBe('waiting');
  });

  it('takes no report that leaves the indicator out, or states it twice with different totals', () => {
    const told = implementing(indicatorPlan);
    const submit = (indicators: readonly IndicatorActual[]) =>
      refused(told.ask(people.adel, 'submitReport', { number: 1, spentMinor: '1', indicators, documentSha256: text }));
    expect(submit([])).toEqual({ code: 'conditionsNotMet', rule: 'indicator-stated', accepted: 'people-trained' });
    expect(submit([...peopleTrained(50), ...peopleTrained(51)])).toEqual({
      ...{ code: 'indicatorPartsDoNotAddUp', rule: 'people-trained', accepted: '50' },
    });
    expect(
      submit([...peopleTrained(50), { code: 'people-trained', total: 50, parts: { young: 20, old: 30 } }]),
    ).toBeUndefined();
  });

  it('leaves reports under other plans in the shape they have', () => {
    const told = acceptReport(implementing(calmPlan), 1, '20000000', peopleTrained(7));
    expect(told.request().reports[0]).not.toHaveProperty('measured');
    expect(eventsOf(told, 'reportSubmitted')[0]).not.toHaveProperty('measured');
  });
});

describe('a tranche by results', () => {
  const reported = (total: number): Journey => acceptReport(implementing(), 1, '20000000', peopleTrained(total));

  it.each([
    [100, '34000000', '0'],
    [140, '34000000', '0'],
    [80, '27200000', '6800000'],
    [33, '11220000', '22780000'],
    [25, '8500000', '25500000'],
    [0, '8500000', '25500000'],
  ])('earns for %s of 100 people %s, and %s goes back', (total, earned, unearned) => {
    const told = reported(total);
    expect(amounts(told)).toEqual(['20000000', earned, '6000000']);
    expect(eventsOf(told, 'trancheEarned')).toEqual([
      {
        ...{ kind: 'trancheEarned', number: 2, plannedMinor: '34000000', earnedMinor: earned, unearnedMinor: unearned },
        ...{ indicator: 'people-trained', reached: total, target: 100 },
      },
    ]);
    expect(breachesIn(told, earningPlan)).toEqual([]);
  });

  it('is settled once, when its conditions are met: later reports change nothing', () => {
    const told = acceptReport(payTranche(reported(80), 2), 2, '40000000', peopleTrained(100));
    expect(amounts(told)[1]).toBe('27200000');
    expect(eventsOf(told, 'paymentInstructed')[1]).toMatchObject({ amountMinor: '27200000' });
  });

  it('is instructed with what it earned where a plan instructs by itself', () => {
    const plan: Plan = { ...earningPlan, tranches: { ...earningPlan.tranches, preparation: 'automatic' } };
    const told = journeyTo('implementation', plan)
      .pay(1, 'settled')
      .act(people.samira, 'confirmReceipt', { number: 1 });
    acceptReport(told, 1, '20000000', peopleTrained(80));
    expect(eventsOf(told, 'paymentInstructed')[1]).toMatchObject({ number: 2, amountMinor: '27200000' });
  });

  it('gives back no more than is still committed when the request is terminated', () => {
    const told = reported(80).act(people.deputy, 'terminate', {}, { reason: 'misuse' });
    expect(eventsOf(told, 'fundsReleased')).toEqual([
      { kind: 'fundsReleased', amountMinor: '33200000', from: 'committed' },
    ]);
    expect(breachesIn(told, earningPlan)).toEqual([]);
  });

  it('stands in the plan of the cohort, with its numbers as assumptions', () => {
    expect(capacityCohort.tranches.parts[1]?.results?.indicator).toBe('people-trained');
    expect(capacityCohort.assumptions).toContain('tranches.parts.1.results.target');
  });
});

describe('a tranche of which nothing can come any more', () => {
  const spentTooLittle = (): Journey => {
    const told = acceptReport(implementing(spendingPlan), 1, '10000000');
    return acceptReport(told, 2, '15999999');
  };

  it('is unearned when the final report is accepted, and the retention becomes payable', () => {
    const told = spentTooLittle();
    expect(states(told)).toEqual(['confirmed', 'unearned', 'ready']);
    expect(eventsOf(told, 'trancheUnearned')).toEqual([
      { kind: 'trancheUnearned', number: 2, amountMinor: '34000000', condition: 'spent-share' },
    ]);
    expect(prepare(told, 2)).toMatchObject({ code: 'conditionsNotMet', rule: 'tranche-unearned' });
    expect(checksOf(told, 2, spendingPlan)).toContainEqual(
      expect.objectContaining({ condition: 'spent-share', met: false }),
    );
    expect(breachesIn(told, spendingPlan)).toEqual([]);
  });

  it('does not keep the request from its closing', () => {
    const told = payTranche(spentTooLittle(), 3);
    expect(told.request().position.stage).toBe('final-review');
    const body = { verdict: 'settled', unspentMinor: '10000001', returnedMinor: '10000001' } as const;
    told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
    expect(told.request().outcome).toBe('closed');
    expect(breachesIn(told, spendingPlan)).toEqual([]);
  });

  it('is not given up while the money before it is still on its way', () => {
    const told = journeyTo('implementation', spendingPlan);
    acceptReport(told, 1, '20000000');
    acceptReport(told, 2, '20000000');
    expect(states(told)).toEqual(['ready', 'waiting', 'waiting']);
    expect(states(payTranche(told, 1))).toEqual(['confirmed', 'ready', 'waiting']);
  });

  it('takes with it those that wait for it', () => {
    const plan = withParts([
      fixed,
      ...indicatorPlan.tranches.parts.slice(1).map((part) => ({ ...part, shareBasisPoints: 6_000 })),
      { shareBasisPoints: 4_000, requires: [{ kind: 'tranche-settled', number: 2 }] },
    ]);
    const told = acceptReport(implementing(plan), 1, '20000000', peopleTrained(1));
    acceptReport(told, 2, '20000000', peopleTrained(49));
    expect(states(told)).toEqual(['confirmed', 'unearned', 'unearned', 'ready']);
    expect(breachesIn(told, plan)).toEqual([]);
  });

  it('is not given up before the committee has looked, where the first money was provisional', () => {
    const tranches = { ...indicatorPlan.tranches, provisional: { number: 1, approvers: 1 } } as const;
    const plan: Plan = { ...indicatorPlan, tranches, afterReview: { due: { unit: 'working-days', count: 20 } } };
    const told = acceptReport(journeyTo('implementation', plan), 1, '0', peopleTrained(1));
    acceptReport(told, 2, '0', peopleTrained(49));
    expect(states(told)).toEqual(['ready', 'waiting', 'waiting']);
  });

  it('is told to the organisation, as is one that earned less', () => {
    const kinds = (told: Journey): string[] =>
      told
        .entries()
        .flatMap((entry) => noticesOf(told.request(), entry).map(({ kind, number }) => `${kind} ${number}`));
    expect(kinds(spentTooLittle())).toContain('tranche-reduced 2');
    expect(kinds(acceptReport(implementing(), 1, '20000000', peopleTrained(80)))).toContain('tranche-reduced 2');
    expect(kinds(acceptReport(implementing(), 1, '20000000', peopleTrained(100)))).not.toContain('tranche-reduced 2');
  });
});

type Unsound = readonly [what: string, parts: readonly TranchePlan[], path: string];
const share = (
  requires: TranchePlan['requires'] = [],
  more: Partial<Pick<TranchePlan, 'results'>> = {},
): TranchePlan => ({
  shareBasisPoints: 10_000,
  requires,
  ...more,
});
const afterReport = [{ kind: 'report-accepted', number: 1 }] as const;
const unsound: readonly Unsound[] = [
  ['fixed amounts alone', [fixed], 'tranches.parts'],
  ['shares beside a fixed amount that do not add up', [fixed, { shareBasisPoints: 9_000, requires: [] }], 'tranches.parts'],
  ['a fixed amount of nothing', [{ amountMinor: '0', requires: [] }, share()], 'tranches.parts.0.amountMinor'],
  ['a fixed amount that is none', [{ amountMinor: '1.5', requires: [] }, share()], 'tranches.parts.0.amountMinor'],
  ['a minimum spend before any money', [share([{ kind: 'spent-share', basisPoints: 1 }])], 'tranches.parts.0.requires.0'],
  ['a minimum spend of more than all', [fixed, share([{ kind: 'spent-share', basisPoints: 10_001 }])], 'tranches.parts.1.requires.0'],
  ['a minimum spend of nothing', [fixed, share([{ kind: 'spent-share', basisPoints: 0 }])], 'tranches.parts.1.requires.0'],
  ['an indicator that is reached at nothing', [share([{ kind: 'indicator-reached', code: 'x', atLeast: 0 }])], 'tranches.parts.0.requires.0'],
  ['an indicator without a code', [share([{ kind: 'indicator-reached', code: '', atLeast: 1 }])], 'tranches.parts.0.requires.0'],
  ['a target of nothing', [share(afterReport, { results: { ...results, target: 0 } })], 'tranches.parts.0.results'],
  ['half a person as target', [share(afterReport, { results: { ...results, target: 0.5 } })], 'tranches.parts.0.results'],
  ['results that may earn nothing', [share(afterReport, { results: { ...results, leastBasisPoints: 0 } })], 'tranches.parts.0.results'],
  ['results that no report brings', [share([], { results })], 'tranches.parts.0.results'],
]; // prettier-ignore

describe('a tranche plan', () => {
  it.each(unsound)('with %s is faulted there', (_what, parts, path) => {
    const faults = planFaults(withParts(parts));
    expect(faults.map((fault) => fault.path)).toEqual([path]);
    for (const { en, ar } of faults) expect([en !== '', /[؀-ۿ]/.test(ar)]).toEqual([true, true]);
  });

  it('is told all of its faults at once', () => {
    const parts: readonly TranchePlan[] = [
      { amountMinor: '0', requires: [{ kind: 'spent-share', basisPoints: 0 }] },
      { shareBasisPoints: 1, requires: [], results: { indicator: '', target: 0, leastBasisPoints: 0 } },
    ];
    expect(planFaults(withParts(parts)).map(({ path }) => path)).toEqual([
      'tranches.parts',
      'tranches.parts.0.amountMinor',
      'tranches.parts.0.requires.0',
      'tranches.parts.0.requires.0',
      ...['tranches.parts.1.results', 'tranches.parts.1.results', 'tranches.parts.1.results'],
    ]);
  });

  it.each([earningPlan, spendingPlan, indicatorPlan, capacityCohort, developmentGrant])('is sound: $code', (plan) => {
    expect(planFaults(plan)).toEqual([]);
    expect(planSchema.parse(plan)).toEqual(plan);
  });

  it.each([
    ['a part with both a share and an amount', { ...fixed, shareBasisPoints: 1 }],
    ['a part with neither', { requires: [] }],
    ['a condition of another kind', { shareBasisPoints: 10_000, requires: [{ kind: 'moon-full', number: 1 }] }],
    ['a number in the place of an amount', { amountMinor: 20_000_000, requires: [] }],
  ])('is not read with %s', (_what, part) => {
    const tranches = { ...earningPlan.tranches, parts: [part] };
    expect(planSchema.safeParse({ ...earningPlan, tranches }).success).toBe(false);
  });
});

describe('the verification of a tranche plan', () => {
  /** The same evidence with its events changed; I6 says so too, the others have to see it by themselves. */
  const seenIn = (told: Journey, change: (event: RequestEvent) => RequestEvent): string[] => {
    const sound = evidenceOf(told, earningPlan);
    const chain = sound.chain.map((entry) => ({ ...entry, events: entry.events.map(change) }));
    return requestFindings({ ...sound, chain }, hashing).map(({ breach, evidence }) =>
      [breach, evidence['condition'] ?? evidence['tranches']].join(' '),
    );
  };
  const paidTwice = payTranche(acceptReport(implementing(), 1, '20000000', peopleTrained(80)), 2);

  it('sees tranches that were planned as more than the award', () => {
    expect(
      seenIn(paidTwice, (event) => (event.kind === 'trancheEarned' ? { ...event, plannedMinor: '34000001' } : event)),
    ).toContain('awardDoesNotAddUp 60000001');
  });

  it('sees a payment that went out before enough was spent', () => {
    expect(
      seenIn(paidTwice, (event) =>
        event.kind === 'spendingAccounted' ? { ...event, amountMinor: '15999999' } : event,
      ),
    ).toContain('conditionNotMet spent-share');
  });
});
