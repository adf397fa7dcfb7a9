// Reading and keeping people; turns a person into the actor that decisions know, with the roles held at that moment.
import { trusted } from 'mongoose';
import type { Actor, Role, RoleHeld } from '../domain/actor.js';
import type { PeopleByLevel } from '../domain/command.js';
import type { PersonDocument, RoleGrant } from './person.model.js';
import { personCollection, PersonModel } from './person.model.js';
import type { Session } from './transaction.js';

export const holdsAt = (grant: RoleGrant, at: Date): boolean =>
  grant.from <= at && (grant.until === null || at < grant.until);

export const heldOf = ({ role, organisationId, governorate, level, civilSociety }: RoleGrant): RoleHeld => ({
  role,
  ...(organisationId === undefined ? {} : { organisationId }),
  ...(governorate === undefined ? {} : { governorate }),
  ...(level === undefined ? {} : { level }),
  ...(civilSociety === undefined ? {} : { civilSociety }),
});

export const rolesAt = ({ grants }: Pick<PersonDocument, 'grants'>, at: Date): RoleHeld[] =>
  grants.filter((grant) => holdsAt(grant, at)).map(heldOf);

export const actorAt = (person: Pick<PersonDocument, '_id' | 'nameAr' | 'grants'>, at: Date): Actor => ({
  personId: person._id,
  name: person.nameAr,
  roles: rolesAt(person, at),
});

export const personById = (personId: string): Promise<PersonDocument | null> =>
  personCollection().findOne({ _id: personId });

export const peopleByIds = (personIds: readonly string[]): Promise<PersonDocument[]> =>
  personCollection()
    .find({ _id: { $in: [...personIds] } })
    .toArray();

/** Everyone who may sign in, for the demo's list of people; bounded, because a real register is long. */
export const activePeople = (limit: number): Promise<PersonDocument[]> =>
  personCollection().find({ suspended: false }).sort({ _id: 1 }).limit(limit).toArray();

export const peopleWithRole = (role: Role, limit: number): Promise<PersonDocument[]> =>
  PersonModel.find({ grants: trusted({ $elemMatch: { role } }), suspended: false })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<PersonDocument[]>();

/** How many people who may sign in hold each level of approval in their own right at an instant. */
export const peopleByLevelAt = async (at: Date, session?: Session): Promise<PeopleByLevel> => {
  const filter = { 'grants.role': 'approver', suspended: false } as const;
  const approvers = personCollection().find(filter, { projection: { grants: 1 }, ...(session ? { session } : {}) });
  const counts: Record<string, number> = {};
  for (const person of await approvers.toArray()) {
    const levels = rolesAt(person, at).flatMap(({ role, level }) => (role === 'approver' && level ? [level] : []));
    for (const level of new Set(levels)) counts[level] = (counts[level] ?? 0) + 1;
  }
  return counts;
};

/** Idempotent: the person afterwards is exactly the one given. */
export const upsertPerson = async ({ _id, ...person }: PersonDocument): Promise<void> => {
  await PersonModel.replaceOne({ _id }, { _id, ...person }, { upsert: true, runValidators: true });
};

export const upsertPeople = async (people: readonly PersonDocument[]): Promise<void> => {
  if (people.length === 0) return;
  await PersonModel.bulkWrite(
    people.map((person) => ({ replaceOne: { filter: { _id: person._id }, replacement: person, upsert: true } })),
  );
};
