// Bank accounts over HTTP: proposed by the NGO, verified by somebody else, at rest for 72 hours, and paid for the first time by two.
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { bankAccountCollection } from '../../persistence/bank-account.model.js';
import { organisationCollection } from '../../persistence/organisation.model.js';
import { demoIdentityKey, keyedHash } from '../../platform/keyed-hash.js';
import { act, agree, at, award, handIn, review, rowsOf, screen, versionOf } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import { organisationId } from '../support/people.js';
import type { World } from '../support/world.js';
import { openWorld, textIn } from '../support/world.js';
import { otherOrganisationId } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
}, 120_000);
afterAll(() => world.close());

const hourMs = 3_600_000;
const iban = 'EG190003000100000000123456789';
const typed = 'EG19 0003 0001 0000 0000 1234 5678 9';
const holderName = `جمعية ${organisationId}`;
const documentSha256 = '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef';
const proposal = { iban: typed, holderName, documentSha256, reason: 'تغيير البنك' };
const propose = (body: object = {}, by = 'samira', of = organisationId, key: string = randomUUID()) =>
  world.as(by).post(`/v1/organisations/${of}/bank-accounts`, { ...proposal, ...body }, { key });
const checked = ['iban-on-document', 'holder-on-document'];
const verify = (accountId: string, body: object = {}, by = 'finance') =>
  world.as(by).post(`/v1/bank-accounts/${accountId}/verification`, { expectedVersion: 1, checked, ...body });
const reject = (accountId: string, by = 'finance') =>
  world.as(by).post(`/v1/bank-accounts/${accountId}/rejection`, { expectedVersion: 1, reason: 'الاسم غير مطابق' });
const inUse = async () => (await organisationCollection().findOne({ _id: organisationId }))?.account;
const listed = async (by: string) => rowsOf((await world.as(by).get('/v1/bank-accounts')).body['items']);
const countOfAccounts = () => bankAccountCollection().countDocuments();

describe('a proposed account', () => {
  // One at a time: what a case leaves open would stand in the way of the next.
  afterEach(async () => {
    await bankAccountCollection().updateMany({ state: 'proposed' }, { $set: { state: 'rejected' } });
  });

  it.each([
    ['a wrong check digit', { iban: 'EG200003000100000000123456789' }],
    ['another country', { iban: 'GB29NWBK60161331926819' }],
    ['two scripts of digits', { iban: 'EG1900030001000000001234567٨9' }],
    ['no document', { documentSha256: undefined }],
    ['a document that is no hash', { documentSha256: 'letter.pdf' }],
    ['a bank that is not in Egypt', { bic: 'DEUTDEFF' }],
    ['an operator of the database', { iban: { $ne: '' } }],
    ['a field that nobody asked for', { state: 'verified' }],
  ])('with %s is refused, and nothing is kept', async (_what, body) => {
    const before = await countOfAccounts();

    expect(await propose(body)).toMatchObject({ status: 400, body: { code: 'invalidInput' } });
    expect(await countOfAccounts()).toBe(before);
  });

  it("is refused to who signs for another NGO, as if there were no such NGO, and to the Fund's people", async () => {
    expect((await propose({}, 'stranger')).status).toBe(404);
    expect((await propose({}, 'samira', otherOrganisationId)).status).toBe(404);
    expect((await propose({}, 'finance')).body['code']).toBe('notYourRole');
    expect((await propose({}, 'adel')).body['code']).toBe('notYourRole');
  });

  it('is one however often it is sent, waits alone, and leaves the account in use as it is', async () => {
    const key = randomUUID();
    const before = await inUse();
    const first = await propose({}, 'samira', organisationId, key);
    const again = await propose({}, 'samira', organisationId, key);

    expect(first).toMatchObject({ status: 201, body: { version: 1, holderMatch: 'exact' } });
    expect(again.body['accountId']).toBe(first.body['accountId']);
    expect((await propose()).body).toMatchObject({ code: 'alreadyActed', rule: 'account-proposed' });
    expect(await inUse()).toEqual(before);
    expect((await reject(textIn(first, 'accountId'))).status).toBe(200);
    expect((await verify(textIn(first, 'accountId'), { expectedVersion: 2 })).body['code']).toBe('alreadyActed');
  });

  it('of which one and the same sends at once is one of two', async () => {
    const replies = await Promise.all([propose(), propose()]);

    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });

  it('is shown masked to the NGO and in full to who verifies, each reading on record', async () => {
    const accountId = textIn(await propose(), 'accountId');
    const full = await world.as('finance').get(`/v1/bank-accounts/${accountId}`);

    expect((await listed('samira')).find(({ id }) => id === accountId)).toMatchObject({
      ibanMasked: 'EG19 •••• •••• 6789',
      state: 'proposed',
    });
    expect((await listed('stranger')).map((row) => row['organisationId'])).toEqual([otherOrganisationId]);
    expect(full.body).toMatchObject({ iban, sharedWith: [] });
    const accesses = mongoose.connection.collection('access_entries');
    expect(await accesses.findOne({ requestId: accountId })).toMatchObject({ operation: 'readBankAccount', seq: 1 });
    expect((await world.as('samira').get(`/v1/bank-accounts/${accountId}`)).status).toBe(403);
    expect((await world.as('hana').get('/v1/bank-accounts')).status).toBe(403);
    expect((await world.as('finance').get('/v1/bank-accounts/nothing')).status).toBe(404);
  });

  it('in another name is not verified, whatever reason is given', async () => {
    const accountId = textIn(await propose({ holderName: 'أحمد محمود السيد' }), 'accountId');

    expect((await verify(accountId, { reason: 'رئيس الجمعية' })).body).toMatchObject({ rule: 'holder-name' });
    expect((await verify(accountId, {}, 'releaser')).body['code']).toBe('notYourRole');
    expect((await reject(accountId)).status).toBe(200);
  });

  it('that another NGO has raises an alarm, and is verified only with a reason for it', async () => {
    const shared = (await bankAccountCollection().findOne({ organisationId: otherOrganisationId }))?.iban;
    const accountId = textIn(await propose({ iban: shared }), 'accountId');
    const seen = await world.as('finance').get(`/v1/bank-accounts/${accountId}`);

    expect(seen.body['sharedWith']).toEqual([otherOrganisationId]);
    expect((await verify(accountId)).body).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'account-shared',
      accepted: 'sharedReason',
    });
    expect((await reject(accountId)).status).toBe(200);
  });
});

