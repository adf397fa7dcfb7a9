// One campaign: a Sanad of its own behind proxies, lifecycles over HTTP, faults by count; then quiet, and the checks.
import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { createApiClient } from '../../cli/api-client.js';
import type { Progress } from '../../cli/progress.js';
import { createReporter } from '../../scripts/reporter.mjs';
import type { Shutdown } from '../../scripts/shutdown.mjs';
import type { Stack } from '../faults/stack.js';
import { startStack } from '../faults/stack.js';
import type { Book } from './book.js';
import { openBook } from './book.js';
import type { Found } from './checks.js';
import { examine } from './checks.js';
import type { Life } from './lives.js';
import { openLives } from './lives.js';
import type { Done, Recovery } from './nemesis.js';
import { openNemesis } from './nemesis.js';
import { openReconciler } from './reconciler.js';
import type { Fault } from './schedule.js';
import { scheduleOf } from './schedule.js';
import { seedStack } from './seeding.js';
import { untilQuiet } from './quiet.js';
import type { FaultKind } from './vocabulary.js';

export type CampaignSettings = {
  readonly seed: string;
  readonly lifecycles: number;
  readonly kinds: readonly FaultKind[];
  readonly concurrency: number;
  readonly tree: string;
  readonly progress: Progress;
  readonly shutdown: Shutdown;
  /** Where the logs are copied to at the end, if anywhere. */
  readonly keepIn: string | null;
};

export type CampaignResult = {
  readonly lives: readonly Life[];
  readonly scheduled: readonly Fault[];
  readonly faults: readonly Done[];
  readonly recoveries: readonly Recovery[];
  readonly calls: ReturnType<Book['calls']> & { readonly refusedOnPurpose: number; readonly repeats: number };
  readonly acknowledged: number;
  readonly found: Found;
  readonly seconds: number;
  readonly hasBank: boolean;
};

/** Shorter than in production, so that a caller's deadline passes often within a short run. */
const deadlineMs = 4_000;
/** Longer than any fault and what follows from it: a client that gives up sooner would only ask again. */
const clientPatienceMs = 90_000;
/** Clicks too many: one in so many accepted calls. */
const repeatEvery = 10;
/** Longer than the transaction of a killed worker can keep others from writing. */
const recordedWithinMs = 90_000;
/** The sample's people and NGOs are always the same ones; the campaign's seed deals their stories. */
const sampleSeed = 'sanad-demo-1';

const stackFor = async ({ tree, shutdown, keepIn }: CampaignSettings): Promise<Stack> => {
  const settings = {
    SANAD_DECISION_DEADLINE_MS: String(deadlineMs),
    SANAD_LOG_LEVEL: 'warn',
    SANAD_BANK_DELAY_MS: '0',
    SANAD_TASK_QUEUE: 'chaos',
  };
  const stack = await startStack(settings, { tree, proxies: true, supervised: true, database: 'sanad_chaos' });
  const stop = async (): Promise<void> => {
    if (keepIn !== null)
      for (const name of ['api.log', 'worker.log', 'bank.log', 'logs', 'book.jsonl'])
        if (existsSync(join(stack.folder, name)))
          cpSync(join(stack.folder, name), join(keepIn, name), { recursive: true });
    await stack.stop();
  };
  shutdown.add({ name: 'the campaign', stop, endNow: () => undefined });
  return stack;
};

export const runCampaign = async (settings: CampaignSettings): Promise<CampaignResult> => {
  const { seed, lifecycles, kinds, concurrency, tree, progress } = settings;
  const report = createReporter();
  const startedAt = performance.now();
  const stack = await report.during('Starting a Sanad for the campaign', async () => {
    const started = await stackFor(settings);
    await seedStack(started, { tree, seed: sampleSeed });
    await Promise.all([started.start('worker'), started.start('api')]);
    return started;
  });
  const client = createApiClient({ url: stack.url, patienceMs: clientPatienceMs });
  const book = openBook(client, join(stack.folder, 'book.jsonl'), repeatEvery);
  const hasBank = stack.bankUrl !== null;
  const scheduled = scheduleOf({ seed, lifecycles, kinds, bank: hasBank });
  const nemesis = openNemesis(stack, scheduled, { deadlineMs });
  let ended = 0;
  const show = (): void =>
    progress.step(
      ended,
      `${nemesis.done().length} of ${scheduled.length} faults, ${book.acknowledged().length} decisions acknowledged`,
    );
  book.onAcknowledged((count) => {
    nemesis.reached(count);
    show();
  });
  const lives = openLives({
    ...{ api: book.api, seed, lifecycles, concurrency },
    ended: (count) => {
      ended = count;
      show();
    },
  });
  const reconciler = stack.bankUrl === null ? null : openReconciler(book.api, stack.bankUrl);
  await lives.run();
  await nemesis.quiesce();
  const told = await lives.finish();
  await reconciler?.close();
  progress.end();
  await report.during('Waiting until nothing moves', () =>
    untilQuiet(stack, { acknowledged: book.acknowledged(), recordedWithinMs }),
  );
  const provoked = lives.refusedOnPurpose();
  const found = await report.during('Checking', () => examine(stack, { book, provoked, tree }));
  return {
    ...{ lives: told, scheduled, faults: nemesis.done(), recoveries: nemesis.recoveries(), found, hasBank },
    calls: { ...book.calls(), refusedOnPurpose: provoked.length, repeats: client.repeats() },
    acknowledged: book.acknowledged().length,
    seconds: (performance.now() - startedAt) / 1000,
  };
};
