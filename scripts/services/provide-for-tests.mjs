// Fresh services for a test run, as far as its tiers need them, and the environment that tells the tests about them.
// @ts-check
import { tiers } from '../tiers.mjs';
import { mongodBinary } from './mongod-binary.mjs';
import { provideServices } from './provide.mjs';
import { resolveBinary, ServiceMissing } from './resolve.mjs';
import { temporalBinary } from './temporal-binary.mjs';

/**
 * @typedef {import('./provide.mjs').ServiceName} ServiceName
 * @typedef {Partial<Record<ServiceName, import('./resolve.mjs').Binary>>} Found
 * @typedef {{ shutdown: import('../shutdown.mjs').Shutdown, report: import('../reporter.mjs').Reporter }} Surroundings
 */

const recipes = { temporal: temporalBinary, mongod: mongodBinary };

/**
 * @param {readonly string[]} asked names of tiers
 * @param {Surroundings} surroundings
 */
export async function provideForTests(asked, surroundings) {
  const needed = [...new Set(asked.flatMap((name) => tiers[name]?.services ?? []))];
  const ownServers = asked.some((name) => tiers[name]?.ownServers);
  const { found, missing } = await findAll(needed, ownServers, surroundings.report);
  const services = needed.filter((name) => !missing.includes(name));
  return {
    env: { ...process.env, ...(await start(services, found, surroundings)), ...binaryVariables(found) },
    /** @param {string} tier */
    missingFor: (tier) => tiers[tier]?.services.find((name) => missing.includes(name)),
  };
}

/**
 * @param {readonly ServiceName[]} needed
 * @param {boolean} ownServers then binaries are needed even where an address is given
 * @param {import('../reporter.mjs').Reporter} report
 */
async function findAll(needed, ownServers, report) {
  /** @type {Found} */
  const found = {};
  /** @type {ServiceName[]} */
  const missing = [];
  for (const name of needed) {
    if (process.env[recipes[name].addressVariable] && !ownServers) continue;
    try {
      found[name] = await resolveBinary(recipes[name], { report });
    } catch (error) {
      if (!(error instanceof ServiceMissing)) throw error;
      report.say(error.message);
      missing.push(name);
    }
  }
  return { found, missing };
}

/**
 * @param {readonly ServiceName[]} services
 * @param {Found} found
 * @param {Surroundings} surroundings
 * @returns {Promise<Record<string, string>>}
 */
async function start(services, found, { shutdown, report }) {
  if (services.length === 0) return {};
  const given = await report.during('Starting services', () =>
    provideServices({ services, found, temporary: true, report }),
  );
  shutdown.add({ name: 'services', stop: given.stop, endNow: given.endNow });
  const { temporalAddress, mongodbUri } = given;
  return {
    ...(temporalAddress && { TEMPORAL_ADDRESS: temporalAddress }),
    ...(mongodbUri && { MONGODB_URI: mongodbUri }),
  };
}

/** @param {Found} found */
const binaryVariables = (found) => ({
  ...(found.temporal && { [temporalBinary.binaryVariable]: found.temporal.path }),
  ...(found.mongod && { [mongodBinary.binaryVariable]: found.mongod.path }),
});
