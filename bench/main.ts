// `npm run bench`: measures, keeps one line per figure, prints them; exit 1 when a gate fails.
import { join } from 'node:path';
import { createReporter } from '../scripts/reporter.mjs';
import { root } from '../scripts/settings.mjs';
import { createShutdown, stopOnSignals } from '../scripts/shutdown.mjs';
import { createBench } from './bench.js';
import type { Field } from './field.js';
import { openField } from './field.js';
import { readOptions } from './options.js';
import type { Options } from './options.js';
import { partsOf } from './plan-of-run.js';
import { startProgress } from './progress.js';
import type { Conditions, Result } from './results.js';
import { earlierResults, keep, resultOf, tableOf } from './results.js';
import { machineNow, ownVersions, serverSettings, serverVersions, sourcesHash } from './surroundings.js';

const profiling = ['--cpu-prof', '--cpu-prof-dir', join(root, 'bench', 'out', 'profiles')];
/** Told apart from a gate that fails. */
const couldNotMeasure = 2;
const report = createReporter();
const shutdown = createShutdown(report);

const conditionsOf = async (field: Field | undefined, base: Conditions): Promise<Conditions> => {
  if (field === undefined) return base;
  const { client, measured, settings } = field;
  return {
    ...base,
    versions: { ...base.versions, ...(await serverVersions(client)) },
    settings: [...serverSettings(measured), ...settings],
  };
};

/** Rejects when something that the whole run depends on has failed, whatever the measures are waiting for just then. */
const brokenPromise = (): { promise: Promise<never>; failed: (error: unknown) => void } => {
  let failed: (error: unknown) => void = () => undefined;
  const promise = new Promise<never>((_, reject) => {
    failed = reject;
  });
  promise.catch(() => undefined); // it may fail while nobody waits for it; the next wait then throws
  return { promise, failed };
};

const measure = async ({ measures, size, resume, profile, serverConfig, scale }: Options): Promise<Result[]> => {
  const machine = machineNow();
  const noisy = machine.noisy || profile;
  if (machine.noisy)
    report.say(`The machine is busy (load ${machine.load.toFixed(1)}): rates and latencies are not judged.`);
  const base: Conditions = { scale, sources: sourcesHash(), versions: ownVersions(), settings: [], machine, noisy };
  const earlier = resume ? earlierResults(base) : [];
  const known = new Set(earlier.map(({ id }) => id));
  const parts = partsOf(measures, size).filter(({ figures }) => figures.some((id) => !known.has(id)));
  const wanted = new Set(partsOf(measures, size).flatMap(({ figures }) => figures));
  const results = earlier.filter(({ id }) => wanted.has(id));
  if (results.length > 0) report.say(`Measured before: ${results.map(({ id }) => id).join(', ')}`);

  const broken = brokenPromise();
  let opened: Promise<Field> | undefined;
  const open = (): Promise<Field> =>
    (opened ??= openField({
      report,
      shutdown,
      serverConfig,
      failed: broken.failed,
      nodeArguments: profile ? profiling : [],
    }));
  const warmUps = new Set(parts.flatMap(({ warms }) => warms)).size;
  const progress = startProgress(parts.reduce((sum, { legs }) => sum + legs, warmUps));
  const bench = createBench({ size, field: open, leg: progress.leg });
  try {
    for (const part of parts) {
      const measured = bench.warm(part.warms).then(() => part.run(bench));
      const figures = await Promise.race([measured, broken.promise]);
      const conditions = await conditionsOf(await opened, base);
      for (const figure of figures.filter(({ id }) => wanted.has(id) && !known.has(id))) {
        const result = resultOf(figure, conditions);
        keep(result);
        results.push(result);
      }
    }
  } finally {
    progress.end();
  }
  return results;
};

stopOnSignals(shutdown, { report, exitCode: 130 });
const options = readOptions(process.argv.slice(2));
try {
  const results = await measure(options);
  if (options.json) for (const result of results) console.log(JSON.stringify(result));
  else console.log(tableOf(results));
  process.exitCode = results.some(({ pass }) => pass === false) ? 1 : 0;
} catch (error) {
  report.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = couldNotMeasure;
} finally {
  await shutdown.drain();
}
