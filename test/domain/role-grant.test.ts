// Granting and ending roles, suspending accounts: never to oneself, each role with its scope and period, nothing beside a role that never decides.
import { describe, expect, it } from '@jest/globals';
import type { Actor, Role, RoleHeld } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import type { Account, DatedRole } from '../../domain/people/role-grant.js';
import {
  accountFault,
  endedRoles,
  endFault,
  grantFault,
  isHeldAt,
  isOpenAt,
  isSamePerson,
  sameRole,
} from '../../domain/people/role-grant.js';
import { people } from '../support/people.js';

const now = new Date('2026-03-01T08:00:00.000Z');
const later = (ms: number): Date => new Date(now.getTime() + ms);
const dated = (role: RoleHeld, from = later(-1_000), until: Date | null = null): DatedRole => ({
  ...role,
  from,
  until,
});
const account = (_id: string, grants: readonly DatedRole[] = [], change: Partial<Account> = {}): Account => ({
  ...{ _id, suspended: false, grants },
  ...change,
});
const administrator = account('administrator');
const change = (person: Account, by: Actor = people.administrator, of: Account | null = administrator) => ({
  ...{ by, administrator: of, person },
});
const grant = (role: RoleHeld, held: readonly DatedRole[] = [], until: Date | null = null, from = now) =>
  grantFault(change(account('mona', held)), dated(role, from, until), now)?.refusal;

describe('two accounts', () => {
  it.each([
    ['one account', { _id: 'a' }, { _id: 'a' }, true],
    ['the same national id', { _id: 'a', nationalIdHash: 'n' }, { _id: 'b', nationalIdHash: 'n' }, true],
    ['other national ids', { _id: 'a', nationalIdHash: 'n' }, { _id: 'b', nationalIdHash: 'm' }, false],
    ['no national ids', { _id: 'a' }, { _id: 'b' }, false],
    ['one national id', { _id: 'a' }, { _id: 'b', nationalIdHash: 'n' }, false],
  ])('with %s', (_what, one, other, same) => {
    const whole = (part: Pick<Account, '_id' | 'nationalIdHash'>): Account => ({ ...account('x'), ...part });
    expect(isSamePerson(whole(one), whole(other))).toBe(same);
  });
});

describe('a role for a period', () => {
  it.each([
    ['began this instant', 0, null, { open: true, held: true }],
    ['begins the next instant', 1, null, { open: true, held: false }],
    ['ends this instant', -5, 0, { open: false, held: false }],
    ['ends the next instant', -5, 1, { open: true, held: true }],
    ['has ended', -5, -1, { open: false, held: false }],
  ])('that %s', (_when, from, until, { open, held }) => {
    const role = dated({ role: 'reviewer' }, later(from), until === null ? null : later(until));
    expect([isOpenAt(role, now), isHeldAt(role, now)]).toEqual([open, held]);
  });

  it('is the same role with the same scope alone', () => {
    const base: RoleHeld = { role: 'approver', organisationId: 'o', governorate: 'g', level: 'l' };
    const others: Partial<RoleHeld>[] = [
      { role: 'reviewer' },
      { organisationId: 'other' },
      { governorate: 'other' },
      { level: 'other' },
    ];
    expect(sameRole(base, { ...base, civilSociety: true })).toBe(true);
    expect(others.map((other) => sameRole(base, { ...base, ...other }))).toEqual([false, false, false, false]);
  });
});

describe('whoever administers', () => {
  const acts = (of: ReturnType<typeof change>) => [
    grantFault(of, dated({ role: 'reviewer' }), now)?.refusal,
    endFault(of, { role: 'financeOfficer' }, now)?.refusal,
    accountFault(of, true)?.refusal,
  ];
  const mona = account('mona', [dated({ role: 'financeOfficer' })], { nationalIdHash: 'n' });

  it('holds the role of it', () => {
    const refusal = { code: 'notYourRole', rule: 'roles', accepted: 'administrator' };
    expect(acts(change(mona))).toEqual([undefined, undefined, undefined]);
    expect(acts(change(mona, people.finance))).toEqual([refusal, refusal, refusal]);
  });

  it.each([
    ['their own account', account('mona')],
    ['another account of their own', account('administrator', [], { nationalIdHash: 'n' })],
    ['whom the register does not know', null],
  ])('is not to act on %s', (_whose, of) => {
    const refusal = { code: 'dutyConflict', rule: 'not-to-oneself' };
    expect(acts(change(mona, people.administrator, of))).toEqual([refusal, refusal, refusal]);
  });
});

describe('the scope of a role', () => {
  const scoped: Partial<Record<Role, string>> = {
    applicant: 'organisationId',
    signatory: 'organisationId',
    directorateOfficer: 'governorate',
    approver: 'level',
  };
  const scopes: RoleHeld[] = [
    { role: 'reviewer' },
    { role: 'reviewer', organisationId: 'o' },
    { role: 'reviewer', governorate: 'g' },
    { role: 'reviewer', level: 'l' },
    { role: 'reviewer', organisationId: 'o', level: 'l' },
    { role: 'reviewer', governorate: 'g', organisationId: 'o' },
  ];

  it.each(roles.filter((role) => role !== 'operator'))('of %s is the one it needs, and no other', (role) => {
    const accepted = scoped[role] ?? 'none';
    for (const scope of scopes) {
      const given = Object.keys(scope).filter((name) => name !== 'role');
      const refusal = grant({ ...scope, role });
      if (given.join() === (scoped[role] ?? '')) expect(refusal).toBeUndefined();
      else expect(refusal).toEqual({ code: 'conditionsNotMet', rule: 'role-scope', accepted });
    }
  });

  it('of a seat of civil society is for members of the committee', () => {
    expect(grant({ role: 'committeeMember', civilSociety: true })).toBeUndefined();
    expect(grant({ role: 'reviewer', civilSociety: true })?.rule).toBe('role-scope');
    expect(grant({ role: 'approver', level: 'l', civilSociety: false })?.rule).toBe('role-scope');
  });
});

