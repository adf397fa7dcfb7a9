// One request's whole life over HTTP on real servers: from the draft to the closed request, with the money in the right places.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { act, agree, award, handIn, pay, report, review, screen } from '../support/http-story.js';
import type { Told } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('a request that goes well', () => {
  let told: Told;

  it('is handed in, gets a number and stands at screening', async () => {
    told = await handIn(world);
    const seen = await world.as('samira').get(told.path);

    expect(seen).toMatchObject({
      status: 200,
      body: { status: 'screening', version: 1, titleEn: 'An inclusive nursery' },
    });
    expect(seen.body['reference']).toMatch(/^SND-\d{4}-\d{6}$/);
    expect(seen.body['requested']).toEqual({ amountMinor: '60000000', currency: 'EGP' });
    expect(seen.headers.get('etag')).toBe('"1"');
  });

  it('is screened, judged and awarded', async () => {
    await screen(world, told);
    await review(world, told);
    await award(world, told);

    expect((await world.as('samira').get(told.path)).body).toMatchObject({
      status: 'agreement',
      award: { amountMinor: '60000000', currency: 'EGP' },
    });
  });

  it('is agreed, paid in tranches against reports, and closed', async () => {
    await agree(world, told);
    await pay(world, told, 1);
    await report(world, told, 1, '20000000');
    await pay(world, told, 2);
    await report(world, told, 2, '40000000');
    await pay(world, told, 3);
    await report(world, told, 3, '60000000');
    await pay(world, told, 4);
    await act(world, told, 'monitor', '/closure', { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' });
    await act(world, told, 'finance', '/closure', { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' });

    expect((await world.as('samira').get(told.path)).body).toMatchObject({
      status: 'closed',
      outcome: 'closed',
      awaited: [],
    });
  });

  it('leaves the whole award as spent in the ledger, and four settled instructions', async () => {
    const balances = await world.as('finance').get('/v1/balances');
    const payments = await world.as('finance').get(`${told.path}/payments`);

    expect(balances.body['items']).toMatchObject([
      { spent: { amountMinor: '60000000' }, reserved: { amountMinor: '0' }, available: { amountMinor: '940000000' } },
    ]);
    expect(payments.body['items']).toMatchObject([1, 2, 3, 4].map((number) => ({ number, state: 'settled' })));
  });

  it('takes no more commands', async () => {
    const late = await world.as('samira').post(`${told.path}/withdrawal`, { expectedVersion: 1 });

    expect(late).toMatchObject({ status: 409, body: { code: 'requestEnded', rule: 'closed' } });
  });
});
