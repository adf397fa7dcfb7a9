// The relief fast lane and the capacity-building cohort: their paths, what each refuses, and where their money ends.
import { describe, expect, it } from '@jest/globals';
import { treasury } from '../../domain/actor.js';
import { allowedActions } from '../../domain/allowed-action.js';
import type { Refusal } from '../../domain/refusal.js';
import type { Answer } from '../../domain/decide.js';
import { postingsOf } from '../../domain/money/ledger.js';
import { heldRoleFaults } from '../../domain/plan-check/held-role-faults.js';
import { migrationFault } from '../../domain/plan-migration.js';
import type { PlanSections } from '../../domain/plan-check/plan-fault.js';
import { publishingFaults, sectionFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan } from '../../domain/plan.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { planSchema } from '../../api/schemas/plan.schema.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, approveBody, dayMs, openWith, paymentFacts } from '../support/journey.js';
import { members, people } from '../support/people.js';
import {
  attended,
  attendanceReport,
  cohortFile,
  cohortToClosure,
  earned,
  closed,
  eligibleUnder,
  inCohort,
  prepared,
  proof,
  provisionallyPaid,
  reliefRecovered,
  reliefToClosure,
  relieved,
  screened,
  submitted,
  voted,
} from '../support/variants.js';

/** Accounts that hold something, reservations included. */
const money = (told: Journey): Record<string, bigint> => {
  const sums = new Map<string, bigint>();
  const move = (from: string, to: string, amount: bigint): void => {
    sums.set(from, (sums.get(from) ?? 0n) - amount);
    sums.set(to, (sums.get(to) ?? 0n) + amount);
  };
  let asked = 0n;
  for (const event of told.entries().flatMap(({ events }) => events)) {
    if (event.kind === 'fundsAsked') asked = BigInt(event.amountMinor);
    if (event.kind === 'fundsReserved') move('available', 'reserved', asked);
    for (const { from, to, amountMinor } of postingsOf(event)) move(from, to, BigInt(amountMinor));
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n));
};
const whereIs = (told: Journey): string => told.request().outcome ?? told.request().position.stage;
const refused = ({ refusal }: Answer): Refusal | undefined => refusal;
const tasks = (told: Journey, plan: Plan = reliefFastLane) => tasksOf(told.request(), { plan, nowMs: told.nowMs() });
const names = (told: Journey): string[] => tasks(told).map(({ name }) => name);
const mayRelease = (told: Journey, by: (typeof people)[keyof typeof people]): boolean | undefined =>
  allowedActions(told.request(), by, { plan: reliefFastLane, nowMs: told.nowMs() }).find(
    ({ command }) => command === 'releaseTranche',
  )?.allowed;
const close = (told: Journey, change: object, reason = 'as discussed') =>
  refused(told.ask(people.chair, 'closeItem', { ...approveBody, ...change }, { reason }));

describe('the relief fast lane before money', () => {
  it('is due in hours that run through the weekend', () => {
    const friday = Date.UTC(2026, 2, 6, 20);
    expect(submitted({ atMs: friday }).request().position.dueAtMs - friday).toBe(24 * 3_600_000);
  });

  it('is found eligible only with an assessment of the need', () => {
    const told = submitted();
    const body = eligibleUnder(reliefFastLane);
    expect(refused(told.ask(people.hana, 'recordScreening', body))).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'needs-assessment',
    });
    expect(told.ask(people.hana, 'recordScreening', body, proof).entry).toBeDefined();
    const ineligible = { ...body, verdict: 'ineligible', reasonCodes: ['outside-the-statute'] } as const;
    expect(told.ask(people.hana, 'recordScreening', ineligible).entry).toBeDefined();
  });

  it('asks for the funds at screening, waits for the answer there, and goes on to the row of the matrix', () => {
    const told = screened();
    expect(told.request()).toMatchObject({
      position: { stage: 'screening' },
      award: { funds: 'asked', amountMinor: '60000000' },
    });
    expect(tasks(told)).toEqual([]);
    const again = told.ask(people.hana, 'recordScreening', eligibleUnder(reliefFastLane), proof);
    expect(refused(again)?.rule).toBe('funds-being-reserved');
    expect(refused(told.ask(people.samira, 'withdraw', {}))?.rule).toBe('funds-being-reserved');
    expect(told.reserve().request()).toMatchObject({
      position: { stage: 'authority' },
      authority: { row: 'up-to-5m' },
    });
  });

  it('stays at screening with a task of its own when the envelope falls short, until it asks again', () => {
    const told = screened();
    const key = told.request().award?.decisionKey ?? '';
    told.tell({ kind: 'reportReservation', by: treasury, key, body: { outcome: 'refused', missingMinor: '5' } });
    expect([whereIs(told), names(told)]).toEqual(['screening', ['screen-funds-missing']]);
    expect(told.request().fundsMissingMinor).toBe('5');
    told.act(people.hana, 'recordScreening', eligibleUnder(reliefFastLane), proof).reserve();
    expect(whereIs(told)).toBe('authority');
  });

  it('comes back to screening from the authority, with the money let go', () => {
    const told = screened().reserve().act(people.programmeDirector, 'recordApproval', { verdict: 'return' });
    expect([whereIs(told), names(told), money(told)]).toEqual(['screening', ['screen'], {}]);
  });
});

