// Who acts: a natural person with the roles held at the time of acting, or one of the engine's own clocks and ports.

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

/** One role as held when the person acted. The scope fields narrow it; a role without them is fund-wide. */
export type RoleHeld = {
  readonly role: Role;
  readonly organisationId?: string;
  readonly governorate?: string;
  readonly level?: string;
  readonly civilSociety?: boolean;
};

export type Actor = { readonly personId: string; readonly name: string; readonly roles: readonly RoleHeld[] };

export const clock: Actor = { personId: 'system:clock', name: 'clock', roles: [] };
export const treasury: Actor = { personId: 'system:treasury', name: 'treasury', roles: [] };
export const calendarKeeper: Actor = { personId: 'system:calendar', name: 'calendar', roles: [] };
export const bank: Actor = { personId: 'system:bank', name: 'bank', roles: [] };

export const holds = (actor: Actor, role: Role): boolean => actor.roles.some((held) => held.role === role);

export const rolesHeldAs = (actor: Actor, wanted: readonly Role[]): RoleHeld[] =>
  actor.roles.filter((held) => wanted.includes(held.role));
