// Double-entry postings that follow from events: every posting moves piastres from one account to another, so the sum is always zero.
import type { AmountMinor } from '../amount.js';
import { piastres } from '../amount.js';
import type { RequestEvent } from '../event.js';

/** Accounts of one envelope (see envelope.ts). `available` is what can still be awarded. */
export const accounts = ['available', 'reserved', 'committed', 'disbursed', 'spent', 'written-off'] as const;
export type Account = (typeof accounts)[number];

export const postingKinds = [
  'reserve',
  'release',
  'commit',
  'disburse',
  'account-for-spending',
  'refund',
  'write-off',
] as const;

export type Posting = {
  readonly kind: (typeof postingKinds)[number];
  readonly from: Account;
  readonly to: Account;
  readonly amountMinor: AmountMinor;
};

const posting = (kind: Posting['kind'], from: Account, to: Account, amountMinor: AmountMinor): Posting[] =>
  piastres(amountMinor) === 0n ? [] : [{ kind, from, to, amountMinor }];

/** `reserve` is absent on purpose: it is posted where the balance is checked (persistence), before the event exists. */
export const postingsOf = (event: RequestEvent): Posting[] => {
  switch (event.kind) {
    case 'fundsReleased':
      return posting('release', event.from, 'available', event.amountMinor);
    case 'trancheEarned':
      return posting('release', 'committed', 'available', event.unearnedMinor);
    case 'trancheUnearned':
      return posting('release', 'committed', 'available', event.amountMinor);
    case 'agreementConcluded':
    case 'awardConcluded':
      return posting('commit', 'reserved', 'committed', event.amountMinor);
    case 'paymentSettled':
      return posting('disburse', 'committed', 'disbursed', event.amountMinor);
    case 'spendingAccounted':
      return posting('account-for-spending', 'disbursed', 'spent', event.amountMinor);
    case 'refundReceived':
    case 'unspentReturned':
    case 'recoveryReceived':
      return posting('refund', 'disbursed', 'available', event.amountMinor);
    case 'recoveryWrittenOff':
      return posting('write-off', 'disbursed', 'written-off', event.amountMinor);
    default:
      return [];
  }
};
