// Whom accounts pay. Demonstrations and tests name accounts that nobody registered; those get an IBAN of a bank that does not exist.
import type { Payee } from '../bank/payment-initiation.js';
import { payeesOfAccounts } from '../persistence/bank-account.repository.js';
import { sha256 } from '../platform/hashing.js';
import type { Payees } from './payment-files.js';

/** Verified accounts only. */
export const registeredPayees: Payees = async (accountIds) =>
  new Map((await payeesOfAccounts(accountIds)).map(({ accountId, ...payee }): [string, Payee] => [accountId, payee]));

const digits = (text: string): string =>
  BigInt(`0x${sha256(text).slice(0, 13)}`)
    .toString()
    .padStart(17, '0')
    .slice(-17);

/** Bank 9999 is none; the check digits 00 make the number invalid on purpose. */
const inventedPayee = (accountId: string): Payee => ({
  nameAr: accountId,
  nameEn: accountId,
  iban: `EG0099990001${digits(accountId)}`,
});

/** Never in production: see worker/main.ts. */
export const demoPayees: Payees = async (accountIds) => {
  const registered = await registeredPayees(accountIds);
  return new Map(accountIds.map((accountId) => [accountId, registered.get(accountId) ?? inventedPayee(accountId)]));
};
