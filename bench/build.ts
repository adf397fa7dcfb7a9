// Compiles what is measured as `npm run build` does, into a folder of its own: sources run through a loader would pay for it.
import { spawn } from 'node:child_process';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../scripts/settings.mjs';

/** Beside the other files that a checkout makes for itself, and outside of what the type check looks through. */
export const workFolder = join(root, '.sanad', 'bench');
export const buildFolder = join(workFolder, 'build');

const node = (args: readonly string[]): Promise<{ code: number | null; output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const keep = (chunk: Buffer): void => void (output += chunk.toString('utf8'));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });

/** Faults of types are for `npm run typecheck`; here they are named, and only code that is missing stops the run. */
export const buildMeasured = async (say: (text: string) => void): Promise<void> => {
  const compiled = await node(['node_modules/typescript/bin/tsc', '-p', 'bench/tsconfig.build.json']);
  if (compiled.code !== 0) say(`The sources do not type-check:\n${compiled.output.trim().slice(0, 2_000)}`);
  // Compiled code looks for it one folder above, as it would from `dist`.
  copyFileSync(join(root, 'package.json'), join(workFolder, 'package.json'));
  for (const file of ['api/main.js', 'worker/main.js', 'worker/build-bundle.js', 'bench/baseline/worker.js'])
    if (!existsSync(join(buildFolder, file))) throw new Error(`the build has no ${file}`);
  const bundled = await node([join(buildFolder, 'worker', 'build-bundle.js')]);
  if (bundled.code !== 0) throw new Error(`the workflow bundle was not built:\n${bundled.output}`);
};
