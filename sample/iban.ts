// IBANs (ISO 13616): check digits by mod 97-10, and Egypt's shape: EG, 2 check digits, bank 4, branch 4, account 17.
import { latinDigits } from './digits.js';

/** The remainder of the number that the text stands for, A = 10 to Z = 35, taken digit by digit to stay in range. */
const remainder97 = (text: string): number => {
  let remainder = 0;
  for (const character of text) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder;
};

export const ibanCheckDigits = (country: string, account: string): string =>
  String(98 - remainder97(`${account}${country}00`)).padStart(2, '0');

export type EgyptianAccount = { readonly bank: string; readonly branch: string; readonly account: string };

export const egyptianIban = ({ bank, branch, account }: EgyptianAccount): string => {
  const basic = `${bank.padStart(4, '0')}${branch.padStart(4, '0')}${account.padStart(17, '0')}`;
  if (!/^\d{25}$/.test(basic)) throw new Error(`not an Egyptian account: ${basic}`);
  return `EG${ibanCheckDigits('EG', basic)}${basic}`;
};

/** As printed in groups or typed with Arabic digits; the stored form has neither spaces nor lower case. */
export const normaliseIban = (text: string): string => latinDigits(text).replace(/\s/g, '').toUpperCase();

export const isValidIban = (text: string): boolean => {
  const iban = normaliseIban(text);
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(iban) && remainder97(iban.slice(4) + iban.slice(0, 4)) === 1;
};

export const isValidEgyptianIban = (text: string): boolean =>
  /^EG\d{27}$/.test(normaliseIban(text)) && isValidIban(text);

/** No bank in Egypt has this number: accounts of sample data can never be paid. */
export const syntheticBank = '9999';