describe('the provisional release', () => {
  it('follows the last approval, which commits the money and fixes tranches and reports', () => {
    const told = relieved();
    expect(whereIs(told)).toBe('implementation');
    expect(money(told)).toEqual({ available: -60000000n, committed: 60000000n });
    expect(told.request().tranches.map(({ state }) => state)).toEqual(['ready', 'waiting', 'waiting']);
    expect(told.request().reports).toHaveLength(2);
  });

  it('takes two distinct approvers, and no payment releaser', () => {
    const told = prepared(relieved());
    expect(refused(told.ask(people.releaser, 'releaseTranche', { number: 1 }))).toMatchObject({
      code: 'notYourRole',
      accepted: 'approver',
    });
    expect([mayRelease(told, people.releaser), mayRelease(told, people.deputy)]).toEqual([false, true]);
    told.act(people.deputy, 'releaseTranche', { number: 1 });
    expect(told.request().tranches[0]?.state).toBe('prepared');
    expect(refused(told.ask(people.deputy, 'releaseTranche', { number: 1 }))?.rule).toBe('releasers-distinct');
    told.act(people.executiveDirector, 'releaseTranche', { number: 1 });
    expect(told.request().tranches[0]?.state).toBe('released');
  });

  it('is not given by who prepared it', () => {
    const both = { ...people.finance, roles: [...people.finance.roles, ...people.deputy.roles] };
    expect(refused(prepared(relieved()).ask(both, 'releaseTranche', { number: 1 }))?.code).toBe('dutyConflict');
  });

  it('leaves later tranches to the payment releaser, after the after-review', () => {
    const told = provisionallyPaid(relieved());
    const facts = paymentFacts(told.nowMs());
    expect(refused(told.ask(people.finance, 'prepareTranche', { number: 2, facts }))).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'after-review-ratified',
    });
    prepared(closed(voted(told, 'approve'), 'ratify'), 2);
    expect(refused(told.ask(people.deputy, 'releaseTranche', { number: 2 }))?.code).toBe('notYourRole');
    expect(mayRelease(told, people.deputy)).toBe(false);
    told.act(people.releaser, 'releaseTranche', { number: 2 });
    expect(told.request().tranches[1]?.state).toBe('released');
  });
});

