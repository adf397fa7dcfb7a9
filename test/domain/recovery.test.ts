// Money that comes back: refunds during the project, instalments with due times, and writing off by authority.
import { describe, expect, it } from '@jest/globals';
import { apply } from '../../domain/apply.js';
import { openInstalment } from '../../domain/closure/recovery.js';
import type { Answer } from '../../domain/decide.js';
import { decide } from '../../domain/decide.js';
import type { RequestEvent } from '../../domain/event.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { noticesOf } from '../../domain/notice.js';
import { tasksOf } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, dayMs, journeyTo, owing, payTranche, recovering, startMs, text } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, owingPlan } from '../support/plans.js';

const proof = { reason: 'a saving on equipment', evidence: [{ fileId: 'credit-note', sha256: text }] };
const refusal = ({ refusal: found }: Answer) => found;
const deadlines = (told: Journey) =>
  told
    .request()
    .deadlines.filter(({ id }) => id !== 'stage')
    .map(({ id, step, atMs }) => [id, step, Math.round((atMs - told.nowMs()) / dayMs)]);
const tasks = (told: Journey) =>
  tasksOf(told.request(), { plan: owingPlan, nowMs: told.nowMs() }).map(({ name, role, level, number, dueAtMs }) => ({
    ...{ name, role },
    ...(level === undefined ? {} : { level }),
    ...(number === undefined ? {} : { number, inDays: Math.round(((dueAtMs ?? 0) - told.nowMs()) / dayMs) }),
  }));
const lastNotices = (told: Journey) => {
  const entry = told.entries().at(-1);
  return entry === undefined ? [] : noticesOf(told.request(), entry).map(({ kind, number }) => ({ kind, number }));
};

describe('a refund while the project goes on', () => {
  const paid = (): Journey => payTranche(journeyTo('implementation'), 1);
  const ask = (told: Journey, amountMinor: string, extra: object = proof) =>
    refusal(told.ask(people.finance, 'recordRefund', { amountMinor }, extra));

  it('takes no more than was paid and neither accounted for nor given back', () => {
    const told = paid();
    expect(ask(told, '21600001')).toMatchObject({ code: 'tranchesDoNotAddUp', accepted: '21600000' });
    told.act(people.finance, 'recordRefund', { amountMinor: '1600000' }, proof);
    acceptReport(told, 1, '20000000');
    expect(told.request()).toMatchObject({ refundedMinor: '1600000', accountedMinor: '20000000' });
    expect(ask(told, '1')).toMatchObject({ code: 'tranchesDoNotAddUp', accepted: '0' });
  });

  it('needs a reason and a proof, and is of something', () => {
    const told = paid();
    expect(ask(told, '0')).toMatchObject({ rule: 'refund-within-unspent' });
    expect(ask(told, '1', { evidence: proof.evidence })).toMatchObject({ rule: 'reason-missing' });
    expect(ask(told, '1', { reason: 'saved' })).toMatchObject({ rule: 'refund-evidence' });
    expect(refusal(told.ask(people.monitor, 'recordRefund', { amountMinor: '1' }, proof))?.code).toBe('notYourRole');
  });

  it('lowers what is unspent at the closing and owed after a termination', () => {
    const refunded = (): Journey => paid().act(people.finance, 'recordRefund', { amountMinor: '1600000' }, proof);
    const terminated = refunded().act(people.deputy, 'terminate', {}, { reason: 'misuse' });
    expect(terminated.request().recovery?.dueMinor).toBe('20000000');
    const told = refunded();
    for (const [index, spent] of ['20000000', '40000000', '50000000'].entries()) {
      if (index > 0) payTranche(told, index + 1);
      acceptReport(told, index + 1, spent);
    }
    payTranche(told, 4);
    const body = { verdict: 'settled', unspentMinor: '8400000', returnedMinor: '8400000' } as const;
    told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
    expect(told.request().outcome).toBe('closed');
  });
});

