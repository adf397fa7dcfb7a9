// What people and decisions have to know of an NGO's account: its proposals, with whom it is shared, whether money went there before.
import type { PaymentFacts } from '../domain/command.js';
import { trusted } from 'mongoose';
import type { BankAccountDocument, BankAccountState } from './bank-account.model.js';
import { bankAccountCollection, BankAccountModel } from './bank-account.model.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { OrganisationDocument } from './organisation.model.js';
import { paymentFactsOf } from './organisation.repository.js';
import { paymentInstructionCollection } from './payment-instruction.model.js';
import type { Session } from './transaction.js';

export type BankAccount = BankAccountDocument;

/** An account that was loaded with the Fund's books has no decision of its own yet. */
export const versionOf = ({ version = 0 }: Pick<BankAccount, 'version'>): number => version;

export const bankAccountById = (accountId: string): Promise<BankAccount | null> =>
  bankAccountCollection().findOne({ _id: accountId });

/** Accounts of other NGOs with the same IBAN, in use or asked for. */
export const sharersOf = (
  { iban, organisationId }: Pick<BankAccount, 'iban' | 'organisationId'>,
  session?: Session,
): Promise<BankAccount[]> =>
  bankAccountCollection()
    .find(
      { iban, organisationId: { $ne: organisationId }, state: { $in: ['proposed', 'verified'] } },
      { sort: { _id: 1 }, ...(session ? { session } : {}) },
    )
    .toArray();

const wasPaid = async ({ _id, paidBefore }: BankAccount): Promise<boolean> =>
  paidBefore === true ||
  (await paymentInstructionCollection().findOne({ accountId: _id, state: 'settled' }, { projection: { _id: 1 } })) !==
    null;

/** One verifier who wrote down why covers both sides: the reason names the other NGO's account as well. */
const sharingOf = async (account: BankAccount): Promise<Pick<PaymentFacts, 'sharedAccount'>> => {
  const sharers = (await sharersOf(account)).filter(({ state }) => state === 'verified');
  if (sharers.length === 0) return {};
  const explained =
    account.sharedReason !== undefined || sharers.every(({ sharedReason }) => sharedReason !== undefined);
  return { sharedAccount: explained ? 'explained' : 'unexplained' };
};

/** Whoever a proposal or a verification of the account counts for. */
export const changersOf = ({ proposedBy, verifiedBy, verifiedFor = [] }: BankAccount): string[] => [
  ...new Set([proposedBy, ...(verifiedBy === undefined ? [] : [verifiedBy]), ...verifiedFor]),
];

/** An NGO whose account nobody described is paid for the first time, as far as anybody can tell. */
export const watchedPaymentFactsOf = async (organisation: OrganisationDocument): Promise<PaymentFacts> => {
  const facts = paymentFactsOf(organisation);
  const account = await bankAccountById(facts.accountId);
  if (account === null) return { ...facts, firstPayment: true };
  return {
    ...facts,
    accountChangedBy: changersOf(account),
    firstPayment: !(await wasPaid(account)),
    ...(await sharingOf(account)),
  };
};

export type BankAccountPage = {
  readonly state?: BankAccountState;
  /** Of these NGOs only; absent for the Fund's people. */
  readonly organisationIds?: readonly string[];
  readonly after?: PagePosition;
  readonly limit: number;
};

const indexFor = ({ state, organisationIds }: BankAccountPage): string => {
  if (organisationIds) return 'organisation-by-age';
  return state === undefined ? 'by-age' : 'state-by-age';
};

export const bankAccounts = (page: BankAccountPage): Promise<BankAccount[]> =>
  pageOf(
    rangesAfter({ field: 'proposedAt', direction: -1 }, page.after, (text) => new Date(text)),
    page.limit,
    ({ where, order }, left) =>
      BankAccountModel.find({
        ...(page.state === undefined ? {} : { state: page.state }),
        ...(page.organisationIds ? { organisationId: trusted({ $in: page.organisationIds }) } : {}),
        ...where,
      })
        .sort(order)
        .limit(left)
        .hint(indexFor(page))
        .lean<BankAccount[]>()
        .exec(),
  );

export const bankAccountPosition = ({ _id, proposedAt }: BankAccount): PagePosition => ({
  value: proposedAt.toISOString(),
  id: _id,
});
