// What a bank's word means for a payment: one table over every word and every state, for status messages and statements alike. Nothing is
// matched by likeness: the end-to-end id names the payment, and amount, currency, side and day have to agree.
import type { AmountMinor } from '../amount.js';

/** States of an instruction, from its release to the bank's last word. */
export const paymentStates = ['released', 'claimed', 'sending', 'sent', 'settled', 'rejected', 'unknown'] as const;
export type PaymentState = (typeof paymentStates)[number];

/** Words of a status message, and what a line of a statement says. */
export const bankWords = ['under-way', 'settled', 'rejected', 'unknown', 'booked', 'reversed'] as const;
export type BankWord = (typeof bankWords)[number];

export const exceptionKinds = [
  'unknown-payment',
  'no-reference',
  'not-sent',
  'wrong-amount',
  'wrong-currency',
  'wrong-direction',
  'outside-window',
  'duplicate-line',
  'paid-after-rejection',
  'rejected-after-payment',
  'reversed-payment',
  'unclear-status',
  'other-account',
  // Before any word of the bank: a released payment whose account no file may name.
  'account-not-payable',
] as const;
export type ExceptionKind = (typeof exceptionKinds)[number];

/** `apply`: the payment hears it. `repeat`: it said so before. `wait`: nothing is final yet. Otherwise a person looks at it. */
export type WordOutcome = 'apply' | 'repeat' | 'wait' | ExceptionKind;

type Row = Readonly<Record<BankWord, WordOutcome>>;

/** A bank that speaks of a payment it was never given. */
const notSent: Row = {
  'under-way': 'not-sent',
  settled: 'not-sent',
  rejected: 'not-sent',
  unknown: 'not-sent',
  booked: 'not-sent',
  reversed: 'not-sent',
};
/** Handed over, or perhaps handed over: the answer to the file may have been lost. */
const handedOver: Row = {
  'under-way': 'wait',
  settled: 'apply',
  rejected: 'apply',
  unknown: 'apply',
  booked: 'apply',
  reversed: 'reversed-payment',
};

export const wordOutcomes: Readonly<Record<PaymentState, Row>> = {
  released: notSent,
  claimed: notSent,
  sending: handedOver,
  sent: handedOver,
  // Only the bank's final word or a person ends it; nothing is sent again by itself.
  unknown: { ...handedOver, unknown: 'repeat' },
  settled: {
    'under-way': 'repeat',
    settled: 'repeat',
    rejected: 'rejected-after-payment',
    unknown: 'unclear-status',
    booked: 'repeat',
    reversed: 'reversed-payment',
  },
  rejected: {
    'under-way': 'unclear-status',
    settled: 'paid-after-rejection',
    rejected: 'repeat',
    unknown: 'unclear-status',
    booked: 'paid-after-rejection',
    reversed: 'repeat',
  },
};

export type Instructed = {
  readonly instructionId: string;
  readonly amountMinor: AmountMinor;
  readonly state: PaymentState;
  /** The day it was released, as YYYY-MM-DD. */
  readonly releasedOn: string;
};

export type BookedLine = {
  readonly endToEndId?: string;
  readonly amountMinor: AmountMinor;
  readonly currency: string;
  readonly direction: 'debit' | 'credit';
  readonly booked: boolean;
  readonly reversal: boolean;
  readonly bookingDate: string;
};

/** How long after its release a bank may book a payment. */
export const windowDays = 45;
const dayMs = 86_400_000;

const inWindow = ({ releasedOn }: Instructed, day: string): boolean => {
  const days = (Date.parse(day) - Date.parse(releasedOn)) / dayMs;
  // A bank's day may have begun before ours has.
  return days >= -1 && days <= windowDays;
};

/** Money that comes back is marked as reversal; any other credit was turned away before. */
const wordOf = ({ reversal, booked }: BookedLine): BankWord => {
  if (reversal) return 'reversed';
  return booked ? 'booked' : 'under-way';
};

/** What a line of a statement means for the payment it names; `earlier` says that another line has booked it already. */
export const matchLine = (line: BookedLine, instructed: Instructed | null, earlier: boolean): WordOutcome => {
  if (line.endToEndId === undefined) return 'no-reference';
  if (instructed === null) return 'unknown-payment';
  if (line.currency !== 'EGP') return 'wrong-currency';
  if (line.amountMinor !== instructed.amountMinor) return 'wrong-amount';
  if (line.direction === 'credit' && !line.reversal) return 'wrong-direction';
  if (!inWindow(instructed, line.bookingDate)) return 'outside-window';
  const word = wordOf(line);
  if (word === 'booked' && earlier) return 'duplicate-line';
  return wordOutcomes[instructed.state][word];
};

/** What a word of a status message means for the payment it names. */
export const matchStatus = (word: BankWord, instructed: Instructed | null): WordOutcome =>
  instructed === null ? 'unknown-payment' : wordOutcomes[instructed.state][word];

export const isException = (outcome: WordOutcome): outcome is ExceptionKind =>
  exceptionKinds.some((kind) => kind === outcome);
