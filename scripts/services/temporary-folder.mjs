// Data folders of test runs: named after their process, so that what a killed run left behind is found and removed.
// @ts-check
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../process-group.mjs';
import { endLeftover } from '../run-record.mjs';

const prefix = 'sanad-run-';

export const temporaryFolder = () => mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));

/** @param {string} folder */
export const removeTemporaryFolder = (folder) => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });

/** @param {import('../reporter.mjs').Reporter} report */
export async function removeLeftovers(report) {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (!pid || isRunning(Number(pid))) continue;
    const folder = join(tmpdir(), name);
    await endLeftover(folder, 'temporal', report);
    await endLeftover(folder, 'mongod', report);
    removeTemporaryFolder(folder);
  }
}
