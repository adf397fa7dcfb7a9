// Reading and keeping bank accounts of NGOs.
import type { BankAccountDocument } from './bank-account.model.js';
import { bankAccountCollection, BankAccountModel } from './bank-account.model.js';
import { organisationNames } from './organisation.repository.js';

/** Whom an account pays: its IBAN, and the NGO in both scripts. */
export type AccountPayee = {
  readonly accountId: string;
  readonly iban: string;
  readonly nameAr: string;
  readonly nameEn: string;
};

/** Accounts that are not known, or not verified, are left out. */
export const payeesOfAccounts = async (accountIds: readonly string[]): Promise<AccountPayee[]> => {
  const accounts = await bankAccountCollection()
    .find({ _id: { $in: [...new Set(accountIds)] }, state: 'verified' })
    .toArray();
  const names = await organisationNames(accounts.map(({ organisationId }) => organisationId));
  return accounts.map(({ _id: accountId, iban, holderName, organisationId }) => ({
    accountId,
    iban,
    nameAr: holderName,
    nameEn: names.find(({ _id }) => _id === organisationId)?.nameEn ?? holderName,
  }));
};

/** Idempotent: the accounts afterwards are exactly those given. */
export const upsertBankAccounts = async (accounts: readonly BankAccountDocument[]): Promise<void> => {
  if (accounts.length === 0) return;
  await BankAccountModel.bulkWrite(
    accounts.map((account) => ({ replaceOne: { filter: { _id: account._id }, replacement: account, upsert: true } })),
  );
};
