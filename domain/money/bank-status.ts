// What a bank's report does to a tranche: one table over every pair, so that late, repeated and contradictory reports have a defined outcome.
import type { PaymentStatus } from '../command.js';
import type { TrancheState } from '../grant-request.js';

/** `apply` changes the tranche, `repeat` says the same again, `contradiction` is noted for a person and changes nothing. */
export type BankOutcome = 'apply' | 'repeat' | 'contradiction';

const nothingSent = { settled: 'contradiction', rejected: 'contradiction', unknown: 'contradiction' } as const;

export const bankOutcomes: Readonly<Record<TrancheState, Readonly<Record<PaymentStatus, BankOutcome>>>> = {
  waiting: nothingSent,
  ready: nothingSent,
  prepared: nothingSent,
  released: { settled: 'apply', rejected: 'apply', unknown: 'apply' },
  // Unknown never re-sends by itself: only a later word of the bank or a person ends it.
  unknown: { settled: 'apply', rejected: 'apply', unknown: 'repeat' },
  rejected: { settled: 'contradiction', rejected: 'repeat', unknown: 'contradiction' },
  settled: { settled: 'repeat', rejected: 'contradiction', unknown: 'contradiction' },
  unearned: nothingSent,
  confirmed: { settled: 'repeat', rejected: 'contradiction', unknown: 'contradiction' },
};
