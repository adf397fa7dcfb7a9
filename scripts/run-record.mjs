// Who runs in a data folder: one small file per process, so that the next start finds what a killed one left behind.
// @ts-check
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { endGroup, isRunning } from './process-group.mjs';

/**
 * @typedef {{ pid: number, marker: string, owner: number, ownerMarker: string, details: Record<string, unknown> }} RunRecord
 *   marker: part of the process's command line; owner: the supervisor, which ends it
 */

/** Only the name: node is given a relative path as often as not. */
export const ownMarker = () => basename(process.argv[1] ?? '');

/** @param {string} dataFolder @param {string} name */
const fileOf = (dataFolder, name) => join(dataFolder, 'run', `${name}.json`);

/**
 * @param {string} dataFolder
 * @param {string} name
 * @param {{ pid: number, marker: string, details?: Record<string, unknown> }} entry
 */
export function writeRecord(dataFolder, name, { pid, marker, details = {} }) {
  const file = fileOf(dataFolder, name);
  mkdirSync(join(dataFolder, 'run'), { recursive: true });
  const record = { pid, marker, owner: process.pid, ownerMarker: ownMarker(), details };
  writeFileSync(`${file}.tmp`, JSON.stringify(record));
  renameSync(`${file}.tmp`, file);
}

/** @param {string} dataFolder @param {string} name */
export const removeRecord = (dataFolder, name) => rmSync(fileOf(dataFolder, name), { force: true });

/**
 * @param {string} dataFolder
 * @param {string} name
 * @returns {RunRecord | undefined} only when that process still runs
 */
export function liveRecord(dataFolder, name) {
  let text;
  try {
    text = readFileSync(fileOf(dataFolder, name), 'utf8');
  } catch {
    return undefined; // nothing recorded is the usual case
  }
  const record = /** @type {RunRecord} */ (JSON.parse(text));
  return isRunning(record.pid, record.marker) ? record : undefined;
}

/** @param {RunRecord} record whether its supervisor still looks after it */
export const isOwned = (record) => isRunning(record.owner, record.ownerMarker);

/**
 * Ends what a killed supervisor left running under this name.
 * @param {string} dataFolder
 * @param {string} name
 * @param {import('./reporter.mjs').Reporter} report
 */
export async function endLeftover(dataFolder, name, report) {
  const record = liveRecord(dataFolder, name);
  if (!record || isOwned(record)) return;
  report.say(`${name}: ending process ${record.pid}, left over from a supervisor that was killed`);
  await endGroup(record.pid);
  removeRecord(dataFolder, name);
}
