// Runs the seeded bugs: each patch on a copy, then the check that must see it. What sees nothing on a build without a bug and
// something on every one with a bug can be believed.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Reporter } from '../../../scripts/reporter.mjs';
import { CommandFailed, runCommand } from '../../../scripts/run-command.mjs';
import { provideServices } from '../../../scripts/services/provide.mjs';
import { root } from '../../../scripts/settings.mjs';
import type { Shutdown } from '../../../scripts/shutdown.mjs';
import type { Stack } from '../../faults/stack.js';
import type { Patch } from './apply-patch.js';
import { parsePatch } from './apply-patch.js';
import type { BuggyTree } from './buggy-tree.js';
import { buildWith, sourcesWith } from './buggy-tree.js';
import type { Check, SeededBug } from './catalogue.js';
import { seededBugs } from './catalogue.js';
import { shortCampaign } from './short-campaign.js';

export type BugResult = {
  readonly name: string;
  readonly about: string;
  /** The check and what it said; null: it saw nothing. */
  readonly caughtBy: string | null;
  readonly seconds: number;
};
export type BugRun = {
  readonly only: readonly string[] | undefined;
  readonly report: Reporter;
  readonly shutdown: Shutdown;
};
type Servers = Pick<Stack, 'mongodbUri' | 'temporalAddress'>;

export const patchNamed = (name: string): Patch =>
  parsePatch(readFileSync(join(root, 'test/chaos/bugs', `${name}.patch`), 'utf8'));

const testResults = z.looseObject({
  numFailedTests: z.int(),
  numRuntimeErrorTestSuites: z.int(),
  testResults: z.array(
    z.looseObject({ assertionResults: z.array(z.looseObject({ fullName: z.string(), status: z.string() })) }),
  ),
});

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];

/** The first test that failed; a file that could not even run has caught nothing. */
const failedTest = async (folder: string, check: Extract<Check, { kind: 'tests' }>, env: NodeJS.ProcessEnv) => {
  const outputFile = join(folder, 'results.json');
  const asked = [
    '--selectProjects',
    check.tier,
    '--testPathPatterns',
    check.files,
    '--json',
    '--outputFile',
    outputFile,
  ];
  await runCommand(process.execPath, [...jest, ...asked], { cwd: folder, env }).catch((error: unknown) => {
    if (!(error instanceof CommandFailed)) throw error;
  });
  const results = testResults.parse(JSON.parse(readFileSync(outputFile, 'utf8')));
  if (results.numRuntimeErrorTestSuites > 0) throw new Error(`${check.files} could not run on the patched sources`);
  const failed = results.testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .find(({ status }) => status === 'failed');
  return failed === undefined ? null : `test: ${failed.fullName}`;
};

const failedModel = async (folder: string, sequences: number): Promise<string | null> => {
  const asked = ['scripts/model.ts', '--sequences', String(sequences), '--seed', '1'];
  try {
    await runCommand(process.execPath, ['--import', 'tsx', ...asked], { cwd: folder });
    return null;
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const said = /Got (?:\w+: )?(.*)/.exec(error.output)?.[1];
    return `model: ${said ?? 'a sequence breaks an invariant'}`;
  }
};

const within = async <T>(tree: BuggyTree, work: (folder: string) => Promise<T>): Promise<T> => {
  try {
    return await work(tree.folder);
  } finally {
    tree.remove();
  }
};

const complaint = async (name: string, patch: Patch | null, servers: Servers): Promise<string | null> =>
  within(await buildWith(name, patch), async (tree) => {
    const [first] = await shortCampaign({ tree, name, servers });
    return first === undefined ? null : `campaign: ${first}`;
  });

const caught = ({ name, check }: SeededBug, patch: Patch, servers: Servers): Promise<string | null> => {
  switch (check.kind) {
    case 'campaign':
      return complaint(name, patch, servers);
    case 'model':
      return within(sourcesWith(name, patch), (folder) => failedModel(folder, check.sequences));
    case 'tests': {
      const { mongodbUri, temporalAddress } = servers;
      const env = { ...process.env, MONGODB_URI: mongodbUri, TEMPORAL_ADDRESS: temporalAddress };
      return within(sourcesWith(name, patch), (folder) => failedTest(folder, check, env));
    }
  }
};

const healthy = 'no bug at all';

/** The short campaign must be silent on the build as it is, or its complaints mean nothing. */
const control = async (servers: Servers): Promise<void> => {
  const said = await complaint('healthy', null, servers);
  if (said !== null) throw new Error(`the short campaign complains about ${healthy}: ${said}`);
};

export const runBugs = async ({ only, report, shutdown }: BugRun): Promise<BugResult[]> => {
  const wanted = seededBugs.filter(({ name }) => only === undefined || only.includes(name));
  // Each must fit before any is run.
  const patches = new Map(wanted.map(({ name }) => [name, patchNamed(name)]));
  const services = await provideServices({ temporary: true, report });
  shutdown.add({ name: 'services of the seeded bugs', stop: services.stop, endNow: services.endNow });
  const { mongodbUri = '', temporalAddress = '' } = services;
  const servers = { mongodbUri, temporalAddress };
  if (wanted.some(({ check }) => check.kind === 'campaign'))
    await report.during(`Short campaign on ${healthy}`, () => control(servers));
  const results: BugResult[] = [];
  for (const bug of wanted) {
    const patch = patches.get(bug.name);
    if (patch === undefined) continue;
    const startedAt = performance.now();
    const caughtBy = await report.during(`Seeded bug ${bug.name}`, () => caught(bug, patch, servers));
    const seconds = (performance.now() - startedAt) / 1000;
    report.say(`  ${results.length + 1} of ${wanted.length}  ${bug.name}: ${caughtBy ?? 'NOT CAUGHT'}`);
    results.push({ name: bug.name, about: patch.about, caughtBy, seconds });
  }
  return results;
};
