// What has to hold before a call is opened to NGOs: another person's eyes, times in order, a published plan in force, money behind it.
import type { Actor } from './actor.js';
import type { AmountMinor } from './amount.js';
import { piastres } from './amount.js';
import type { DraftSeen } from './plan-publishing.js';
import { draftFault, secondPersonFault } from './plan-publishing.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

export type CallTimes = { readonly opensAtMs: number; readonly closesAtMs: number };

/** Facts that the API looked up when the call was to be opened. */
export type Opening = CallTimes & {
  readonly by: Actor;
  readonly expectedVersion: number;
  readonly nowMs: number;
  /** When the call's plan takes effect; null when no such plan is published. */
  readonly planEffectiveFromMs: number | null;
  readonly programmeKnown: boolean;
  /** What the envelope has left; null when there is none. */
  readonly availableMinor: AmountMinor | null;
  readonly ceilingMinor: AmountMinor;
  readonly budgetMinor: AmountMinor;
};

const timeFault = ({ opensAtMs, closesAtMs, nowMs }: Opening): { refusal: Refusal } | null => {
  if (closesAtMs <= opensAtMs) return refuse('conditionsNotMet', 'closes-after-opening');
  return closesAtMs <= nowMs ? refuse('pastDeadline', 'closing-ahead', new Date(nowMs).toISOString()) : null;
};

const planFault = ({ planEffectiveFromMs, opensAtMs }: Opening): { refusal: Refusal } | null => {
  if (planEffectiveFromMs === null) return refuse('planNotApplicable', 'plan-published');
  return planEffectiveFromMs > opensAtMs
    ? refuse('planNotApplicable', 'plan-in-force-at-opening', new Date(planEffectiveFromMs).toISOString())
    : null;
};

const moneyFault = ({ availableMinor, ceilingMinor, budgetMinor }: Opening): { refusal: Refusal } | null => {
  if (availableMinor === null) return refuse('conditionsNotMet', 'envelope-known');
  if (piastres(ceilingMinor) === 0n || piastres(ceilingMinor) > piastres(budgetMinor))
    return refuse('conditionsNotMet', 'ceiling-within-budget', budgetMinor);
  return piastres(budgetMinor) > piastres(availableMinor)
    ? refuse('envelopeExceeded', 'budget-within-envelope', availableMinor)
    : null;
};

export const openingFault = (draft: DraftSeen, opening: Opening): { refusal: Refusal } | null =>
  draftFault(draft, opening.by, opening.expectedVersion) ??
  secondPersonFault(draft, opening.by) ??
  (opening.programmeKnown ? null : refuse('conditionsNotMet', 'programme-known')) ??
  timeFault(opening) ??
  planFault(opening) ??
  moneyFault(opening);
