// P9: size of the workflow bundle against an empty workflow's, as the SDK bundles it by default. Needs no services.
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/settings.mjs';
import { bundleWorkflows } from '../../worker/bundle.js';
import type { Bench } from '../bench.js';
import { workFolder } from '../build.js';
import type { Figure } from '../results.js';

export const bundleLegs = 1;

/** A source map stands inside the code as one comment at the end. */
const codeOnly = (code: string): number => code.replace(/\/\/# sourceMappingURL=data:[^\n]*/g, '').length;

const bundledByDefault = async (workflowsPath: string): Promise<string> =>
  (await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') })).code;

const emptyBundle = async (): Promise<string> => {
  const folder = join(workFolder, 'empty-workflow');
  mkdirSync(folder, { recursive: true });
  try {
    const workflowsPath = join(folder, 'empty.ts');
    writeFileSync(workflowsPath, 'export async function empty(): Promise<void> {}\n');
    return await bundledByDefault(workflowsPath);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const measureBundle = async (bench: Bench): Promise<Figure[]> => {
  const { code } = await bundleWorkflows();
  const empty = await emptyBundle();
  const plain = await bundledByDefault(join(root, 'workflows', 'index.ts'));
  const value = code.length / empty.length;
  const detail = {
    bytes: code.length,
    emptyBytes: empty.length,
    codeOnlyBytes: codeOnly(code),
    emptyCodeOnlyBytes: codeOnly(empty),
    // Our bundle leaves the sources' text out of its map; with the SDK's own map on both sides, and with none:
    sameMapRatio: Number((plain.length / empty.length).toFixed(3)),
    codeOnlyRatio: Number((codeOnly(code) / codeOnly(empty)).toFixed(3)),
  };
  bench.leg(`P9: ${code.length} bytes`);
  return [{ id: 'P9', estimate: { value, ci95: [value, value], n: 1 }, detail }];
};
