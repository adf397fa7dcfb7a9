// Closure: every piastre disbursed is spent, returned or owed before both sides sign that a project is over.
import { piastres } from '../amount.js';
import type { PersonCommand } from '../command.js';
import { holds } from '../actor.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { ending } from '../move.js';
import { refuse } from '../refusal.js';
import { openRecovery } from './recovery.js';

/** `unspent` is what was disbursed and not accounted for; the spine computes it from tranches and reports. */
export const decideClosure = (
  request: GrantRequest,
  command: PersonCommand<'closeRequest'>,
  context: Context,
  unspent: bigint,
): Decision => {
  const { verdict, unspentMinor, returnedMinor } = command.body;
  const role = context.plan.closure.signoffs.find(
    (wanted) => holds(command.by, wanted) && !request.closure?.signed.includes(wanted),
  );
  if (role === undefined) return refuse('alreadyActed', 'signed-for-this-role');
  if (piastres(unspentMinor) !== unspent) return refuse('tranchesDoNotAddUp', 'unspent', unspent.toString());
  const owed = unspent - piastres(returnedMinor);
  if (owed < 0n) return refuse('tranchesDoNotAddUp', 'returned-within-unspent', unspent.toString());
  const signed: RequestEvent = { kind: 'closureSigned', role, unspentMinor };
  const returned: RequestEvent = { kind: 'unspentReturned', amountMinor: returnedMinor };
  if (verdict === 'not-settled') {
    if (owed === 0n) return refuse('conditionsNotMet', 'something-owed');
    return happened(signed, returned, ...openRecovery(owed, 'closed', context));
  }
  if (owed > 0n) return refuse('conditionsNotMet', 'unspent-returned', owed.toString());
  const last = (request.closure?.signed.length ?? 0) + 1 >= context.plan.closure.signoffs.length;
  return happened(signed, ...(last ? [returned, ending('closed')] : []));
};

export const closureFolds: Folds<'closureSigned' | 'unspentReturned'> = {
  closureSigned: (request, { role, unspentMinor }) => ({
    ...request,
    closure: { signed: [...(request.closure?.signed ?? []), role], unspentMinor },
  }),
  unspentReturned: (request) => request,
};
