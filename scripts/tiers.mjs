// The test tiers, cheapest first: what each needs before it can run. The names are the projects of jest.config.js.
// @ts-check
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './settings.mjs';

/**
 * @typedef {import('./services/provide.mjs').ServiceName} ServiceName
 * @typedef {{ services: readonly ServiceName[], build: boolean, inBand: boolean, ownServers?: boolean }} TierNeeds
 *   ownServers: its tests start servers themselves, from the binaries
 */

/** @type {Record<string, TierNeeds>} */
export const tiers = {
  domain: { services: [], build: false, inBand: false },
  scripts: { services: [], build: false, inBand: false },
  replay: { services: [], build: false, inBand: false },
  persistence: { services: ['mongod'], build: false, inBand: false },
  workflow: { services: ['mongod', 'temporal'], build: false, inBand: false },
  http: { services: ['mongod', 'temporal'], build: true, inBand: true },
  faults: { services: ['mongod', 'temporal'], build: true, inBand: true, ownServers: true },
};

/**
 * Words up to the first option are tiers; the rest goes to jest.
 * @param {readonly string[]} args
 */
export function readArguments(args) {
  const firstOption = args.findIndex((word) => word.startsWith('-'));
  const asked = firstOption < 0 ? args : args.slice(0, firstOption);
  const unknown = asked.filter((name) => !(name in tiers));
  if (unknown.length > 0)
    throw new Error(`No such tier: ${unknown.join(', ')}. There are ${Object.keys(tiers).join(', ')}.`);
  const names = Object.keys(tiers).filter((name) => asked.length === 0 || asked.includes(name));
  const forJest = firstOption < 0 ? [] : args.slice(firstOption).filter((word) => word !== '--');
  return { names, forJest };
}

/** @param {string} tier @param {string} folder */
export function testFiles(tier, folder = root) {
  const home = join(folder, 'test', tier);
  if (!existsSync(home)) return [];
  const names = readdirSync(home, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.test.ts')).map((name) => join(home, name));
}
