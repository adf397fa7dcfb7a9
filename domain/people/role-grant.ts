// Granting and ending roles, suspending accounts: what the administrator may not do. Each rule is about people, none about a request.
import type { Actor, Role, RoleHeld } from '../actor.js';
import { holds } from '../actor.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { neverDeciding } from '../separation-of-duties.js';

/** A role for a period; `until` is null while no end is set. */
export type DatedRole = RoleHeld & { readonly from: Date; readonly until: Date | null };

/** As much of a person as these rules look at. Two accounts of one natural person have the same hash. */
export type Account = {
  readonly _id: string;
  readonly nationalIdHash?: string;
  readonly suspended: boolean;
  readonly grants: readonly DatedRole[];
};

type Fault = { readonly refusal: Refusal } | null;

export const isSamePerson = (one: Account, other: Account): boolean =>
  one._id === other._id || (one.nationalIdHash !== undefined && one.nationalIdHash === other.nationalIdHash);

export const isOpenAt = ({ until }: DatedRole, at: Date): boolean => until === null || at < until;
export const isHeldAt = (grant: DatedRole, at: Date): boolean => grant.from <= at && isOpenAt(grant, at);

export const sameRole = (one: RoleHeld, other: RoleHeld): boolean =>
  one.role === other.role &&
  one.organisationId === other.organisationId &&
  one.governorate === other.governorate &&
  one.level === other.level;

const administering = (by: Actor, administrator: Account | null, person: Account): Fault => {
  if (!holds(by, 'administrator')) return refuse('notYourRole', 'roles', 'administrator');
  return administrator === null || isSamePerson(administrator, person)
    ? refuse('dutyConflict', 'not-to-oneself')
    : null;
};

const scopes: Partial<Record<Role, 'organisationId' | 'governorate' | 'level'>> = {
  applicant: 'organisationId',
  signatory: 'organisationId',
  directorateOfficer: 'governorate',
  approver: 'level',
};

const scopeFault = (grant: DatedRole): Fault => {
  const wanted = scopes[grant.role];
  const given = (['organisationId', 'governorate', 'level'] as const).filter((name) => grant[name] !== undefined);
  const seatless = grant.civilSociety === undefined || grant.role === 'committeeMember';
  const fits = wanted === undefined ? given.length === 0 : given.length === 1 && given[0] === wanted;
  return fits && seatless ? null : refuse('conditionsNotMet', 'role-scope', wanted ?? 'none');
};

/** Whoever audits, observes, administers or operates holds nothing beside it (lifecycle.md §4). */
const combinationFault = (person: Account, grant: DatedRole, now: Date): Fault => {
  const others = person.grants.filter((held) => isOpenAt(held, now) && held.role !== grant.role);
  const barring = [grant, ...others].find(({ role }) => neverDeciding.includes(role));
  return barring && others.length > 0 ? refuse('dutyConflict', `${barring.role}-never-decides`) : null;
};

const periodFault = ({ from, until }: DatedRole, now: Date): Fault =>
  until === null || (until > from && until > now) ? null : refuse('conditionsNotMet', 'period', now.toISOString());

type Change = { readonly by: Actor; readonly administrator: Account | null; readonly person: Account };

export const grantFault = ({ by, administrator, person }: Change, grant: DatedRole, now: Date): Fault => {
  const fault = administering(by, administrator, person);
  if (fault) return fault;
  // The platform's operators are not made by the people who use it.
  if (grant.role === 'operator') return refuse('conditionsNotMet', 'operator-is-not-granted');
  const known = person.grants.some((held) => sameRole(held, grant) && isOpenAt(held, now));
  if (known) return refuse('alreadyActed', 'role-held');
  return periodFault(grant, now) ?? scopeFault(grant) ?? combinationFault(person, grant, now);
};

export const endFault = ({ by, administrator, person }: Change, role: RoleHeld, now: Date): Fault => {
  const fault = administering(by, administrator, person);
  if (fault) return fault;
  if (role.role === 'operator') return refuse('conditionsNotMet', 'operator-is-not-granted');
  return person.grants.some((held) => sameRole(held, role) && isOpenAt(held, now))
    ? null
    : refuse('conditionsNotMet', 'role-held');
};

/** A role that is ended now; one that would only have begun later never does. */
export const endedRoles = (grants: readonly DatedRole[], role: RoleHeld, now: Date): DatedRole[] =>
  grants
    .filter((held) => !(sameRole(held, role) && held.from > now))
    .map((held) => (sameRole(held, role) && isOpenAt(held, now) ? { ...held, until: now } : held));

export const accountFault = ({ by, administrator, person }: Change, suspended: boolean): Fault =>
  administering(by, administrator, person) ??
  (person.suspended === suspended ? refuse('alreadyActed', suspended ? 'suspended' : 'restored') : null);
