// A workflow that was started while its submission got lost: it closes by itself, and the draft can still be handed in.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { usualLimits, workflowIdOf } from '../../workflows/contract.js';
import { addressOf } from '../support/engine.js';
import { draftReady } from '../support/http-story.js';
import { calmPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

let world: World;
let connection: Connection;
beforeAll(async () => {
  connection = await Connection.connect({ address: addressOf() });
  world = await openWorld();
});
afterAll(async () => {
  await world.close();
  await connection.close();
});

const startedWithout = async (requestId: string): Promise<unknown> => {
  const plan = { ...calmPlan, submitWithin: { unit: 'time', ms: 200 } as const };
  const handle = await new Client({ connection }).workflow.start('grantLifecycle', {
    workflowId: workflowIdOf(requestId),
    taskQueue: world.taskQueue,
    args: [{ requestId, plan, planHash: 'lost', limits: usualLimits }],
  });
  return handle.result();
};

describe('a draft whose first submission got lost after its start', () => {
  it('is handed in by sending it again', async () => {
    const { id, version } = await draftReady(world);
    const ended = await startedWithout(id);
    const reply = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });

    expect(ended).toEqual({ outcome: 'not-submitted', version: 0 });
    expect(reply).toMatchObject({ status: 201, body: { requestId: id, version: 1, status: 'screening' } });
    expect(await world.trail(id)).toEqual(['samira submitRequest']);
  });
});

describe('a request that has ended', () => {
  it('is not brought back to life by handing in its draft again', async () => {
    const { id, version } = await draftReady(world);
    await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });
    await world.as('samira').post(`/v1/requests/${id}/withdrawal`, { expectedVersion: 1 });
    const again = await world.as('samira').post(`/v1/drafts/${id}/submission`, { expectedVersion: version });

    expect(again).toMatchObject({ status: 409, body: { code: 'requestEnded', rule: 'withdrawn' } });
    expect(await world.trail(id)).toEqual([
      'samira submitRequest',
      'samira withdraw',
      'samira submitRequest refused requestEnded',
    ]);
  });
});
