// Names in the lockfile every platform's optional package, also those that the registry in use does not carry.
// npm leaves the latter out when it writes the lockfile, and `npm ci` then refuses that very file. Run it after a
// change of packages; an entry added here has no integrity hash until npm itself writes it on that platform.
// @ts-check
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './settings.mjs';

/**
 * @typedef {{ version?: string, dev?: boolean, optional?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Entry
 */

const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x'];

/**
 * @param {Record<string, Entry>} packages of the lockfile; completed in place
 * @returns {string[]} the names that were added
 */
export function completePackages(packages) {
  const added = [];
  for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const platform = platformOf(name);
      if (!platform || packages[`node_modules/${name}`] || packages[`${path}/node_modules/${name}`]) continue;
      if (!/^\d+\.\d+\.\d+$/.test(version)) throw new Error(`${name}: ${version} is no exact version`);
      packages[`node_modules/${name}`] = { version, ...platform, ...(dev && { dev }), optional: true };
      added.push(name);
    }
  }
  return added;
}

/**
 * Such packages carry their platform in the name, as in core-linux-arm-gnueabihf.
 * @param {string} name
 * @returns {Pick<Entry, 'os' | 'cpu' | 'libc'> | undefined}
 */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const system = systems.find((word) => words.includes(word));
  const processor = processors.find((word) => words.includes(word));
  if (!system || !processor) return undefined;
  const libc = words.some((word) => word.startsWith('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu')) && 'glibc';
  return { os: [system], cpu: [processor], ...(libc && { libc: [libc] }) };
}

function main() {
  const file = join(root, 'package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = completePackages(lock.packages);
  const sorted = Object.entries(lock.packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  lock.packages = Object.fromEntries(sorted);
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, undefined, 2)}\n`);
  console.log(added.length > 0 ? `Added:\n  ${added.join('\n  ')}` : 'The lockfile is complete.');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main();
