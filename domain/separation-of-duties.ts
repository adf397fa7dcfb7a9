// Duties that one natural person never combines on one request (lifecycle.md §4), as a table; the order of acting does not matter.
import type { Actor, Role } from './actor.js';
import type { Duty, GrantRequest } from './grant-request.js';
import type { Plan } from './plan.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

const fundDuties: readonly Duty[] = [
  'judge-eligibility',
  'give-opinion',
  'score',
  'run-session',
  'vote',
  'authorise',
  'judge-appeal',
  'countersign',
  'prepare-payment',
  'release-payment',
  'review-report',
  'visit',
  'suspend',
  'lift-suspension',
  'close',
  'recover',
];
/** Who puts a request under other rules, or asks its matrix again, decides nothing on it. */
const administering: Duty = 'administer';

/** Whoever took part in a first decision is no judge of the appeal against it, nor the other way round. */
const firstDecision: readonly Duty[] = [
  'judge-eligibility',
  'give-opinion',
  'score',
  'run-session',
  'vote',
  'authorise',
];

export const exclusivePairs: readonly (readonly [Duty, Duty])[] = [
  ...fundDuties.map((duty): readonly [Duty, Duty] => ['apply', duty]),
  ['judge-eligibility', 'vote'],
  ['run-session', 'vote'],
  ['score', 'authorise'],
  ['vote', 'release-payment'],
  ['prepare-payment', 'release-payment'],
  ['suspend', 'lift-suspension'],
  ...[...fundDuties, 'apply' as const].map((duty): readonly [Duty, Duty] => [administering, duty]),
  ...firstDecision.map((duty): readonly [Duty, Duty] => [duty, 'judge-appeal']),
];

/** Roles whose holders never decide on any request. What an administrator does to a request decides nothing. */
export const neverDeciding: readonly Role[] = ['auditor', 'donorObserver', 'administrator', 'operator'];

const exclude = (one: Duty, other: Duty, plan: Plan): boolean =>
  exclusivePairs.some(
    ([a, b]) =>
      ((a === one && b === other) || (a === other && b === one)) &&
      !(plan.tranches.voterMayRelease && a === 'vote' && b === 'release-payment'),
  );

export const dutyConflictOf = (
  request: GrantRequest,
  actor: Actor,
  duty: Duty | null,
  plan: Plan,
): { refusal: Refusal } | null => {
  const barred = actor.roles.find(
    ({ role }) => neverDeciding.includes(role) && !(role === 'administrator' && duty === administering),
  );
  if (barred) return refuse('dutyConflict', `${barred.role}-never-decides`);
  return earlierDutyConflict(request, actor.personId, duty, plan);
};

/** What a person did before on the request, and may not combine with this duty. */
export const earlierDutyConflict = (
  request: GrantRequest,
  personId: string,
  duty: Duty | null,
  plan: Plan,
): { refusal: Refusal } | null => {
  if (duty === null) return null;
  const earlier = request.acts.find((act) => act.personId === personId && exclude(act.duty, duty, plan));
  if (earlier === undefined) return null;
  return refuse(duty === 'judge-appeal' ? 'panelNotIndependent' : 'dutyConflict', `${earlier.duty}-with-${duty}`);
};
