// Bank messages over HTTP: each counts once, what does not match waits for a person, and nothing foreign moves money.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { paymentInstructionCollection } from '../../persistence/payment-instruction.model.js';
import { demoProfile } from '../../bank/profile.js';
import { accountStatement, statusReport } from '../../simulators/bank/messages.js';
import { eventually } from '../support/eventually.js';
import { releaseFirstTranche, rowsOf } from '../support/http-story.js';
import type { Reply, World } from '../support/world.js';
import { numberIn, openWorld, textIn } from '../support/world.js';

let world: World;
let instructionId = '';
let batchId = '';
const today = new Date().toISOString().slice(0, 10);
const xml = { 'content-type': 'application/xml' };

const send = (kind: 'status' | 'statement', text: string, by = 'reconciler'): Promise<Reply> =>
  world.as(by).post(`/v1/bank-messages/${kind}`, text, { headers: xml });
const status = (messageId: string, code: string, endToEndId = instructionId): string =>
  statusReport({ messageId, at: new Date(), fileId: batchId, words: [{ endToEndId, status: code }] });
const statement = (messageId: string, change: { amountMinor?: string; endToEndId?: string } = {}): string => {
  const booking = { endToEndId: instructionId, amountMinor: '21600000', reference: `B-${messageId}`, bookedOn: today };
  const bookings = [{ ...booking, ...change }];
  return accountStatement({ messageId, at: new Date(), iban: demoProfile.debtorIban, day: today, bookings });
};
const exceptions = async (state = 'open') =>
  rowsOf((await world.as('auditor').get(`/v1/reconciliation/exceptions?state=${state}`)).body['items']);
const stateOf = async () => (await paymentInstructionCollection().findOne({ _id: instructionId }))?.state;

beforeAll(async () => {
  world = await openWorld();
  const told = await releaseFirstTranche(world);
  batchId = textIn(await world.as('finance').post('/v1/payment-batches', { limit: 10 }), 'batchId');
  instructionId = `${told.id}-t1-1`;
}, 120_000);
afterAll(() => world.close());

describe('before the file is sent', () => {
  it('the bank cannot have paid: what it says waits for a person and the payment stays as it is', async () => {
    const answer = await send('status', status('EARLY', 'ACSC'));

    expect(answer).toMatchObject({ status: 200, body: { messageId: 'EARLY', lines: 1, exceptions: 1 } });
    expect(await exceptions()).toMatchObject([{ kind: 'not-sent', instructionId, state: 'open' }]);
    expect(await stateOf()).toBe('claimed');
  });
});

describe('after the payment', () => {
  beforeAll(async () => {
    const seen = await world.as('finance').get(`/v1/payment-batches/${batchId}`);
    await world.as('releaser').post(`/v1/payment-batches/${batchId}/release`, {
      ...{ expectedVersion: numberIn(seen, 'version'), count: 1, controlSumMinor: '21600000' },
    });
    await eventually('the payment is settled', async () => (await stateOf()) === 'settled');
  }, 30_000);

  it('a statement matches its line once, and imported again changes nothing', async () => {
    const text = statement('STMT1');
    const first = await send('statement', text);
    const again = await send('statement', text);

    expect(first.body).toEqual({ messageId: 'STMT1', lines: 1, exceptions: 0, repeated: false });
    expect(again.body).toEqual({ messageId: 'STMT1', lines: 1, exceptions: 0, repeated: true });
    const summary = await world.as('auditor').get(`/v1/reconciliation/summary?day=${today}`);
    expect(summary.body).toMatchObject({ lines: 1, matched: 1, exceptions: 0, unbooked: 0 });
    const trail = await world.as('auditor').get('/v1/register/bank-message/STMT1/timeline');
    expect(rowsOf(trail.body['items'])).toMatchObject([{ command: 'importBankStatement' }]);
  });

  it('another text under a known message id is refused', async () => {
    const answer = await send('statement', statement('STMT1', { amountMinor: '1' }));

    expect(answer).toMatchObject({ status: 422, body: { code: 'keyReusedWithOtherContent' } });
  });

  it.each([
    ['the same payment booked again', () => send('statement', statement('STMT2')), 'duplicate-line'],
    ['a piastre more', () => send('statement', statement('STMT3', { amountMinor: '21600001' })), 'wrong-amount'],
    ['a payment nobody knows', () => send('statement', statement('STMT4', { endToEndId: 'x' })), 'unknown-payment'],
    ['a rejection after the payment', () => send('status', status('LATE1', 'RJCT')), 'rejected-after-payment'],
    ['a word nobody understands', () => send('status', status('LATE2', 'QQQQ')), 'unclear-status'],
  ])('%s waits for a person and changes nothing', async (_what, sent, kind) => {
    const answer = await sent();

    expect(answer).toMatchObject({ status: 200, body: { exceptions: 1 } });
    expect((await exceptions()).map((one) => one['kind'])).toContain(kind);
    expect(await stateOf()).toBe('settled');
  });

  it('an exception is asked about, then closed with a reason, once', async () => {
    const [found] = (await exceptions()).filter((one) => one['kind'] === 'wrong-amount');
    const path = `/v1/reconciliation/exceptions/${String(found?.['id'])}/clearing`;
    const clear = (expectedVersion: number, action: string) =>
      world.as('reconciler').post(path, { expectedVersion, action, reason: 'خطأ من البنك' });

    expect((await clear(1, 'ask-bank')).body).toMatchObject({ state: 'asked', version: 2 });
    expect((await clear(1, 'bank-error')).body).toMatchObject({ code: 'staleVersion', accepted: '2' });
    expect((await clear(2, 'bank-error')).body).toMatchObject({ state: 'closed', closedBy: 'reconciler' });
    expect((await clear(3, 'bank-error')).body).toMatchObject({ code: 'alreadyActed' });
  });

  it('is no business of whoever released the money, or of anybody without the role', async () => {
    expect((await send('statement', statement('MINE'), 'releaser')).body['code']).toBe('notYourRole');
    expect((await send('statement', statement('MINE'), 'samira')).body['code']).toBe('notYourRole');
  });
});

const corpusCase = z.object({
  id: z.string(),
  kind: z.enum(['status', 'statement']),
  change: z.array(z.tuple([z.string(), z.string()])),
  expect: z.object({ status: z.int(), code: z.string() }),
});
const corpus = z
  .array(corpusCase)
  .parse(JSON.parse(readFileSync(new URL('../corpus/money-bank.json', import.meta.url), 'utf8')));

describe('bad input from a bank', () => {
  it.each(corpus.map((one) => [one.id, one] as const))('%s is refused and changes nothing', async (_id, one) => {
    const sound = one.kind === 'status' ? status('BAD', 'ACSC') : statement('BAD');
    const text = one.change.reduce((before, [from, to]) => before.replaceAll(from, to), sound);
    const known = (await exceptions()).length;
    const answer = await send(one.kind, text);

    expect([answer.status, answer.body['code']]).toEqual([one.expect.status, one.expect.code]);
    expect(await exceptions()).toHaveLength(known);
    expect(rowsOf((await world.as('auditor').get('/v1/register/bank-message/BAD/timeline')).body['items'])).toEqual([]);
  });

  it('has to come as XML', async () => {
    const answer = await world.as('reconciler').post('/v1/bank-messages/status', { xml: '<a/>' });

    expect(answer).toMatchObject({ status: 415 });
  });
});
