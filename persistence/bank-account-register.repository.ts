// Proposing, verifying and rejecting an account, each inside a change of the register. The trail gets the IBAN masked and as a
// keyed hash, never in clear.
import { changedFields } from '../domain/audit/register-entry.js';
import type { AccountDecision, AccountVerification, ProposedAccount } from '../domain/money/bank-account.js';
import { accountDecisionFault, actingFor, maskedIban, verificationFault } from '../domain/money/bank-account.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import type { BankAccountDocument } from './bank-account.model.js';
import { bankAccountCollection } from './bank-account.model.js';
import { sharersOf, versionOf } from './bank-account.reads.js';
import { organisationCollection } from './organisation.model.js';
import type { RegisterChange } from './register.repository.js';
import type { Session } from './transaction.js';

const accounts = bankAccountCollection;

export type NewAccount = BankAccountDocument & Required<Pick<BankAccountDocument, 'holderMatch' | 'documentSha256'>>;

/** One proposal at a time, and not for what is in use already. */
const proposalFault = async (session: Session, { organisationId, iban }: NewAccount): Promise<Refusal | undefined> => {
  const known = await accounts()
    .find({ organisationId, state: { $in: ['proposed', 'verified'] } }, { session })
    .toArray();
  if (known.some(({ state }) => state === 'proposed')) return refuse('alreadyActed', 'account-proposed').refusal;
  return known.some((account) => account.iban === iban) ? refuse('alreadyActed', 'account-in-use').refusal : undefined;
};

export const proposeAccount = async (
  session: Session,
  account: NewAccount,
  ibanHash: string,
): Promise<RegisterChange> => {
  const refusal = await proposalFault(session, account);
  if (refusal) return { refusal };
  await accounts().insertOne(account, { session });
  const { organisationId, iban, bic = null, documentSha256, holderMatch, state } = account;
  const after = { organisationId, iban: maskedIban(iban), ibanHash, bic, documentSha256, holderMatch, state };
  return { changed: changedFields({}, after) };
};

const proposedIn = async (
  session: Session,
  accountId: string,
): Promise<{ readonly account: BankAccountDocument; readonly seen: ProposedAccount } | null> => {
  const account = await accounts().findOne({ _id: accountId }, { session });
  if (account === null) return null;
  const sharers = await sharersOf(account, session);
  const seen = {
    ...{ version: versionOf(account), state: account.state, proposedBy: account.proposedBy },
    holderMatch: account.holderMatch ?? 'different',
    sharedWith: sharers.map(({ organisationId }) => organisationId),
  };
  return { account, seen };
};

const absent = { refusal: refuse('conditionsNotMet', 'account-exists').refusal };

/** From now on money goes here: the account before it retires, and the rest of lifecycle.md §4 begins. */
const putIntoUse = async (
  session: Session,
  { _id, organisationId, iban }: BankAccountDocument,
  { at, ibanHash }: { readonly at: Date; readonly ibanHash: string },
): Promise<void> => {
  const account = { accountId: _id, ibanMasked: maskedIban(iban), verifiedAt: at, changedAt: at };
  await organisationCollection().updateOne(
    { _id: organisationId },
    { $set: { account, accountHash: ibanHash } },
    { session },
  );
};

const retireOthers = async (session: Session, { _id, organisationId }: BankAccountDocument): Promise<string[]> => {
  const inUse = await accounts()
    .find({ organisationId, state: 'verified', _id: { $ne: _id } }, { session })
    .toArray();
  for (const { _id: accountId } of inUse)
    await accounts().updateOne({ _id: accountId }, { $set: { state: 'retired' } }, { session });
  return inUse.map(({ _id: accountId }) => accountId);
};

export type VerifiedWith = { readonly at: Date; readonly version: number; readonly hashOf: (iban: string) => string };

export const verifyAccount = async (
  session: Session,
  accountId: string,
  { asked, at, version, hashOf }: VerifiedWith & { readonly asked: AccountVerification },
): Promise<RegisterChange> => {
  const found = await proposedIn(session, accountId);
  if (found === null) return absent;
  const { account, seen } = found;
  const refusal = verificationFault(seen, asked);
  if (refusal) return { refusal };
  const retired = await retireOthers(session, account);
  const { by, checked, reason, sharedReason } = asked;
  const verifiedFor = actingFor(by);
  const told = {
    state: 'verified' as const,
    ...{ verifiedBy: by.personId, checked },
    ...(reason === undefined ? {} : { decidedReason: reason }),
    ...(sharedReason === undefined ? {} : { sharedReason }),
    ...(verifiedFor.length === 0 ? {} : { verifiedFor }),
  };
  await accounts().updateOne({ _id: accountId }, { $set: { ...told, verifiedAt: at, version } }, { session });
  await putIntoUse(session, account, { at, ibanHash: hashOf(account.iban) });
  return { changed: changedFields({ state: account.state }, { ...told, sharedWith: seen.sharedWith, retired }) };
};

export const rejectAccount = async (
  session: Session,
  accountId: string,
  { asked, version, reason }: { readonly asked: AccountDecision; readonly version: number; readonly reason: string },
): Promise<RegisterChange> => {
  const found = await proposedIn(session, accountId);
  if (found === null) return absent;
  const refusal = accountDecisionFault(found.seen, asked);
  if (refusal) return { refusal };
  const told = { state: 'rejected', decidedReason: reason } as const;
  await accounts().updateOne({ _id: accountId }, { $set: { ...told, version } }, { session });
  return { changed: changedFields({ state: found.account.state }, told) };
};
