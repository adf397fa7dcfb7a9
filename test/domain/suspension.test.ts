// Overlays on a running request: suspension and its lifting clock by clock, withdrawal, termination, and what becomes of the money.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { registry } from '../../domain/actor.js';
import { personCommand } from '../../domain/command.js';
import type { GrantRequest, Tranche } from '../../domain/grant-request.js';
import { decide } from '../../domain/decide.js';
import { decideLifting, releaseFunds } from '../../domain/overlay.js';
import type { Plan } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, dayMs, journeyTo, paymentFacts, payTranche, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, workingPlan } from '../support/plans.js';

const at = (text: string): number => Date.parse(text);
const time = (count: number) => ({ unit: 'time', ms: count * dayMs }) as const;
const days = (count: number) => ({ unit: 'working-days', count }) as const;
const suspend = (told: Journey): Journey => told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
const lift = (told: Journey): Journey => told.act(people.deputy, 'liftSuspension', {});
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;

describe('a suspension', () => {
  it('records its ground, who asked for it, and what was left of every clock', () => {
    const told = suspend(journeyTo('screening', workingPlan(5)).wait(dayMs));
    const left = { leftMs: at('2026-03-08T15:00Z') - at('2026-03-02T08:00Z'), left: days(4) };
    const remaining = [{ id: 'stage', step: 'due', ...left }];
    expect(lastEvents(told)).toEqual([
      { kind: 'requestSuspended', ground: 'fraud-alarm', byPersonId: 'monitor', remaining },
    ]);
    expect(told.request().suspension).toStrictEqual({ ground: 'fraud-alarm', byPersonId: 'monitor', remaining });
    expect(told.request().deadlines).toHaveLength(0);
  });

  it('leaves nothing of a clock whose time is up already', () => {
    const told = suspend(journeyTo('screening').wait(31 * dayMs));
    expect(told.request().suspension?.remaining).toEqual([{ id: 'stage', step: 'due', leftMs: 0 }]);
    lift(told.wait(dayMs));
    expect(told.request().deadlines).toEqual([{ id: 'stage', step: 'due', atMs: told.nowMs() }]);
  });

  it('is not imposed twice', () => {
    const again = suspend(journeyTo('screening')).ask(people.finance, 'suspend', { ground: 'flagged-visit' });
    expect(again.refusal).toEqual({ code: 'suspended', rule: 'fraud-alarm' });
  });

  it('answers every proposal to suspend, and adds no list of them where there was none', () => {
    expect(suspend(journeyTo('screening')).request()).not.toHaveProperty('suspensionProposedFor');
    const due = time(20);
    const hasty = { due, remindAfter: time(15), escalateAfter: time(2), proposeSuspensionAfter: time(1) };
    const plan: Plan = { ...calmPlan, reports: calmPlan.reports.map(({ kind }) => ({ kind, ...hasty })) };
    const told = journeyTo('implementation', plan);
    while (told.request().suspensionProposedFor === undefined) told.passDeadline();
    expect(told.request().suspensionProposedFor).toStrictEqual([1]);
    expect(suspend(told).request().suspensionProposedFor).toHaveLength(0);
  });

  it('remembers the officer who brought a finding in, who does not lift it either', () => {
    const body = { finding: 'open-violation', reportedBy: people.monitor.personId } as const;
    const told = journeyTo('screening').tell({ kind: 'registryStatusChanged', by: registry, key: 'f', body });
    expect(told.request().suspension).toMatchObject({ byPersonId: 'system:registry', reportedBy: 'monitor' });
    expect(told.ask(people.monitor, 'liftSuspension', {}).refusal).toEqual({
      ...{ code: 'dutyConflict', rule: 'suspend-with-lift-suspension' },
    });
    expect(lift(told).request().suspension).toBeNull();
  });
});

