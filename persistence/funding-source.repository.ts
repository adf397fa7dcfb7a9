// Reading and keeping sources of money.
import type { FundingSource } from '../domain/money/funding-source.js';
import type { FundingSourceDocument } from './funding-source.model.js';
import { fundingSourceCollection, FundingSourceModel } from './funding-source.model.js';
import type { Session } from './transaction.js';

const sourceOf = ({ _id: code, ...rest }: FundingSourceDocument): FundingSource => ({ code, ...rest });

export const allFundingSources = async (): Promise<FundingSource[]> =>
  (await fundingSourceCollection().find({}).sort({ _id: 1 }).toArray()).map(sourceOf);

/** A source that nobody described has a name and no terms. */
export const fundingSourceByCode = async (code: string, session?: Session): Promise<FundingSource> => {
  const found = await fundingSourceCollection().findOne({ _id: code }, session ? { session } : {});
  return found ? sourceOf(found) : { code, nameAr: code, nameEn: code };
};

/** Idempotent: the sources afterwards are exactly those given. */
export const upsertFundingSources = async (sources: readonly FundingSource[]): Promise<void> => {
  if (sources.length === 0) return;
  await FundingSourceModel.bulkWrite(
    sources.map(({ code: _id, ...source }) => ({
      replaceOne: { filter: { _id }, replacement: { _id, ...source }, upsert: true },
    })),
  );
};
