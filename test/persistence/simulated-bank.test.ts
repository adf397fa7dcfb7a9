// The simulated bank: keeps what every bank promises, and answers each kind of account as it is documented to.
import { describe, expect, it } from '@jest/globals';
import { createSimulatedBank } from '../../activities/simulated-bank.js';
import { bankSuite, fileWith, idsIn } from './bank-suite.js';
import { newRequestId, useDatabase } from './support.js';

useDatabase();

bankSuite('the bank simulated in the process', () => createSimulatedBank({ delayMs: 0 }));

describe('the simulated bank', () => {
  const start = Date.UTC(2026, 0, 5, 8);
  const hourMs = 3_600_000;
  const bankAt = (atMs: number, delayMs = 0) => createSimulatedBank({ delayMs, now: () => new Date(atMs) });

  it('bounces the first instruction to an account ending in -reject and pays its replacement', async () => {
    const [first, second] = [newRequestId(), newRequestId()];
    const [bounced, replaced] = [fileWith(first, ['a-reject']), fileWith(second, ['a-reject'], 2)];
    await bankAt(start).submit(bounced);
    await bankAt(start).submit(replaced);

    expect(await bankAt(start).statuses(first, idsIn(bounced))).toMatchObject([{ status: 'rejected', code: 'AC04' }]);
    expect(await bankAt(start).statuses(second, idsIn(replaced))).toMatchObject([{ status: 'settled' }]);
  });

  it('leaves a payment to an account ending in -unknown open', async () => {
    const file = fileWith(newRequestId(), ['a-unknown']);
    await bankAt(start).submit(file);

    expect(await bankAt(start + 100 * hourMs).statuses(file.batchId, idsIn(file))).toMatchObject([
      { status: 'unknown' },
    ]);
  });

  it('takes an hour for an account ending in -slow', async () => {
    const file = fileWith(newRequestId(), ['a-slow', null]);
    await bankAt(start).submit(file);

    expect(await bankAt(start + 1_000).statuses(file.batchId, idsIn(file))).toHaveLength(1);
    expect(await bankAt(start + hourMs).statuses(file.batchId, idsIn(file))).toHaveLength(2);
  });

  it('says nothing before its delay is over', async () => {
    const file = fileWith(newRequestId(), ['account-1']);
    await bankAt(start, 500).submit(file);

    expect(await bankAt(start + 499).statuses(file.batchId, idsIn(file))).toEqual([]);
    expect(await bankAt(start + 500).statuses(file.batchId, idsIn(file))).toMatchObject([{ status: 'settled' }]);
  });

  it('remembers across restarts', async () => {
    const file = fileWith(newRequestId(), ['account-1']);
    const { receivedAt } = await bankAt(start).submit(file);

    expect(await bankAt(start + hourMs).submit(file)).toEqual({ receivedAt });
  });
});
