// Orders on the ledger: the lines each kind posts, those that take it back, and who may decide on one.
import type { Actor, RoleHeld } from '../actor.js';
import { rolesHeldAs } from '../actor.js';
import type { AmountMinor } from '../amount.js';
import { piastres } from '../amount.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

/** Envelopes by their ids; money outside requests only ever moves what is still available. */
export type OrderTerms = {
  readonly kind: 'open' | 'transfer' | 'reverse';
  readonly from: string | null;
  readonly to: string | null;
};

type Side = 'available' | 'outside';
export type OrderLine = {
  readonly envelopeId: string;
  readonly kind: OrderTerms['kind'];
  readonly from: Side;
  readonly to: Side;
};

export const orderLines = ({ kind, from, to }: OrderTerms): OrderLine[] => [
  ...(from === null ? [] : [{ envelopeId: from, kind, from: 'available', to: 'outside' } as const]),
  ...(to === null ? [] : [{ envelopeId: to, kind, from: 'outside', to: 'available' } as const]),
];

/** The same lines the other way round, in the order of those they take back. */
export const reversingLines = (earlier: OrderTerms): OrderLine[] =>
  orderLines(earlier).map(({ envelopeId, from, to }) => ({ envelopeId, kind: 'reverse', from: to, to: from }));

type Proposed = { readonly proposedBy: string; readonly amountMinor: AmountMinor };

const independentOf = (by: Actor, proposedBy: string): readonly RoleHeld[] =>
  by.personId === proposedBy
    ? []
    : rolesHeldAs(by, ['approver']).filter(({ onBehalfOf }) => onBehalfOf?.personId !== proposedBy);

/** Two people, the one who is stood in for counted as well: a deputy of the proposer may not approve in the proposer's role. */
export const secondPersonFault = (by: Actor, proposedBy: string): Refusal | undefined =>
  independentOf(by, proposedBy).length === 0 ? refuse('dutyConflict', 'propose-with-approve').refusal : undefined;

/** And nobody approves more in a delegated role than was delegated. */
export const orderDutyFault = (by: Actor, { proposedBy, amountMinor }: Proposed): Refusal | undefined => {
  const conflict = secondPersonFault(by, proposedBy);
  if (conflict) return conflict;
  const caps = independentOf(by, proposedBy).map(({ onBehalfOf }) => onBehalfOf?.capMinor);
  return caps.some((cap) => cap === undefined || piastres(amountMinor) <= piastres(cap))
    ? undefined
    : refuse('notYourRole', 'delegation-cap', caps.join(' ')).refusal;
};
