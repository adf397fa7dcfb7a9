// People and the roles they hold, each role for a period. Written by administration and seeding; read at every call of the API.
import mongoose, { Schema } from 'mongoose';
import type { RoleHeld } from '../domain/actor.js';
import { roles } from '../domain/actor.js';
import type { NamedIndex } from './named-index.js';

/** A role for a period; `until` is null while no end is set. */
export type RoleGrant = RoleHeld & { readonly from: Date; readonly until: Date | null };

export type EmploymentDocument = { readonly organisationId: string; readonly from: Date; readonly until: Date | null };

export type PersonDocument = {
  readonly _id: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly email: string;
  /** In which notices are written to them; Arabic unless they chose. */
  readonly language?: 'ar' | 'en';
  readonly organisationId?: string;
  /** Keyed hash; the number itself is never stored. */
  readonly nationalIdHash?: string;
  /** Keyed hashes too; equal to an organisation's, they connect the two (domain/connection.ts). */
  readonly phoneHash?: string;
  readonly addressHash?: string;
  readonly accountHash?: string;
  readonly employments?: readonly EmploymentDocument[];
  /** Codes of the programmes a reviewer knows. */
  readonly expertise?: readonly string[];
  readonly suspended: boolean;
  readonly grants: readonly RoleGrant[];
};

const grantSchema = new Schema<RoleGrant>(
  {
    role: { type: String, enum: roles, required: true },
    organisationId: String,
    governorate: String,
    level: String,
    civilSociety: Boolean,
    from: { type: Date, required: true },
    until: { type: Date, default: null },
  },
  { _id: false },
);

const employmentSchema = new Schema<EmploymentDocument>(
  {
    organisationId: { type: String, required: true },
    from: { type: Date, required: true },
    until: { type: Date, default: null },
  },
  { _id: false },
);

const schema = new Schema<PersonDocument>(
  {
    _id: { type: String, required: true },
    nameAr: { type: String, required: true },
    nameEn: { type: String, required: true },
    email: { type: String, required: true },
    language: { type: String, enum: ['ar', 'en'] },
    organisationId: String,
    nationalIdHash: String,
    phoneHash: String,
    addressHash: String,
    accountHash: String,
    // No default: a person without the field keeps being one without it.
    employments: { type: [employmentSchema], default: undefined },
    expertise: { type: [String], default: undefined },
    suspended: { type: Boolean, required: true },
    grants: { type: [grantSchema], required: true },
  },
  { collection: 'people', versionKey: false },
);

export const PersonModel = mongoose.model<PersonDocument>('Person', schema);
export const personCollection = () => mongoose.connection.collection<PersonDocument>('people');

export const personIndexes: readonly NamedIndex[] = [
  { name: 'role', key: { 'grants.role': 1, _id: 1 } },
  { name: 'organisation', key: { organisationId: 1, _id: 1 } },
  { name: 'grant-organisation', key: { 'grants.organisationId': 1, _id: 1 } },
];
