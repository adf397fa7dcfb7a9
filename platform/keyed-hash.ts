// Keyed hashes of numbers and addresses that name a natural person or an account: equal values can be found, no value can be read
// or guessed back without the key. The key never goes into the database.
import { createHmac } from 'node:crypto';

/** Each kind has hashes of its own, so that a number used as two things does not show as one. */
export type HashedKind = 'national-id' | 'phone' | 'address' | 'account';

const arabicDigits = /[\u0660-\u0669]/g;

/** Spaces, case and the script of digits are how people type, not what they mean. */
const normalised = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(arabicDigits, (digit) => String(digit.charCodeAt(0) - 0x0660))
    .replace(/\s/g, '')
    .toLowerCase();

export const keyedHash = (key: string, kind: HashedKind, text: string): string =>
  createHmac('sha256', key)
    .update(`${kind}\n${normalised(text)}`)
    .digest('hex');

/** For invented numbers only. Public on purpose, so that nobody takes it for a secret. */
export const demoIdentityKey = 'sanad-demo-identity-key-known-to-everybody';