describe('lifting a suspension', () => {
  it('is refused where nothing is suspended', () => {
    const envelope = { by: people.deputy, key: 'k', fingerprint: 'f', expectedVersion: 1 };
    const command = { ...envelope, kind: 'liftSuspension', body: {} } as const;
    const context = { plan: calmPlan, nowMs: startMs };
    expect(decideLifting(atStage('screening'), command, context).refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'not-suspended' },
    });
  });

  // Reports on two kinds of clocks, reminders that come before, and an after-review: each has a due time of its own.
  const plan: Plan = {
    ...workingPlan(5),
    stages: {
      ...workingPlan(5).stages,
      implementation: { due: time(90), escalateAfter: days(3), remindAfter: time(80) },
    },
    reports: [
      { kind: 'progress', due: days(10), remindAfter: time(6), escalateAfter: days(3) },
      { kind: 'final', due: time(60), remindAfter: time(50) },
    ],
    afterReview: { due: time(15) },
  };
  const dueTimes = ({ position, reports, afterReview }: GrantRequest) => ({
    stage: position.dueAtMs,
    ...Object.fromEntries(reports.map(({ number, dueAtMs }) => [`report-${number}`, dueAtMs])),
    'after-review': afterReview?.dueAtMs,
  });
  const striking = ({ deadlines }: GrantRequest) =>
    Object.fromEntries(deadlines.flatMap(({ id, step, atMs }) => (step === 'due' ? [[id, atMs]] : [])));

  it('sets every clock going with what was left of it, for people and for the clock alike', () => {
    const told = journeyTo('implementation', plan);
    const before = dueTimes(told.request());
    lift(suspend(told.wait(dayMs)).wait(20 * dayMs));
    const after = dueTimes(told.request());
    expect(after).toEqual({
      ...{ stage: before.stage + 20 * dayMs, 'report-2': startMs + 80 * dayMs },
      'after-review': startMs + 35 * dayMs,
      // Nine working days are left of ten; counted from Sunday 22 March on, they are up on Thursday 2 April.
      'report-1': at('2026-04-02T15:00Z'),
    });
    expect(striking(told.request())).toEqual(after);
    const reminders = told.request().deadlines.filter(({ step }) => step === 'remind');
    expect(reminders.map(({ atMs }) => (atMs - startMs) / dayMs).sort()).toEqual([100, 26, 70]);
  });

  it('says of working time from when on it counts anew', () => {
    const told = lift(suspend(journeyTo('implementation', plan).wait(dayMs)).wait(20 * dayMs));
    const basis = { fromMs: at('2026-03-22T08:00Z'), period: days(9) };
    const [first, second] = told.request().reports;
    expect(first?.dueBasis).toEqual(basis);
    expect(second).not.toHaveProperty('dueBasis');
    expect(told.request().deadlines).toContainEqual({ id: 'report-1', step: 'due', atMs: first?.dueAtMs, basis });
  });

  it('takes a due time from the deadline that it is, whatever stands before it', () => {
    const told = suspend(journeyTo('implementation', plan));
    const { suspension } = told.request();
    if (suspension === null) throw new Error('it is suspended');
    const request = {
      ...told.request(),
      suspension: { ...suspension, remaining: [...suspension.remaining].reverse() },
    };
    const command = { ...{ by: people.deputy, key: 'k', fingerprint: 'f', expectedVersion: request.version } };
    const answer = decide(request, personCommand('liftSuspension', {}, command), { plan, nowMs: told.nowMs() });
    expect(answer.after && dueTimes(answer.after)).toEqual(dueTimes(journeyTo('implementation', plan).request()));
  });

  it('leaves a due time alone that had passed before', () => {
    const told = journeyTo('screening').passDeadline();
    const { dueAtMs } = told.request().position;
    lift(suspend(told).wait(5 * dayMs));
    expect(told.request().position).toMatchObject({ dueAtMs, lateness: 'late' });
    expect(told.request().deadlines).toMatchObject([{ id: 'stage', step: 'escalate' }]);
    expect(told.request()).not.toHaveProperty('afterReview');
  });
});

describe('what becomes of the award when a request ends', () => {
  const paid: Partial<Tranche> = { state: 'settled' };
  const withAward = (funds: 'asked' | 'reserved' | 'committed' | 'released', change: Partial<Tranche> = {}) => {
    const request = atStage('implementation');
    const { award } = request;
    const tranches = request.tranches.map((tranche) => ({ ...tranche, ...change }));
    return { ...request, award: award && { ...award, funds }, tranches };
  };
  const released = (amountMinor: string, from: string) => [{ kind: 'fundsReleased', amountMinor, from }];

  it.each<[string, GrantRequest, object[]]>([
    ['a reservation goes back whole', withAward('reserved'), released('60000000', 'reserved')],
    ['of committed money what was not paid goes back', withAward('committed'), released('60000000', 'committed')],
    ['of committed money that was paid nothing does', withAward('committed', paid), []],
    ['what was let go is not let go twice', withAward('released'), []],
    ['what is only asked for is not there yet', withAward('asked'), []],
    ['without an award there is none', { ...withAward('committed'), award: null }, []],
  ])('%s', (_rule, request, events) => {
    expect(releaseFunds(request)).toStrictEqual(events);
  });
});

