// Handing a role over for an absence: by its holder alone, to somebody of the Fund who may decide, for a bounded time.
// What the delegate may then do on a request stands in domain/delegation.ts.
import type { Actor, Role } from '../actor.js';
import { holds } from '../actor.js';
import type { AmountMinor } from '../amount.js';
import type { delegableRoles } from '../delegation.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { neverDeciding } from '../separation-of-duties.js';
import type { Account } from './role-grant.js';
import { isHeldAt, isSamePerson } from './role-grant.js';

/** Not confirmed by the Fund. */
export const longestDelegationDays = 60;
const dayMs = 86_400_000;

export type DelegationAsked = {
  readonly role: (typeof delegableRoles)[number];
  readonly level?: string;
  readonly capMinor?: AmountMinor;
  readonly from: Date;
  readonly until: Date;
};
type Delegated = { readonly role: Role; readonly level?: string; readonly from: Date; readonly until: Date };
type Fault = { readonly refusal: Refusal } | null;

const ngoRoles: readonly Role[] = ['applicant', 'signatory'];

const periodFault = ({ from, until }: Delegated, now: Date): Fault => {
  if (until <= now || until <= from) return refuse('conditionsNotMet', 'period', now.toISOString());
  const longest = new Date(from.getTime() + longestDelegationDays * dayMs);
  return until > longest ? refuse('conditionsNotMet', 'longest-delegation', longest.toISOString()) : null;
};

const delegateFault = (delegator: Account, delegate: Account | null, now: Date): Fault => {
  if (delegate === null || delegate.suspended) return refuse('conditionsNotMet', 'delegate-known');
  if (isSamePerson(delegator, delegate)) return refuse('conditionsNotMet', 'not-to-oneself');
  const roles = delegate.grants.filter((grant) => isHeldAt(grant, now)).map(({ role }) => role);
  const barring = roles.find((role) => neverDeciding.includes(role));
  if (barring) return refuse('dutyConflict', `${barring}-never-decides`);
  const fromOutside = roles.length === 0 || roles.some((role) => ngoRoles.includes(role));
  return fromOutside ? refuse('conditionsNotMet', 'delegate-of-the-fund') : null;
};

const overlaps = (one: Delegated, other: Delegated): boolean =>
  one.role === other.role && one.level === other.level && one.from < other.until && other.from < one.until;

const holdsNow = ({ grants }: Account, { role, level }: DelegationAsked, now: Date): boolean =>
  grants.some((grant) => grant.role === role && grant.level === level && isHeldAt(grant, now));

type People = { readonly delegator: Account | null; readonly delegate: Account | null };

/** `open` are the delegator's own delegations that have not ended. A role that came by delegation is nobody's to hand on. */
export const delegationRefusal = (
  { delegator, delegate }: People,
  asked: DelegationAsked,
  open: readonly Delegated[],
  now: Date,
): Fault => {
  if (delegator === null || !holdsNow(delegator, asked, now))
    return refuse('notYourRole', 'role-held-in-own-right', asked.role);
  const fault = delegateFault(delegator, delegate, now) ?? periodFault(asked, now);
  if (fault) return fault;
  return open.some((other) => overlaps(asked, other)) ? refuse('alreadyActed', 'one-delegate-at-a-time') : null;
};

/** Ended early by either side, or by the administrator for somebody who cannot. */
export const endingRefusal = ({ delegatorId, delegateId, until, endedAt }: Ending, by: Actor, now: Date): Fault => {
  const concerned = by.personId === delegatorId || by.personId === delegateId || holds(by, 'administrator');
  if (!concerned) return refuse('notYourRole', 'roles', 'administrator');
  return endedAt !== null || until <= now ? refuse('alreadyActed', 'delegation-ended') : null;
};
type Ending = {
  readonly delegatorId: string;
  readonly delegateId: string;
  readonly until: Date;
  readonly endedAt: Date | null;
};