describe('a verified account', () => {
  let told: Told;
  let accountId: string;
  const tranche = async () => rowsOf((await world.as('finance').get(told.path)).body['tranches'])[0];
  const send = async (by: string, below: string) =>
    world.as(by).post(`${told.path}${below}`, { expectedVersion: await versionOf(world, told) });
  const backdate = (hours: number) =>
    organisationCollection().updateOne(
      { _id: organisationId },
      { $set: { 'account.changedAt': new Date(Date.now() - hours * hourMs) } },
    );

  beforeAll(async () => {
    told = await handIn(world);
    await screen(world, told);
    await review(world, told);
    await award(world, told);
    await agree(world, told);
    accountId = textIn(await propose(), 'accountId');
  }, 120_000);

  it('takes the place of the one before it, with both people and no IBAN on the trail', async () => {
    const before = (await inUse())?.accountId;
    expect(await verify(accountId)).toMatchObject({ status: 200, body: { version: 2 } });

    expect(await inUse()).toMatchObject({ accountId, ibanMasked: 'EG19 •••• •••• 6789' });
    expect(await bankAccountCollection().findOne({ _id: before ?? '' })).toMatchObject({ state: 'retired' });
    const organisation = await organisationCollection().findOne({ _id: organisationId });
    expect(organisation?.accountHash).toBe(keyedHash(demoIdentityKey, 'account', iban));
    const trail = await world.as('auditor').get(`/v1/register/bank-account/${accountId}/timeline`);
    expect(trail.body['items']).toMatchObject([
      { command: 'proposeBankAccount', actor: { personId: 'samira' } },
      { command: 'verifyBankAccount', actor: { personId: 'finance' } },
    ]);
    const kept = await mongoose.connection.collection('audit_entries').find({ subjectId: accountId }).toArray();
    expect(JSON.stringify([trail.body, kept])).not.toContain(iban.slice(4, -4));
  });

  it('rests for 72 hours before anything is paid to it', async () => {
    expect((await send('finance', '/tranches/1/preparation')).body['code']).toBe('bankDetailsTooFresh');
    await backdate(71);
    expect((await send('finance', '/tranches/1/preparation')).body['code']).toBe('bankDetailsTooFresh');
    const conditions = async () => {
      const { body } = await world.as('samira').get(`${told.path}/tranche-conditions`);
      return rowsOf(rowsOf(body['items'])[0]?.['conditions']);
    };
    expect(await conditions()).toContainEqual(
      expect.objectContaining({ condition: 'account-rested', state: 'not-met', at: expect.any(String) }),
    );
    await backdate(73);
    expect((await conditions()).filter(({ state }) => state !== 'met')).toEqual([]);
    expect((await world.as('stranger').get(`${told.path}/tranche-conditions`)).status).toBe(404);
    await act(world, told, 'finance', '/tranches/1/preparation');
  });

  it('shows the releaser that two have to release its first payment', async () => {
    expect(at(await tranche(), 'release')).toEqual({ needed: 2, given: 0, firstPayment: true, sharedAccount: false });
    const own = rowsOf((await world.as('samira').get(told.path)).body['tranches'])[0];
    expect(own?.['release']).toBeNull();
    await act(world, told, 'releaser', '/tranches/1/release');
    expect(await tranche()).toMatchObject({ state: 'prepared', release: { given: 1 } });
    expect((await send('releaser', '/tranches/1/release')).body['code']).toBe('alreadyActed');
  });

  it('that was exchanged after the preparation takes nothing until it is prepared again', async () => {
    const other = { iban: 'EG380019000500000000263180002' };
    const nextId = textIn(await propose(other), 'accountId');
    expect((await verify(nextId)).status).toBe(200);

    expect((await send('second-releaser', '/tranches/1/release')).body).toMatchObject({
      code: 'conditionsNotMet',
      rule: 'account-as-prepared',
    });
    expect((await send('finance', '/tranches/1/preparation')).body['code']).toBe('bankDetailsTooFresh');
    await backdate(73);
    await act(world, told, 'finance', '/tranches/1/preparation');
    await act(world, told, 'second-releaser', '/tranches/1/release');
    await act(world, told, 'releaser', '/tranches/1/release');
    expect(await tranche()).toMatchObject({ state: 'released' });
  });
});
