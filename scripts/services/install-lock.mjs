// One install at a time per user: a lock file whose holder touches it while it works.
// @ts-check
import { mkdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A lock is stale when its process is gone or it was not touched for a while. Two processes that take over the same
 * stale lock at the same instant would both work; that costs time, not correctness: installs end in an atomic rename.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @param {{ staleMs?: number, everyMs?: number, onWait?: () => void }} options
 * @returns {Promise<T>}
 */
export async function withLock(file, work, { staleMs = 60_000, everyMs = 250, onWait } = {}) {
  await mkdir(dirname(file), { recursive: true });
  while (!(await take(file))) {
    if (await isStale(file, staleMs)) await putAside(file);
    else {
      onWait?.();
      await pause(everyMs);
    }
  }
  const beat = setInterval(() => void touch(file), staleMs / 6);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    await rm(file, { force: true });
  }
}

/** @param {string} file */
async function take(file) {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** @param {string} file @param {number} staleMs */
async function isStale(file, staleMs) {
  try {
    const untouchedMs = Date.now() - (await stat(file)).mtimeMs;
    const holder = Number(await readFile(file, 'utf8'));
    if (holder === 0) return untouchedMs > 1000; // created, its pid not written yet
    return untouchedMs > staleMs || !exists(holder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false; // just released
    throw error;
  }
}

/** @param {number} pid */
function exists(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** @param {string} file renamed first, so that only one of several finders removes it */
async function putAside(file) {
  const aside = `${file}.stale-${process.pid}`;
  await rename(file, aside).catch(ignoreMissing);
  await rm(aside, { force: true });
}

/** @param {string} file */
const touch = (file) => utimes(file, new Date(), new Date()).catch(ignoreMissing);

/** @param {unknown} error */
function ignoreMissing(error) {
  if (codeOf(error) !== 'ENOENT') throw error;
}

/** @param {unknown} error */
const codeOf = (error) => /** @type {NodeJS.ErrnoException} */ (error).code;
