// A person as they stand when they call: their own roles, and the roles handed over to them by people who still hold them.
import type { Actor, RoleHeld } from '../domain/actor.js';
import type { DelegationDocument } from './delegation.model.js';
import { liveDelegationsTo } from './delegation.repository.js';
import type { PersonDocument } from './person.model.js';
import { actorAt, peopleByIds, personById, rolesAt } from './person.repository.js';

type HandedOver = { readonly delegation: DelegationDocument; readonly delegator: PersonDocument };
export type Standing = { readonly person: PersonDocument; readonly handedOver: readonly HandedOver[] };

export const standingOf = async (personId: string, at: Date): Promise<Standing | null> => {
  const [person, delegations] = await Promise.all([personById(personId), liveDelegationsTo(personId, at)]);
  if (person === null) return null;
  const delegators = delegations.length === 0 ? [] : await peopleByIds(delegations.map((one) => one.delegatorId));
  const handedOver = delegations.flatMap((delegation): HandedOver[] => {
    const delegator = delegators.find(({ _id }) => _id === delegation.delegatorId);
    return delegator === undefined ? [] : [{ delegation, delegator }];
  });
  return { person, handedOver };
};

/** Gone when its time is over, when the other's account is suspended, or when the other no longer holds the role. */
const heldFor = ({ delegation, delegator }: HandedOver, at: Date): RoleHeld[] => {
  const { role, level, capMinor, from, until } = delegation;
  const holds = rolesAt(delegator, at).some((held) => held.role === role && held.level === level);
  if (delegator.suspended || !holds || at < from || until <= at) return [];
  const onBehalfOf = {
    personId: delegator._id,
    name: delegator.nameAr,
    ...(capMinor === undefined ? {} : { capMinor }),
    untilMs: until.getTime(),
  };
  return [{ role, ...(level === undefined ? {} : { level }), onBehalfOf }];
};

/** Whom the acts of this actor count for: themselves, and those on whose behalf they hold a role at this moment. */
export const peopleOf = ({ person, handedOver }: Standing, { roles }: Actor): PersonDocument[] => {
  const isAbsent = (personId: string): boolean => roles.some(({ onBehalfOf }) => onBehalfOf?.personId === personId);
  return [person, ...handedOver.map(({ delegator }) => delegator).filter(({ _id }) => isAbsent(_id))];
};

/** The actor of this moment. */
export const actorOf = ({ person, handedOver }: Standing, at: Date): Actor => {
  const actor = actorAt(person, at);
  const others = handedOver.flatMap((one) => heldFor(one, at));
  return others.length === 0 ? actor : { ...actor, roles: [...actor.roles, ...others] };
};
