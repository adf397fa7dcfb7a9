// Answers that do not come in time: the caller is told so, and finds out later what happened, without a second effect.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { eventually } from '../support/eventually.js';
import { checklist, draftReady, handIn } from '../support/http-story.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
beforeAll(async () => {
  world = await openWorld({ decisionDeadlineMs: 1_500 });
});
afterAll(() => world.close());

const screening = () => ({ expectedVersion: 1, verdict: 'eligible', checklist: checklist(world) });

describe('a decision while no worker answers', () => {
  it('is answered 202 with an operation that tells the outcome once a worker is back', async () => {
    const { id, path } = await handIn(world);
    await world.stopWorker();
    const key = randomUUID();
    const late = await world.as('hana').post(`${path}/screening`, screening(), { key });
    const operation = late.headers.get('location') ?? '';
    const meanwhile = await world.as('hana').get(operation);
    await world.startWorker();
    await eventually(
      'the operation is settled',
      async () => (await world.as('hana').get(operation)).body['state'] === 'succeeded',
    );
    const settled = await world.as('hana').get(operation);
    const again = await world.as('hana').post(`${path}/screening`, screening(), { key });

    expect(late).toMatchObject({ status: 202, body: { kind: 'recordScreening', state: 'running', done: 0, total: 1 } });
    expect(operation).toMatch(/^\/v1\/operations\/[0-9a-f]{32}$/);
    expect(meanwhile.body).toMatchObject({ state: 'running' });
    expect(settled.body).toMatchObject({ state: 'succeeded', done: 1, result: { requestId: id, version: 2 } });
    expect(again).toMatchObject({ status: 200, body: { version: 2, status: 'regional-opinion' } });
    expect(await world.trail(id)).toEqual(['samira submitRequest', 'hana recordScreening']);
  });

  it('may simply be sent again with the same key', async () => {
    const { id, path } = await handIn(world);
    await world.stopWorker();
    const key = randomUUID();
    const late = await world.as('hana').post(`${path}/screening`, screening(), { key });
    await world.startWorker();
    let again = await world.as('hana').post(`${path}/screening`, screening(), { key });
    if (again.status === 202) again = await world.as('hana').post(`${path}/screening`, screening(), { key });

    expect(late.status).toBe(202);
    expect(again).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await world.trail(id)).toEqual(['samira submitRequest', 'hana recordScreening']);
  });

  it('shows the operation to nobody else', async () => {
    const { path } = await handIn(world);
    await world.stopWorker();
    const late = await world.as('hana').post(`${path}/screening`, screening());
    await world.startWorker();
    const other = await world.as('auditor').get(late.headers.get('location') ?? '');

    expect(other).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });
});

describe('a first submission while no worker answers', () => {
  it('lands once a worker is back, and the draft is then handed in', async () => {
    const { id, version } = await draftReady(world);
    await world.stopWorker();
    const late = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });
    const operation = late.headers.get('location') ?? '';
    await world.startWorker();
    await eventually(
      'the request exists',
      async () => (await world.as('samira').get(operation)).body['state'] === 'succeeded',
    );
    const draft = await world.as('samira').get(`/v1/drafts/${id}`);
    const change = await world
      .as('adel')
      .patch(`/v1/drafts/${id}`, { sections: { project: { months: 3 } } }, { 'if-match': '"2"' });

    expect(late.status).toBe(202);
    expect(draft.body['submittedAt']).not.toBeNull();
    expect(change).toMatchObject({ status: 409, body: { code: 'notThisStage' } });
  });
});
