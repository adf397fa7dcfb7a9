// Sources of the Fund's money with their terms. Reference data, written by administration and seeding.
import mongoose, { Schema } from 'mongoose';
import type { FundingSource } from '../domain/money/funding-source.js';

export type FundingSourceDocument = Omit<FundingSource, 'code'> & { readonly _id: string };

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
  },
  { collection: 'funding_sources', versionKey: false },
);

export const FundingSourceModel = mongoose.model<FundingSourceDocument>('FundingSource', schema);
export const fundingSourceCollection = () => mongoose.connection.collection<FundingSourceDocument>('funding_sources');
