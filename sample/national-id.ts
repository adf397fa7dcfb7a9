// Egyptian national numbers: century, YYMMDD, place of birth, serial (odd = male), check digit. Personal data: never log one.
import { isDay } from '../domain/calendar.js';
import { latinDigits } from './digits.js';
import { governorates } from './governorates.js';

export type Sex = 'female' | 'male';

/** Not a real place (§5.4): such numbers belong to nobody and are accepted in demos only. */
export const syntheticPlaceCode = '99';
const abroad = '88';

const weights = [2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2];

/** The rule most libraries use. It is not official and they disagree, so a mismatch warns and never refuses. */
export const nationalIdCheckDigit = (first13: string): string => {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(first13.charAt(at)), 0);
  return String((11 - (sum % 11)) % 10);
};

export type NationalIdParts = {
  /** `YYYY-MM-DD`, 1900 to 2099. */
  readonly bornOn: string;
  readonly placeCode: string;
  /** 0 to 9999; its last digit says the sex. */
  readonly serial: number;
};

export const nationalIdFrom = ({ bornOn, placeCode, serial }: NationalIdParts): string => {
  const century = bornOn.startsWith('20') ? '3' : '2';
  const day = bornOn.slice(2).replaceAll('-', '');
  const first13 = `${century}${day}${placeCode}${String(serial).padStart(4, '0')}`;
  return `${first13}${nationalIdCheckDigit(first13)}`;
};

export type NationalIdReading =
  | { readonly valid: false; readonly fault: 'shape' | 'date' | 'place' }
  | {
      readonly valid: true;
      readonly bornOn: string;
      readonly placeCode: string;
      readonly sex: Sex;
      readonly synthetic: boolean;
      readonly checkDigitMatches: boolean;
    };

const isPlace = (code: string, allowSyntheticIds: boolean): boolean =>
  code === abroad ||
  governorates.some((governorate) => governorate.nationalIdCode === code) ||
  (allowSyntheticIds && code === syntheticPlaceCode);

/** A wrong date or place refuses; a wrong check digit is only reported (§5.5). */
export const readNationalId = (text: string, options: { readonly allowSyntheticIds: boolean }): NationalIdReading => {
  const digits = latinDigits(text).replace(/\s/g, '');
  if (!/^[23]\d{13}$/.test(digits)) return { valid: false, fault: 'shape' };
  const century = digits.startsWith('3') ? '20' : '19';
  const bornOn = `${century}${digits.slice(1, 3)}-${digits.slice(3, 5)}-${digits.slice(5, 7)}`;
  if (!isDay(bornOn)) return { valid: false, fault: 'date' };
  const placeCode = digits.slice(7, 9);
  if (!isPlace(placeCode, options.allowSyntheticIds)) return { valid: false, fault: 'place' };
  return {
    valid: true,
    bornOn,
    placeCode,
    sex: Number(digits.charAt(12)) % 2 === 1 ? 'male' : 'female',
    synthetic: placeCode === syntheticPlaceCode,
    checkDigitMatches: nationalIdCheckDigit(digits.slice(0, 13)) === digits.charAt(13),
  };
};
