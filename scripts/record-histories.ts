// Records one history per golden path from a real server into test/replay/histories. Existing ones are never overwritten:
// a released history stays as evidence that today's code still replays it.
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { playBatch } from '../test/support/live-batch.js';
import { connectEngine, newRequestId, openRequest, quietRuntime } from '../test/support/engine.js';
import { eventually } from '../test/support/eventually.js';
import type { Engine } from '../test/support/engine.js';
import type { GoldenPath } from '../test/support/golden-paths.js';
import { goldenPaths } from '../test/support/golden-paths.js';

const folder = fileURLToPath(new URL('../test/replay/histories/', import.meta.url));

const batchFile = fileURLToPath(
  new URL('../test/replay/batch-histories/unknown-then-resolved.v1.json', import.meta.url),
);

/** Stored the way the server tells it: plain JSON of the history could not be replayed. */
const textOf = (history: Parameters<typeof historyToJSON>[0]): string =>
  `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`;

const record = async (engine: Engine, path: GoldenPath): Promise<string> => {
  const id = newRequestId();
  engine.storage.refusals.push(...(path.refusals ?? []));
  const limits = {
    unrecordedEntries: 200,
    ...(path.continueAfterEvents ? { continueAfterEvents: path.continueAfterEvents } : {}),
  };
  const live = await openRequest(engine, path.plan, limits, id);
  const told = path.play(id, Date.now());
  await live.follow(told);
  await eventually('everything is recorded', () => live.recorded().version === told.request().version);
  await eventually('nothing waits to be recorded', async () => (await live.unrecorded()) === 0);
  if (told.request().outcome) await live.result();
  return textOf(await live.history());
};

quietRuntime();
await mkdir(folder, { recursive: true });
const engine = await connectEngine();
await engine.startWorker();
for (const [name, path] of Object.entries(goldenPaths)) {
  const file = `${folder}${name}.v1.json`;
  if (existsSync(file)) continue;
  await writeFile(file, await record(engine, path));
  console.log(`recorded ${name}`);
}
if (!existsSync(batchFile)) {
  await mkdir(dirname(batchFile), { recursive: true });
  await writeFile(batchFile, textOf(await (await playBatch(engine)).handle.fetchHistory()));
  console.log('recorded a payment batch');
}
await engine.close();
