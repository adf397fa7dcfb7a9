// A hundred releases of money, each sent a hundred times at once under its key: a hundred instructions, no more and no less.
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Client, Connection } from '@temporalio/client';
import { randomUUID } from 'node:crypto';
import { envelopeIdOf } from '../../domain/money/envelope.js';
import { balanceCollection } from '../../persistence/ledger.model.js';
import { paymentInstructionCollection } from '../../persistence/payment-instruction.model.js';
import { planHashOf } from '../../persistence/plan-version.model.js';
import { projectEntries } from '../../persistence/request.projection.js';
import { usualLimits, workflowIdOf } from '../../workflows/contract.js';
import { addressOf, newRequestId } from '../support/engine.js';
import { journeyTo, paymentFacts } from '../support/journey.js';
import { organisationId, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';
import { envelope } from '../support/world-seed.js';

const requests = 100;
const sends = 100;
/** So many keys at a time: ten thousand connections at once would test the machine, not Sanad. */
const atOnce = 5;

let world: World;
let connection: Connection;
beforeAll(async () => {
  world = await openWorld({ maxCommands: requests * sends });
  connection = await Connection.connect({ address: addressOf() });
}, 120_000);
afterAll(async () => {
  await connection.close();
  await world.close();
});

type Ready = { readonly id: string; readonly version: number };
/** As a request stands after its first tranche was prepared: recorded, and its workflow going on from there. */
const prepared = async (client: Client): Promise<Ready> => {
  const id = newRequestId();
  const story = journeyTo('implementation', calmPlan, id);
  const facts = { ...paymentFacts(story.nowMs()), accountId: `account-${organisationId}` };
  story.act(people.finance, 'prepareTranche', { number: 1, facts });
  const planHash = planHashOf(calmPlan);
  await projectEntries({ requestId: id, runId: 'prepared', planHash, entries: story.entries() });
  await client.workflow.start('grantLifecycle', {
    workflowId: workflowIdOf(id),
    taskQueue: world.taskQueue,
    args: [
      {
        requestId: id,
        plan: calmPlan,
        planHash,
        limits: usualLimits,
        carried: { request: story.request(), unrecorded: [] },
      },
    ],
  });
  return { id, version: story.request().version };
};

it('gives exactly one instruction for each key', async () => {
  const client = new Client({ connection });
  await balanceCollection().updateOne({ _id: envelopeIdOf(envelope) }, { $inc: { available: 100_000_000_000n } });
  const ready: Ready[] = [];
  for (let made = 0; made < requests; made += 1) ready.push(await prepared(client));

  const releaseOften = async ({ id, version: expectedVersion }: Ready): Promise<string[]> => {
    const key = randomUUID();
    const send = () =>
      world.as(people.releaser.personId).post(`/v1/requests/${id}/tranches/1/release`, { expectedVersion }, { key });
    const replies = await Promise.all(Array.from({ length: sends }, send));
    return replies.map(
      ({ status, body }) => `${status} ${typeof body['code'] === 'string' ? body['code'] : 'accepted'}`,
    );
  };
  const answers = new Set<string>();
  for (let at = 0; at < ready.length; at += atOnce)
    for (const replies of await Promise.all(ready.slice(at, at + atOnce).map(releaseOften)))
      replies.forEach((reply) => answers.add(reply));

  expect([...answers].sort()).toEqual(['200 accepted', '409 keyInProgress']);
  const instructions = await paymentInstructionCollection().find().toArray();
  expect(instructions.map(({ requestId }) => requestId).sort()).toEqual(ready.map(({ id }) => id).sort());
  for (const { id } of ready)
    expect((await world.trail(id)).filter((entry) => entry.includes('releaseTranche'))).toHaveLength(1);
}, 600_000);
