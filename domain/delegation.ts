// Acting for somebody absent (lifecycle.md §4): own right first, then each role handed over. Whoever acts for another brings the
// other's exclusions along, can never have acted on the case, and stays below the cap.
import type { Actor, OnBehalfOf, Role } from './actor.js';
import type { AmountMinor } from './amount.js';
import { isAmountMinor, piastres } from './amount.js';
import type { Duty, GrantRequest } from './grant-request.js';
import type { Plan } from './plan.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { earlierDutyConflict, neverDeciding } from './separation-of-duties.js';

/** Votes are never handed over, nor is what an NGO, a directorate or the committee's secretary does. */
export const delegableRoles = [
  'approver',
  'fundSignatory',
  'paymentReleaser',
  'screeningOfficer',
  'monitoringOfficer',
] as const satisfies readonly Role[];
const delegable: readonly Role[] = delegableRoles;

const actsFor = (absent: OnBehalfOf, role: Role, personId: string, nowMs: number): boolean =>
  absent.personId !== personId && delegable.includes(role) && (absent.untilMs === undefined || nowMs < absent.untilMs);

/**
 * The rights in which a person may act: the own one first, then one for each role that was handed over and has not run out.
 * A delegate keeps the own roles that bar from deciding, so that they bar on behalf of others as well.
 */
export const capacitiesOf = (actor: Actor, nowMs: number): readonly Actor[] => {
  const { personId, name, interests } = actor;
  const known = interests === undefined ? {} : { interests };
  const own = actor.roles.filter((held) => held.onBehalfOf === undefined);
  if (actor.onBehalfOf === undefined && own.length === actor.roles.length) return [actor];
  const barring = own.filter(({ role }) => neverDeciding.includes(role));
  const others = actor.roles.flatMap((held): Actor[] =>
    held.onBehalfOf !== undefined && actsFor(held.onBehalfOf, held.role, personId, nowMs)
      ? [{ personId, name, ...known, roles: [...barring, held], onBehalfOf: held.onBehalfOf }]
      : [],
  );
  return [{ personId, name, ...known, roles: own }, ...others];
};

type Judged = { readonly refusal?: Refusal | undefined };

/**
 * Judges a person in one right after the other. What is refused in the own right stays refused, unless only the role was
 * missing; of several delegators the first whose right suffices is acted for.
 */
export const inFirstRight = <A extends Judged>(actor: Actor, nowMs: number, judge: (by: Actor) => A): A => {
  const [own = actor, ...others] = capacitiesOf(actor, nowMs);
  const answer = judge(own);
  if (answer.refusal?.code !== 'notYourRole') return answer;
  let refused: A | null = null;
  for (const other of others) {
    const next = judge(other);
    if (next.refusal === undefined) return next;
    if (next.refusal.code !== 'notYourRole') refused ??= next;
  }
  return refused ?? answer;
};

/** As a decision records its actor: everything held at the time, and for whom it was taken. */
export const signedBy = (actor: Actor, { onBehalfOf }: Actor): Actor => {
  if (actor.onBehalfOf === undefined && onBehalfOf === undefined) return actor;
  const { personId, name, roles, interests } = actor;
  const known = interests === undefined ? {} : { interests };
  return { personId, name, roles, ...known, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
};

/** A cap that cannot be read is one of zero. */
export const overCap = ({ onBehalfOf }: Actor, amountMinor: AmountMinor): { refusal: Refusal } | null => {
  const cap = onBehalfOf?.capMinor;
  if (cap === undefined || (isAmountMinor(cap) && piastres(amountMinor) <= piastres(cap))) return null;
  return refuse('conditionsNotMet', 'delegation-cap', cap);
};

/** What keeps a delegate from acting on this request although the role would allow it; nothing for the own right. */
export const delegationFault = (
  request: GrantRequest,
  actor: Actor,
  duty: Duty | null,
  plan: Plan,
): { refusal: Refusal } | null => {
  const { onBehalfOf: absent } = actor;
  if (absent === undefined) return null;
  const hasActed = request.acts.some((act) => act.personId === actor.personId && act.onBehalfOf !== absent.personId);
  if (hasActed) return refuse('dutyConflict', 'delegate-has-acted');
  if (request.conflicted.includes(absent.personId)) return refuse('conflictOfInterest', 'delegator-excluded');
  const amountMinor = request.award?.amountMinor ?? request.file?.requestedMinor ?? '0';
  return earlierDutyConflict(request, absent.personId, duty, plan) ?? overCap(actor, amountMinor);
};
