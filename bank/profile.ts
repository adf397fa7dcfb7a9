// A bank's profile: how this bank wants payment files. Configuration, because no profile of an Egyptian bank is public.
import { z } from 'zod';
import type { CharacterSet } from './characters.js';
import type { Read } from './xml.js';
import { fault } from './xml.js';

export type BankProfile = {
  readonly initiatingParty: string;
  readonly debtorName: string;
  readonly debtorIban: string;
  /** National clearing code of the debtor's bank; in an Egyptian IBAN the four digits after the check digits. */
  readonly debtorBankCode: string;
  /** `latin` for banks whose systems take no Arabic: names are then written from the English name. */
  readonly names: CharacterSet;
  /** Who bears the charges (ISO 20022 ChargeBearerType1Code). */
  readonly chargeBearer: 'DEBT' | 'SHAR' | 'SLEV';
  /** One booking for the whole file, or one for each payment, which reconciles more easily. */
  readonly batchBooking: boolean;
  /** Days from sealing the file to its execution. */
  readonly executionAfterDays: number;
};

/** Bank 9999 does not exist, so a file under this profile can never be paid. */
export const demoProfile: BankProfile = {
  initiatingParty: 'Support Fund for NGO Projects (demo)',
  debtorName: 'Support Fund for NGO Projects (demo)',
  debtorIban: 'EG079999000100000000000000000',
  debtorBankCode: '9999',
  names: 'arabic',
  chargeBearer: 'DEBT',
  batchBooking: false,
  executionAfterDays: 0,
};

/** Four digits after `EG` and the check digits. */
export const bankCodeOf = (iban: string): string => iban.slice(4, 8);

/** ISO 13616: country and check digits at the end, letters as numbers, the rest by 97 is one. E and G are 14 and 16. */
const checkDigitsFit = (iban: string): boolean => BigInt(`${iban.slice(4)}1416${iban.slice(2, 4)}`) % 97n === 1n;

const name = z.string().trim().min(1).max(140);
const egyptianIban = z.string().regex(/^EG\d{27}$/, 'not an Egyptian IBAN');
const profile = z
  .strictObject({
    initiatingParty: name,
    debtorName: name,
    debtorIban: egyptianIban,
    debtorBankCode: z.string().regex(/^\d{4}$/, 'four digits'),
    names: z.enum(['arabic', 'latin']),
    chargeBearer: z.enum(['DEBT', 'SHAR', 'SLEV']),
    batchBooking: z.boolean(),
    executionAfterDays: z.int().min(0).max(30),
  })
  .superRefine(({ debtorIban, debtorBankCode }, context) => {
    if (!egyptianIban.safeParse(debtorIban).success) return;
    const complain = (path: string, message: string): void =>
      context.addIssue({ code: 'custom', path: [path], message });
    if (!checkDigitsFit(debtorIban)) complain('debtorIban', 'its check digits do not fit');
    if (bankCodeOf(debtorIban) !== debtorBankCode) complain('debtorBankCode', 'not the bank of debtorIban');
  });

const parsedJson = (text: string): Read<unknown> => {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch {
    return fault('not JSON');
  }
};

/** A profile as somebody wrote it down; every fault is named at once, and no value is repeated. */
export const readBankProfile = (text: string): Read<BankProfile> => {
  const json = parsedJson(text);
  if (!json.ok) return json;
  const read = profile.safeParse(json.value);
  if (read.success) return { ok: true, value: read.data };
  return fault(read.error.issues.map(({ path, message }) => `${path.join('.') || 'profile'}: ${message}`).join('; '));
};
