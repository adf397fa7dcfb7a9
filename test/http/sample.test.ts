// The sample data as `npm start` loads it, and a small demo on top of it: through the API, as the people would.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createApiClient } from '../../cli/api-client.js';
import { createLatencies } from '../../cli/latency.js';
import { createOutput } from '../../cli/output.js';
import { runDemo } from '../../cli/demo/run-demo.js';
import { isSeeded } from '../../cli/seeding/reference-data.js';
import { reportOf } from '../../cli/seeding/seed-report.js';
import type { Seeding } from '../../cli/seeding/seed.js';
import { seed } from '../../cli/seeding/seed.js';
import { balanceOf } from '../../persistence/ledger.reads.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

const minutes = 60_000;
let world: World;
let first: Seeding;

const seeded = (): Promise<Seeding> =>
  seed({
    sample: { size: 'small', demoNow: `${new Date().toISOString().slice(0, 10)}T00:00:00Z` },
    api: createApiClient({ url: world.url }),
    concurrency: 4,
    output: createOutput({ quiet: true }),
    quiet: true,
  });

const requestOf = (seeding: Seeding, index: number) => seeding.driven.find(({ request }) => request.index === index);

beforeAll(async () => {
  world = await openWorld();
  first = await seeded();
}, 8 * minutes);
afterAll(() => world?.close());

describe('an empty database, seeded at size small', () => {
  it('has every sample request where the sample wants it', () => {
    const report = reportOf(first, 1);
    expect(report.unexpected).toEqual([]);
    expect(report.suspended).toEqual({ wanted: 2, found: 2 });
    expect(report.requests).toBe(24);
  });

  it('has books that add up', () => {
    expect(first.bookFaults).toEqual([]);
  });

  it('has a call that paid from money of its own', async () => {
    const own = await balanceOf('citizenship/state-budget/2025/2026/citizenship-open');
    expect(own).toMatchObject({ reserved: 0n, committed: 0n, envelopeCallId: 'citizenship-open' });
    expect(own?.spent).toBeGreaterThan(0n);
    const shared = await balanceOf('citizenship/state-budget/2025/2026');
    expect(shared).toMatchObject({ spent: 0n });
  });

  it('knows that it is seeded', async () => {
    expect(await isSeeded()).toBe(true);
  });

  it.each([
    [50, 'late'],
    [63, 'escalated'],
    [83, 'late'],
    [16, 'escalated'],
  ])('shows sample %d as %s', (index, lateness) => {
    expect(requestOf(first, index)?.seen?.lateness).toBe(lateness);
  });

  it('refused the third housing request for want of money, and left the item open', async () => {
    expect(requestOf(first, 55)?.seen).toMatchObject({ stage: 'committee', awardDetails: null });
    expect((await balanceOf('housing/state-budget/2025/2026'))?.available).toBe(0n);
  });

  it('has the reviewer who sits on the board out of the review', () => {
    const internal = requestOf(first, 63)?.seen?.internal;
    expect(internal?.conflicted).toEqual(['reviewer-disability-1']);
    expect(internal?.assigned.map(({ personId }) => personId)).not.toContain('reviewer-disability-1');
  });
});

describe('the same seed again', () => {
  it(
    'adds nothing and finds everything in its place',
    async () => {
      const again = await seeded();
      expect(again.decisions).toBe(0);
      expect(reportOf(again, 1).unexpected).toEqual([]);
    },
    2 * minutes,
  );
});

describe('a demo of ten lifecycles', () => {
  it(
    'ends each as its story says, with nothing unexpected',
    async () => {
      const latencies = createLatencies();
      const progress = { step: () => undefined, end: () => undefined };
      const api = createApiClient({ url: world.url, latencies });

      const result = await runDemo({
        api,
        seed: 'test',
        requests: 20,
        concurrency: 4,
        progress,
        stopping: () => false,
      });

      expect(result.unexpected).toEqual([]);
      expect(result.ends.filter(({ outcome }) => outcome === null)).toEqual([]);
      expect(Object.values(result.refusals)).toEqual([1]);
      expect(latencies.rows().find(({ name }) => name === 'castVote')?.count).toBeGreaterThan(0);
    },
    8 * minutes,
  );
});
