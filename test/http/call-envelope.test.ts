// A call with money of its own over HTTP: filled by orders before it opens, drawn on by its requests alone, told in statements and files.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cairoLocal } from '../../api/cairo-time.js';
import { issueToken } from '../../api/token.js';
import { upsertFundingSources } from '../../persistence/funding-source.repository.js';
import { planHashOf } from '../../persistence/plan-version.model.js';
import { act, agree, award, handIn, review, screen } from '../support/http-story.js';
import { calmPlan } from '../support/plans.js';
import type { Reply, World } from '../support/world.js';
import { openWorld, textIn, tokenKey } from '../support/world.js';
import { envelope, envelopeMinor } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const shared = 'disability/state-budget/2025/2026';
const own = `${shared}/ramps-2030`;
const fromNow = (hours: number): string => cairoLocal(new Date(Date.now() + hours * 3_600_000));
const draft = (callId: string, change: object = {}): Promise<Reply> =>
  world.as('administrator').post('/v1/call-drafts', {
    ...{ callId, ...envelope, titleAr: 'دعوة المنحدرات', titleEn: 'Ramps', planHash: planHashOf(calmPlan) },
    ...{ opensAt: fromNow(-1), closesAt: fromNow(48), ceilingMinor: '100000000' },
    ...{ budgetMinor: '100000000', documents: [], ...change },
  });
const open = (callId: string): Promise<Reply> =>
  world.as('other-administrator').post(`/v1/call-drafts/${callId}/opening`, { expectedVersion: 1 });
const propose = (body: object): Promise<Reply> =>
  world.as('finance').post('/v1/ledger/orders', { reason: 'قرار مجلس الإدارة', ...body });
const approved = async (body: object): Promise<void> => {
  const orderId = textIn(await propose(body), 'orderId');
  const approval = await world.as('deputy').post(`/v1/ledger/orders/${orderId}/approval`, { expectedVersion: 1 });
  expect(approval.status).toBe(200);
};
const statement = (envelopeId: string, file = '', headers = {}): Promise<Reply> =>
  world.as('auditor').get(`/v1/ledger/statement${file}?envelopeId=${encodeURIComponent(envelopeId)}`, headers);
const held = async (envelopeId: string): Promise<unknown> => (await statement(envelopeId)).body['closing'];

describe('an envelope that names a call', () => {
  it('takes no money for a call that nobody knows, that shares its money, or that is of another programme', async () => {
    await draft('sharing-2030');
    const refused = (rule: string, accepted: string) => ({
      ...{ status: 409, body: { code: 'conditionsNotMet', rule, accepted } },
    });
    const into = (to: string) => propose({ kind: 'open', to, amountMinor: '1' });

    expect(await into(`${shared}/never-2030`)).toMatchObject(refused('call-known', 'never-2030'));
    expect(await into(`${shared}/sharing-2030`)).toMatchObject(refused('envelope-of-call', shared));
    await draft('ramps-2030', { ownEnvelope: true });
    expect(await into('relief/state-budget/2025/2026/ramps-2030')).toMatchObject(refused('envelope-of-call', own));
    expect(
      await propose({ kind: 'transfer', from: shared, to: `${shared}/never-2030`, amountMinor: '1' }),
    ).toMatchObject(refused('call-known', 'never-2030'));
    expect(await into(`${shared}/Ramps/..`)).toMatchObject({ status: 400 });
  });

  it('has to be filled before its call opens, from outside or from another envelope', async () => {
    expect(await open('ramps-2030')).toMatchObject({ status: 409, body: { rule: 'envelope-known' } });
    await approved({ kind: 'open', to: own, amountMinor: '60000000' });
    expect(await open('ramps-2030')).toMatchObject({
      status: 409,
      body: { code: 'envelopeExceeded', accepted: '60000000' },
    });
    await approved({ kind: 'transfer', from: shared, to: own, amountMinor: '40000000' });

    expect(await open('ramps-2030')).toMatchObject({ status: 200, body: { envelopeId: own } });
    expect((await world.as('adel').get('/v1/calls/ramps-2030')).body).toMatchObject({ ownEnvelope: true });
    expect((await world.as('adel').get('/v1/calls/disability-open')).body).toMatchObject({ ownEnvelope: false });
  });

  it('pays what its requests are awarded, and the money of the programme stays where it is', async () => {
    const before = await held(shared);
    const told = await handIn(world, 'ramps-2030');
    await screen(world, told);
    await review(world, told);
    await award(world, told);
    await agree(world, told);

    expect(await held(own)).toMatchObject({
      ...{ available: { amountMinor: '40000000' }, committed: { amountMinor: '60000000' } },
    });
    expect(await held(shared)).toEqual(before);
    expect(before).toMatchObject({ available: { amountMinor: String(envelopeMinor - 40_000_000n) } });
    const balances = await world.as('auditor').get('/v1/balances');
    expect(balances.body['items']).toMatchObject([
      { envelopeId: shared, callId: null },
      { envelopeId: own, callId: 'ramps-2030', fiscalYear: '2025/2026', committed: { amountMinor: '60000000' } },
    ]);
    const published = await world.nobody.get('/v1/public/awards');
    expect(published.body['items']).toMatchObject([{ fundingSource: 'state-budget', fiscalYear: '2025/2026' }]);
  });

  it('tells the committee in time that nothing is left for another request, however much the programme has', async () => {
    const told = await handIn(world, 'ramps-2030');
    await screen(world, told);
    await review(world, told);

    await expect(award(world, told)).rejects.toThrow(/envelopeExceeded.*"accepted":"40000000"/);
    const elsewhere = { code: 'state-budget', nameAr: 'الموازنة', nameEn: 'State budget', governorates: ['EG-ASN'] };
    await upsertFundingSources([elsewhere]);
    const closing = act(world, told, 'chair', '/committee-item/closing', {
      verdict: 'approve',
      reason: 'حاز الأغلبية',
    });
    await expect(closing).rejects.toThrow(/"source-governorates"/);
  });
});

