// Where the review goes on: the next stage of the route that still has something to say after a correction voided a part.
import type { Context } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { GrantRequest } from '../grant-request.js';
import { enterStage } from '../move.js';
import type { Stage } from '../lifecycle.js';
import type { Plan } from '../plan.js';
import { stageAfter } from '../plan.js';
import { awaitedGovernorates } from './opinion-state.js';

/** The stage was passed before, and no verdict of it was voided since. */
const stands = (request: GrantRequest, stage: Stage, plan: Plan): boolean => {
  const { scores, reopened = [] } = request.review;
  if (stage === 'regional-opinion') return awaitedGovernorates(request).length === 0;
  return stage === 'technical-review' && reopened.length === 0 && scores.length >= plan.review.enoughScores;
};

/** As `enterNext`; under a plan that keeps what stands, stages without an open verdict are passed over. */
export const enterOnward = (request: GrantRequest, after: Stage, context: Context): RequestEvent => {
  const { plan } = context;
  let next: Stage = stageAfter(plan, after);
  while (plan.voiding !== undefined && stands(request, next, plan)) next = stageAfter(plan, next);
  return enterStage(next, context);
};
