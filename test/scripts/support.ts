// What the tests of the scripts share: temporary folders, toy processes, and a reporter that only listens.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach } from '@jest/globals';
import type { Reporter } from '../../scripts/reporter.mjs';

export const toy = (name: string): string => fileURLToPath(new URL(`./toys/${name}.mjs`, import.meta.url));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sanad-test-'));
  folders.push(folder);
  return folder;
}

export function listener(): Reporter & { lines: string[] } {
  const lines: string[] = [];
  return { lines, say: (text) => void lines.push(text), during: (_label, work) => work(() => {}) };
}

/** What the toys wrote down, in order. */
export function readDiary(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').trim().split('\n');
  } catch {
    return []; // nothing written yet
  }
}
