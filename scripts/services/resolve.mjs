// Finds the binary of a service: named by the environment, in the cache, on PATH, from the vendor, from a registry.
// @ts-check
import { accessSync, constants } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runCommand } from '../run-command.mjs';
import { reasonOf } from '../wait-until.mjs';
import { absent, cacheFolder, fromCache, intoCache } from './cache.mjs';
import { withLock } from './install-lock.mjs';

/**
 * @typedef {import('./recipe.mjs').Recipe} Recipe
 * @typedef {{ path: string, version: string, route: string }} Binary
 * @typedef {{ route: string, reason: string }} Attempt
 * @typedef {{ env?: NodeJS.ProcessEnv, install?: boolean, report: import('../reporter.mjs').Reporter }} ResolveOptions
 */

export class ServiceMissing extends Error {
  /** @param {Recipe} recipe @param {Attempt[]} attempts */
  constructor(recipe, attempts) {
    const tried = attempts.map(({ route, reason }) => `\n  - ${route}: ${reason}`).join('');
    super(
      `${recipe.title} could not be had. Tried:${tried}\nOr set ${recipe.addressVariable} or ${recipe.binaryVariable}.`,
    );
    this.name = 'ServiceMissing';
    this.attempts = attempts;
  }
}

/**
 * @param {Recipe} recipe
 * @param {ResolveOptions} options `install: false` looks only at what is on this machine
 * @returns {Promise<Binary>}
 */
export async function resolveBinary(recipe, { env = process.env, install = true, report }) {
  /** @type {Attempt[]} */
  const attempts = [];
  for (const { route, find } of [...present(recipe, env), ...(install ? installable(recipe, env, report) : [])]) {
    try {
      const path = await find();
      return { path, version: await prove(recipe, path), route };
    } catch (error) {
      const reason = reasonOf(error);
      if (reason !== absent) report.say(`${recipe.title}, ${route}: ${reason}`); // asked for or changed: never passed over in silence
      attempts.push({ route, reason });
    }
  }
  throw new ServiceMissing(recipe, attempts);
}

/**
 * @param {Recipe} recipe
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ route: string, find: () => Promise<string> }[]}
 */
function present(recipe, env) {
  const named = env[recipe.binaryVariable];
  return [
    ...(named ? [{ route: recipe.binaryVariable, find: async () => named }] : []),
    { route: `cache (${cacheFolder(recipe, env)})`, find: () => fromCache(recipe, env) },
    { route: 'PATH', find: async () => onPath(recipe.name, env) },
  ];
}

/**
 * @param {Recipe} recipe
 * @param {NodeJS.ProcessEnv} env
 * @param {import('../reporter.mjs').Reporter} report
 */
function installable(recipe, env, report) {
  return recipe.routes.map(({ name, fetch }) => ({
    route: name,
    find: () => report.during(`${recipe.title} by ${name}`, (detail) => installed(recipe, env, { fetch, detail })),
  }));
}

/**
 * @param {Recipe} recipe
 * @param {NodeJS.ProcessEnv} env
 * @param {{ fetch: import('./recipe.mjs').Route['fetch'], detail: (text: string) => void }} how
 */
function installed(recipe, env, { fetch, detail }) {
  const work = async () => {
    const already = await fromCache(recipe, env).catch(() => undefined); // another process may have been quicker
    return already ?? intoCache(recipe, env, (folder) => fetchProven(folder));
  };
  /** @param {string} folder */
  const fetchProven = async (folder) => {
    const path = await fetch(folder, detail);
    await chmod(path, 0o755);
    await prove(recipe, path); // nothing unproven enters the cache
    return path;
  };
  const onWait = () => detail('waiting for another process that installs it');
  return withLock(`${cacheFolder(recipe, env)}.lock`, work, { onWait });
}

/** @param {Recipe} recipe @param {string} path */
export async function prove(recipe, path) {
  return recipe.readVersion(await runCommand(path, ['--version'], { timeoutMs: 20_000 }));
}

/** @param {string} name @param {NodeJS.ProcessEnv} env */
function onPath(name, env) {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    try {
      accessSync(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      continue; // most folders do not hold it
    }
  }
  throw new Error(absent);
}
