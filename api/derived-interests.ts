// The interests that data show, as facts for a command: of the person who acts, and of people whom a command names.
import type { Actor } from '../domain/actor.js';
import type { PersonCommandKind } from '../domain/command.js';
import type { DerivedInterest } from '../domain/connection.js';
import { permissions } from '../domain/permissions.js';
import { interestsAmongPeople, interestsOf } from '../persistence/connections.js';
import { draftById } from '../persistence/draft.repository.js';
import { whenReachable } from '../persistence/outage.js';
import { organisationOf } from '../persistence/request.reads.js';
import { putNewest } from '../platform/newest.js';
import { peopleOf } from '../persistence/standing.js';
import type { SignedIn } from './endpoint.js';

/** The NGO of a request never changes once it is recorded, so it is read once; the oldest goes when there are many. */
const mostRemembered = 10_000;
const remembered = new Map<string, string>();

/** The draft has its request's id and NGO, and is there before the read model has anything of the request. */
export const organisationOfRequest = async (requestId: string): Promise<string | null> => {
  const known = remembered.get(requestId);
  if (known !== undefined) return known;
  const recorded = await organisationOf(requestId);
  if (recorded === null) return (await draftById(requestId))?.organisationId ?? null;
  putNewest(remembered, requestId, recorded, mostRemembered);
  return recorded;
};

/** A delegate inherits the exclusions of the absent: whoever stands in for a connected person keeps away from that NGO. */
const lookUp = async ({ caller, standing }: SignedIn, requestId: string): Promise<Actor> => {
  const organisationId = await organisationOfRequest(requestId);
  if (organisationId === null) return caller;
  const people = peopleOf(standing, caller);
  return { ...caller, interests: await interestsAmongPeople(people, organisationId, new Date()) };
};

/**
 * Decisions are accepted while MongoDB is away (ADR 0002), then without this fact: `interests` is absent in the entry, which says
 * that nobody looked. Whoever the request's own state knows to be excluded is refused all the same.
 */
export const withInterests = async (call: SignedIn, kind: PersonCommandKind, requestId: string): Promise<Actor> => {
  if (permissions[kind].scope === 'organisation') return call.caller;
  return (await whenReachable(() => lookUp(call, requestId))) ?? call.caller;
};

/** Of people whom a command names; only those who have any. */
export const interestsAmong = async (
  personIds: readonly string[],
  organisationId: string,
): Promise<DerivedInterest[]> =>
  (await interestsOf(personIds, organisationId, new Date())).filter(({ kinds }) => kinds.length > 0);