describe('the after-review', () => {
  it('is a task of the committee with its own due time, and a missed one is raised and passes nothing', () => {
    const told = relieved();
    const opened = told.request().afterReview;
    expect(tasks(told)).toContainEqual(
      expect.objectContaining({ name: 'open', role: 'committeeSecretary', dueAtMs: opened?.dueAtMs }),
    );
    const due = told.request().deadlines.find(({ id }) => id === 'after-review');
    told.wait((due?.atMs ?? 0) - told.nowMs());
    const pass = (): void => {
      const next = told.request().deadlines.find(({ id }) => id === 'after-review');
      while (told.request().deadlines.includes(next ?? { id: '', step: 'due', atMs: 0 })) told.passDeadline();
    };
    pass();
    expect(told.request().deadlines.find(({ id }) => id === 'after-review')?.step).toBe('escalate');
    pass();
    expect(told.request().afterReview?.verdict).toBeNull();
    expect(names(told)).toContain('open');
    expect(whereIs(closed(voted(told, 'approve'), 'ratify'))).toBe('implementation');
  });

  it('is closed by the majority, with a reason, and by no other verdict', () => {
    const told = relieved();
    expect(close(told, { verdict: 'ratify' })?.rule).toBe('item-not-open');
    told.act(people.secretary, 'openItem', openWith());
    expect(close(told, { verdict: 'ratify' })?.code).toBe('quorumMissing');
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    expect(close(told, { verdict: 'approve' })?.rule).toBe('after-review-verdict');
    expect(close(told, { verdict: 'recover' })).toMatchObject({ rule: 'verdict-follows-ballot', accepted: 'ratify' });
    expect(close(told, { verdict: 'ratify' }, ' ')?.rule).toBe('reason-missing');
    for (const member of members.slice(0, 4)) told.act(member, 'castVote', { vote: 'reject' });
    expect(close(told, { verdict: 'recover' })?.rule).toBe('tie-needs-casting-vote');
    const casting = { ...approveBody, verdict: 'ratify', castingVote: true } as const;
    told.act(people.chair, 'closeItem', casting, { reason: 'the need was real' });
    expect(told.request().afterReview?.verdict).toBe('ratify');
    expect(refused(told.ask(people.secretary, 'openItem', openWith()))?.code).toBe('notThisStage');
  });

  it('has its verdicts refused in every other item', () => {
    const told = voted(inCohort(), 'approve');
    expect(close(told, { verdict: 'ratify' })?.rule).toBe('after-review-open');
  });

  it('holds the final review back until it is ratified', () => {
    const plan = { ...reliefFastLane, tranches: oneTranche };
    const told = acceptReport(provisionallyPaid(relieved({ plan })), 1, '60000000');
    acceptReport(told, 2, '60000000');
    expect(whereIs(told)).toBe('implementation');
    expect(whereIs(closed(voted(told, 'approve'), 'ratify'))).toBe('final-review');
  });

  it('waits while a payment is on its way, then takes back what is not accounted for', () => {
    const told = prepared(relieved());
    for (const approver of [people.programmeDirector, people.deputy])
      told.act(approver, 'releaseTranche', { number: 1 });
    voted(told, 'reject');
    expect(close(told, { verdict: 'recover' })?.rule).toBe('payment-in-flight');
    closed(told.pay(1, 'settled'), 'recover');
    expect(told.request()).toMatchObject({ position: { stage: 'recovery' }, recovery: { dueMinor: '27000000' } });
    expect(told.request().deadlines.some(({ id }) => id === 'after-review')).toBe(false);
    expect(money(told)).toEqual({ available: -27000000n, disbursed: 27000000n });
  });

  it('ends a request that has been paid nothing at once', () => {
    const told = closed(voted(relieved(), 'reject'), 'recover');
    expect([whereIs(told), money(told)]).toEqual(['terminated', {}]);
  });

  it('stops with a suspension and goes on with what was left', () => {
    const told = relieved();
    told.act(people.monitor, 'suspend', { ground: 'flagged-visit' }).wait(10 * dayMs);
    expect(refused(told.ask(people.secretary, 'openItem', openWith()))?.code).toBe('suspended');
    const before = told.request().afterReview?.dueAtMs ?? 0;
    told.act(people.deputy, 'liftSuspension', {});
    const due = told.request().deadlines.find(({ id }) => id === 'after-review');
    expect(told.request().afterReview?.dueAtMs).toBe(due?.atMs);
    expect((due?.atMs ?? 0) > before).toBe(true);
  });
});

const oneTranche = {
  ...reliefFastLane.tranches,
  parts: [{ shareBasisPoints: 10_000, requires: [] }],
  retentionBasisPoints: 0,
};

describe('where the money of a relief request ends', () => {
  it.each([
    ['ratified and closed', reliefToClosure, 'closed', { available: -60000000n, spent: 60000000n }],
    ['recovered', reliefRecovered, 'terminated', { available: -10000000n, spent: 10000000n }],
  ] as const)('%s', (_, play, outcome, accounts) => {
    const told = play();
    expect([whereIs(told), money(told)]).toEqual([outcome, accounts]);
  });
});

