// What the doctor looks at besides the services: the machine, the clone, the ports, a running Sanad.
// @ts-check
import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isFree } from './free-port.mjs';
import { buildOutdated, packagesOutdated, requireNode } from './prepare.mjs';
import { runCommand } from './run-command.mjs';
import { isOwned, liveRecord } from './run-record.mjs';
import { defaultPorts } from './settings.mjs';
import { reasonOf } from './wait-until.mjs';

/**
 * @typedef {{ name: string, state: 'ok' | 'missing' | 'note', found: string, mend?: string }} Check
 *   note: worth knowing, but Sanad runs without it
 */

const neededBytes = 2e9; // packages, a service build and some data

/**
 * @param {string} name
 * @param {() => string | Promise<string>} look throws when it is missing
 * @param {string} mend
 * @param {'missing' | 'note'} otherwise
 * @returns {Promise<Check>}
 */
export async function check(name, look, mend, otherwise = 'missing') {
  try {
    return { name, state: 'ok', found: (await look()).trim() };
  } catch (error) {
    return { name, state: otherwise, found: reasonOf(error), mend };
  }
}

/** @param {string} dataFolder */
export const checkMachine = (dataFolder) =>
  Promise.all([
    check('Node', () => requireNode(), 'nvm install'),
    check('npm', () => runCommand('npm', ['--version']), 'install Node again: npm comes with it'),
    check('git', () => runCommand('git', ['--version']), 'apt-get install git', 'note'),
    check('disk', () => diskSpace(dataFolder), 'npm cache clean --force'),
  ]);

/** @param {string} dataFolder */
async function diskSpace(dataFolder) {
  let folder = dataFolder;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const text = `${((bavail * bsize) / 1e9).toFixed(1)} GB free at ${dataFolder}${folder === dataFolder ? '' : ' (not made yet)'}`;
  if (bavail * bsize < neededBytes) throw new Error(`${text}, ${neededBytes / 1e9} GB are needed`);
  return text;
}

/** @returns {Check[]} */
export function checkRepository() {
  const packages = packagesOutdated();
  const build = buildOutdated();
  return [
    packages
      ? { name: 'packages', state: 'missing', found: packages, mend: 'npm ci' }
      : { name: 'packages', state: 'ok', found: 'as the lockfile says' },
    build
      ? { name: 'build', state: 'missing', found: build, mend: 'npm run build' }
      : { name: 'build', state: 'ok', found: 'up to date' },
  ];
}

/** @param {string} dataFolder @returns {Promise<Check[]>} */
export async function checkPorts(dataFolder) {
  const ports = {
    API: Number(process.env.SANAD_API_PORT || 3000),
    worker: Number(process.env.SANAD_WORKER_PORT || 3001),
  };
  const services = {
    'Temporal port': defaultPorts.temporalPort,
    'Temporal UI port': defaultPorts.uiPort,
    'MongoDB port': defaultPorts.mongoPort,
  };
  const ours = ['sanad', 'temporal', 'mongod'].some((name) => liveRecord(dataFolder, name));
  const wanted = Object.entries({ 'API port': ports.API, 'worker port': ports.worker, ...services });
  return Promise.all(
    wanted.map(async ([name, port]) => {
      if (await isFree(port)) return { name, state: /** @type {const} */ ('ok'), found: `${port} is free` };
      const found = ours
        ? `${port} is in use while Sanad runs`
        : `${port} is taken by another program; a free one will be used`;
      return { name, state: /** @type {const} */ ('note'), found };
    }),
  );
}

/** @param {string} dataFolder @returns {Check} */
export function checkRunning(dataFolder) {
  const record = liveRecord(dataFolder, 'sanad');
  if (record)
    return { name: 'running', state: 'ok', found: `process ${record.pid}, ${record.details.apiUrl ?? 'starting'}` };
  const left = ['api', 'worker', 'temporal', 'mongod'].filter((name) => {
    const child = liveRecord(dataFolder, name);
    return child && !isOwned(child);
  });
  if (left.length === 0) return { name: 'running', state: 'ok', found: 'not now' };
  return {
    name: 'running',
    state: 'note',
    found: `left over from a killed start: ${left.join(', ')}`,
    mend: 'npm start',
  };
}
