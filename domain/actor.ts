// Who acts: a natural person with the roles held at the time of acting, or one of the engine's own clocks and ports.
import type { AmountMinor } from './amount.js';
import type { ConnectionKind } from './connection.js';

export const roles = [
  'applicant',
  'signatory',
  'screeningOfficer',
  'directorateOfficer',
  'reviewer',
  'committeeSecretary',
  'committeeMember',
  'committeeChair',
  'approver',
  'fundSignatory',
  'financeOfficer',
  'paymentReleaser',
  'reconciler',
  'monitoringOfficer',
  'auditor',
  'donorObserver',
  'administrator',
  'operator',
] as const;
export type Role = (typeof roles)[number];

/** Whose role it is when it was handed over for an absence: up to an amount, and no longer than until an instant. */
export type OnBehalfOf = {
  readonly personId: string;
  readonly name: string;
  readonly capMinor?: AmountMinor;
  readonly untilMs?: number;
};

/** One role as held when the person acted. The scope fields narrow it; a role without them is fund-wide. */
export type RoleHeld = {
  readonly role: Role;
  readonly organisationId?: string;
  readonly governorate?: string;
  readonly level?: string;
  readonly civilSociety?: boolean;
  readonly onBehalfOf?: OnBehalfOf;
};

export type Actor = {
  readonly personId: string;
  readonly name: string;
  readonly roles: readonly RoleHeld[];
  /** Set by the rules alone, from the role a decision was taken in: both names stand on it. */
  readonly onBehalfOf?: OnBehalfOf;
  /**
   * What connects the person with the NGO of the request, as the API found it when the command was sent: empty when it found
   * nothing, absent when nobody looked (the NGO's own people, MongoDB out of reach, a command sent past the API).
   */
  readonly interests?: readonly ConnectionKind[];
};

export const clock: Actor = { personId: 'system:clock', name: 'clock', roles: [] };
export const treasury: Actor = { personId: 'system:treasury', name: 'treasury', roles: [] };
export const registry: Actor = { personId: 'system:registry', name: 'registry', roles: [] };
export const calendarKeeper: Actor = { personId: 'system:calendar', name: 'calendar', roles: [] };
export const bank: Actor = { personId: 'system:bank', name: 'bank', roles: [] };

export const holds = (actor: Actor, role: Role): boolean => actor.roles.some((held) => held.role === role);

export const rolesHeldAs = (actor: Actor, wanted: readonly Role[]): RoleHeld[] =>
  actor.roles.filter((held) => wanted.includes(held.role));

/** The natural persons behind an act: who acts, and for whom. Whatever counts distinct people counts them as one. */
export const peopleBehind = ({ personId, onBehalfOf }: Actor): string[] =>
  onBehalfOf === undefined ? [personId] : [personId, onBehalfOf.personId];