describe('the capacity-building cohort', () => {
  it('decides many NGOs in one session, each with its own outcome and trail', () => {
    const one = closed(voted(inCohort({ id: 'req0000000000001' }), 'approve'), 'approve').reserve();
    const other = closed(
      voted(inCohort({ id: 'req0000000000002', file: { ...cohortFile, organisationId: 'ngo-mashael' } }), 'reject'),
      'reject',
    );
    expect(new Set([one, other].map((told) => told.request().ballot?.sessionId)).size).toBe(1);
    expect([whereIs(one), whereIs(other)]).toEqual(['authority', 'appeal-window']);
    expect(one.request().authority?.row).toBe('up-to-250k');
    expect(other.entries().map(({ seq }) => seq)).toEqual(other.entries().map((_, index) => index + 1));
  });

  it('takes no report without the attendance as evidence', () => {
    const told = attended(inCohort());
    expect(refused(told.ask(people.adel, 'submitReport', attendanceReport))).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'attendance-evidence',
    });
    expect(told.ask(people.adel, 'submitReport', attendanceReport, proof).entry).toBeDefined();
  });

  it('pays two tranches and closes with everything spent', () => {
    const told = cohortToClosure();
    expect([whereIs(told), money(told)]).toEqual(['closed', { available: -6000000n, spent: 6000000n }]);
    expect(told.request().tranches.map(({ amountMinor }) => amountMinor)).toEqual(['4800000', '1200000']);
  });

  it.each([
    [15, '900000', '300000'],
    [4, '600000', '600000'],
  ])('earns for %s people of 20 a second tranche of %s, and gives %s back', (total, earnedMinor, givenBack) => {
    const told = earned(total);
    expect(told.request().tranches[1]).toMatchObject({
      state: 'ready',
      amountMinor: earnedMinor,
      plannedMinor: '1200000',
    });
    expect(money(told)['available']).toBe(BigInt(givenBack) - 6000000n);
  });

  it('takes no attendance without the number of people trained', () => {
    const told = attended(inCohort());
    expect(
      refused(told.ask(people.adel, 'submitReport', { ...attendanceReport, indicators: [] }, proof)),
    ).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'indicator-stated',
      accepted: 'people-trained',
    });
  });
});

describe('the plans of the variants', () => {
  it.each([reliefFastLane, capacityCohort])('$code can be published and read as a file', (plan) => {
    expect(publishingFaults(plan)).toEqual([]);
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });

  const { tranches } = reliefFastLane;
  const broken: readonly (readonly [string, PlanSections, string])[] = [
    ['nobody who sets the award', { ...reliefFastLane, award: undefined }, 'route'],
    ['money without an after-review', { ...reliefFastLane, afterReview: undefined }, 'afterReview'],
    ['one approver', { ...reliefFastLane, tranches: { ...tranches, provisional: { number: 1, approvers: 1 } } }, 'tranches.provisional'],
    ['nothing paid before the review', { ...reliefFastLane, tranches: developmentGrant.tranches }, 'tranches.provisional'],
    ['a review that is never due', { ...reliefFastLane, afterReview: { due: { unit: 'time', ms: 0 } } }, 'afterReview.due.ms'],
    ['nobody who fixes tranches', { ...reliefFastLane, route: ['screening', 'implementation', 'final-review'] }, 'route'],
    ['two that set the award', { ...developmentGrant, award: { by: 'screening' } }, 'award'],
    ['no agreement where the committee awards', { ...developmentGrant, route: developmentGrant.route.filter((stage) => stage !== 'agreement') }, 'route'],
  ]; // prettier-ignore
  it.each(broken)('are faulted for %s', (_what, plan, path) => {
    expect(sectionFaults(plan).map((fault) => fault.path)).toContain(path);
  });

  it('need a committee that can sit even where the route has none', () => {
    expect(heldRoleFaults(reliefFastLane, []).map(({ path }) => path)).toContain('committee.quorum');
  });

  it('bind a running request to the after-review it was opened under', () => {
    const told = relieved();
    const newer = { ...reliefFastLane, version: '2026-2', afterReview: { due: { unit: 'time', ms: dayMs } } } as const;
    expect(migrationFault(told.request(), reliefFastLane, newer)?.refusal.accepted).toBe('afterReview');
    expect(migrationFault(told.request(), reliefFastLane, { ...reliefFastLane, version: '2026-2' })).toBeNull();
  });
});
