// Which characters of a name a bank gets to see. Names are foreign text: what a bank's systems do not take is replaced by a rule, never sent.

/** `arabic` sends names as they are written; `latin` only what every SWIFT-based system takes. */
export type CharacterSet = 'arabic' | 'latin';

const longestName = 140;
/** What stands for a name of which nothing is left: a file with an empty name would be refused as a whole. */
const nameless = 'NOT PROVIDED';

/** Marks that change direction, join or hide: they could make one name look like another in a bank's list. */
const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\u2028\u2029]/gu;
const accents = /\p{M}/gu;
/** The character set X of SWIFT, without line breaks. */
const outsideLatin = /[^A-Za-z0-9/\-?:().,'+ ]/gu;

const latin = (text: string): string =>
  text.normalize('NFKD').replace(accents, '').replace(/&/g, '+').replace(/[’‘`]/g, "'").replace(outsideLatin, ' ');

/** A name as a bank may get it: one line, cut at the message's limit but never inside a character, never empty. */
export const nameFor = (text: string, set: CharacterSet): string => {
  const visible = text.normalize('NFC').replace(/\s/gu, ' ').replace(invisible, '');
  const allowed = (set === 'latin' ? latin(visible) : visible).replace(/ +/g, ' ').trim();
  const cut = [...allowed].slice(0, longestName).join('').trim();
  // A name of punctuation alone says no more than none.
  return /[\p{L}\p{N}]/u.test(cut) ? cut : nameless;
};
