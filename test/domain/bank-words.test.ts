// What a bank's messages say together: the same whatever their order, and never a rejection that a settlement contradicts.
import { describe, expect, it } from '@jest/globals';
import type { StatusMessage } from '../../bank/payment-status.js';
import { contradictoryCode, wordsOn } from '../../bank/payment-words.js';

const message = (status: string, reasonCode?: string, originalMessageId = 'batch-1'): StatusMessage => ({
  messageId: `ST-${status}`,
  createdAt: '2026-01-05T08:00:00Z',
  originalMessageId,
  transactions: [{ endToEndId: 'a-t1-1', status, ...(reasonCode === undefined ? {} : { reasonCode }) }],
});
const ordersOf = <T>(items: readonly T[]): T[][] =>
  items.length <= 1
    ? [[...items]]
    : items.flatMap((item, index) => ordersOf(items.filter((_, at) => at !== index)).map((rest) => [item, ...rest]));

describe('messages about one payment, in every order', () => {
  const contradiction = [{ instructionId: 'a-t1-1', status: 'unknown', code: contradictoryCode }];

  it.each([
    ['settled, said twice', ['ACSC', 'ACSC'], [{ status: 'settled' }]],
    ['settled in both of its codes', ['ACSC', 'ACCC'], [{ status: 'settled' }]],
    ['under way, then settled', ['RCVD', 'ACSP', 'ACSC'], [{ status: 'settled' }]],
    ['not understood, then settled', ['XXXX', 'ACSC'], [{ status: 'settled' }]],
    ['not understood, then rejected', ['XXXX', 'RJCT'], [{ status: 'rejected' }]],
    ['not understood', ['XXXX', 'PDNG'], [{ status: 'unknown' }]],
    ['under way', ['RCVD', 'PDNG'], []],
    ['settled and rejected', ['ACSC', 'RJCT'], contradiction],
    ['settled, rejected and settled again', ['ACSC', 'RJCT', 'ACSC'], contradiction],
    ['settled, rejected and not understood', ['ACSC', 'RJCT', 'XXXX'], contradiction],
  ])('%s', (_what, codes, words) => {
    for (const order of ordersOf(codes)) {
      const heard = wordsOn(
        'batch-1',
        order.map((code) => message(code)),
      );
      expect(heard).toMatchObject(words);
      expect(heard).toHaveLength(words.length);
    }
  });

  it('says why a payment was rejected', () => {
    expect(wordsOn('batch-1', [message('RJCT', 'AC04')])).toEqual([
      { instructionId: 'a-t1-1', status: 'rejected', code: 'AC04' },
    ]);
  });

  it('hears nothing of messages about other files', () => {
    expect(wordsOn('batch-1', [message('RJCT', 'AC04', 'batch-2')])).toEqual([]);
  });
});
