// What the ledger writes for each event: from which account to which, and nothing at all for nothing.
import { describe, expect, it } from '@jest/globals';
import type { RequestEvent } from '../../domain/event.js';
import type { Posting } from '../../domain/money/ledger.js';
import { accounts, postingKinds, postingsOf } from '../../domain/money/ledger.js';

const agreed = { tranches: [], reports: [] };
const paid = { number: 1, instructionId: 'r-t1-1' };
const earned = { number: 2, indicator: 'people-trained', reached: 80, target: 100 };

type Way = readonly [kind: Posting['kind'], from: Posting['from'], to: Posting['to']];
/** Each event that moves money, once with an amount; docs/ledger.md draws the same ways. */
const ways = (amountMinor: string): readonly (readonly [RequestEvent, Way])[] => [
  [{ kind: 'fundsReleased', amountMinor, from: 'reserved' }, ['release', 'reserved', 'available']],
  [{ kind: 'fundsReleased', amountMinor, from: 'committed' }, ['release', 'committed', 'available']],
  [{ kind: 'agreementConcluded', amountMinor, ...agreed }, ['commit', 'reserved', 'committed']],
  [{ kind: 'awardConcluded', amountMinor, ...agreed }, ['commit', 'reserved', 'committed']],
  [
    { kind: 'trancheEarned', ...earned, plannedMinor: '100', earnedMinor: '80', unearnedMinor: amountMinor },
    ['release', 'committed', 'available'],
  ],
  [
    { kind: 'trancheUnearned', number: 2, amountMinor, condition: 'spent-share' },
    ['release', 'committed', 'available'],
  ],
  [{ kind: 'paymentSettled', ...paid, amountMinor }, ['disburse', 'committed', 'disbursed']],
  [{ kind: 'spendingAccounted', amountMinor }, ['account-for-spending', 'disbursed', 'spent']],
  [{ kind: 'refundReceived', amountMinor }, ['refund', 'disbursed', 'available']],
  [{ kind: 'unspentReturned', amountMinor }, ['refund', 'disbursed', 'available']],
  [{ kind: 'recoveryReceived', amountMinor }, ['refund', 'disbursed', 'available']],
  [{ kind: 'recoveryWrittenOff', amountMinor }, ['write-off', 'disbursed', 'written-off']],
];

describe('a posting', () => {
  it.each(ways('20'))('of %j goes %j', (event, [kind, from, to]) => {
    expect(postingsOf(event)).toEqual([{ kind, from, to, amountMinor: '20' }]);
  });

  it.each(ways('0'))('is left out where %j moves nothing', (event) => {
    expect(postingsOf(event)).toEqual([]);
  });

  it.each<RequestEvent>([
    { kind: 'fundsAsked', decisionKey: 'k', amountMinor: '20', conditions: [] },
    { kind: 'fundsReserved', cumulativeMinor: '20' },
    { kind: 'paymentRejected', ...paid, code: 'AC04' },
    { kind: 'paymentUnknown', ...paid },
    { kind: 'receiptConfirmed', number: 1 },
  ])('does not follow from $kind', (event) => {
    expect(postingsOf(event)).toEqual([]);
  });

  it('uses every account and every kind but the reservation, which is posted where the balance is checked', () => {
    const used = ways('20').map(([, way]) => way);
    expect(new Set(used.map(([kind]) => kind))).toEqual(new Set(postingKinds.filter((kind) => kind !== 'reserve')));
    expect(new Set(used.flatMap(([, from, to]) => [from, to]))).toEqual(new Set(accounts));
    expect(postingKinds).toContain('reserve');
  });
});
