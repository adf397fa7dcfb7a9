// `sanad migrate`: collections and indexes as this version needs them. Safe to run again and while Sanad runs.
import type { Command } from 'commander';
import { ensureIndexes } from '../../persistence/indexes.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import type { OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';

const migrate = async (options: OutputOptions): Promise<void> => {
  const { config } = surroundings();
  const output = createOutput(options);
  await withDatabase(config, ensureIndexes);
  const { database } = config.mongodb;
  output.data(`Collections and indexes of ${database} are up to date.`, { database, state: 'current' });
};

export const addMigrate = (program: Command): void => {
  withOutputOptions(program.command('migrate'))
    .description('create the collections and indexes that this version needs')
    .addHelpText('after', '\nExamples:\n  $ sanad migrate\n  $ MONGODB_URI=… sanad migrate --json')
    .action(migrate);
};
