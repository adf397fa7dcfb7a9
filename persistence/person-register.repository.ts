// Changing people and their roles: inside the transaction of `changeRegister` only. And the list of people for those who look after it.
import { trusted } from 'mongoose';
import type { Role } from '../domain/actor.js';
import type { PagePosition } from './keyset.js';
import type { PersonDocument, RoleGrant } from './person.model.js';
import { personCollection, PersonModel } from './person.model.js';
import type { Session } from './transaction.js';

export const personForChange = (personId: string, session: Session): Promise<PersonDocument | null> =>
  personCollection().findOne({ _id: personId }, { session });

export const setGrants = async (personId: string, grants: readonly RoleGrant[], session: Session): Promise<void> => {
  await personCollection().updateOne({ _id: personId }, { $set: { grants } }, { session });
};

export const setSuspended = async (personId: string, suspended: boolean, session: Session): Promise<void> => {
  await personCollection().updateOne({ _id: personId }, { $set: { suspended } }, { session });
};

export type PersonListQuery = {
  readonly role?: Role;
  readonly organisationId?: string;
  readonly after?: PagePosition;
  readonly limit: number;
};

/** By id, a page at a time; the role filter finds everybody who ever held it. */
export const personList = ({ role, organisationId, after, limit }: PersonListQuery): Promise<PersonDocument[]> =>
  PersonModel.find({
    ...(role === undefined ? {} : { 'grants.role': role }),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(after === undefined ? {} : { _id: trusted({ $gt: after.id }) }),
  })
    .sort({ _id: 1 })
    .limit(limit)
    .lean<PersonDocument[]>()
    .exec();

export const personPosition = ({ _id }: PersonDocument): PagePosition => ({ value: _id, id: _id });
