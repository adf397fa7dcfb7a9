// An amount of money as a letter has it: in figures and in words. Latin digits and a point in both languages, whatever the locale data says.
import type { AmountMinor } from '../../domain/amount.js';
import { piastres } from '../../domain/amount.js';
import type { CountedNoun } from './arabic-number.js';
import { arabicCount } from './arabic-number.js';
import { englishNumber } from './english-number.js';

const pound: CountedNoun = {
  gender: 'masculine',
  one: 'جنيه واحد',
  two: 'جنيهان',
  twoOf: 'جنيها',
  plural: 'جنيهات',
  accusative: 'جنيهاً',
  singular: 'جنيه',
};
const piastre: CountedNoun = {
  gender: 'masculine',
  one: 'قرش واحد',
  two: 'قرشان',
  twoOf: 'قرشا',
  plural: 'قروش',
  accusative: 'قرشاً',
  singular: 'قرش',
};

export const amountInFigures = (amountMinor: AmountMinor, language: 'ar' | 'en'): string => {
  const digits = piastres(amountMinor).toString().padStart(3, '0');
  const figures = `${digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',')}.${digits.slice(-2)}`;
  return language === 'ar' ? `${figures} جنيه مصري` : `EGP ${figures}`;
};

const counted = (value: bigint, one: string, many: string): string =>
  `${englishNumber(value)} ${value === 1n ? one : many}`;

/** Closed on both sides, as on a cheque, so that nothing can be added in front or behind. */
export const amountInWords = (amountMinor: AmountMinor, language: 'ar' | 'en'): string => {
  const [pounds, rest] = [piastres(amountMinor) / 100n, piastres(amountMinor) % 100n];
  const withPounds = pounds > 0n || rest === 0n;
  if (language === 'ar') {
    const parts = [
      ...(withPounds ? [arabicCount(pounds, pound)] : []),
      ...(rest > 0n ? [arabicCount(rest, piastre)] : []),
    ];
    return `فقط ${parts.join(' و')} لا غير`;
  }
  const parts = [
    ...(withPounds ? [counted(pounds, 'Egyptian pound', 'Egyptian pounds')] : []),
    ...(rest > 0n ? [counted(rest, 'piastre', 'piastres')] : []),
  ];
  return `${parts.join(' and ')} only`;
};
