// `npm run chaos`: a campaign of faults and the seeded bugs; exit 1 when anything was lost, doubled or stuck, or the run was empty.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOutput } from '../../cli/output.js';
import { startProgress } from '../../cli/progress.js';
import { buildApplication } from '../../scripts/prepare.mjs';
import { createReporter } from '../../scripts/reporter.mjs';
import { mongodBinary } from '../../scripts/services/mongod-binary.mjs';
import { resolveBinary } from '../../scripts/services/resolve.mjs';
import { temporalBinary } from '../../scripts/services/temporal-binary.mjs';
import { root } from '../../scripts/settings.mjs';
import { createShutdown, stopOnSignals } from '../../scripts/shutdown.mjs';
import { ownVersions } from '../../bench/surroundings.js';
import { runBugs } from './bugs/run-bugs.js';
import type { BugResult } from './bugs/run-bugs.js';
import { runCampaign } from './campaign.js';
import { readOptions } from './options.js';
import type { Options } from './options.js';
import { chaosReportOf } from './report.js';
import { bugsText, reportText } from './report-text.js';

/** Told apart from a campaign that found something. */
const couldNotRun = 2;

const report = createReporter();
const shutdown = createShutdown(report);

/** The stack looks for its servers where tests are told about them. */
const findServers = async (): Promise<void> => {
  for (const recipe of [temporalBinary, mongodBinary])
    process.env[recipe.binaryVariable] = (await resolveBinary(recipe, { report })).path;
};

const campaign = async (options: Options) => {
  const { seed, lifecycles, faults: kinds, concurrency, tree, keep } = options;
  const output = createOutput({});
  const progress = startProgress({ title: 'Chaos', total: lifecycles, unit: 'lifecycles' }, output);
  const keepIn = keep ? mkdtempSync(join(tmpdir(), 'sanad-chaos-logs-')) : null;
  report.say(`Seed ${seed}: ${lifecycles} lifecycles, ${concurrency} side by side, faults ${kinds.join(', ')}.`);
  const result = await runCampaign({ seed, lifecycles, kinds, concurrency, tree, progress, shutdown, keepIn });
  if (keepIn !== null) report.say(`Logs of all parts: ${keepIn}`);
  return result;
};

const seededBugs = ({ only }: Options): Promise<BugResult[]> => runBugs({ only, report, shutdown });

const print = (json: boolean, text: string, document: unknown): void => {
  console.log(text);
  if (json) console.log(JSON.stringify(document));
};

const run = async (options: Options): Promise<boolean> => {
  await findServers();
  if (options.tree === root) await buildApplication(report);
  if (options.bugsOnly) {
    const bugs = await seededBugs(options);
    print(options.json, bugsText(bugs), { bugs });
    return bugs.every(({ caughtBy }) => caughtBy !== null);
  }
  const result = await campaign(options);
  const bugs = options.withBugs ? await seededBugs(options) : null;
  const { seed, faults: kinds, lifecycles, concurrency } = options;
  const commit = ownVersions()['commit'] ?? 'unknown';
  const told = chaosReportOf(result, { seed, commit, kinds, lifecycles, concurrency }, bugs);
  print(options.json, reportText(told), told);
  return told.passed;
};

stopOnSignals(shutdown, { report, exitCode: 130 });
const options = readOptions(process.argv.slice(2));
try {
  process.exitCode = (await run(options)) ? 0 : 1;
} catch (error) {
  report.say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  report.say(`Seed ${options.seed}.`);
  process.exitCode = couldNotRun;
} finally {
  await shutdown.drain();
}
// Not left to Node: with sockets that were reset while they wrote, its clean-up of handles goes round for ever.
process.exit();
