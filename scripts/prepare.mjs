// Brings a clone to the point where it can run: right Node, packages as the lockfile says, an up-to-date build.
// @ts-check
import { existsSync, readFileSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandFailed, runCommand } from './run-command.mjs';
import { root } from './settings.mjs';

/** @typedef {import('./reporter.mjs').Reporter} Reporter */

/** @param {string} file */
const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));

/** Throws unless this Node is new enough for package.json's `engines`. @param {string} running */
export function requireNode(running = process.versions.node) {
  const needed = String(readJson(join(root, 'package.json')).engines.node).replace(/[^\d.]/g, '');
  if (!isAtLeast(running, needed)) throw new Error(`Node ${running} is too old: Sanad needs ${needed} or later.`);
  return `${running} (${needed} or later is needed)`;
}

/** @param {string} version @param {string} needed */
export function isAtLeast(version, needed) {
  const have = version.split('.').map(Number);
  const differs = needed.split('.').map((part, index) => (have[index] ?? 0) - Number(part));
  return (differs.find((difference) => difference !== 0) ?? 0) >= 0;
}

/**
 * Compares content, not dates: a checkout changes dates without changing packages.
 * @param {string} folder
 * @returns {string | undefined} why `npm ci` is needed
 */
export function packagesOutdated(folder = root) {
  const record = join(folder, 'node_modules', '.package-lock.json'); // npm writes it when an install is complete
  if (!existsSync(record)) return 'node_modules is missing or incomplete';
  const installed = readJson(record).packages;
  const wanted = Object.entries(readJson(join(folder, 'package-lock.json')).packages).filter(([path]) => path !== '');
  const wrong = wanted.find(
    ([path, entry]) => installed[path]?.version !== entry.version && !(entry.optional && !installed[path]),
  );
  return wrong && `${wrong[0]} is not at ${wrong[1].version}, which the lockfile asks for`;
}

/** @param {Reporter} report */
export async function installPackages(report) {
  const reason = packagesOutdated();
  if (!reason) return;
  report.say(`Installing packages: ${reason}`);
  // The build needs the development packages too, whatever NODE_ENV says.
  await npm(['ci', '--include=dev', '--no-progress', '--loglevel=error'], report);
}

/** Quiet while it works; everything it said when it fails. @param {string[]} args @param {Reporter} report */
async function npm(args, report) {
  const label = `npm ${args.filter((word) => !word.startsWith('--')).join(' ')}`;
  try {
    await report.during(label, (detail) => runCommand('npm', args, { cwd: root, onLine: detail }));
  } catch (error) {
    throw error instanceof CommandFailed ? new Error(`${label} failed:\n${error.output.trim()}`) : error;
  }
}

const stamp = 'dist/.built'; // ours: the compiler writes files even when it finds errors

/** @param {string} folder @returns {string | undefined} why a build is needed */
export function buildOutdated(folder = root) {
  if (!existsSync(join(folder, stamp))) return 'there is no complete build';
  const builtAt = statSync(join(folder, stamp)).mtimeMs;
  const sources = [
    ...readJson(join(folder, 'tsconfig.build.json')).include,
    'tsconfig.json',
    'tsconfig.build.json',
    'package.json',
  ];
  const newer = sources.map((name) => newerThan(join(folder, name), builtAt)).find(Boolean);
  return newer && `${newer} is newer than the build`;
}

/**
 * Folders count too: their date changes when a file is removed.
 * @param {string} path
 * @param {number} atMs
 * @returns {string | undefined}
 */
function newerThan(path, atMs) {
  if (!existsSync(path)) return undefined;
  const found = statSync(path);
  if (found.mtimeMs > atMs) return path;
  if (!found.isDirectory()) return undefined;
  for (const name of readdirSync(path)) {
    const newer = newerThan(join(path, name), atMs);
    if (newer) return newer;
  }
  return undefined;
}

/** @param {Reporter} report */
export async function buildApplication(report) {
  const reason = buildOutdated();
  if (!reason) return;
  const startedAt = new Date();
  await npm(['run', '--silent', 'build'], report);
  writeFileSync(join(root, stamp), '');
  utimesSync(join(root, stamp), startedAt, startedAt); // what changes during the build is built next time
}
