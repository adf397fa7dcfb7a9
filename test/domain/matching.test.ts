// Every word of a bank in every state of a payment, against a table written by hand; and every way in which a line can fail to match.
import { describe, expect, it } from '@jest/globals';
import type { BankWord, BookedLine, Instructed, PaymentState, WordOutcome } from '../../domain/money/matching.js';
import {
  bankWords,
  exceptionKinds,
  isException,
  matchLine,
  matchStatus,
  paymentStates,
  windowDays,
} from '../../domain/money/matching.js';

/** Written by hand from the rules of lifecycle.md §7; columns in the order of `bankWords`. */
const expected: Record<PaymentState, readonly WordOutcome[]> = {
  //          under-way        settled                rejected                  unknown           booked                  reversed
  released: ['not-sent', 'not-sent', 'not-sent', 'not-sent', 'not-sent', 'not-sent'],
  claimed: ['not-sent', 'not-sent', 'not-sent', 'not-sent', 'not-sent', 'not-sent'],
  sending: ['wait', 'apply', 'apply', 'apply', 'apply', 'reversed-payment'],
  sent: ['wait', 'apply', 'apply', 'apply', 'apply', 'reversed-payment'],
  unknown: ['wait', 'apply', 'apply', 'repeat', 'apply', 'reversed-payment'],
  settled: ['repeat', 'repeat', 'rejected-after-payment', 'unclear-status', 'repeat', 'reversed-payment'],
  rejected: ['unclear-status', 'paid-after-rejection', 'repeat', 'unclear-status', 'paid-after-rejection', 'repeat'],
};
const instructed: Instructed = {
  instructionId: 'r-t1-1',
  amountMinor: '21600000',
  state: 'sent',
  releasedOn: '2026-07-01',
};
const line: BookedLine = {
  ...{ endToEndId: 'r-t1-1', amountMinor: '21600000', currency: 'EGP', direction: 'debit' },
  ...{ booked: true, reversal: false, bookingDate: '2026-07-02' },
};
const pairs = paymentStates.flatMap((state) =>
  bankWords.map((word, index): [PaymentState, BankWord, WordOutcome] => [
    state,
    word,
    expected[state][index] ?? 'wait',
  ]),
);

describe('a word of the bank', () => {
  it.each(pairs)('on a payment that is %s: %s means %s', (state, word, outcome) => {
    expect(matchStatus(word, { ...instructed, state })).toBe(outcome);
  });

  it('about a payment nobody knows is for a person', () => {
    for (const word of bankWords) expect(matchStatus(word, null)).toBe('unknown-payment');
  });

  it('never pays or frees anything once the payment has its end', () => {
    for (const state of ['settled', 'rejected'] as const)
      for (const word of bankWords) expect(matchStatus(word, { ...instructed, state })).not.toBe('apply');
  });
});

describe('a line of a statement', () => {
  it('that agrees in everything is the payment', () => {
    expect(matchLine(line, instructed, false)).toBe('apply');
    expect(matchLine(line, { ...instructed, state: 'settled' }, false)).toBe('repeat');
    expect(matchLine({ ...line, booked: false }, instructed, false)).toBe('wait');
  });

  it.each<[string, Partial<BookedLine>, WordOutcome]>([
    ['a piastre more', { amountMinor: '21600001' }, 'wrong-amount'],
    ['a piastre less', { amountMinor: '21599999' }, 'wrong-amount'],
    ['another currency', { currency: 'USD' }, 'wrong-currency'],
    ['money that came in', { direction: 'credit' }, 'wrong-direction'],
    ['money that came back', { direction: 'credit', reversal: true }, 'reversed-payment'],
    ['two days before it was released', { bookingDate: '2026-06-29' }, 'outside-window'],
    ['a day after the window', { bookingDate: '2026-08-16' }, 'outside-window'],
    ['no day at all', { bookingDate: '' }, 'outside-window'],
  ])('with %s is for a person', (_what, change, outcome) => {
    expect(matchLine({ ...line, ...change }, instructed, false)).toBe(outcome);
    expect(isException(outcome)).toBe(true);
  });

  it('on the last day of the window still matches', () => {
    const last = new Date(Date.parse('2026-07-01') + windowDays * 86_400_000).toISOString().slice(0, 10);
    expect(matchLine({ ...line, bookingDate: last }, instructed, false)).toBe('apply');
    expect(matchLine({ ...line, bookingDate: '2026-06-30' }, instructed, false)).toBe('apply');
  });

  it('is booked twice only where it is booked: one under way, or one that comes back, is told by its state', () => {
    const settled = { ...instructed, state: 'settled' } as const;
    expect(matchLine({ ...line, booked: false }, settled, true)).toBe('repeat');
    expect(matchLine({ ...line, reversal: true }, settled, true)).toBe('reversed-payment');
    expect(matchLine({ ...line, reversal: true, booked: false }, settled, false)).toBe('reversed-payment');
  });

  it.each(['apply', 'repeat', 'wait'] as const)('that means %s is for nobody', (outcome) => {
    expect(isException(outcome)).toBe(false);
  });

  it('that books a payment again, names none, or names one nobody knows is for a person', () => {
    const { endToEndId, ...anonymous } = line;
    expect(matchLine(line, { ...instructed, state: 'settled' }, true)).toBe('duplicate-line');
    expect(matchLine(anonymous, instructed, false)).toBe('no-reference');
    expect(matchLine(line, null, false)).toBe('unknown-payment');
    expect([endToEndId, exceptionKinds.length]).toEqual(['r-t1-1', 14]);
    expect(exceptionKinds.filter((kind) => !isException(kind))).toEqual([]);
    expect(exceptionKinds.filter((kind) => !/^[a-z]+(-[a-z]+)+$/.test(kind))).toEqual([]);
  });
});
