// Orders on envelopes over HTTP: two people, never more than is there, a donor's money with its donor, and back again by a linked entry.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { issueToken } from '../../api/token.js';
import { upsertFundingSources } from '../../persistence/funding-source.repository.js';
import type { World } from '../support/world.js';
import { openWorld, textIn, tokenKey } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false });
  await upsertFundingSources([
    { code: 'state-budget', nameAr: 'الموازنة', nameEn: 'State budget' },
    { code: 'gift', nameAr: 'هبة', nameEn: 'Gift', donor: 'donor-1', programmes: ['relief'] },
  ]);
}, 60_000);
afterAll(() => world.close());

const reason = 'قرار مجلس الإدارة';
const from = 'relief/state-budget/2025/2026';
const next = 'relief/state-budget/2026/2027';
const propose = (body: object, by: 'finance' | 'deputy' = 'finance', key: string = randomUUID()) =>
  world.as(by).post('/v1/ledger/orders', { reason, ...body }, { key });
const decide = (orderId: string, verdict: 'approval' | 'rejection', by: 'finance' | 'deputy' = 'deputy') =>
  world.as(by).post(`/v1/ledger/orders/${orderId}/${verdict}`, { expectedVersion: 1 });
const approved = async (body: object): Promise<string> => {
  const orderId = textIn(await propose(body), 'orderId');
  expect((await decide(orderId, 'approval')).status).toBe(200);
  return orderId;
};
const availableIn = async (envelopeId: string): Promise<unknown> =>
  (await world.as('auditor').get(`/v1/ledger/statement?envelopeId=${encodeURIComponent(envelopeId)}`)).body['closing'];

describe('an envelope', () => {
  it('is opened by two people and carried over to the next year, with every step on the trail', async () => {
    const opening = await approved({ kind: 'open', to: from, amountMinor: '100000000' });
    await approved({ kind: 'transfer', from, to: next, amountMinor: '40000000' });

    expect(await availableIn(from)).toMatchObject({ available: { amountMinor: '60000000' } });
    expect(await availableIn(next)).toMatchObject({ available: { amountMinor: '40000000' } });
    const trial = await world.as('auditor').get('/v1/ledger/trial-balance');
    expect(trial.body).toMatchObject({ balanced: true, faults: [] });
    const trail = await world.as('auditor').get(`/v1/register/envelope/${opening}/timeline`);
    expect(trail.body['items']).toMatchObject([{ command: 'proposeLedgerOrder' }, { command: 'approveLedgerOrder' }]);
  });

  it('moves nothing while it is only proposed, or when it was rejected', async () => {
    const orderId = textIn(await propose({ kind: 'open', to: 'housing/fines/2026/2027', amountMinor: '5' }), 'orderId');
    const rejection = await decide(orderId, 'rejection');
    const late = await decide(orderId, 'approval');

    expect(rejection.status).toBe(200);
    expect(late.status).toBe(409);
    const missing = await world.as('auditor').get('/v1/ledger/statement?envelopeId=housing%2Ffines%2F2026%2F2027');
    expect(missing.status).toBe(404);
  });

  it('gives no more than it has; the answer says how much is missing', async () => {
    const orderId = textIn(await propose({ kind: 'transfer', from, to: next, amountMinor: '99000000' }), 'orderId');

    expect(await decide(orderId, 'approval')).toMatchObject({
      body: { code: 'envelopeExceeded', accepted: '39000000' },
    });
    expect(await availableIn(from)).toMatchObject({ available: { amountMinor: '60000000' } });
  });

  it('gives its last pound to one of two transfers that are approved in the same instant', async () => {
    const to = 'relief/state-budget/2027/2028';
    const orders = await Promise.all(
      ['60000000', '60000000'].map(async (amountMinor) =>
        textIn(await propose({ kind: 'transfer', from, to, amountMinor }), 'orderId'),
      ),
    );
    const answers = await Promise.all(orders.map((orderId) => decide(orderId, 'approval')));

    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect(await availableIn(from)).toMatchObject({ available: { amountMinor: '0' } });
    expect(await availableIn(to)).toMatchObject({ available: { amountMinor: '60000000' } });
  });
});

