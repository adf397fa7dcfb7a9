// Digits as people in Egypt type them: Latin or Arabic-Indic. Two scripts in one number are refused, because such a number can be
// made to look like another one.

const arabicIndic = /[\u0660-\u0669]/;
const everyArabicIndic = /[\u0660-\u0669]/g;
const latin = /[0-9]/;

/** The same text with Latin digits; a text that mixes scripts comes back as it is, and fits no pattern of a number. */
export const withLatinDigits = (text: string): string =>
  arabicIndic.test(text) && !latin.test(text)
    ? text.replace(everyArabicIndic, (digit) => String(digit.charCodeAt(0) - 0x0660))
    : text;
