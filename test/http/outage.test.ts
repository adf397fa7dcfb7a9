// Temporal out of reach: drafts save, commands are told to come back, and the API says what is missing.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import { draftReady } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

/** A port that nobody listens on: taken once and given back. */
const deadPort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

let world: World;
beforeAll(async () => {
  world = await openWorld({ withWorker: false, temporalAddress: `127.0.0.1:${await deadPort()}` });
});
afterAll(() => world.close());

describe('the API without Temporal', () => {
  it('lets people write drafts', async () => {
    expect((await draftReady(world)).version).toBe(2);
  });

  it('answers a command 503 with a hint when to come back, well before the deadline', async () => {
    const { id, version } = await draftReady(world);
    const startedAt = Date.now();
    const reply = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });

    expect(reply).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(reply.headers.get('retry-after')).toBe('2');
    expect(Date.now() - startedAt).toBeLessThan(6_000);
    expect(await world.trail(id)).toEqual([]);
  });

  it('names Temporal as missing, and is alive', async () => {
    const ready = await world.nobody.get('/readyz');

    expect(ready).toMatchObject({ status: 503, body: { ready: false, missing: ['temporal'] } });
    expect((await world.nobody.get('/livez')).status).toBe(200);
  });
});
