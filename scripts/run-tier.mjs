// Runs jest for one tier and reads its results.
// @ts-check
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './settings.mjs';
import { tallyTier } from './tally.mjs';
import { tiers } from './tiers.mjs';

/**
 * @param {string} tier
 * @param {{ env: NodeJS.ProcessEnv, forJest: readonly string[] }} options
 */
export async function runTier(tier, { env, forJest }) {
  const folder = mkdtempSync(join(tmpdir(), 'sanad-jest-'));
  const results = join(folder, 'results.json');
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
  const band = tiers[tier]?.inBand ? ['--runInBand'] : [];
  const args = [...jest, '--selectProjects', tier, '--json', '--outputFile', results, ...band, ...forJest];
  if (forJest.length > 0) args.push('--passWithNoTests');
  try {
    const exitCode = await run(args, env);
    const report = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : undefined;
    return tallyTier({ report, exitCode, narrowed: forJest.length > 0 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * With --json jest talks on stderr; its stdout only names the results file.
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
function run(args, env) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
    const end = () => child.kill();
    process.once('exit', end);
    child.once('error', reject);
    child.once('close', (code) => (process.off('exit', end), resolve(code ?? 1)));
  });
}
