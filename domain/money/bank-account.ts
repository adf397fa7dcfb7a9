// Bank accounts of NGOs: an IBAN that is one, a holder whose name is the NGO's, and two people before money goes there (lifecycle.md §7).
import type { Actor } from '../actor.js';
import { rolesHeldAs } from '../actor.js';
import { plainLetters } from '../arabic-letters.js';
import { withLatinDigits } from '../digits.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

/** As people copy it: in groups, in either script of digits. What stands in no group and no script stays, and is refused. */
export const normalisedIban = (text: string): string => withLatinDigits(text.replace(/[ \u00a0-]/g, '')).toUpperCase();

const egyptian = /^EG[0-9]{27}$/;

/** ISO 13616: the first four characters go to the end, letters become numbers, and the whole leaves 1 when divided by 97. */
export const isEgyptianIban = (iban: string): boolean => {
  if (!egyptian.test(iban)) return false;
  const moved = `${iban.slice(4)}${iban.slice(0, 4)}`;
  return BigInt(moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55))) % 97n === 1n;
};

export const maskedIban = (iban: string): string => `${iban.slice(0, 4)} •••• •••• ${iban.slice(-4)}`;

/** `close`: the same words in another order, or some of them left out; a person has to look. */
export const holderMatches = ['exact', 'close', 'different'] as const;
export type HolderMatch = (typeof holderMatches)[number];

const wordsOf = (name: string): string[] =>
  plainLetters(name)
    .split(' ')
    .map((word) => word.replace(/^ال(?=..)/, ''));

/** One word in common is no name: two of them at least. */
const enoughWords = 2;

const isWithin = (some: readonly string[], all: readonly string[]): boolean =>
  some.length >= enoughWords && some.every((word) => all.includes(word));

export const holderMatch = (holder: string, registered: readonly string[]): HolderMatch => {
  const given = wordsOf(holder);
  const names = registered.map(wordsOf);
  if (names.some((words) => words.join(' ') === given.join(' '))) return 'exact';
  return names.some((words) => isWithin(given, words) || isWithin(words, given)) ? 'close' : 'different';
};

export const accountChecks = ['iban-on-document', 'holder-on-document', 'bank-confirmed'] as const;
export type AccountCheck = (typeof accountChecks)[number];
/** Without these two nobody has looked at the document; a call to the bank may come on top. */
const leastChecks: readonly AccountCheck[] = ['iban-on-document', 'holder-on-document'];

export type ProposedAccount = {
  readonly version: number;
  readonly state: 'proposed' | 'verified' | 'rejected' | 'retired';
  readonly proposedBy: string;
  readonly holderMatch: HolderMatch;
  /** Other NGOs that are paid, or ask to be paid, on the same IBAN. */
  readonly sharedWith: readonly string[];
};

export type AccountDecision = {
  readonly by: Actor;
  readonly expectedVersion: number;
  /** Interests of the people who decide, as the data show them. */
  readonly interests: readonly string[];
};
export type AccountVerification = AccountDecision & {
  readonly checked: readonly AccountCheck[];
  readonly reason?: string | undefined;
  readonly sharedReason?: string | undefined;
};

/** The absent people in whose role alone somebody acts; none for who holds the role in their own right. */
export const actingFor = (by: Actor): string[] => {
  const absent = rolesHeldAs(by, ['financeOfficer']).map(({ onBehalfOf }) => onBehalfOf?.personId);
  return absent.every((personId) => personId !== undefined) ? absent : [];
};

/** Another person than who proposed, without an interest in the NGO, on the version they saw. */
export const accountDecisionFault = (
  account: ProposedAccount,
  { by, expectedVersion, interests }: AccountDecision,
): Refusal | undefined => {
  if (account.version !== expectedVersion)
    return refuse('staleVersion', 'version-seen', String(account.version)).refusal;
  if (account.state !== 'proposed') return refuse('alreadyActed', 'account-decided', account.state).refusal;
  if ([by.personId, ...actingFor(by)].includes(account.proposedBy))
    return refuse('dutyConflict', 'propose-with-verify').refusal;
  const [interest] = interests;
  return interest === undefined ? undefined : refuse('conflictOfInterest', interest).refusal;
};

export const verificationFault = (account: ProposedAccount, asked: AccountVerification): Refusal | undefined => {
  const fault = accountDecisionFault(account, asked);
  if (fault) return fault;
  const missing = leastChecks.find((check) => !asked.checked.includes(check));
  if (missing) return refuse('conditionsNotMet', 'account-checks', missing).refusal;
  if (account.holderMatch === 'different') return refuse('conditionsNotMet', 'holder-name', 'exact close').refusal;
  if (account.holderMatch === 'close' && asked.reason === undefined)
    return refuse('conditionsNotMet', 'holder-name-close', 'reason').refusal;
  return account.sharedWith.length > 0 && asked.sharedReason === undefined
    ? refuse('conditionsNotMet', 'account-shared', 'sharedReason').refusal
    : undefined;
};
