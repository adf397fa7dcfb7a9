// Whether the Fund has the people a plan waits for: no role or level that nobody holds, none with fewer people than it needs.
import type { Role } from '../actor.js';
import { stages } from '../lifecycle.js';
import type { PlanFault, PlanSections } from './plan-fault.js';
import { faultIf, planCheck } from './plan-fault.js';
import { reachedStages } from './route-faults.js';

/** How many people hold a role now, one row per level where the role has levels. */
export type HeldRole = { readonly role: Role; readonly level?: string; readonly people: number };

const peopleIn = (held: readonly HeldRole[], role: Role, level?: string): number =>
  held
    .filter((one) => one.role === role && (level === undefined || one.level === level))
    .reduce((sum, { people }) => sum + people, 0);

const missing = (path: string, who: string, needed: number, found: number): PlanFault[] =>
  faultIf(found < needed, path, {
    en: `${who}: ${needed} needed, ${found} hold it`,
    ar: `${who}: المطلوب ${needed} والموجود ${found}`,
  });

/** A role is asked of a plan only where its route leads there. */
const awaitedSomewhere = (held: readonly HeldRole[]) =>
  planCheck(['route'], (plan) => {
    const sitting = plan.afterReview ? stages.committee.awaits : [];
    const awaited = [...reachedStages(plan).flatMap((stage): readonly Role[] => stages[stage].awaits), ...sitting];
    return [...new Set(awaited)].flatMap((role) => missing('route', role, 1, peopleIn(held, role)));
  });

const enoughForReview = (held: readonly HeldRole[]) =>
  planCheck(['route', 'review', 'committee'], ({ route, review, committee, afterReview }) => [
    ...(route.includes('technical-review')
      ? missing('review.reviewers', 'reviewer', review.reviewers, peopleIn(held, 'reviewer'))
      : []),
    ...(route.includes('committee') || afterReview !== undefined
      ? missing('committee.quorum', 'committeeMember', committee.quorum, peopleIn(held, 'committeeMember'))
      : []),
  ]);

const enoughForMoney = (held: readonly HeldRole[]) =>
  planCheck(['route', 'authority', 'tranches'], ({ route, authority, tranches }) => [
    ...(route.includes('authority') ? authority : []).flatMap(({ row, levels }) =>
      levels.flatMap(({ level, people }) =>
        missing(`authority.${row}`, `approver ${level}`, people, peopleIn(held, 'approver', level)),
      ),
    ),
    ...(route.includes('implementation')
      ? [
          ...missing('tranches.releasers', 'paymentReleaser', tranches.releasers, peopleIn(held, 'paymentReleaser')),
          ...missing(
            'tranches.firstPaymentReleasers',
            'paymentReleaser',
            tranches.firstPaymentReleasers ?? 0,
            peopleIn(held, 'paymentReleaser'),
          ),
        ]
      : []),
    ...missing('tranches.provisional', 'approver', tranches.provisional?.approvers ?? 0, peopleIn(held, 'approver')),
  ]);

export const heldRoleFaults = (plan: PlanSections, held: readonly HeldRole[]): PlanFault[] =>
  [awaitedSomewhere, enoughForReview, enoughForMoney].flatMap((checkFor) => checkFor(held)(plan));