describe('a role', () => {
  it('of the platform is neither granted nor ended here', () => {
    const refusal = { code: 'conditionsNotMet', rule: 'operator-is-not-granted' };
    const operating = account('mona', [dated({ role: 'operator' })]);
    expect(grant({ role: 'operator' })).toEqual(refusal);
    expect(endFault(change(operating), { role: 'operator' }, now)?.refusal).toEqual(refusal);
  });

  it('is not granted to who holds it or will hold it, but to who held it', () => {
    const refusal = { code: 'alreadyActed', rule: 'role-held' };
    const held = (from: number, until: number | null) =>
      grant({ role: 'reviewer' }, [dated({ role: 'reviewer' }, later(from), until === null ? null : later(until))]);
    expect([held(-5, null), held(5, null)]).toEqual([refusal, refusal]);
    expect(held(-5, -1)).toBeUndefined();
    expect(grant({ role: 'approver', level: 'b' }, [dated({ role: 'approver', level: 'a' })])).toBeUndefined();
    expect(grant({ role: 'reviewer' }, [dated({ role: 'financeOfficer' })])).toBeUndefined();
  });

  it.each([
    ['has no end', 0, null, true],
    ['ends the next instant', 0, 1, true],
    ['ends this instant', -5, 0, false],
    ['ends when it begins', 5, 5, false],
    ['ends before it begins', 5, 4, false],
    ['begins and ends later', 5, 6, true],
  ])('that %s', (_when, from, until, granted) => {
    const refusal = grant({ role: 'reviewer' }, [], until === null ? null : later(until), later(from));
    if (granted) expect(refusal).toBeUndefined();
    else expect(refusal).toEqual({ code: 'conditionsNotMet', rule: 'period', accepted: '2026-03-01T08:00:00.000Z' });
  });

  it.each(['auditor', 'donorObserver', 'administrator'] as const)('beside that of %s is not granted', (role) => {
    const refusal = { code: 'dutyConflict', rule: `${role}-never-decides` };
    expect(grant({ role: 'reviewer' }, [dated({ role })])).toEqual(refusal);
    expect(grant({ role }, [dated({ role: 'reviewer' })])).toEqual(refusal);
    expect(grant({ role: 'reviewer' }, [dated({ role }, later(5))])).toEqual(refusal);
    expect(grant({ role: 'reviewer' }, [dated({ role }, later(-5), later(0))])).toBeUndefined();
    // A second one of the same kind is not a second duty.
    expect(grant({ role }, [dated({ role, governorate: 'EG-C' })])).toBeUndefined();
  });

  it('beside others that decide is granted', () => {
    expect(grant({ role: 'reviewer' }, [dated({ role: 'committeeMember' })])).toBeUndefined();
  });

  it('is ended only while it is open', () => {
    const ended = (...grants: DatedRole[]) =>
      endFault(change(account('mona', grants)), { role: 'reviewer' }, now)?.refusal;
    const refusal = { code: 'conditionsNotMet', rule: 'role-held' };
    expect(ended(dated({ role: 'auditor' }), dated({ role: 'reviewer' }))).toBeUndefined();
    expect(ended(dated({ role: 'reviewer' }, later(5)))).toBeUndefined();
    expect([ended(), ended(dated({ role: 'auditor' })), ended(dated({ role: 'reviewer' }, later(-5), now))]).toEqual([
      refusal,
      refusal,
      refusal,
    ]);
  });
});

describe('ending a role', () => {
  const reviewing = (from: number, until: Date | null = null) => dated({ role: 'reviewer' }, later(from), until);
  const ended = (grants: readonly DatedRole[]) => endedRoles(grants, { role: 'reviewer' }, now);

  it('ends what is held now and leaves the other roles alone', () => {
    const other = dated({ role: 'auditor' });
    const future = dated({ role: 'auditor' }, later(5));
    expect(ended([other, reviewing(-5), reviewing(0, later(9)), future])).toEqual([
      other,
      reviewing(-5, now),
      reviewing(0, now),
      future,
    ]);
  });

  it('takes away what would have begun later, and leaves what had ended as it was', () => {
    expect(ended([reviewing(1), reviewing(-9, later(-5))])).toEqual([reviewing(-9, later(-5))]);
  });
});

describe('an account', () => {
  it.each([
    [false, true, undefined],
    [true, false, undefined],
    [true, true, { code: 'alreadyActed', rule: 'suspended' }],
    [false, false, { code: 'alreadyActed', rule: 'restored' }],
  ])('suspended %s, to be suspended %s', (suspended, wanted, refusal) => {
    expect(accountFault(change(account('mona', [], { suspended })), wanted)?.refusal).toEqual(refusal);
  });
});
