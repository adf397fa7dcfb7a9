// `sanad seed`: loads the sample data: reference data straight, requests through the public API as the demo people.
import type { Command } from 'commander';
import { InvalidArgumentError, Option } from 'commander';
import type { SampleSize } from '../../sample/requests.js';
import { createApiClient } from '../api-client.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import type { Surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';
import { positiveCount } from '../option-values.js';
import type { OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';
import { requireApi } from '../require-api.js';
import { holdsOtherSeed, isSeeded } from '../seeding/reference-data.js';
import { reportOf, reportText } from '../seeding/seed-report.js';
import { loadingOf, seed } from '../seeding/seed.js';

type SeedOptions = OutputOptions & {
  readonly size: SampleSize;
  readonly ifEmpty?: boolean;
  readonly seed: string;
  readonly demoNow: string;
  readonly concurrency: number;
  readonly url?: string;
};

const startOfToday = (): string => `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;

const instant = (text: string): string => {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) throw new InvalidArgumentError('not an instant, e.g. 2026-03-01T00:00:00Z');
  return at.toISOString();
};

const demoOnly = ({ config }: Surroundings): void => {
  if (config.mode === 'demo') return;
  throw new CommandFailure(
    'refused',
    'Sample data is loaded in demo mode only, because its people sign in without a password.',
    {
      code: 'demoModeOnly',
      next: 'Set SANAD_MODE=demo for this database.',
    },
  );
};

const run = async (options: SeedOptions): Promise<void> => {
  const around = surroundings({ url: options.url });
  demoOnly(around);
  const output = createOutput(options);
  const sample = { seed: options.seed, demoNow: options.demoNow, size: options.size };
  await withDatabase(around.config, async () => {
    if (options.ifEmpty && (await isSeeded()))
      return output.data('The sample data is there already.', { state: 'already-loaded' });
    if (await holdsOtherSeed(loadingOf(sample, new Date()).all))
      throw new CommandFailure('refused', 'This database holds the sample data of another seed.', {
        code: 'otherSeed',
        next: 'Name another database in MONGODB_DATABASE, or the seed it was loaded with.',
      });
    const api = createApiClient({ url: around.apiUrl });
    await requireApi(api);
    const startedAt = Date.now();
    const { concurrency, quiet = false } = options;
    const seeding = await seed({ sample, api, concurrency, output, quiet });
    const report = reportOf(seeding, (Date.now() - startedAt) / 1000);
    output.data(reportText(report), report);
    if (report.bookFaults.length > 0)
      throw new CommandFailure('defect', `${report.bookFaults.length} faults in ledger and audit trail.`);
    if (report.unexpected.length > 0)
      throw new CommandFailure('defect', `${report.unexpected.length} sample requests are not where they should be.`);
  });
};

export const addSeed = (program: Command): void => {
  withOutputOptions(program.command('seed'))
    .addOption(
      new Option('--size <size>', 'small: one request per interesting case; full: 96')
        .choices(['small', 'full'])
        .default('small'),
    )
    .option('--if-empty', 'do nothing when the sample data is there already')
    .option('--seed <text>', 'names and amounts follow from it', 'sanad-demo-1')
    .addOption(
      new Option('--demo-now <instant>', 'the day the documents are dated from')
        .argParser(instant)
        .default(startOfToday(), 'today'),
    )
    .option('--concurrency <count>', 'requests driven side by side', positiveCount, 4)
    .option('--url <url>', 'address of the API')
    .description('load the sample data (demo mode; needs a running API and worker)')
    .addHelpText('after', '\nExamples:\n  $ sanad seed --if-empty\n  $ sanad seed --size full --json')
    .action(run);
};
