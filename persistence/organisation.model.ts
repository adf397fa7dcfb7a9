// NGOs as the Fund knows them: identity, bank account and the latest word of the registry. Written by administration and seeding.
import mongoose, { Schema } from 'mongoose';
import type { RegistryFacts, RegistryFinding } from '../domain/registry-facts.js';
import type { NamedIndex } from './named-index.js';

export type OrganisationDocument = {
  readonly _id: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly kind: 'association' | 'foundation' | 'federation';
  readonly governorate: string;
  readonly registrationNumber: string;
  readonly account: {
    readonly accountId: string;
    /** For people's eyes; the number in full stays with the payment file. */
    readonly ibanMasked: string;
    readonly verifiedAt: Date | null;
    readonly changedAt: Date;
  };
  readonly registry: {
    readonly status: 'active' | 'licence-expired' | 'suspended';
    readonly fetchedAt: Date;
    readonly licenceExpiresOn: string;
    readonly lastInspectionOn: string;
    readonly openViolations: number;
    /** The rest is there once a connector was asked, or the seed knew it. */
    readonly source?: string;
    readonly lastInspectionResult?: 'satisfactory' | 'unsatisfactory';
    readonly finalAccountYears?: readonly number[];
    readonly board?: NonNullable<RegistryFacts['board']>;
    /** What stands against the NGO now, and the version of its register since when: it names the signal to its requests. */
    readonly finding?: {
      readonly finding: RegistryFinding;
      readonly sinceVersion: number;
      readonly reportedBy?: string;
    };
    /** The registry's own ids of findings that were reported, so that none is counted twice. */
    readonly findingIds?: readonly string[];
  };
  /** Keyed hashes, never the numbers: the national numbers of the board, and what the organisation shares with whom. */
  readonly boardHashes?: readonly string[];
  readonly phoneHash?: string;
  readonly addressHash?: string;
  readonly accountHash?: string;
  /** Invented for the demo. */
  readonly synthetic: boolean;
};

const schema = new Schema<OrganisationDocument>(
  {
    _id: { type: String, required: true },
    nameAr: { type: String, required: true },
    nameEn: { type: String, required: true },
    kind: { type: String, enum: ['association', 'foundation', 'federation'], required: true },
    governorate: { type: String, required: true },
    registrationNumber: { type: String, required: true },
    account: {
      accountId: { type: String, required: true },
      ibanMasked: { type: String, required: true },
      verifiedAt: { type: Date, default: null },
      changedAt: { type: Date, required: true },
    },
    registry: {
      status: { type: String, enum: ['active', 'licence-expired', 'suspended'], required: true },
      fetchedAt: { type: Date, required: true },
      licenceExpiresOn: { type: String, required: true },
      lastInspectionOn: { type: String, required: true },
      openViolations: { type: Number, required: true },
      source: String,
      lastInspectionResult: { type: String, enum: ['satisfactory', 'unsatisfactory'] },
      finalAccountYears: { type: [Number], default: undefined },
      board: { type: Schema.Types.Mixed },
      finding: { type: Schema.Types.Mixed },
      findingIds: { type: [String], default: undefined },
    },
    boardHashes: { type: [String], default: undefined },
    phoneHash: String,
    addressHash: String,
    accountHash: String,
    synthetic: { type: Boolean, required: true },
  },
  { collection: 'organisations', versionKey: false },
);

export const OrganisationModel = mongoose.model<OrganisationDocument>('Organisation', schema);
export const organisationCollection = () => mongoose.connection.collection<OrganisationDocument>('organisations');

export const organisationIndexes: readonly NamedIndex[] = [{ name: 'governorate', key: { governorate: 1, _id: 1 } }];
