// Sources of the Fund's money with their terms. Reference data at first; their terms are changed by two people through the register.
import mongoose, { Schema } from 'mongoose';
import type { FundingSource, SourceTerms } from '../domain/money/funding-source.js';

/** New terms that one person proposed and another one has not decided on yet. */
export type TermsProposal = { readonly terms: SourceTerms; readonly proposedBy: string; readonly proposedAt: Date };

export type FundingSourceDocument = Omit<FundingSource, 'code'> & {
  readonly _id: string;
  /** Equals the seq of its newest audit entry; absent while nobody has touched it since it was loaded. */
  readonly version?: number;
  readonly proposal?: TermsProposal;
};

const schema = new Schema<FundingSourceDocument>(
  {
    _id: { type: String, required: true },
    nameAr: { type: String, required: true },
    nameEn: { type: String, required: true },
    donor: String,
    programmes: { type: [String], default: undefined },
    sectors: { type: [String], default: undefined },
    governorates: { type: [String], default: undefined },
    fromMs: Number,
    untilMs: Number,
    version: Number,
    proposal: Schema.Types.Mixed,
  },
  { collection: 'funding_sources', versionKey: false },
);

export const FundingSourceModel = mongoose.model<FundingSourceDocument>('FundingSource', schema);
export const fundingSourceCollection = () => mongoose.connection.collection<FundingSourceDocument>('funding_sources');
