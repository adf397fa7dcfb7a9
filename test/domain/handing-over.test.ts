// Handing a role over for an absence: whose role, to whom, for how long, one delegate at a time, and who may end it.
import { describe, expect, it } from '@jest/globals';
import type { Role, RoleHeld } from '../../domain/actor.js';
import { delegableRoles } from '../../domain/delegation.js';
import type { DelegationAsked } from '../../domain/people/delegating.js';
import { delegationRefusal, endingRefusal, longestDelegationDays } from '../../domain/people/delegating.js';
import type { Account } from '../../domain/people/role-grant.js';
import { people } from '../support/people.js';

const dayMs = 86_400_000;
const now = new Date('2026-03-01T08:00:00.000Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const account = (_id: string, grants: readonly RoleHeld[], change: Partial<Account> = {}, from = 0): Account => ({
  ...{ _id, suspended: false, grants: grants.map((role) => ({ ...role, from: later(from), until: null })) },
  ...change,
});
const director = { role: 'approver', level: 'director' } as const;
const dina = account('dina', [director], { nationalIdHash: 'n' });
const nadia = account('nadia', [{ role: 'reviewer' }]);
const week: DelegationAsked = { ...director, from: now, until: later(7 * dayMs) };

type Case = {
  readonly delegator: Account | null;
  readonly delegate: Account | null;
  readonly asked: DelegationAsked;
  readonly open: readonly DelegationAsked[];
};
const refusalOf = (change: Partial<Case> = {}) => {
  const { delegator, delegate, asked, open }: Case = {
    delegator: dina,
    delegate: nadia,
    asked: week,
    open: [],
    ...change,
  };
  return delegationRefusal({ delegator, delegate }, asked, open, now)?.refusal;
};

describe('the role that is handed over', () => {
  it('is one that its holder has now, at that level', () => {
    const refusal = { code: 'notYourRole', rule: 'role-held-in-own-right', accepted: 'approver' };
    const both = account('dina', [{ role: 'reviewer' }, director]);
    expect([refusalOf(), refusalOf({ delegator: both })]).toEqual([undefined, undefined]);
    for (const delegator of [
      null,
      account('dina', []),
      account('dina', [{ role: 'paymentReleaser', level: 'director' }]),
      account('dina', [{ role: 'approver', level: 'deputy' }]),
      account('dina', [director], {}, 1),
    ])
      expect(refusalOf({ delegator })).toEqual(refusal);
  });

  it('is never a vote, nor what an NGO, a directorate or the secretary does', () => {
    const never: readonly Role[] = [
      'committeeMember',
      'committeeChair',
      'committeeSecretary',
      'signatory',
      'directorateOfficer',
    ];
    expect([...delegableRoles].sort()).toEqual([
      'approver',
      'fundSignatory',
      'monitoringOfficer',
      'paymentReleaser',
      'screeningOfficer',
    ]);
    expect(never.filter((role) => delegableRoles.some((delegable) => delegable === role))).toEqual([]);
  });
});

describe('the delegate', () => {
  it.each([
    ['nobody', null, { code: 'conditionsNotMet', rule: 'delegate-known' }],
    ['suspended', account('nadia', [{ role: 'reviewer' }], { suspended: true }), { code: 'conditionsNotMet', rule: 'delegate-known' }],
    ['the holder', dina, { code: 'conditionsNotMet', rule: 'not-to-oneself' }],
    ['the holder, with another account', account('nadia', [{ role: 'reviewer' }], { nationalIdHash: 'n' }), { code: 'conditionsNotMet', rule: 'not-to-oneself' }],
    ['an auditor', account('nadia', [{ role: 'reviewer' }, { role: 'auditor' }]), { code: 'dutyConflict', rule: 'auditor-never-decides' }],
    ['an administrator', account('nadia', [{ role: 'administrator' }]), { code: 'dutyConflict', rule: 'administrator-never-decides' }],
    ['without a role', account('nadia', []), { code: 'conditionsNotMet', rule: 'delegate-of-the-fund' }],
    ['without a role yet', account('nadia', [{ role: 'reviewer' }], {}, 1), { code: 'conditionsNotMet', rule: 'delegate-of-the-fund' }],
    ['of an NGO, as applicant', account('nadia', [{ role: 'reviewer' }, { role: 'applicant' }]), { code: 'conditionsNotMet', rule: 'delegate-of-the-fund' }],
    ['of an NGO, as signatory', account('nadia', [{ role: 'signatory' }]), { code: 'conditionsNotMet', rule: 'delegate-of-the-fund' }],
    ['an officer with two roles', account('nadia', [{ role: 'reviewer' }, { role: 'financeOfficer' }]), undefined],
  ])('who is %s', (_who, delegate, refusal) => {
    expect(refusalOf({ delegate })).toEqual(refusal);
  }); // prettier-ignore
});

