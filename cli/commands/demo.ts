// `sanad demo`: whole lifecycles over HTTP as people would live them, and a report of what happened.
import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import { Option } from 'commander';
import { createApiClient } from '../api-client.js';
import { demoReportOf, demoReportText } from '../demo/demo-report.js';
import type { MixName } from '../demo/mix.js';
import { mixNames } from '../demo/mix.js';
import { runDemo } from '../demo/run-demo.js';
import { surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';
import { createLatencies } from '../latency.js';
import { positiveCount } from '../option-values.js';
import type { Output, OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';
import { startProgress } from '../progress.js';
import { requireApi } from '../require-api.js';

type DemoOptions = OutputOptions & {
  readonly requests: number;
  readonly concurrency: number;
  readonly mix: MixName;
  readonly seed?: string;
  readonly url?: string;
};

/** The first Ctrl-C begins nothing new and still reports; a second one ends at once, as usual. */
const stopOnInterrupt = (output: Output): (() => boolean) => {
  let stopping = false;
  process.once('SIGINT', () => {
    stopping = true;
    output.say('\nFinishing the lifecycles under way; Ctrl-C again ends at once.');
  });
  return () => stopping;
};

const demo = async (options: DemoOptions): Promise<void> => {
  const { requests, concurrency, mix, seed = randomUUID().slice(0, 8), quiet = false } = options;
  const { apiUrl } = surroundings({ url: options.url });
  const output = createOutput(options);
  const latencies = createLatencies();
  const api = createApiClient({ url: apiUrl, latencies });
  await requireApi(api);
  const stopping = stopOnInterrupt(output);
  output.say(`Driving ${requests} lifecycles at ${apiUrl}, ${concurrency} side by side, seed ${seed}.`);
  const progress = startProgress({ title: 'Lifecycles', total: requests, unit: 'lifecycles' }, output, quiet);
  const result = await runDemo({ api, seed, mix, requests, concurrency, progress, stopping });
  const report = demoReportOf(result, { concurrency, seed, latencies: latencies.rows(), repeats: api.repeats() });
  output.data(demoReportText(report), report);
  if (report.unexpected.length > 0)
    throw new CommandFailure('defect', `${report.unexpected.length} steps did not go as they must.`);
  if (stopping()) throw new CommandFailure('defect', `Stopped after ${report.requests} of ${requests} lifecycles.`);
};

export const addDemo = (program: Command): void => {
  withOutputOptions(program.command('demo'))
    .option('--requests <count>', 'lifecycles to drive', positiveCount, 20)
    .option('--concurrency <count>', 'lifecycles side by side', positiveCount, 4)
    .addOption(
      new Option('--mix <mix>', 'full: also returns, objections, recusals, delegations, appeals, suspensions, lapses')
        .choices([...mixNames])
        .default('plain'),
    )
    .option('--seed <text>', 'the same seed gives the same mix and stories; any by default')
    .option('--url <url>', 'address of the API')
    .description('drive whole lifecycles over HTTP as several people, and report')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad demo --requests 100 --concurrency 8\n  $ sanad demo --requests 20 --seed talk-1 --json\n\nExits 1 when anything was unexpected. Needs a seeded database (`sanad seed`).',
    )
    .action(demo);
};
