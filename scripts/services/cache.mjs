// The per-user cache of service binaries: put in with an atomic rename, checked by hash each time it is taken out.
// @ts-check
import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** The reason that needs no mention: most machines start without. */
export const absent = 'not there';

/** @param {import('./recipe.mjs').Recipe} recipe @param {NodeJS.ProcessEnv} env */
export const cacheFolder = ({ name, version }, env) =>
  join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'sanad', 'services', `${name}-${version}`);

/**
 * @param {import('./recipe.mjs').Recipe} recipe
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<string>} the binary, unchanged since it was put there
 */
export async function fromCache(recipe, env) {
  const binary = join(cacheFolder(recipe, env), recipe.name);
  if (!existsSync(binary)) throw new Error(absent);
  const promised = (await readFile(`${binary}.sha256`, 'utf8')).trim();
  const found = await sha256(binary);
  if (found !== promised) throw new Error(`changed since it was installed: sha256 ${found}, expected ${promised}`);
  return binary;
}

/**
 * The caller holds the lock, so every temporary folder found is from an install that died.
 * @param {import('./recipe.mjs').Recipe} recipe
 * @param {NodeJS.ProcessEnv} env
 * @param {(folder: string) => Promise<string>} fetch leaves a proven binary in the folder and says where
 */
export async function intoCache(recipe, env, fetch) {
  const folder = cacheFolder(recipe, env);
  await mkdir(dirname(folder), { recursive: true });
  await removeTemporary(folder);
  const temporary = await mkdtemp(`${folder}.tmp-`);
  try {
    const fetched = await fetch(temporary);
    const ready = join(temporary, 'ready');
    await mkdir(ready);
    await rename(fetched, join(ready, recipe.name));
    await chmod(join(ready, recipe.name), 0o755);
    await writeFile(join(ready, `${recipe.name}.sha256`), `${await sha256(join(ready, recipe.name))}\n`);
    if (existsSync(folder)) await rename(folder, join(temporary, 'replaced'));
    await rename(ready, folder);
    return join(folder, recipe.name);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/** @param {string} folder */
async function removeTemporary(folder) {
  for (const name of await readdir(dirname(folder))) {
    if (name.startsWith(`${basename(folder)}.tmp-`))
      await rm(join(dirname(folder), name), { recursive: true, force: true });
  }
}

/** @param {string} file */
export async function sha256(file) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