describe('the period', () => {
  const between = (from: number, until: number) =>
    refusalOf({ asked: { ...week, from: later(from), until: later(until) } });
  const past = { code: 'conditionsNotMet', rule: 'period', accepted: '2026-03-01T08:00:00.000Z' };

  it.each([
    ['ends this instant', -dayMs, 0, past],
    ['ends the next instant', -dayMs, 1, undefined],
    ['ends when it begins', dayMs, dayMs, past],
    ['ends before it begins', 2 * dayMs, dayMs, past],
    ['is later', dayMs, 2 * dayMs, undefined],
    ['is as long as it may be', 0, 60 * dayMs, undefined],
    [
      'is longer by an instant',
      dayMs,
      61 * dayMs + 1,
      { code: 'conditionsNotMet', rule: 'longest-delegation', accepted: '2026-05-01T08:00:00.000Z' },
    ],
  ])('that %s', (_when, from, until, refusal) => {
    expect(longestDelegationDays).toBe(60);
    expect(between(from, until)).toEqual(refusal);
  });
});

describe('another delegation of the same role', () => {
  const other = (from: number, until: number, change: Partial<DelegationAsked> = {}) =>
    refusalOf({ open: [{ ...week, from: later(from), until: later(until), ...change }] })?.rule;

  it.each([
    ['at the same time', 0, 7 * dayMs, 'one-delegate-at-a-time'],
    ['that ends within it', -dayMs, dayMs, 'one-delegate-at-a-time'],
    ['that begins within it', 6 * dayMs, 9 * dayMs, 'one-delegate-at-a-time'],
    ['until it begins', -dayMs, 0, undefined],
    ['from its end', 7 * dayMs, 9 * dayMs, undefined],
  ])('%s', (_when, from, until, rule) => {
    expect(other(from, until)).toBe(rule);
  });

  it('stands in the way; one of another role or level does not', () => {
    expect(other(0, dayMs, { level: 'deputy' })).toBeUndefined();
    expect(other(0, dayMs, { role: 'paymentReleaser' })).toBeUndefined();
    expect(refusalOf({ open: [{ ...week, level: 'deputy' }, week] })).toEqual({
      code: 'alreadyActed',
      rule: 'one-delegate-at-a-time',
    });
  });
});

describe('ending a delegation', () => {
  const open = { delegatorId: 'hana', delegateId: 'finance', until: later(1), endedAt: null };

  it('is for the two people, and for the administrator', () => {
    for (const by of [people.hana, people.finance, people.administrator])
      expect(endingRefusal(open, by, now)).toBeNull();
    expect(endingRefusal(open, people.monitor, now)?.refusal).toEqual({
      ...{ code: 'notYourRole', rule: 'roles', accepted: 'administrator' },
    });
  });

  it('is not done twice, nor after its last instant', () => {
    const refusal = { code: 'alreadyActed', rule: 'delegation-ended' };
    expect(endingRefusal({ ...open, endedAt: later(-5) }, people.hana, now)?.refusal).toEqual(refusal);
    expect(endingRefusal({ ...open, until: now }, people.hana, now)?.refusal).toEqual(refusal);
  });
});
