// What is in the database before the first lifecycle: the sample's people and NGOs, and the calls that demo lifecycles answer.
import { loadDemoCalls, loadReferenceData } from '../../cli/seeding/reference-data.js';
import { loadingOf } from '../../cli/seeding/seed.js';
import { join } from 'node:path';
import { connect, disconnect } from '../../persistence/connection.js';
import { runCommand } from '../../scripts/run-command.mjs';
import type { Stack } from '../faults/stack.js';

/** Collections and indexes are those of the build that runs, which may be another one than this code. */
const migrated = ({ env }: Stack, tree: string): Promise<string> =>
  runCommand(process.execPath, [join(tree, 'dist/cli/main.js'), 'migrate'], { env });

export const seedStack = async (
  stack: Stack,
  { tree, seed }: { readonly tree: string; readonly seed: string },
): Promise<void> => {
  const { mongodbUri, database } = stack;
  await migrated(stack, tree);
  const now = new Date();
  const demoNow = `${now.toISOString().slice(0, 10)}T00:00:00Z`;
  await connect(mongodbUri, database);
  try {
    const loading = loadingOf({ seed, demoNow, size: 'small' }, now);
    await loadReferenceData(loading);
    await loadDemoCalls(loading);
  } finally {
    await disconnect();
  }
};
