// Approvals level by level, in order, by distinct people: of an award, and of giving up what is owed.
import type { Actor } from './actor.js';
import { peopleBehind } from './actor.js';
import type { Approval } from './grant-request.js';

type Approving = {
  readonly levels: readonly { readonly level: string; readonly people: number }[];
  readonly approvals: readonly Approval[];
};

/** The level that is waited for; null when all have approved. */
export const currentLevel = ({ levels, approvals }: Approving): string | null =>
  levels.find(({ level, people }) => approvals.filter((approval) => approval.level === level).length < people)?.level ??
  null;

export const holdsLevel = ({ roles }: Actor, level: string): boolean =>
  roles.some((held) => held.role === 'approver' && held.level === level);

/** In their own name or in that of somebody they stand in for. */
export const approvedBefore = ({ approvals }: Pick<Approving, 'approvals'>, by: Actor): boolean => {
  const people = peopleBehind(by);
  return approvals.some(({ personId, onBehalfOf }) => people.some((one) => one === personId || one === onBehalfOf));
};

export const approvalOf = ({ personId, onBehalfOf }: Actor, level: string): Approval => ({
  ...{ personId, level },
  ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.personId }),
});
