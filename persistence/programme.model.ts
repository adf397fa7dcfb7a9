// Programmes and their calls for requests: reference data. A call names the plan its requests run under.
import mongoose, { Schema } from 'mongoose';
import type { AmountMinor } from '../domain/amount.js';
import type { BudgetTerms } from '../domain/review/budget.js';
import type { NamedIndex } from './named-index.js';

export type ProgrammeDocument = {
  readonly _id: string;
  readonly nameAr: string;
  readonly nameEn: string;
  /** The field of work that public totals group it under. */
  readonly sector?: string;
};

export type CallDocument = {
  readonly _id: string;
  readonly programmeCode: string;
  readonly fundingSource: string;
  readonly fiscalYear: string;
  /** It hands out money of its own, and no other. */
  readonly ownEnvelope?: true;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly planHash: string;
  /** The most one request may ask for. */
  readonly ceilingMinor: AmountMinor;
  /** What the call is meant to award in all. */
  readonly budgetMinor?: AmountMinor;
  readonly documents?: readonly DocumentAsked[];
  /** Shares of categories and the least contribution; absent: only the ceiling binds. */
  readonly budgetTerms?: BudgetTerms;
};

/** A document that NGOs are asked to hand in with a request. */
export type DocumentAsked = {
  readonly code: string;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly required: boolean;
};

const programmeSchema = new Schema<ProgrammeDocument>(
  {
    _id: { type: String, required: true },
    nameAr: { type: String, required: true },
    nameEn: { type: String, required: true },
    sector: String,
  },
  { collection: 'programmes', versionKey: false },
);

const callSchema = new Schema<CallDocument>(
  {
    _id: { type: String, required: true },
    programmeCode: { type: String, required: true },
    fundingSource: { type: String, required: true },
    fiscalYear: { type: String, required: true },
    ownEnvelope: Boolean,
    titleAr: { type: String, required: true },
    titleEn: { type: String, required: true },
    opensAt: { type: Date, required: true },
    closesAt: { type: Date, required: true },
    planHash: { type: String, required: true },
    ceilingMinor: { type: String, required: true },
    budgetMinor: String,
    documents: { type: [Schema.Types.Mixed], default: undefined },
    budgetTerms: Schema.Types.Mixed,
  },
  { collection: 'calls', versionKey: false },
);

export const ProgrammeModel = mongoose.model<ProgrammeDocument>('Programme', programmeSchema);
export const CallModel = mongoose.model<CallDocument>('Call', callSchema);
export const callCollection = () => mongoose.connection.collection<CallDocument>('calls');

export const programmeIndexes: readonly NamedIndex[] = [];
export const callIndexes: readonly NamedIndex[] = [{ name: 'closing', key: { closesAt: 1, _id: 1 } }];
