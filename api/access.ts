// Who may see what: an NGO its own requests, a directorate its governorate's, the Fund's people all. Reading only; rules decide on acting.
import type { Actor, Role } from '../domain/actor.js';
import { rolesHeldAs } from '../domain/actor.js';
import { refuse } from '../domain/refusal.js';
import type { Problem } from './problem.js';
import { problemOf } from './problem.js';

export const ngoRoles: readonly Role[] = ['applicant', 'signatory'];

/** Roles that see every request of the Fund. Donor observers see none yet. */
export const fundWideRoles: readonly Role[] = [
  'screeningOfficer',
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
  'administrator',
  'operator',
];
export const moneyRoles: readonly Role[] = ['financeOfficer', 'paymentReleaser', 'reconciler', 'auditor'];

const holdsAny = (actor: Actor, roles: readonly Role[]): boolean => rolesHeldAs(actor, roles).length > 0;

export const isFundWide = (actor: Actor): boolean => holdsAny(actor, fundWideRoles);
export const isAuditor = (actor: Actor): boolean => holdsAny(actor, ['auditor']);

const distinct = (values: readonly (string | undefined)[]): string[] => [
  ...new Set(values.filter((value) => value !== undefined)),
];
export const organisationsOf = (actor: Actor): string[] =>
  distinct(rolesHeldAs(actor, ngoRoles).map((held) => held.organisationId));
export const governoratesOf = (actor: Actor): string[] =>
  distinct(rolesHeldAs(actor, ['directorateOfficer']).map((held) => held.governorate));

export type Located = { readonly organisationId: string; readonly governorates: readonly string[] };

/** `ngo` hides scores by name, votes and internal notes, also from people who work for the Fund as well. */
export type Audience = 'ngo' | 'fund' | 'audit';

export const audienceFor = (actor: Actor, { organisationId, governorates }: Located): Audience | null => {
  if (organisationsOf(actor).includes(organisationId)) return 'ngo';
  if (isAuditor(actor)) return 'audit';
  if (isFundWide(actor)) return 'fund';
  return governoratesOf(actor).some((own) => governorates.includes(own)) ? 'fund' : null;
};

/** The true reason for the audit trail; outside both look like nothing at all. */
export const foreign = (actor: Actor): Problem =>
  problemOf(refuse(governoratesOf(actor).length > 0 ? 'notYourGovernorate' : 'notYourOrganisation').refusal, true);

export const requireAudience = (actor: Actor, located: Located): Audience => {
  const audience = audienceFor(actor, located);
  if (audience === null) throw foreign(actor);
  return audience;
};

export const requireRole = (actor: Actor, roles: readonly Role[]): void => {
  if (!holdsAny(actor, roles)) throw problemOf(refuse('notYourRole', 'roles', roles.join(' ')).refusal);
};
