// Recording a payment batch: once, twice, in part, out of order; and the list of batches.
import { describe, expect, it } from '@jest/globals';
import { verifyChain } from '../../domain/audit/chain.js';
import type { BatchEntry, BatchLine } from '../../domain/money/payment-batch.js';
import { foldBatchEntry, newBatch } from '../../domain/money/payment-batch.js';
import { chainOf } from '../../persistence/audit-entry.reads.js';
import { batchById, batchList, batchPosition, recordedBatchVersion } from '../../persistence/payment-batch.reads.js';
import { hashing } from '../../platform/hashing.js';
import { fingerprintConflict } from '../../workflows/contract.js';
import { startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { activities, newRequestId, useDatabase } from './support.js';

useDatabase();

const line: BatchLine = {
  instructionId: 'r-t1-1',
  requestId: 'r',
  number: 1,
  amountMinor: '100',
  accountId: 'account-1',
  preparedBy: 'finance',
  status: 'claimed',
};
const story: readonly BatchEntry[] = [
  {
    seq: 1,
    atMs: startMs,
    kind: 'decision',
    command: 'buildBatch',
    actor: people.finance,
    key: 'k1',
    fingerprint: 'f1',
    events: [{ kind: 'batchBuilt', lines: [line] }],
  },
  {
    seq: 2,
    atMs: startMs + 1,
    kind: 'decision',
    command: 'releaseBatch',
    actor: people.releaser,
    key: 'k2',
    fingerprint: 'f2',
    events: [{ kind: 'batchReleased', by: people.releaser }],
  },
  {
    seq: 3,
    atMs: startMs + 2,
    kind: 'system',
    command: 'batchSent',
    actor: people.finance,
    events: [{ kind: 'batchSent', fileSha256: 'a'.repeat(64) }],
  },
];
const recordBatch = (batchId: string, entries: readonly BatchEntry[]): Promise<void> =>
  activities.recordBatchEntries({ batchId, runId: 'run-1', builtBy: people.finance, entries });

describe('a batch recorded', () => {
  it('shows the folded state, and its chain verifies', async () => {
    const batchId = newRequestId();

    await recordBatch(batchId, story);

    const state = story.reduce(foldBatchEntry, newBatch(batchId, people.finance));
    expect(await batchById(batchId)).toMatchObject({
      version: 3,
      state,
      status: 'sent',
      count: 1,
      controlSumMinor: '100',
    });
    const subject = { kind: 'batch', id: batchId } as const;
    expect(verifyChain(subject, await chainOf(subject), hashing)).toEqual([]);
  });

  it('twice or in overlapping parts has the effect of once', async () => {
    const batchId = newRequestId();
    await recordBatch(batchId, story.slice(0, 2));

    await recordBatch(batchId, story.slice(1));
    await recordBatch(batchId, story);

    expect((await chainOf({ kind: 'batch', id: batchId })).map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(await recordedBatchVersion(batchId)).toBe(3);
  });

  it('with another content under a known seq is a conflict that is not retried', async () => {
    const batchId = newRequestId();
    await recordBatch(batchId, story);
    const forged = story.map((entry) => (entry.seq === 2 ? { ...entry, actor: people.finance } : entry));

    await expect(recordBatch(batchId, forged)).rejects.toMatchObject({ type: fingerprintConflict, nonRetryable: true });
  });

  it('with a gap is retried', async () => {
    const batchId = newRequestId();

    await expect(recordBatch(batchId, story.slice(1))).rejects.toThrow('entry 2 came before 1');
    expect(await batchById(batchId)).toBeNull();
  });
});

describe('the list of batches', () => {
  it('is newest first and pages without losing any, also where times are the same', async () => {
    const at = (minute: number) =>
      story.slice(0, 1).map((entry) => ({ ...entry, atMs: startMs + 60_000 * (10 + minute) }));
    for (const minute of [1, 2, 2, 2, 3]) await recordBatch(newRequestId(), at(minute));
    const all = await batchList({ limit: 100 });

    const pages: string[] = [];
    for (let page = await batchList({ limit: 2 }); page.length > 0; ) {
      pages.push(...page.map(({ _id }) => _id));
      if (pages.length > all.length) throw new Error('the pages never end');
      const last = page.at(-1);
      page = last ? await batchList({ after: batchPosition(last), limit: 2 }) : [];
    }

    expect(pages).toEqual(all.map(({ _id }) => _id));
    expect(all.map(({ builtAt }) => builtAt.getTime())).toEqual(
      all.map(({ builtAt }) => builtAt.getTime()).sort((a, b) => b - a),
    );
    expect((await batchList({ status: 'awaiting-release', limit: 100 })).length).toBe(5);
  });
});
