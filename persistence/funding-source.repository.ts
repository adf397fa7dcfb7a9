// Reading and keeping sources of money.
import type { FundingSource } from '../domain/money/funding-source.js';
import { termsOf } from '../domain/money/funding-source.js';
import type { FundingSourceDocument } from './funding-source.model.js';
import { fundingSourceCollection, FundingSourceModel } from './funding-source.model.js';
import type { Session } from './transaction.js';

const sourceOf = ({ _id: code, nameAr, nameEn, donor, ...rest }: FundingSourceDocument): FundingSource => ({
  ...{ code, nameAr, nameEn },
  ...(donor === undefined ? {} : { donor }),
  ...termsOf(rest),
});

/** With versions and what is proposed. */
export const keptFundingSources = (): Promise<FundingSourceDocument[]> =>
  fundingSourceCollection().find({}).sort({ _id: 1 }).toArray();

export const allFundingSources = async (): Promise<FundingSource[]> => (await keptFundingSources()).map(sourceOf);

export const keptFundingSource = (code: string): Promise<FundingSourceDocument | null> =>
  fundingSourceCollection().findOne({ _id: code });

/** A source that nobody described has a name and no terms. */
export const fundingSourceByCode = async (code: string, session?: Session): Promise<FundingSource> => {
  const found = await fundingSourceCollection().findOne({ _id: code }, session ? { session } : {});
  return found ? sourceOf(found) : { code, nameAr: code, nameEn: code };
};

/** Idempotent: the sources afterwards are those given, but what people have changed since stays as they left it. */
export const upsertFundingSources = async (sources: readonly FundingSource[]): Promise<void> => {
  const changed = await fundingSourceCollection()
    .find({ version: { $exists: true } })
    .toArray();
  const untouched = sources.filter(({ code }) => !changed.some(({ _id }) => _id === code));
  if (untouched.length === 0) return;
  await FundingSourceModel.bulkWrite(
    untouched.map(({ code: _id, ...source }) => ({
      replaceOne: { filter: { _id }, replacement: { _id, ...source }, upsert: true },
    })),
  );
};
