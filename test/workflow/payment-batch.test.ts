// Payment batches on a real server: other eyes release, the file goes once, an unknown status waits for a person.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { Engine } from '../support/engine.js';
import { connectEngine, quietRuntime } from '../support/engine.js';
import { claimedLine, playBatch, startBatch } from '../support/live-batch.js';
import { people } from '../support/people.js';

describe('a payment batch on a real Temporal server', () => {
  let engine: Engine;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    await engine.startWorker();
  });
  beforeEach(() => {
    engine.storage.lines.length = 0;
    engine.storage.statuses.length = 0;
    engine.storage.told.length = 0;
  });
  afterAll(() => engine.close());

  it('completes only after a person has resolved the unknown line', async () => {
    const batch = await playBatch(engine);
    expect(await batch.state()).toMatchObject({ state: 'completed', releasedBy: { personId: 'releaser' } });
    expect((await batch.state()).lines.map(({ status }) => status)).toEqual(['settled', 'settled']);
    // Each request hears every word on its payment, also the one that a person gave last.
    expect(engine.storage.told).toEqual(['i-1 settled', 'i-2 unknown', 'i-2 settled']);
  });

  it('refuses a release by the person who prepared its lines, and one over another sum', async () => {
    engine.storage.lines.push(claimedLine('i-1', '700'));
    const batch = await startBatch(engine);
    await batch.reaches('awaiting-release');
    const both = { ...people.finance, roles: [{ role: 'paymentReleaser' } as const] };
    const seen = { count: 1, controlSumMinor: '700' };
    await expect(batch.act(both, 'releaseBatch', seen)).rejects.toThrow(WorkflowUpdateFailedError);
    await expect(batch.act(people.releaser, 'releaseBatch', { ...seen, controlSumMinor: '701' })).rejects.toThrow(
      WorkflowUpdateFailedError,
    );
    expect((await batch.state()).state).toBe('awaiting-release');
    await batch.act(people.finance, 'withdrawBatch', {});
    expect(await batch.handle.result()).toBe('withdrawn');
  });

  it('ends at once when nothing waits to be paid', async () => {
    const batch = await startBatch(engine);
    expect(await batch.handle.result()).toBe('empty');
  });
});
