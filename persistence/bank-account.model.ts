// Bank accounts of NGOs, with the IBAN in full: only payment files and those who verify an account ever see it.
import mongoose, { Schema } from 'mongoose';
import type { AccountCheck, HolderMatch } from '../domain/money/bank-account.js';
import { accountChecks, holderMatches } from '../domain/money/bank-account.js';
import type { NamedIndex } from './named-index.js';

export const bankAccountStates = ['proposed', 'verified', 'rejected', 'retired'] as const;
export type BankAccountState = (typeof bankAccountStates)[number];

export type BankAccountDocument = {
  /** The account's own id, as facts and instructions carry it; never the IBAN. */
  readonly _id: string;
  readonly organisationId: string;
  readonly iban: string;
  readonly holderName: string;
  readonly state: BankAccountState;
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly verifiedBy?: string;
  readonly verifiedAt?: Date;
  /** The rest is there for accounts that came through the API, not with the Fund's earlier books. */
  readonly version?: number;
  readonly bic?: string;
  readonly documentSha256?: string;
  /** The holder's name beside the NGO's registered one, when the account was proposed. */
  readonly holderMatch?: HolderMatch;
  /** In whose role the verifier acted; they count as having verified too. */
  readonly verifiedFor?: readonly string[];
  readonly checked?: readonly AccountCheck[];
  /** Why this NGO is rightly paid on an account that another one has too. */
  readonly sharedReason?: string;
  readonly decidedReason?: string;
  /** The Fund paid to it before Sanad did. */
  readonly paidBefore?: boolean;
};

const schema = new Schema<BankAccountDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    iban: { type: String, required: true },
    holderName: { type: String, required: true },
    state: { type: String, enum: bankAccountStates, required: true },
    proposedBy: { type: String, required: true },
    proposedAt: { type: Date, required: true },
    verifiedBy: String,
    verifiedAt: Date,
    version: Number,
    bic: String,
    documentSha256: String,
    holderMatch: { type: String, enum: holderMatches },
    verifiedFor: { type: [String], default: undefined },
    checked: { type: [String], enum: accountChecks, default: undefined },
    sharedReason: String,
    decidedReason: String,
    paidBefore: Boolean,
  },
  { collection: 'bank_accounts', versionKey: false },
);

export const BankAccountModel = mongoose.model<BankAccountDocument>('BankAccount', schema);
export const bankAccountCollection = () => mongoose.connection.collection<BankAccountDocument>('bank_accounts');

export const bankAccountIndexes: readonly NamedIndex[] = [
  { name: 'organisation', key: { organisationId: 1, _id: 1 } },
  { name: 'iban', key: { iban: 1 } },
  { name: 'by-age', key: { proposedAt: -1, _id: -1 } },
  { name: 'state-by-age', key: { state: 1, proposedAt: -1, _id: -1 } },
  { name: 'organisation-by-age', key: { organisationId: 1, proposedAt: -1, _id: -1 } },
  // A second proposal while one waits would be verified in an order that nobody chose.
  {
    name: 'one-proposal-per-organisation',
    key: { organisationId: 1, state: 1 },
    unique: true,
    partialFilterExpression: { state: 'proposed' },
  },
];
