// One case of the permission matrix: who stands how to the request, where it is, and what the hand-written truth says.
import type { Actor, Role, RoleHeld } from '../../domain/actor.js';
import type { PersonCommandKind } from '../../domain/command.js';
import type { Duty } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import type { RefusalCode } from '../../domain/refusal.js';
import { neverDecides, truth } from '../domain/permission-truth.js';
import { organisationId } from './people.js';

const duties: readonly Duty[] = [...new Set(Object.values(truth).flatMap(({ barredBy }) => barredBy))];

/** How a person stands to the request, besides the one role under test. */
export type Relation =
  | { readonly kind: 'own' | 'foreign' | 'conflicted' | 'no-roles-now' }
  | { readonly kind: 'acted'; readonly duty: Duty }
  | { readonly kind: 'also-holds'; readonly role: Role };
export const relations: readonly Relation[] = [
  { kind: 'own' },
  { kind: 'foreign' },
  { kind: 'conflicted' },
  { kind: 'no-roles-now' }, // a suspended account or a role whose time is over: the edge finds no role at this moment
  ...duties.map((duty): Relation => ({ kind: 'acted', duty })),
  ...neverDecides.map((role): Relation => ({ kind: 'also-holds', role })),
];

export type Mode = 'open' | 'suspended' | 'ended' | 'after-review';
export const modes: readonly Mode[] = ['open', 'suspended', 'ended', 'after-review'];

export const visitorId = 'visitor';
export const visitor = (role: Role, relation: Relation): Actor => {
  const own: RoleHeld = { role, organisationId: relation.kind === 'foreign' ? 'ngo-other' : organisationId };
  const also: RoleHeld[] = relation.kind === 'also-holds' ? [{ role: relation.role }] : [];
  return { personId: visitorId, name: visitorId, roles: relation.kind === 'no-roles-now' ? [] : [own, ...also] };
};

export type Case = {
  readonly command: PersonCommandKind;
  readonly role: Role;
  readonly relation: Relation;
  readonly stage: Stage;
  readonly mode: Mode;
  readonly ballotWasClosed: boolean;
};

const placeFault = ({ command, stage, mode, ballotWasClosed }: Case): RefusalCode | null => {
  const { stages, inAfterReview } = truth[command];
  if (stages === 'suspended') return mode === 'suspended' ? null : 'notThisStage';
  if (mode === 'suspended') return 'suspended';
  if (stages.includes(stage)) return null;
  if (mode === 'after-review' && stage === 'implementation' && inAfterReview) return null;
  return ballotWasClosed && (command === 'castVote' || command === 'closeItem') ? 'ballotClosed' : 'notThisStage';
};

const personFault = ({ command, role, relation }: Case): RefusalCode | null => {
  const { barredBy, openToConflicted, administration } = truth[command];
  const held = relation.kind === 'also-holds' ? [role, relation.role] : [role];
  const deciding = held.filter((one) => !(administration && one === 'administrator'));
  if (deciding.some((one) => neverDecides.includes(one))) return 'dutyConflict';
  // Whoever had a part in the decision is told that the panel has to be another one.
  if (relation.kind === 'acted' && barredBy.includes(relation.duty))
    return command === 'decideAppeal' ? 'panelNotIndependent' : 'dutyConflict';
  return relation.kind === 'conflicted' && !openToConflicted ? 'conflictOfInterest' : null;
};

/** What the law says, in the order in which a person is told. */
export const expected = (one: Case): RefusalCode | 'allowed' => {
  const { command, role, relation, mode } = one;
  const row = truth[command];
  if (mode === 'ended') return 'requestEnded';
  const holdsIt =
    relation.kind !== 'no-roles-now' &&
    (row.roles.includes(role) || (relation.kind === 'also-holds' && row.roles.includes(relation.role)));
  if (!holdsIt) return 'notYourRole';
  if (row.ownOnly && relation.kind === 'foreign') return 'notYourOrganisation';
  return placeFault(one) ?? personFault(one) ?? 'allowed';
};
