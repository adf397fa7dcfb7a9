// Payment batches over HTTP: one per key, four eyes, withdrawn before sending, seen by finance alone.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { sha256 } from '../../platform/hashing.js';
import { at, releaseFirstTranche, rowsOf } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { numberIn, openWorld, textIn } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
  await releaseFirstTranche(world);
}, 120_000);
afterAll(() => world.close());

const batchOf = async (batchId: string) => world.as('finance').get(`/v1/payment-batches/${batchId}?minVersion=1`);

describe('a payment batch', () => {
  let batchId: string;

  it('is built once, however often the call is sent, and holds what was released', async () => {
    const key = randomUUID();
    const replies = [
      await world.as('finance').post('/v1/payment-batches', { limit: 10 }, { key }),
      await world.as('finance').post('/v1/payment-batches', { limit: 10 }, { key }),
    ];
    batchId = textIn(replies[0] ?? (await batchOf('none')), 'batchId');

    expect(replies).toMatchObject([
      { status: 201, body: { batchId, version: 1, state: 'awaiting-release', readModel: 'current' } },
      { status: 201, body: { batchId } },
    ]);
    expect((await batchOf(batchId)).body).toMatchObject({
      count: 1,
      controlSum: { amountMinor: '21600000', currency: 'EGP' },
      lines: [{ number: 1, status: 'claimed', preparedBy: 'finance' }],
    });
    expect(rowsOf((await world.as('auditor').get('/v1/payment-batches')).body['items'])).toHaveLength(1);
  });

  it('has its file sealed before anybody releases it, for finance to read and for nobody else', async () => {
    const { body } = await batchOf(batchId);
    const path = `/v1/payment-batches/${batchId}/file`;
    const file = await world.as('finance').get(`${path}.xml`);
    const xml = String(file.body['text']);
    const csv = await world.as('auditor').get(`${path}.csv`);
    const foreign = await world.as('hana').get(`${path}.xml`);

    expect(body).toMatchObject({
      fileSha256: null,
      file: { sha256: sha256(xml), count: 1, controlSum: { amountMinor: '21600000' } },
    });
    expect(file.headers.get('content-type')).toContain('application/xml');
    expect(xml).toContain(`<MsgId>${batchId}</MsgId>`);
    expect(xml).toContain('<InstdAmt Ccy="EGP">216000.00</InstdAmt>');
    expect(csv.body['text']).toContain(',216000.00,EGP,');
    expect(foreign.status).toBe(403);
  });

  it('is nothing for people outside finance', async () => {
    const replies = [
      await world.as('hana').get('/v1/payment-batches'),
      await world.as('samira').get(`/v1/payment-batches/${batchId}`),
      await world.as('hana').post('/v1/payment-batches', {}),
      await world.as('samira').post(`/v1/payment-batches/${batchId}/withdrawal`, { expectedVersion: 1 }),
    ];

    expect(replies.map(({ status, body }) => [status, body['code']])).toEqual(replies.map(() => [403, 'notYourRole']));
  });

  it('is released only with the count and sum that were seen', async () => {
    const release = (body: object) =>
      world.as('releaser').post(`/v1/payment-batches/${batchId}/release`, { expectedVersion: 1, ...body });
    const other = await release({ count: 1, controlSumMinor: '21600001' });
    const finance = await world
      .as('finance')
      .post(`/v1/payment-batches/${batchId}/release`, { expectedVersion: 1, count: 1, controlSumMinor: '21600000' });

    expect(other).toMatchObject({ status: 422, body: { code: 'tranchesDoNotAddUp', accepted: '1 21600000' } });
    expect(finance).toMatchObject({ status: 403, body: { code: 'notYourRole', accepted: 'paymentReleaser' } });
  });

  it('is taken apart before it is sent, and its payments go into the next one', async () => {
    const version = numberIn(await batchOf(batchId), 'version');
    const withdrawn = await world
      .as('releaser')
      .post(`/v1/payment-batches/${batchId}/withdrawal`, { expectedVersion: version });
    const late = await world.as('releaser').post(`/v1/payment-batches/${batchId}/release`, {
      expectedVersion: version,
      count: 1,
      controlSumMinor: '21600000',
    });

    expect(withdrawn).toMatchObject({ status: 200, body: { state: 'withdrawn' } });
    expect(late.status).toBe(409);
    expect(['notThisStage', 'requestEnded']).toContain(at(late.body, 'code'));
  });
});
