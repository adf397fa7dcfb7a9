// Arabic text as far as its words are meant: letters that are written for one another are one letter, and marks are left out.

const variants: readonly (readonly [RegExp, string])[] = [
  [/[\u064b-\u065f\u0670\u0640]/g, ''],
  [/[أإآٱ]/g, 'ا'],
  [/[ىی]/g, 'ي'],
  [/ک/g, 'ك'],
  [/ة/g, 'ه'],
  [/[^\p{L}\p{N}]+/gu, ' '],
];

/** For comparing only, never for keeping: it does not look like what anybody wrote. */
export const plainLetters = (text: string): string =>
  variants.reduce((plain, [from, to]) => plain.replace(from, to), text.normalize('NFKC').toLowerCase()).trim();