describe('instalments of a recovery', () => {
  const agree = (told: Journey, ...days: number[]) =>
    refusal(
      told.ask(people.finance, 'agreeRecoveryPlan', {
        instalments: days.map((day) => ({
          amountMinor: String(6_000_000 / days.length),
          dueAtMs: told.nowMs() + day * dayMs,
        })),
      }),
    );

  it('lie ahead, one after the other, and within the time of the plan', () => {
    const told = owing(owingPlan);
    expect(agree(told, 0)).toMatchObject({ rule: 'instalments-in-order' });
    expect(agree(told, 30, 30)).toMatchObject({ rule: 'instalments-in-order' });
    expect(agree(told, 60, 30)).toMatchObject({ rule: 'instalments-in-order' });
    expect(agree(told, 30, 731)).toMatchObject({ rule: 'instalments-in-time' });
    expect(agree(told, 30, 730)).toBeUndefined();
  });

  it('have due times of their own, each with a reminder to the NGO', () => {
    const told = recovering(owingPlan);
    expect(deadlines(told)).toEqual([
      ['instalment-1', 'remind', 16],
      ['instalment-1', 'due', 30],
      ['instalment-2', 'remind', 46],
      ['instalment-2', 'due', 60],
    ]);
    expect(tasks(told)).toEqual([{ name: 'recover', role: 'financeOfficer', number: 1, inDays: 30 }]);
    expect(lastNotices(told.passDeadline())).toEqual([{ kind: 'instalment-due-soon', number: 1 }]);
    expect(lastNotices(told.passDeadline())).toEqual([{ kind: 'instalment-overdue', number: 1 }]);
    expect(deadlines(told)).toContainEqual(['instalment-1', 'escalate', 30]);
  });

  it('are waited for until they are covered, whatever the parts they come in', () => {
    const told = recovering(owingPlan);
    const receive = (amountMinor: string) =>
      told.act(people.finance, 'recordRecovery', { kind: 'received', amountMinor });
    receive('1999999');
    expect(tasks(told)).toMatchObject([{ number: 1 }]);
    receive('1');
    expect(tasks(told)).toMatchObject([{ number: 2, inDays: 60 }]);
    expect(deadlines(told).map(([id]) => id)).toEqual(['instalment-2', 'instalment-2']);
    receive('4000000');
    expect(told.request()).toMatchObject({ outcome: 'closed', deadlines: [] });
  });

  it('add up to what is owed, say how late they may be, and are agreed once', () => {
    const told = owing(owingPlan);
    expect(
      refusal(told.ask(people.finance, 'agreeRecoveryPlan', { instalments: [{ amountMinor: '5999999', dueAtMs: 1 }] })),
    ).toEqual({ code: 'tranchesDoNotAddUp', rule: 'instalments', accepted: '6000000' });
    expect(agree(told, 30, 731)).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'instalments-in-time' },
      accepted: new Date(told.nowMs() + 730 * dayMs).toISOString(),
    });
    expect(agree(told, 0)).toEqual({ code: 'conditionsNotMet', rule: 'instalments-in-order' });
    expect(agree(recovering(owingPlan), 30)).toEqual({ code: 'alreadyActed', rule: 'recovery-plan-agreed' });
  });

  it('remind nobody of what is due too soon for it', () => {
    const told = owing(owingPlan);
    const instalments = [
      { amountMinor: '2000000', dueAtMs: told.nowMs() + 14 * dayMs },
      { amountMinor: '4000000', dueAtMs: told.nowMs() + 14 * dayMs + 1 },
    ];
    told.act(people.finance, 'agreeRecoveryPlan', { instalments });
    expect(deadlines(told).map(([id, step]) => `${id} ${step}`)).toEqual([
      'instalment-1 due',
      'instalment-2 remind',
      'instalment-2 due',
    ]);
    expect(told.request().deadlines.map(({ id }) => id)).toContain('stage');
    expect(told.request().recovery?.instalments).toEqual(instalments);
  });

  it('have no due times under a plan without that part', () => {
    const told = recovering(calmPlan);
    expect(deadlines(told)).toEqual([]);
    expect(told.entries().at(-1)?.events).toStrictEqual([
      { kind: 'recoveryPlanAgreed', instalments: told.request().recovery?.instalments },
    ]);
    expect(agree(owing(calmPlan), -1, -1)).toBeUndefined();
  });
});

