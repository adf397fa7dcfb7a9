// Where the Temporal CLI (which carries the development server) comes from.
// @ts-check
import { join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { download } from './download.mjs';

// The last tag that `go install` accepts: later ones carry a `replace` directive.
const version = '1.5.1';
const oldestServer = [1, 29]; // what the design was checked against

/** @type {import('./recipe.mjs').Recipe} */
export const temporalBinary = {
  name: 'temporal',
  title: 'Temporal server',
  version,
  addressVariable: 'TEMPORAL_ADDRESS',
  binaryVariable: 'SANAD_TEMPORAL_BIN',
  readVersion,
  routes: [
    { name: 'vendor download', fetch: fromVendor },
    { name: 'go install', fetch: fromGo },
  ],
};

/** @param {string} printed as "temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)"; a Go build calls itself 0.0.0-DEV */
function readVersion(printed) {
  const [, cli, major, minor, patch] = /temporal version (\S+) \(Server (\d+)\.(\d+)\.(\d+)/.exec(printed) ?? [];
  if (!cli) throw new Error(`not a Temporal CLI: it prints "${printed.trim().slice(0, 80)}"`);
  const old = Number(major) !== oldestServer[0] || Number(minor) < Number(oldestServer[1]);
  if (old) throw new Error(`server ${major}.${minor} is too old, ${oldestServer.join('.')} or later 1.x is needed`);
  return `CLI ${cli}, server ${major}.${minor}.${patch}`;
}

/** @type {Record<string, string>} */
const archives = {
  'linux x64': 'platform=linux&arch=amd64',
  'linux arm64': 'platform=linux&arch=arm64',
  'darwin x64': 'platform=darwin&arch=amd64',
  'darwin arm64': 'platform=darwin&arch=arm64',
};

/** @type {import('./recipe.mjs').Route['fetch']} */
async function fromVendor(folder, detail) {
  const target = archives[`${process.platform} ${process.arch}`];
  if (!target) throw new Error(`no archive for ${process.platform} ${process.arch}`);
  const archive = join(folder, 'temporal.tar.gz');
  await download(`https://temporal.download/cli/archive/v${version}?${target}`, archive, detail);
  await runCommand('tar', ['-xzf', archive, '-C', folder]);
  return join(folder, 'temporal');
}

/** @type {import('./recipe.mjs').Route['fetch']} */
async function fromGo(folder, detail) {
  await runCommand('go', ['install', '-v', `github.com/temporalio/cli/cmd/temporal@v${version}`], {
    env: { ...process.env, GOBIN: folder },
    timeoutMs: 15 * 60_000,
    onLine: detail,
  });
  return join(folder, 'temporal');
}
