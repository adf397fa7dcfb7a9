// Bank accounts of NGOs, with the IBAN in full: only payment files and those who verify an account ever see it.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';

export type BankAccountDocument = {
  /** The account's own id, as facts and instructions carry it; never the IBAN. */
  readonly _id: string;
  readonly organisationId: string;
  readonly iban: string;
  readonly holderName: string;
  readonly state: 'proposed' | 'verified' | 'rejected' | 'retired';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly verifiedBy?: string;
  readonly verifiedAt?: Date;
};

const schema = new Schema<BankAccountDocument>(
  {
    _id: { type: String, required: true },
    organisationId: { type: String, required: true },
    iban: { type: String, required: true },
    holderName: { type: String, required: true },
    state: { type: String, enum: ['proposed', 'verified', 'rejected', 'retired'], required: true },
    proposedBy: { type: String, required: true },
    proposedAt: { type: Date, required: true },
    verifiedBy: String,
    verifiedAt: Date,
  },
  { collection: 'bank_accounts', versionKey: false },
);

export const BankAccountModel = mongoose.model<BankAccountDocument>('BankAccount', schema);
export const bankAccountCollection = () => mongoose.connection.collection<BankAccountDocument>('bank_accounts');

export const bankAccountIndexes: readonly NamedIndex[] = [
  { name: 'organisation', key: { organisationId: 1, _id: 1 } },
  { name: 'iban', key: { iban: 1 } },
];
