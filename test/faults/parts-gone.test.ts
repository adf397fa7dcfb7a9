// Each part of Sanad killed with SIGKILL while people work: nothing accepted is lost or doubled, and callers are told the truth.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { connect, disconnect } from '../../persistence/connection.js';
import { ensureIndexes } from '../../persistence/indexes.js';
import { currentStateQuery, workflowIdOf } from '../../workflows/contract.js';
import { eventually } from '../support/eventually.js';
import { metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { completeSections, seedWorld } from '../support/world-seed.js';
import type { Caller } from './caller.js';
import { callerOf } from './caller.js';
import type { Stack } from './stack.js';
import { startStack } from './stack.js';

const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] };
const twoGovernorates = {
  ...completeSections,
  project: { ...completeSections.project, governorates: ['EG-C', 'EG-GZ'] },
};
const { samira, hana, cairo, giza, auditor } = people;

let stack: Stack;
let caller: Caller;

beforeAll(async () => {
  stack = await startStack({
    SANAD_UNRECORDED_LIMIT: '3',
    SANAD_DECISION_DEADLINE_MS: '4000',
    SANAD_READ_WAIT_MS: '500',
  });
  await connect(stack.mongodbUri, stack.database);
  await ensureIndexes();
  await seedWorld(calmPlan);
  await disconnect();
  await Promise.all([stack.start('worker'), stack.start('api')]);
  caller = callerOf(stack);
  for (const { personId } of [samira, hana, cairo, giza, auditor]) await caller.signIn(personId);
}, 180_000);
afterAll(() => stack.stop());

const submitted = async (): Promise<string> => {
  const { path, etag } = await caller.draft(samira.personId);
  const saved = await caller.patch(samira.personId, path, { sections: twoGovernorates }, etag);
  const seen = { expectedVersion: saved.body['version'] };
  const reply = await caller.insist(samira.personId, `${path}/submission`, seen, randomUUID());
  const { requestId } = reply.body;
  if (typeof requestId !== 'string') throw new Error(`not submitted: ${JSON.stringify(reply)}`);
  await eventually('the submission is recorded', async () => (await recordedVersion(requestId)) === 1);
  return requestId;
};
const recordedVersion = async (requestId: string): Promise<unknown> =>
  (await caller.get(auditor.personId, `/v1/requests/${requestId}`)).body['version'];
/** How many entries the workflow does not know to be recorded; the limit counts these. */
const unrecorded = async (requestId: string): Promise<number> => {
  const connection = await Connection.connect({ address: stack.temporalAddress });
  try {
    const { workflow } = new Client({ connection });
    return (await workflow.getHandle(workflowIdOf(requestId)).query(currentStateQuery)).unrecorded;
  } finally {
    await connection.close();
  }
};
const trail = (requestId: string): Promise<string[]> => caller.timeline(auditor.personId, requestId);

describe('MongoDB is gone', () => {
  it('takes decisions up to the limit, then says so, and records all of them in order afterwards', async () => {
    const requestId = await submitted();
    const path = `/v1/requests/${requestId}`;
    await eventually('the workflow knows of its recording', async () => (await unrecorded(requestId)) === 0);
    await stack.kill('mongod');

    const screened = await caller.post(hana.personId, `${path}/screening`, { ...eligible, expectedVersion: 1 });
    const first = await caller.post(cairo.personId, `${path}/opinions`, {
      governorate: 'EG-C',
      verdict: 'support',
      expectedVersion: 2,
    });
    const second = await caller.post(giza.personId, `${path}/opinions`, {
      governorate: 'EG-GZ',
      verdict: 'object',
      expectedVersion: 2,
    });
    const beyond = await caller.post(samira.personId, `${path}/withdrawal`, { expectedVersion: 4 });

    expect([screened, first, second].map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(screened.body).toMatchObject({ version: 2, readModel: 'behind' });
    expect(beyond).toMatchObject({ status: 503, body: { code: 'recordingBehind' } });
    expect(beyond.headers.get('retry-after')).not.toBeNull();

    await stack.start('mongod');
    await eventually('the read model has caught up', async () => (await recordedVersion(requestId)) === 4, 60_000);
    expect(await trail(requestId)).toEqual(['submitRequest', 'recordScreening', 'recordOpinion', 'recordOpinion']);
  }, 180_000);
});

describe('the worker is killed in the middle of a decision', () => {
  it('has that decision exactly once after the restart', async () => {
    const requestId = await submitted();
    const key = randomUUID();
    const body = { ...eligible, expectedVersion: 1 };
    const sending = caller.post(hana.personId, `/v1/requests/${requestId}/screening`, body, key);
    await stack.kill('worker');
    const lost = await sending;
    expect([200, 202, 503]).toContain(lost.status);

    await stack.start('worker');
    const answer = await caller.insist(hana.personId, `/v1/requests/${requestId}/screening`, body, key);
    expect(answer).toMatchObject({ status: 200, body: { version: 2 } });
    await eventually('the decision is recorded', async () => (await recordedVersion(requestId)) === 2, 60_000);
    expect(await trail(requestId)).toEqual(['submitRequest', 'recordScreening']);
  }, 180_000);
});

describe('the API is killed while it decides', () => {
  it('finds the first answer under the same key', async () => {
    const requestId = await submitted();
    const key = randomUUID();
    const body = { ...eligible, expectedVersion: 1 };
    const sending = caller
      .post(hana.personId, `/v1/requests/${requestId}/screening`, body, key)
      .catch((error: unknown) => error);
    await stack.kill('api');
    await sending;

    await stack.start('api');
    const answer = await caller.insist(hana.personId, `/v1/requests/${requestId}/screening`, body, key);
    expect(answer).toMatchObject({ status: 200, body: { version: 2 } });
    await eventually('the decision is recorded', async () => (await recordedVersion(requestId)) === 2);
    expect(await trail(requestId)).toEqual(['submitRequest', 'recordScreening']);
  }, 180_000);
});

describe('Temporal is gone', () => {
  it('still saves drafts, asks to come back for decisions, and keeps every request over the restart', async () => {
    const requestId = await submitted();
    await stack.kill('temporal');

    const refused = await caller.post(hana.personId, `/v1/requests/${requestId}/screening`, {
      ...eligible,
      expectedVersion: 1,
    });
    expect([202, 503]).toContain(refused.status);
    expect(refused.headers.get('retry-after')).not.toBeNull();
    const { path, etag } = await caller.draft(samira.personId);
    const saved = await caller.patch(samira.personId, path, { sections: twoGovernorates }, etag);
    expect(saved.status).toBe(200);

    await stack.start('temporal');
    const key = randomUUID();
    const answer = await caller.insist(
      hana.personId,
      `/v1/requests/${requestId}/screening`,
      { ...eligible, expectedVersion: 1 },
      key,
      90_000,
    );
    expect([200, 409]).toContain(answer.status);
    await eventually('one screening is recorded', async () => (await recordedVersion(requestId)) === 2, 60_000);
    expect(await trail(requestId)).toEqual(['submitRequest', 'recordScreening']);
  }, 240_000);
});