describe('money received in a recovery', () => {
  const all = { kind: 'received', amountMinor: '6000000' } as const;

  it('comes once the instalments are agreed, to the finance officer, and is no more than is owed', () => {
    expect(refusal(owing().ask(people.finance, 'recordRecovery', all))).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'recovery-plan-first', accepted: 'agreeRecoveryPlan' },
    });
    const told = recovering();
    expect(refusal(told.ask(people.deputy, 'recordRecovery', all))).toEqual({ code: 'notYourRole', rule: 'received' });
    const within = { code: 'tranchesDoNotAddUp', rule: 'recovery-within-due', accepted: '6000000' };
    for (const amountMinor of ['0', '6000001'])
      expect(refusal(told.ask(people.finance, 'recordRecovery', { ...all, amountMinor }))).toEqual(within);
    expect(refusal(told.ask(people.finance, 'recordRecovery', all))).toBeUndefined();
  });

  it('adds up, and ends the request as it was to end once nothing is owed', () => {
    const told = recovering();
    told.act(people.finance, 'recordRecovery', { ...all, amountMinor: '2500000' });
    expect(told.entries().at(-1)?.events).toEqual([{ kind: 'recoveryReceived', amountMinor: '2500000' }]);
    expect(told.request()).toMatchObject({
      outcome: null,
      recovery: { dueMinor: '6000000', receivedMinor: '2500000' },
    });
    told.act(people.finance, 'recordRecovery', { ...all, amountMinor: '3500000' });
    expect(told.entries().at(-1)?.events).toEqual([
      { kind: 'recoveryReceived', amountMinor: '3500000' },
      { kind: 'requestEnded', outcome: 'closed' },
    ]);
    const terminated = atStage('recovery').recovery;
    expect(terminated).toMatchObject({ then: 'terminated', receivedMinor: '0', instalments: [] });
  });

  it('keeps the due times of what it does not cover, and that of the recovery as a whole', () => {
    const told = recovering(owingPlan).act(people.finance, 'recordRecovery', { ...all, amountMinor: '2000000' });
    expect(told.request().deadlines.map(({ id, step }) => `${id} ${step}`)).toEqual([
      ...['stage due', 'instalment-2 remind', 'instalment-2 due'],
    ]);
    const open = (receivedMinor: string) => {
      const { recovery } = recovering(owingPlan).request();
      return recovery && openInstalment({ ...recovery, receivedMinor });
    };
    expect(open('0')).toMatchObject({ number: 1, amountMinor: '2000000' });
    expect(open('1999999')?.number).toBe(1);
    expect(open('2000000')).toMatchObject({ number: 2, amountMinor: '4000000' });
    expect(open('5999999')?.number).toBe(2);
    expect(open('6000000')).toBeNull();
  });
});

