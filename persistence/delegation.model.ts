// Roles handed over for an absence: who for whom, from when until when, up to which amount. Kept by the API through the register.
import mongoose, { Schema } from 'mongoose';
import type { Role } from '../domain/actor.js';
import { delegableRoles } from '../domain/delegation.js';
import type { NamedIndex } from './named-index.js';

export type DelegationDocument = {
  readonly _id: string;
  readonly delegatorId: string;
  readonly delegateId: string;
  /** Both, so that one index finds what a person gave and received. */
  readonly people: readonly string[];
  readonly role: Role;
  readonly level?: string;
  readonly capMinor?: string;
  readonly from: Date;
  /** It returns by itself at this instant: whoever asks compares. */
  readonly until: Date;
  readonly reason: string;
  /** Set when it was ended before its time. */
  readonly endedAt: Date | null;
};

const schema = new Schema<DelegationDocument>(
  {
    _id: { type: String, required: true },
    delegatorId: { type: String, required: true },
    delegateId: { type: String, required: true },
    people: { type: [String], required: true },
    role: { type: String, enum: delegableRoles, required: true },
    level: String,
    capMinor: String,
    from: { type: Date, required: true },
    until: { type: Date, required: true },
    reason: { type: String, required: true },
    endedAt: { type: Date, default: null },
  },
  { collection: 'delegations', versionKey: false },
);

export const DelegationModel = mongoose.model<DelegationDocument>('Delegation', schema);
export const delegationCollection = () => mongoose.connection.collection<DelegationDocument>('delegations');

export const delegationIndexes: readonly NamedIndex[] = [
  { name: 'delegate', key: { delegateId: 1, until: 1 } },
  { name: 'delegator', key: { delegatorId: 1, until: 1 } },
  { name: 'people', key: { people: 1, until: -1, _id: -1 } },
  { name: 'until', key: { until: -1, _id: -1 } },
];
