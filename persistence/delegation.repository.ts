// Keeping and reading delegations. Writes take the session of `changeRegister`, so that none is without its audit entry.
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { DelegationDocument } from './delegation.model.js';
import { delegationCollection, DelegationModel } from './delegation.model.js';
import type { Session } from './transaction.js';

export const delegationById = (delegationId: string, session?: Session): Promise<DelegationDocument | null> =>
  delegationCollection().findOne({ _id: delegationId }, session ? { session } : {});

export const addDelegation = async (delegation: DelegationDocument, session: Session): Promise<void> => {
  await delegationCollection().insertOne(delegation, { session });
};

export const setEnded = async (delegationId: string, endedAt: Date, session: Session): Promise<void> => {
  await delegationCollection().updateOne({ _id: delegationId }, { $set: { endedAt } }, { session });
};

/** Delegations of a person's own roles that have not run out or been ended, future ones too. */
export const openDelegationsBy = (delegatorId: string, at: Date, session: Session): Promise<DelegationDocument[]> =>
  delegationCollection()
    .find({ delegatorId, until: { $gt: at }, endedAt: null }, { session })
    .toArray();

/** What a person may act under at an instant, as far as the delegations say. */
export const liveDelegationsTo = (delegateId: string, at: Date): Promise<DelegationDocument[]> =>
  delegationCollection()
    .find({ delegateId, from: { $lte: at }, until: { $gt: at }, endedAt: null })
    .sort({ until: 1, _id: 1 })
    .toArray();

export type DelegationListQuery = {
  /** Those of one person, given or received; without it all. */
  readonly personId?: string;
  readonly after?: PagePosition;
  readonly limit: number;
};

/** Latest end first. */
export const delegationList = ({ personId, after, limit }: DelegationListQuery): Promise<DelegationDocument[]> => {
  const ranges = rangesAfter({ field: 'until', direction: -1 }, after, (text) => new Date(text));
  const about = personId === undefined ? {} : { people: personId };
  return pageOf(ranges, limit, ({ where, order }, most) =>
    DelegationModel.find({ ...about, ...where })
      .sort(order)
      .limit(most)
      .hint(personId === undefined ? 'until' : 'people')
      .lean<DelegationDocument[]>()
      .exec(),
  );
};

export const delegationPosition = ({ _id, until }: DelegationDocument): PagePosition => ({
  value: until.toISOString(),
  id: _id,
});
