// How many people hold each role and level at a moment, to know whether anybody could do what a plan asks.
import type { Role } from '../domain/actor.js';
import type { HeldRole } from '../domain/plan-check/held-role-faults.js';
import { personCollection } from './person.model.js';

type Counted = { readonly _id: { readonly role: Role; readonly level?: string }; readonly people: number };

/** A person counts once for each role and level, and not at all while the account is suspended. */
export const heldRoles = async (at: Date): Promise<HeldRole[]> => {
  const counted = await personCollection()
    .aggregate<Counted>([
      { $match: { suspended: false } },
      { $unwind: '$grants' },
      { $match: { 'grants.from': { $lte: at }, $or: [{ 'grants.until': null }, { 'grants.until': { $gt: at } }] } },
      { $group: { _id: { person: '$_id', role: '$grants.role', level: '$grants.level' } } },
      { $group: { _id: { role: '$_id.role', level: '$_id.level' }, people: { $sum: 1 } } },
      { $sort: { '_id.role': 1, '_id.level': 1 } },
    ])
    .toArray();
  return counted.map(({ _id: { role, level }, people }) => ({ role, ...(level == null ? {} : { level }), people }));
};
