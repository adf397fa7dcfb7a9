// One effect per key: repeated, changed, parallel and interrupted calls, as a caller with a bad line would send them.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { checklist, draftReady, handIn, versionOf } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';
import { openCallId } from '../support/world-seed.js';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const screening = (more: object = {}) => ({
  expectedVersion: 1,
  verdict: 'eligible',
  checklist: checklist(world),
  ...more,
});

describe('a command sent again with the same key', () => {
  it('gets the first answer and leaves one entry', async () => {
    const { id, path } = await handIn(world);
    const key = randomUUID();
    const first = await world.as('hana').post(`${path}/screening`, screening(), { key });
    const second = await world.as('hana').post(`${path}/screening`, screening(), { key });

    expect(first).toMatchObject({
      status: 200,
      body: { version: 2, status: 'regional-opinion', readModel: 'current' },
    });
    expect(second).toMatchObject({ status: 200, body: first.body });
    expect(second.headers.get('idempotent-replayed')).toBe('true');
    expect(await world.trail(id)).toEqual(['samira submitRequest', 'hana recordScreening']);
  });

  it('is refused when the content is another', async () => {
    const { path } = await handIn(world);
    const key = randomUUID();
    await world.as('hana').post(`${path}/screening`, screening(), { key });
    const other = await world.as('hana').post(`${path}/screening`, screening({ reason: 'سبب آخر' }), { key });

    expect(other).toMatchObject({ status: 422, body: { code: 'keyReusedWithOtherContent' } });
  });

  it('has one effect when ten are sent at once', async () => {
    const { id, path } = await handIn(world);
    const key = randomUUID();
    const replies = await Promise.all(
      Array.from({ length: 10 }, () => world.as('hana').post(`${path}/screening`, screening(), { key })),
    );

    const answers = new Set(replies.map(({ status, body }) => `${status} ${String(body['code'] ?? body['version'])}`));
    expect([...answers].sort()).toEqual(['200 2', '409 keyInProgress']);
    expect(
      replies.filter(({ status }) => status === 409).every(({ headers }) => headers.get('retry-after') === '1'),
    ).toBe(true);
    expect(await world.trail(id)).toEqual(['samira submitRequest', 'hana recordScreening']);
  });

  it('may be used by another person, on another request and for another command', async () => {
    const one = await handIn(world);
    const other = await handIn(world);
    const key = randomUUID();
    const replies = [
      await world.as('hana').post(`${one.path}/screening`, screening(), { key }),
      await world.as('hana').post(`${other.path}/screening`, screening(), { key }),
      await world.as('monitor').post(`${one.path}/suspension`, { expectedVersion: 2, ground: 'fraud-alarm' }, { key }),
    ];

    expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
  });
});

describe('a submission sent again with the same key', () => {
  it('makes one request and one number', async () => {
    const { id, version } = await draftReady(world);
    const key = randomUUID();
    const send = () => world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version }, { key });
    const first = await send();
    const second = await send();

    expect(first).toMatchObject({ status: 201, body: { requestId: id, version: 1, status: 'screening' } });
    expect(first.headers.get('location')).toBe(`/v1/requests/${id}`);
    expect(second).toMatchObject({ status: 201, body: first.body });
    expect(second.headers.get('location')).toBe(`/v1/requests/${id}`);
    expect(await world.trail(id)).toEqual(['samira submitRequest']);
  });

  it('cannot be made twice with two keys', async () => {
    const { id, path } = await handIn(world);
    const again = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: 2 });

    expect(again).toMatchObject({ status: 409, body: { code: 'notThisStage' } });
    expect(await versionOf(world, { id, path, version: 1 })).toBe(1);
  });
});

describe('a caller who does not want to wait', () => {
  it('is answered before the read model shows the decision', async () => {
    const { path } = await handIn(world);
    const reply = await world
      .as('hana')
      .post(`${path}/screening`, screening(), { headers: { prefer: 'respond-async' } });

    expect(reply).toMatchObject({ status: 200, body: { version: 2, readModel: 'behind' } });
    expect((await world.as('hana').get(`${path}?minVersion=2`)).body).toMatchObject({ version: 2 });
  });
});

describe('a refusal', () => {
  it('is not kept: the same key is judged again and may then succeed', async () => {
    const { id, path } = await handIn(world);
    const key = randomUUID();
    const incomplete = { ...screening(), checklist: [] };
    const refused = await world.as('hana').post(`${path}/screening`, incomplete, { key });
    const accepted = await world.as('hana').post(`${path}/screening`, screening(), { key });

    expect(refused).toMatchObject({ status: 409, body: { code: 'conditionsNotMet', rule: 'checklist-incomplete' } });
    expect(accepted).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await world.trail(id)).toEqual([
      'samira submitRequest',
      'hana recordScreening',
      'hana recordScreening refused conditionsNotMet',
    ]);
  });
});

describe('a key that is missing or malformed', () => {
  it.each(['', 'short', 'x'.repeat(65), 'spaces are not allowed here', 'semicolons;and;more;of;them'])(
    'is answered 400: "%s"',
    async (key) => {
      const reply = await world.as('adel').post('/v1/drafts', { callId: openCallId }, { key });

      expect(reply).toMatchObject({ status: 400, body: { code: 'idempotencyKeyMissing' } });
    },
  );
});
