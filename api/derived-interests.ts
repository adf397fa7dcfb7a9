// The interests that data show, as facts for a command: of the person who acts, and of people whom a command names.
import type { Actor } from '../domain/actor.js';
import type { PersonCommandKind } from '../domain/command.js';
import type { DerivedInterest } from '../domain/connection.js';
import { permissions } from '../domain/permissions.js';
import { interestsOf } from '../persistence/connections.js';
import { draftById } from '../persistence/draft.repository.js';
import { isOutage, seemsReachable } from '../persistence/outage.js';
import { organisationOf } from '../persistence/request.reads.js';

/** The draft has its request's id and NGO, and is there before the read model has anything of the request. */
const organisationOfRequest = async (requestId: string): Promise<string | null> =>
  (await organisationOf(requestId)) ?? (await draftById(requestId))?.organisationId ?? null;

const lookUp = async (caller: Actor, requestId: string): Promise<Actor> => {
  const organisationId = await organisationOfRequest(requestId);
  if (organisationId === null) return caller;
  // A delegate inherits the exclusions of the absent: whoever stands in for a connected person keeps away from that NGO.
  const absent = caller.roles.flatMap(({ onBehalfOf }) => (onBehalfOf === undefined ? [] : [onBehalfOf.personId]));
  const found = await interestsOf([...new Set([caller.personId, ...absent])], organisationId, new Date());
  return { ...caller, interests: [...new Set(found.flatMap(({ kinds }) => kinds))] };
};

/**
 * Decisions are accepted while MongoDB is away (ADR 0002), then without this fact: `interests` is absent in the entry, which says
 * that nobody looked. Whoever the request's own state knows to be excluded is refused all the same.
 */
export const withInterests = async (caller: Actor, kind: PersonCommandKind, requestId: string): Promise<Actor> => {
  if (permissions[kind].scope === 'organisation' || !seemsReachable()) return caller;
  try {
    return await lookUp(caller, requestId);
  } catch (error) {
    if (isOutage(error)) return caller;
    throw error;
  }
};

/** Of people whom a command names; only those who have any. */
export const interestsAmong = async (
  personIds: readonly string[],
  organisationId: string,
): Promise<DerivedInterest[]> =>
  (await interestsOf(personIds, organisationId, new Date())).filter(({ kinds }) => kinds.length > 0);
