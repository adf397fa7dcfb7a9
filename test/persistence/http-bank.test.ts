// The bank behind HTTP, put to the suite of every bank; and what a bank can do wrong, done by the simulator.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bank } from '../../activities/bank.js';
import { createHttpBank } from '../../activities/http-bank.js';
import type { SimulatedBank } from '../../simulators/bank/bank.js';
import { openBank } from '../../simulators/bank/bank.js';
import { bankServer } from '../../simulators/bank/server.js';
import { bankSuite, fileWith, idsIn } from './bank-suite.js';
import { newRequestId } from './support.js';

let folder: string;
let simulated: SimulatedBank;
let server: Server;
let bank: Bank;
const kept: string[] = [];

const open = async (): Promise<void> => {
  simulated = await openBank(join(folder, 'journal.jsonl'), { delayMs: 0 });
  server = bankServer(simulated).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  bank = createHttpBank({ url, keepMessage: (xml) => Promise.resolve(void kept.push(xml)) });
};
const close = async (): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await simulated.close();
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sanad-bank-'));
  await open();
});
afterAll(async () => {
  await close();
  await rm(folder, { recursive: true });
});

bankSuite('the bank behind HTTP', () => bank);

const calm = {
  delayMs: 0,
  loseReplies: 0,
  duplicate: false,
  reorder: false,
  contradict: false,
  reject: 0,
  unknown: 0,
  down: false,
};
const paidFor = (ids: readonly string[]) => simulated.payments().filter(({ endToEndId }) => ids.includes(endToEndId));

describe('a bank that misbehaves', () => {
  beforeEach(async () => {
    await simulated.behave(calm);
    kept.length = 0;
  });

  it('has the file although its answer was lost, and pays once when it gets it again', async () => {
    const file = fileWith(newRequestId(), ['account-1']);
    await simulated.behave({ loseReplies: 1 });

    await expect(bank.submit(file)).rejects.toThrow();
    await bank.submit(file);

    expect(paidFor(idsIn(file))).toMatchObject([{ times: 1 }]);
  });

  it('is understood however often it says a thing', async () => {
    const file = fileWith(newRequestId(), ['account-1', 'account-2']);
    await simulated.behave({ duplicate: true });
    await bank.submit(file);

    expect(await bank.statuses(file.batchId, idsIn(file))).toMatchObject([
      { status: 'settled' },
      { status: 'settled' },
    ]);
    expect(kept).toHaveLength(2);
  });

  it.each([false, true])('is not believed when it says settled and rejected (newest first: %s)', async (reorder) => {
    const file = fileWith(newRequestId(), ['account-1']);
    await simulated.behave({ contradict: true, reorder });
    await bank.submit(file);

    // A rejection that was believed would let a replacement pay again what the bank has paid.
    expect(await bank.statuses(file.batchId, idsIn(file))).toMatchObject([{ status: 'unknown' }]);
    expect(paidFor(idsIn(file))).toMatchObject([{ times: 1 }]);
  });

  it('gives a message the same text under the same id whenever it is asked, a contradiction too', async () => {
    let nowMs = Date.UTC(2026, 0, 5, 8);
    const other = await openBank(join(folder, `${newRequestId()}.jsonl`), { delayMs: 0, now: () => nowMs });
    const file = fileWith(newRequestId(), ['account-1']);
    await other.behave({ contradict: true });
    await other.take(file.text);
    const first = other.messages(file.batchId);
    nowMs += 60_000;

    expect(first).toHaveLength(2);
    expect(other.messages(file.batchId)).toEqual(first);
    await other.close();
  });

  it('says rejected with its reason, and what nobody understands is unknown', async () => {
    const file = fileWith(newRequestId(), ['account-1', 'account-2', 'account-3']);
    await simulated.behave({ reject: 1, unknown: 1 });
    await bank.submit(file);

    expect(await bank.statuses(file.batchId, idsIn(file))).toMatchObject([
      { status: 'rejected', code: 'AC04' },
      { status: 'unknown' },
      { status: 'settled' },
    ]);
  });

  it('is closed: that is an outage, not an answer', async () => {
    const file = fileWith(newRequestId(), ['account-1']);
    await simulated.behave({ down: true });

    await expect(bank.submit(file)).rejects.toThrow('503');
    expect(paidFor(idsIn(file))).toEqual([]);
  });

  it('refuses a file whose count or sum is wrong', async () => {
    const file = fileWith(newRequestId(), ['account-1', 'account-2']);
    const wrong = [
      file.text.replace(/<NbOfTxs>2</, '<NbOfTxs>3<'),
      file.text.replace(/<CtrlSum>2.00</, '<CtrlSum>2.01<'),
    ];

    for (const text of wrong) await expect(bank.submit({ ...file, text })).rejects.toThrow('422');
    expect(paidFor(idsIn(file))).toEqual([]);
  });

  it('knows after a crash what it knew, and a line cut off in its journal never happened', async () => {
    const file = fileWith(newRequestId(), ['account-1']);
    await bank.submit(file);
    await close();
    await appendFile(join(folder, 'journal.jsonl'), '{"kind":"file","messageId":"half');
    await open();
    const other = fileWith(newRequestId(), ['account-2']);
    await bank.submit(other);
    await bank.submit(file);

    expect(paidFor([...idsIn(file), ...idsIn(other)])).toMatchObject([{ times: 1 }, { times: 1 }]);
  });
});
