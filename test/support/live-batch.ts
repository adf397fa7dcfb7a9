// A payment batch on a real worker: two claimed lines, one settled and one unknown, resolved by a person.
import { randomUUID } from 'node:crypto';
import type { BatchBodies, BatchCommand, BatchCommandKind, PaymentBatch } from '../../domain/money/payment-batch.js';
import type { Actor } from '../../domain/actor.js';
import { batchUpdate, batchWorkflowIdOf, currentBatchQuery } from '../../workflows/contract.js';
import type { Engine } from './engine.js';
import { eventually } from './eventually.js';
import { people } from './people.js';

export const claimedLine = (instructionId: string, amountMinor: string) =>
  ({
    instructionId,
    requestId: 'req0000000000001',
    number: 1,
    amountMinor,
    accountId: 'account-1',
    preparedBy: people.finance.personId,
    status: 'claimed',
  }) as const;

export const startBatch = async (engine: Engine) => {
  const batchId = randomUUID().replaceAll('-', '').slice(0, 16);
  const handle = await engine.client.workflow.start('paymentBatch', {
    workflowId: batchWorkflowIdOf(batchId),
    taskQueue: engine.taskQueue,
    args: [{ batchId, builtBy: people.finance, key: 'build', fingerprint: 'f', limit: 50 }],
  });
  const state = (): Promise<PaymentBatch> => handle.query(currentBatchQuery);
  const act = async <K extends BatchCommandKind>(by: Actor, kind: K, body: BatchBodies[K], reason = 'seen') => {
    const { version: expectedVersion } = await state();
    const command = { kind, by, body, reason, key: randomUUID(), fingerprint: 'f', expectedVersion } as BatchCommand;
    return handle.executeUpdate(batchUpdate(kind), { args: [command] });
  };
  const reaches = (wanted: PaymentBatch['state']): Promise<void> =>
    eventually(`the batch is ${wanted}`, async () => (await state()).state === wanted);
  return { handle, state, act, reaches };
};

/** From two claimed instructions to a completed batch; the bank leaves one of them unknown. */
export const playBatch = async (engine: Engine) => {
  engine.storage.lines.push(claimedLine('i-1', '700'), claimedLine('i-2', '300'));
  const batch = await startBatch(engine);
  await batch.reaches('awaiting-release');
  engine.storage.statuses.push(
    [{ instructionId: 'i-1', status: 'settled' }],
    [{ instructionId: 'i-2', status: 'unknown' }],
  );
  await batch.act(people.releaser, 'releaseBatch', { count: 2, controlSumMinor: '1000' });
  await eventually('the bank leaves one unknown', async () =>
    (await batch.state()).lines.some(({ status }) => status === 'unknown'),
  );
  await batch.act(
    people.reconciler,
    'resolveUnknown',
    { instructionId: 'i-2', status: 'settled' },
    'the bank confirmed by letter',
  );
  await batch.handle.result();
  return batch;
};
