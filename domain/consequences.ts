// What follows by itself from a state, with no person asked: tranches that became payable or never will, spending that is now
// covered, and the end of implementation. Run after every accepted command until nothing more follows.
import { openAfterReview } from './approval/after-review.js';
import type { Context } from './decision.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import { unearnedTranches } from './money/tranche-results.js';
import { isPaid } from './money/tranche-state.js';
import { readyTranches } from './money/tranche.js';
import { newlyAccounted } from './monitoring/report.js';
import { enterNext } from './move.js';

const allSettled = (request: GrantRequest, { plan }: Context): boolean =>
  request.tranches
    .filter(({ state }) => state !== 'unearned')
    .every((tranche) => (plan.tranches.receipt === 'confirmed' ? tranche.state === 'confirmed' : isPaid(tranche))) &&
  request.reports.every((report) => report.state === 'accepted') &&
  (plan.afterReview === undefined || request.afterReview?.verdict === 'ratify');

export const consequencesOf = (request: GrantRequest, context: Context): RequestEvent[] => {
  if (request.outcome || request.suspension || request.position.stage !== 'implementation') return [];
  const events = [...openAfterReview(request, context), ...newlyAccounted(request), ...readyTranches(request, context)];
  if (events.length > 0) return events;
  const unearned = unearnedTranches(request, context);
  if (unearned.length > 0) return unearned;
  return allSettled(request, context) ? [enterNext('implementation', context)] : [];
};