describe('a withdrawal', () => {
  it('waits for the answer about the money, and lets a reservation go', () => {
    const withFunds = (funds: 'asked' | 'reserved'): GrantRequest => {
      const request = atStage('agreement');
      return { ...request, award: request.award && { ...request.award, funds } };
    };
    const ask = (request: GrantRequest) => {
      const envelope = { by: people.samira, key: 'k', fingerprint: 'f', expectedVersion: request.version };
      return decide(request, personCommand('withdraw', {}, envelope), { plan: calmPlan, nowMs: startMs });
    };
    expect(ask(withFunds('asked')).refusal).toEqual({ code: 'conditionsNotMet', rule: 'funds-being-reserved' });
    expect(ask(withFunds('reserved')).entry?.events).toEqual([
      { kind: 'fundsReleased', amountMinor: '60000000', from: 'reserved' },
      { kind: 'requestEnded', outcome: 'withdrawn' },
    ]);
  });

  it('is too late once a payment was instructed', () => {
    const told = payTranche(journeyTo('implementation'), 1);
    expect(told.ask(people.samira, 'withdraw', {}).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'before-first-payment', accepted: 'terminate' },
    });
  });
});

describe('a termination', () => {
  const terminate = (told: Journey): Journey => told.act(people.deputy, 'terminate', {}, { reason: 'misuse' });
  const askBy = (by: Actor, change: Partial<GrantRequest> = {}) => {
    const request = { ...atStage('implementation'), ...change };
    const envelope = { by, key: 'k', fingerprint: 'f', expectedVersion: request.version, reason: 'misuse' };
    return decide(request, personCommand('terminate', {}, envelope), { plan: calmPlan, nowMs: startMs }).refusal;
  };
  const approver = (...roles: Actor['roles'][number][]): Actor => ({ personId: 'nadia', name: 'Nadia', roles });

  it('is for the level that approved last, whatever else somebody holds', () => {
    const refused = { code: 'notYourRole', rule: 'authority-level', accepted: 'board-deputy' };
    expect(askBy(people.programmeDirector)).toEqual(refused);
    const lower = { role: 'approver', level: 'programme-director' } as const;
    expect(askBy(approver(lower, { role: 'reviewer', level: 'board-deputy' }))).toEqual(refused);
    expect(askBy(approver(lower, { role: 'approver', level: 'board-deputy' }))).toBeUndefined();
  });

  it('is for any approver where nobody approved', () => {
    const { authority } = atStage('implementation');
    if (authority === null) throw new Error('somebody approved');
    expect(askBy(people.programmeDirector, { authority: null })).toBeUndefined();
    expect(askBy(people.programmeDirector, { authority: { ...authority, approvals: [] } })).toBeUndefined();
    expect(askBy(approver({ role: 'approver' }, { role: 'reviewer' }), { authority: null })).toBeUndefined();
  });

  it('waits for payments on their way, one of them is enough', () => {
    const told = journeyTo('implementation');
    told
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
      .act(people.releaser, 'releaseTranche', { number: 1 });
    expect(told.ask(people.deputy, 'terminate', {}, { reason: 'misuse' }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'payment-in-flight' },
    });
  });

  it('leaves an after-review that was waited for behind', () => {
    const plan: Plan = {
      ...calmPlan,
      afterReview: { due: time(15) },
      tranches: { ...calmPlan.tranches, provisional: { number: 1, approvers: 1 } },
    };
    const told = journeyTo('implementation', plan);
    told
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
      .act(people.executiveDirector, 'releaseTranche', { number: 1 })
      .pay(1, 'settled');
    expect(told.request().deadlines.map(({ id }) => id)).toContain('after-review');
    expect(terminate(told).request().position.stage).toBe('recovery');
    expect(told.request().deadlines.map(({ id }) => id)).not.toContain('after-review');
  });

  it('claims back what was paid and not accounted for, and ends at once when that is nothing', () => {
    const some = acceptReport(payTranche(journeyTo('implementation'), 1), 1, '10000000');
    expect(terminate(some).request()).toMatchObject({
      ...{ outcome: null, position: { stage: 'recovery' }, recovery: { dueMinor: '11600000', then: 'terminated' } },
    });
    const nothing = terminate(journeyTo('implementation'));
    expect(nothing.request()).toMatchObject({ outcome: 'terminated', recovery: null });
    expect(lastEvents(nothing)).toEqual([
      { kind: 'fundsReleased', amountMinor: '60000000', from: 'committed' },
      { kind: 'requestEnded', outcome: 'terminated' },
    ]);
    const all = terminate(acceptReport(payTranche(journeyTo('implementation'), 1), 1, '21600000'));
    expect(all.request().outcome).toBe('terminated');
  });
});
