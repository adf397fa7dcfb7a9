// What the registry of NGOs says: facts as the API found them, with source and time, and the finding that freezes live requests.
import { endOfLocalDay } from './calendar.js';
import type { Fact } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { GrantRequest } from './grant-request.js';
import { allowsOverlay } from './lifecycle.js';
import { stoppedClocks } from './overlay.js';
import type { RegistryFacts } from './registry-facts.js';

/** The licence holds to the end of its last day in the calendar of the plan. */
export const licenceHolds = ({ licenceExpiresOn }: RegistryFacts, { plan, nowMs }: Context): boolean => {
  const end = endOfLocalDay(plan.calendar, licenceExpiresOn) ?? -Infinity;
  return end >= nowMs;
};

/**
 * A finding freezes a request wherever suspension is possible. A request that is frozen already, or stands where nothing is
 * left to freeze, stays as it is: the finding itself stands in the register of the organisation.
 */
export const decideRegistryStatus = (
  request: GrantRequest,
  fact: Fact<'registryStatusChanged'>,
  context: Context,
): Decision => {
  if (request.suspension || !allowsOverlay(request.position.stage, 'suspend')) return happened();
  return happened({
    kind: 'requestSuspended',
    ground: 'registry-finding',
    byPersonId: fact.by.personId,
    remaining: stoppedClocks(request, context),
    ...fact.body,
  });
};
