// Proves what the workflow bundle contains: only workflows are exported, nothing of Node, zod or mongoose got in, and it stays small.
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import type { LogEntry } from '@temporalio/worker';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflows } from '../worker/bundle.js';

const exported = ['calendarChange', 'grantLifecycle', 'paymentBatch'];
/** Code that must never reach the sandbox: it costs memory in every cached workflow or breaks determinism. */
const foreign = [
  'node_modules/zod/',
  'node_modules/mongoose/',
  'node_modules/mongodb/',
  'node:crypto',
  './domain/audit/chain',
  './persistence/',
  './api/',
  './platform/',
];
const mostTimesEmpty = 1.15;

const emptyBundle = async (path: string): Promise<string> =>
  (await bundleWorkflowCode({ workflowsPath: path, logger: new DefaultLogger('ERROR') })).code;

const faultsOf = (code: string, emptyCode: string, names: readonly string[], warnings: readonly string[]): string[] => {
  const ratio = code.length / emptyCode.length;
  return [
    ...warnings.map((warning) => `the bundler warned: ${warning}`),
    ...foreign.filter((name) => code.includes(name)).map((name) => `the bundle contains ${name}`),
    ...(names.join() === exported.join() ? [] : [`exports are ${names.join(', ')}, not ${exported.join(', ')}`]),
    ...(ratio <= mostTimesEmpty
      ? []
      : [`the bundle is ${ratio.toFixed(2)} times an empty one, more than ${mostTimesEmpty}`]),
  ];
};

const folder = await mkdtemp(join(fileURLToPath(new URL('..', import.meta.url)), '.sanad-bundle-'));
try {
  const empty = join(folder, 'empty.ts');
  await writeFile(empty, 'export async function empty(): Promise<void> {}\n');
  const warnings: string[] = [];
  const { code } = await bundleWorkflows(
    new DefaultLogger('WARN', (entry: LogEntry) => void warnings.push(entry.message)),
  );
  const emptyCode = await emptyBundle(empty);
  const names = Object.keys(await import('../workflows/index.js')).sort();
  const faults = faultsOf(code, emptyCode, names, warnings);
  for (const fault of faults) console.error(`check:bundle: ${fault}`);
  const ratio = (code.length / emptyCode.length).toFixed(3);
  console.log(`workflow bundle: ${code.length} bytes, ${ratio} times an empty one; exports ${names.join(', ')}`);
  process.exitCode = faults.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true });
}
