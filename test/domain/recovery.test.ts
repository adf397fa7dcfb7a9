// Money that comes back: refunds during the project, instalments with due times, and writing off by authority.
import { describe, expect, it } from '@jest/globals';
import type { Answer } from '../../domain/decide.js';
import { noticesOf } from '../../domain/notice.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, dayMs, journeyTo, owing, payTranche, recovering, text } from '../support/journey.js';
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

  it('have no due times under a plan without that part', () => {
    const told = recovering(calmPlan);
    expect(deadlines(told)).toEqual([]);
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