describe('an order', () => {
  it('takes a finance officer to propose and an approver to approve', async () => {
    const open = { kind: 'open', to: next, amountMinor: '100' };
    const orderId = textIn(await propose(open), 'orderId');

    expect((await propose(open, 'deputy')).body['code']).toBe('notYourRole');
    expect((await decide(orderId, 'approval', 'finance')).body['code']).toBe('notYourRole');
  });

  it('sent twice under one key is one order, and approved twice moves money once', async () => {
    const key = randomUUID();
    const to = 'early-childhood/fines/2026/2027';
    const answers = [
      await propose({ kind: 'open', to, amountMinor: '700' }, 'finance', key),
      await propose({ kind: 'open', to, amountMinor: '700' }, 'finance', key),
    ];
    const [first, second] = answers.map((answer) => textIn(answer, 'orderId'));
    expect(second).toBe(first);
    const approvals = [await decide(first ?? '', 'approval'), await decide(first ?? '', 'approval')];

    expect(approvals.map(({ status }) => status)).toEqual([200, 409]);
    expect(await availableIn(to)).toMatchObject({ available: { amountMinor: '700' } });
  });

  it("leaves a donor's money with its source", async () => {
    const gift = 'relief/gift/2026/2027';
    await approved({ kind: 'open', to: gift, amountMinor: '1000' });

    expect((await propose({ kind: 'transfer', from: gift, to: next, amountMinor: '1' })).body).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'source-of-donor',
    });
    const donor = await world.as('auditor').get('/v1/ledger/sums?of=donor&id=donor-1');
    expect(donor.body).toMatchObject({ holds: { available: '1000' } });
  });

  it("keeps a donor's money with the programmes it was given for, at the opening and at a transfer", async () => {
    const gift = 'relief/gift/2027/2028';
    const elsewhere = 'housing/gift/2027/2028';
    await approved({ kind: 'open', to: gift, amountMinor: '1000' });
    const refused = { status: 409, body: { code: 'conditionsNotMet', rule: 'source-programmes', accepted: 'gift' } };

    expect(await propose({ kind: 'open', to: elsewhere, amountMinor: '1' })).toMatchObject(refused);
    expect(await propose({ kind: 'transfer', from: gift, to: elsewhere, amountMinor: '1' })).toMatchObject(refused);
    expect(await availableIn(gift)).toMatchObject({ available: { amountMinor: '1000' } });
    expect(
      (await propose({ kind: 'transfer', from: gift, to: 'relief/gift/2028/2029', amountMinor: '1' })).status,
    ).toBe(201);
  });

  it('is taken back once, by an entry that names the one it takes back', async () => {
    const to = 'citizenship/fines/2026/2027';
    const opening = await approved({ kind: 'open', to, amountMinor: '900' });
    await approved({ kind: 'reverse', reverses: opening });
    const again = await propose({ kind: 'reverse', reverses: opening });
    const statement = await world.as('auditor').get(`/v1/ledger/statement?envelopeId=${encodeURIComponent(to)}`);

    expect(again.body).toMatchObject({ code: 'alreadyActed', rule: 'order-reversed' });
    expect(statement.body).toMatchObject({
      closing: { available: { amountMinor: '0' } },
      postings: [
        { kind: 'open', reverses: null },
        { kind: 'reverse', reverses: `${opening}-0` },
      ],
    });
  });

  it.each([
    ['nothing at all', { kind: 'open', to: next, amountMinor: '0' }],
    ['less than nothing', { kind: 'open', to: next, amountMinor: '-1' }],
    ['a fraction', { kind: 'open', to: next, amountMinor: '1.5' }],
    ['digits of two scripts in one number', { kind: 'open', to: next, amountMinor: '1٠٠' }],
    ['an envelope that cannot be', { kind: 'open', to: '../etc', amountMinor: '1' }],
    ['an operator of the database', { kind: 'open', to: { $ne: '' }, amountMinor: '1' }],
  ])('of %s is bad input', async (_what, body) => {
    expect((await propose(body)).status).toBe(400);
  });

  it('stands in the list for those who look after money, and for nobody else', async () => {
    const list = await world.as('auditor').get('/v1/ledger/orders?state=rejected');
    expect(list.body['items']).toHaveLength(1);
    expect((await world.as('samira').get('/v1/ledger/orders')).status).toBe(403);
    expect((await world.as('samira').get('/v1/ledger/trial-balance')).status).toBe(403);
  });
});

describe('the command line', () => {
  const sanad = async (...args: readonly string[]): Promise<string> => {
    const { token } = await issueToken('auditor', { key: tokenKey, hours: 1 });
    const env = { PATH: process.env['PATH'], SANAD_MODE: 'demo', SANAD_URL: world.url, SANAD_TOKEN: token };
    const main = join(process.cwd(), 'cli', 'main.ts');
    const node = promisify(execFile);
    return (await node(process.execPath, ['--import', 'tsx', main, 'ledger', ...args], { env })).stdout;
  };

  it('prints the trial balance and the statement of an envelope', async () => {
    const to = 'citizenship/state-budget/2030/2031';
    await approved({ kind: 'open', to, amountMinor: '123450' });

    expect(JSON.parse(await sanad('trial-balance', '--json'))).toMatchObject({ balanced: true });
    expect(await sanad('trial-balance')).toContain(to);
    expect(await sanad('sums', 'programme', 'citizenship')).toMatch(/open +outside > available +EGP 1,/);
    expect(JSON.parse(await sanad('sums', 'donor', 'donor-1', '--json'))).toMatchObject({ holds: { spent: '0' } });
    await expect(sanad('sums', 'call', 'never-2030')).rejects.toThrow('notFound');
    expect(await sanad('statement', to)).toMatch(/open +outside > available +EGP 1,234\.50 +EGP 1,234\.50/);
  }, 60_000);
});