describe('what moved for a call', () => {
  const sums = (id: string): Promise<Reply> => world.as('auditor').get(`/v1/ledger/sums?of=call&id=${id}`);

  it('is all of its own envelope', async () => {
    expect((await sums('ramps-2030')).body).toMatchObject({
      ...{ holds: { available: '40000000', committed: '60000000' } },
    });
  });

  it('is only what its requests moved, where it shares the money of its programme', async () => {
    expect((await sums('disability-open')).body).toMatchObject({ movements: [], holds: { available: '0' } });
  });

  it('is nothing that can be asked of a call that is not there, or by an NGO', async () => {
    expect((await sums('never-2030')).status).toBe(404);
    expect((await world.as('samira').get('/v1/ledger/sums?of=call&id=ramps-2030')).status).toBe(403);
  });
});

describe('the statement as a file', () => {
  const linesOf = (reply: Reply): string[] => String(reply.body['text']).trimEnd().split('\r\n');

  it('has a row for each posting between the balances at both ends', async () => {
    const reply = await statement(own, '.csv', { 'accept-language': 'en' });
    const rows = linesOf(reply).map((line) => line.split(','));

    expect(reply.headers.get('content-type')).toContain('text/csv');
    expect(reply.headers.get('content-disposition')).toContain('disability-state-budget-2025-2026-ramps-2030.csv');
    expect(rows[0]?.slice(3, 7)).toEqual(['Posting', 'From account', 'To account', 'Amount in EGP']);
    expect(rows.map((row) => row[3])).toEqual([
      ...['Posting', 'Opening balance', 'Opening', 'Transfer', 'Reservation', 'Commitment', 'Closing balance'],
    ]);
    expect(rows[3]?.slice(4, 9)).toEqual(['Outside', 'Available', '400000.00', '', '1000000.00']);
    expect(rows.at(-1)?.slice(8, 11)).toEqual(['400000.00', '0.00', '600000.00']);
  });

  it('has Arabic titles and words, marked as UTF-8, for those who read Arabic', async () => {
    const { token } = await issueToken('auditor', { key: tokenKey, hours: 1 });
    const raw = await fetch(`${world.url}/v1/ledger/statement.csv?envelopeId=${encodeURIComponent(own)}`, {
      headers: { 'accept-language': 'ar', authorization: `Bearer ${token}` },
    });
    const bytes = Buffer.from(await raw.arrayBuffer());

    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]).toContain('رقم القيد');
    expect(lines[1]).toContain('رصيد أول المدة');
    expect(lines[2]).toMatch(/فتح مخصص,خارج المخصصات,المتاح,600000\.00/);
  });

  it('has every posting of a holder with the envelope it stands in, and their number and sum behind', async () => {
    const of = (query: string, reader = 'auditor') =>
      world.as(reader).get(`/v1/ledger/movements.csv?of=${query}`, { 'accept-language': 'en' });
    const call = linesOf(await of('call&id=ramps-2030')).map((line) => line.split(','));
    const requestId = call.at(-2)?.[8] ?? '';
    const organisation = linesOf(await of('organisation&id=ngo-mashael'));

    expect(call.map((row) => [row[0], row[4], row[7]])).toEqual([
      ['Envelope', 'Posting', 'Amount in EGP'],
      [own, 'Opening', '600000.00'],
      [own, 'Transfer', '400000.00'],
      [own, 'Reservation', '600000.00'],
      [own, 'Commitment', '600000.00'],
      ['', 'In all (4)', '2200000.00'],
    ]);
    expect(organisation.at(-1)).toContain('In all (2),,,1200000.00');
    expect(linesOf(await of(`request&id=${requestId}`, 'samira'))).toEqual(organisation);
    expect((await of('programme&id=disability', 'samira')).status).toBe(403);
    expect((await of(`request&id=${requestId}`, 'stranger')).status).toBe(404);
  });

  it('is for those who look after money, about an envelope that is there, between instants that are', async () => {
    const path = `/v1/ledger/statement.csv?envelopeId=${encodeURIComponent(own)}`;
    expect((await world.as('samira').get(path)).status).toBe(403);
    expect((await statement(`${shared}/never-2030`, '.csv')).status).toBe(404);
    expect((await world.as('auditor').get(`${path}&from=yesterday`)).status).toBe(400);
    const nothing = await world.as('auditor').get(`${path}&until=2020-01-01T00:00:00Z`);
    expect(linesOf(nothing)).toHaveLength(3);
  });
});
