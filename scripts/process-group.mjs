// Starts a child in a process group of its own (so Ctrl-C reaches only us, and we decide the order) and ends it by pid.
// @ts-check
import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * @typedef {{ command: string, args: readonly string[], env?: NodeJS.ProcessEnv, cwd?: string, logFile: string }} Launch
 * @typedef {{ pid: number, ended: Promise<string> }} Group `ended` tells how: "exit code 1", "SIGKILL"
 */

/** @type {Set<number>} */
const alive = new Set();
// The last net under a crash of the supervisor itself: nothing of ours outlives it.
process.on('exit', () => alive.forEach((pid) => signalGroup(pid, 'SIGKILL')));

/** @param {Launch} launch @returns {Group} */
export function startGroup({ command, args, env = process.env, cwd, logFile }) {
  const log = openLog(logFile);
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', log, log] });
  closeSync(log);
  const pid = child.pid ?? 0;
  if (pid) alive.add(pid);
  /** @type {Promise<string>} */
  const ended = new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  void ended.then(() => alive.delete(pid));
  return { pid, ended };
}

/**
 * SIGTERM, a grace, then SIGKILL. Works for our own children and for leftovers of a supervisor that was killed.
 * @param {number} pid
 * @param {number} graceMs
 */
export async function endGroup(pid, graceMs = 10_000) {
  signalGroup(pid, 'SIGTERM');
  const until = Date.now() + graceMs;
  while (!hasEnded(pid) && Date.now() < until) await pause(20);
  if (hasEnded(pid)) return;
  signalGroup(pid, 'SIGKILL');
  while (!hasEnded(pid)) await pause(20);
}

/** @param {number} pid @param {NodeJS.Signals} signal */
export function signalGroup(pid, signal) {
  if (!(pid > 1)) return; // 0 and -1 would reach processes that are not ours
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error; // already gone is what we wanted
  }
}

/**
 * Whether this pid runs and is what we take it for: after a reboot a pid belongs to somebody else.
 * @param {number} pid
 * @param {string} marker part of the command line
 */
export function isRunning(pid, marker = '') {
  const line = commandLine(pid);
  return line !== '' && line.includes(marker);
}

/** @param {number} pid empty when there is no such process */
const commandLine = (pid) =>
  onLinux ? readProc(`${pid}/cmdline`).replaceAll('\0', ' ').trim() : askPs(pid, 'command=');

/**
 * A process that is exiting has no command line any more but may still hold its ports, until its last thread is gone.
 * A zombie has ended: in a container perhaps nobody ever collects it.
 * @param {number} pid
 */
function hasEnded(pid) {
  if (!onLinux) return !/^[^Z]/.test(askPs(pid, 'stat='));
  return threadsOf(pid).every((thread) => !/\) [^ZX] /.test(readProc(`${pid}/task/${thread}/stat`)));
}

/** @param {number} pid */
function threadsOf(pid) {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return []; // the process is gone
  }
}

const onLinux = existsSync('/proc/self');

/** @param {string} path */
function readProc(path) {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    return ''; // the process is gone, or is not ours to look at
  }
}

/** @param {number} pid @param {string} column */
const askPs = (pid, column) => spawnSync('ps', ['-o', column, '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();

/** @param {string} logFile keeps one older log, so that a data folder in long use does not fill the disk */
function openLog(logFile) {
  mkdirSync(dirname(logFile), { recursive: true });
  if (existsSync(logFile) && statSync(logFile).size > 10_000_000) renameSync(logFile, `${logFile}.old`);
  return openSync(logFile, 'a');
}

/** @param {string} logFile @param {number} count */
export const logTail = (logFile, count = 8) =>
  existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-count).join('\n') : '';