describe('writing off what is owed', () => {
  const all = { kind: 'written-off', amountMinor: '6000000' } as const;
  const no = { kind: 'write-off-refused', amountMinor: '6000000' } as const;
  const lost = { reason: 'the NGO was dissolved' };
  const proposed = (): Journey => recovering(owingPlan).act(people.finance, 'recordRecovery', all, lost);

  it('is proposed by the finance officer, with a reason, for all that is owed', () => {
    const told = recovering(owingPlan);
    const ask = (by: (typeof people)[keyof typeof people], body: typeof all | typeof no, extra: object = lost) =>
      refusal(told.ask(by, 'recordRecovery', body, extra));
    expect(ask(people.executiveDirector, all)).toMatchObject({ rule: 'write-off-proposed' });
    expect(ask(people.finance, no)).toMatchObject({ rule: 'write-off-proposed' });
    expect(ask(people.finance, all, {})).toMatchObject({ rule: 'reason-missing' });
    expect(
      refusal(told.ask(people.finance, 'recordRecovery', { kind: 'written-off', amountMinor: '5999999' }, lost)),
    ).toMatchObject({ rule: 'write-off-the-rest', accepted: '6000000' });
  });

  it('needs the levels that the matrix asks for the sum, in order, by distinct people', () => {
    const told = proposed();
    expect(tasks(told)).toContainEqual({
      name: 'write-off-programme-director',
      role: 'approver',
      level: 'programme-director',
    });
    expect(refusal(told.ask(people.finance, 'recordRecovery', all, lost))).toMatchObject({ code: 'alreadyActed' });
    expect(refusal(told.ask(people.executiveDirector, 'recordRecovery', all))).toMatchObject({
      ...{ code: 'notYourRole', rule: 'authority-level', accepted: 'programme-director' },
    });
    told.act(people.programmeDirector, 'recordRecovery', all);
    expect(told.request().outcome).toBeNull();
    const both = {
      ...people.programmeDirector,
      roles: [...people.programmeDirector.roles, ...people.executiveDirector.roles],
    };
    expect(refusal(told.ask(both, 'recordRecovery', all))).toMatchObject({ rule: 'approvers-distinct' });
    told.act(people.executiveDirector, 'recordRecovery', all);
    expect(told.request().outcome).toBe('terminated');
  });

  it('is not approved by who proposed it, in whatever other role', () => {
    const told = proposed();
    const both = { ...people.finance, roles: [...people.finance.roles, ...people.programmeDirector.roles] };
    expect(refusal(told.ask(both, 'recordRecovery', all))).toMatchObject({ rule: 'propose-with-approve' });
  });

  it('is not approved from a screen that shows an earlier proposal', () => {
    const told = proposed();
    const expectedVersion = told.request().version - 1;
    expect(refusal(told.ask(people.programmeDirector, 'recordRecovery', all, { expectedVersion }))?.code).toBe(
      'staleVersion',
    );
  });

  it('is over when it is refused, or when money comes in', () => {
    const told = proposed();
    expect(refusal(told.ask(people.programmeDirector, 'recordRecovery', no, { reason: ' ' }))?.rule).toBe(
      'reason-missing',
    );
    told.act(people.programmeDirector, 'recordRecovery', no, { reason: 'a guarantor is left' });
    expect(tasks(told)).toHaveLength(1);
    told.act(people.finance, 'recordRecovery', all, lost);
    told.act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '1' });
    expect(told.request().recovery?.writeOff).toBeUndefined();
    expect(refusal(told.ask(people.programmeDirector, 'recordRecovery', all))?.rule).toBe('write-off-the-rest');
  });

  it('fails closed where no row of the matrix fits the sum', () => {
    const plan = { ...owingPlan, authority: owingPlan.authority.map((row) => ({ ...row, aboveMinor: '7000000' })) };
    const told = recovering({ ...plan, authority: plan.authority.slice(1, 2) });
    expect(refusal(told.ask(people.finance, 'recordRecovery', all, lost))).toMatchObject({
      ...{ code: 'authorityUnresolved', rule: 'no-row' },
    });
  });

  it('is the word of one approver under a plan without that part', () => {
    const told = recovering(calmPlan);
    expect(refusal(told.ask(people.finance, 'recordRecovery', all, lost))?.code).toBe('notYourRole');
    expect(refusal(told.ask(people.deputy, 'recordRecovery', no, lost))?.rule).toBe('write-off-proposed');
    expect(told.act(people.deputy, 'recordRecovery', all).request().outcome).toBe('terminated');
  });
});

describe('a request from which nothing is owed', () => {
  const none = (): GrantRequest => ({ ...owing(owingPlan).request(), recovery: null });
  const moment = { version: 1, atMs: 0 };
  const context = { plan: owingPlan, nowMs: startMs };

  it('agrees on no instalments and takes no money', () => {
    const request = none();
    const envelope = { by: people.finance, key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const instalments = { ...envelope, kind: 'agreeRecoveryPlan', body: { instalments: [] } } as const;
    expect(refusal(decide(request, instalments, context))).toEqual({ code: 'notThisStage' });
    const body = { kind: 'received', amountMinor: '1' } as const;
    expect(refusal(decide(request, { ...envelope, kind: 'recordRecovery', body }, context))).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'recovery-plan-first', accepted: 'agreeRecoveryPlan' },
    });
  });

  it.each<RequestEvent>([
    { kind: 'recoveryPlanAgreed', instalments: [] },
    { kind: 'recoveryReceived', amountMinor: '1' },
    { kind: 'writeOffRefused', personId: 'x', level: 'y' },
  ])('stays as it is whatever is said about a recovery: $kind', (event) => {
    expect(apply(none(), event, moment)).toEqual(none());
  });

  it('has no write-off that anybody could approve', () => {
    const request = owing(owingPlan).request();
    const approved = { kind: 'writeOffApproved', personId: 'x', level: 'y' } as const;
    expect(apply(request, approved, moment)).toEqual(request);
  });
});
