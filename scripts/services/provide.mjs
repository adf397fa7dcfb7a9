// Provides Temporal and MongoDB: uses what the environment names, otherwise finds a binary and starts it.
// @ts-check
import { createReporter } from '../reporter.mjs';
import { reasonOf, waitUntil } from '../wait-until.mjs';
import { mongodBinary } from './mongod-binary.mjs';
import { mongoAnswers, startMongod } from './mongod-server.mjs';
import { resolveBinary } from './resolve.mjs';
import { temporalBinary } from './temporal-binary.mjs';
import { startTemporal, temporalAnswers } from './temporal-server.mjs';
import { removeLeftovers, removeTemporaryFolder, temporaryFolder } from './temporary-folder.mjs';

/**
 * @typedef {'temporal' | 'mongod'} ServiceName
 * @typedef {object} ProvideOptions
 * @property {string} [dataFolder] needed unless temporary
 * @property {number} [temporalPort] 0 or nothing: any free port
 * @property {number} [mongoPort]
 * @property {number} [uiPort] nothing: no Temporal web interface
 * @property {boolean} [temporary] own data folder, removed at the end; services that die stay dead
 * @property {readonly ServiceName[]} [services]
 * @property {Partial<Record<ServiceName, import('./resolve.mjs').Binary>>} [found] binaries resolved before, not looked for again
 * @property {Record<string, unknown>} [dynamicConfig] for the Temporal server, added to the defaults
 * @property {NodeJS.ProcessEnv} [env]
 * @property {import('../reporter.mjs').Reporter} [report]
 *
 * @typedef {{ name: string, give: Record<string, unknown>, pid?: number, binary?: string, stop: () => Promise<void>, endNow: () => void }} Provided
 * @typedef {{ temporalAddress?: string, mongodbUri?: string, uiUrl?: string, pids: Partial<Record<ServiceName, number>>,
 *   binaries: Partial<Record<ServiceName, string>>, stop: () => Promise<void>, endNow: () => void }} Services
 */

/** @param {ProvideOptions} options @returns {Promise<Services>} */
export async function provideServices({ services = ['mongod', 'temporal'], temporary = false, ...given }) {
  const report = given.report ?? createReporter();
  const env = given.env ?? process.env;
  if (temporary) await removeLeftovers(report);
  const dataFolder = temporary ? temporaryFolder() : given.dataFolder;
  if (!dataFolder) throw new Error('provideServices needs a dataFolder, or temporary: true');
  const options = { ...given, dataFolder, restart: !temporary, report, env };
  const clean = () => temporary && removeTemporaryFolder(dataFolder);
  try {
    const plans = [];
    for (const name of services) plans.push(await plan(name, options)); // all found before any is started
    const running = await startAll(plans);
    return together(running, clean);
  } catch (error) {
    clean();
    throw error;
  }
}

/**
 * @typedef {ProvideOptions & { dataFolder: string, restart: boolean, report: import('../reporter.mjs').Reporter, env: NodeJS.ProcessEnv }} Options
 * @param {ServiceName} name
 * @param {Options} options
 * @returns {Promise<() => Promise<Provided>>}
 */
async function plan(name, options) {
  const { env, report } = options;
  const recipe = name === 'temporal' ? temporalBinary : mongodBinary;
  const address = env[recipe.addressVariable];
  if (address) {
    report.say(`${recipe.title}: at ${recipe.addressVariable}, nothing to start`);
    return () => useAddress(name, recipe, address);
  }
  const found = options.found?.[name] ?? (await resolveBinary(recipe, { env, report }));
  report.say(`${recipe.title}: ${found.version}, from ${found.route}`);
  return () => (name === 'temporal' ? runTemporal(found.path, options) : runMongod(found.path, options));
}

/** @param {string} binary @param {Options} options @returns {Promise<Provided>} */
async function runTemporal(binary, options) {
  const { address, uiUrl, ...service } = await startTemporal({
    ...options,
    binary,
    port: options.temporalPort ?? 0,
    uiPort: options.uiPort,
  });
  return { ...service, name: 'temporal', binary, give: { temporalAddress: address, ...(uiUrl && { uiUrl }) } };
}

/** @param {string} binary @param {Options} options @returns {Promise<Provided>} */
async function runMongod(binary, options) {
  const { uri, ...service } = await startMongod({ ...options, binary, port: options.mongoPort ?? 0 });
  return { ...service, name: 'mongod', binary, give: { mongodbUri: uri } };
}

/**
 * @param {ServiceName} name
 * @param {import('./recipe.mjs').Recipe} recipe
 * @param {string} address
 * @returns {Promise<Provided>}
 */
async function useAddress(name, recipe, address) {
  const answers = name === 'temporal' ? () => temporalAnswers(address) : () => mongoAnswers(address);
  await waitUntil(`${recipe.title} at ${recipe.addressVariable}`, answers, { timeoutMs: 10_000, everyMs: 250 });
  const give = name === 'temporal' ? { temporalAddress: address } : { mongodbUri: address };
  return { name, give, stop: async () => {}, endNow: () => {} };
}

/** @param {(() => Promise<Provided>)[]} plans if one fails, those that run are ended before the error goes on */
async function startAll(plans) {
  const results = await Promise.allSettled(plans.map((start) => start()));
  const running = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const reasons = results.flatMap((result) => (result.status === 'rejected' ? [reasonOf(result.reason)] : []));
  if (reasons.length === 0) return running;
  await Promise.all(running.map(({ stop }) => stop()));
  throw new Error(reasons.join('\n'));
}

/** @param {Provided[]} running @param {() => unknown} clean @returns {Services} */
function together(running, clean) {
  /** @param {'pid' | 'binary'} key */
  const byName = (key) =>
    Object.fromEntries(running.flatMap((service) => (service[key] ? [[service.name, service[key]]] : [])));
  return {
    ...Object.assign({}, ...running.map(({ give }) => give)),
    pids: byName('pid'),
    binaries: byName('binary'),
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()));
      clean();
    },
    endNow: () => {
      running.forEach(({ endNow }) => endNow());
      clean();
    },
  };
}
