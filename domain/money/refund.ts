// Money that an NGO gives back while its project goes on: out of what was paid and is not accounted for, back to its envelope.
import { piastres } from '../amount.js';
import type { PersonCommand } from '../command.js';
import type { Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import { isUnreasoned } from '../reason.js';
import { refuse } from '../refusal.js';

/** `unspent` is what was paid and neither accounted for nor given back so far; the spine computes it. */
export const decideRefund = (command: PersonCommand<'recordRefund'>, unspent: bigint): Decision => {
  const { evidence = [], body } = command;
  const { amountMinor } = body;
  const amount = piastres(amountMinor);
  if (amount === 0n || amount > unspent)
    return refuse('tranchesDoNotAddUp', 'refund-within-unspent', unspent.toString());
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  return evidence.length === 0
    ? refuse('conditionsNotMet', 'refund-evidence')
    : happened({ kind: 'refundReceived', amountMinor });
};

export const refundFolds: Folds<'refundReceived'> = {
  refundReceived: (request, { amountMinor }) => ({
    ...request,
    refundedMinor: (piastres(request.refundedMinor ?? '0') + piastres(amountMinor)).toString(),
  }),
};
