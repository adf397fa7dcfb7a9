// Who changed or verified an NGO's bank account neither approves nor releases its money while the account rests (lifecycle.md §4).
import type { Actor } from './actor.js';
import { peopleBehind } from './actor.js';
import { dueAt } from './calendar.js';
import type { PaymentFacts } from './command.js';
import type { Context } from './decision.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

export type AccountChange = Pick<PaymentFacts, 'accountChangedAtMs' | 'accountChangedBy'>;

/** Accounts are watched under plans that say who releases a first payment; others are as they were. */
export const watchesAccounts = ({ plan }: Pick<Context, 'plan'>): boolean =>
  plan.tranches.firstPaymentReleasers !== undefined;

export const accountRestFault = (
  by: Actor,
  change: AccountChange | undefined,
  { plan, nowMs }: Context,
): { refusal: Refusal } | null => {
  if (change?.accountChangedBy === undefined || !watchesAccounts({ plan })) return null;
  const restsUntil = dueAt(plan.calendar, change.accountChangedAtMs, plan.tranches.accountRest);
  const changed = change.accountChangedBy.some((personId) => peopleBehind(by).includes(personId));
  return changed && restsUntil > nowMs
    ? refuse('dutyConflict', 'account-change-with-decision', new Date(restsUntil).toISOString())
    : null;
};
