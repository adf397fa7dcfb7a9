// What a figure depends on beside the code: versions, sources, settings of the servers, and how busy the machine was.
import type { Client } from '@temporalio/client';
import mongoose from 'mongoose';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { Measured } from './cpu.js';
import { root } from '../scripts/settings.mjs';

export type Machine = {
  readonly cores: number;
  readonly model: string;
  readonly load: number;
  readonly noisy: boolean;
};

/** Taken before anything of ours runs. */
export const machineNow = (): Machine => {
  const processors = cpus();
  const load = loadavg()[0] ?? 0;
  return { cores: processors.length, model: processors[0]?.model ?? 'unknown', load, noisy: load > processors.length };
};

const measuredFolders = ['domain', 'workflows', 'activities', 'persistence', 'platform', 'api', 'worker', 'bench'];

const sourceFiles = (folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith('out'))
    .map((name) => join(folder, name));

/** One hash over everything that runs, so that a result is never taken for one of other sources; a commit alone misses edits. */
export const sourcesHash = (): string => {
  const hash = createHash('sha256');
  for (const file of [...measuredFolders.flatMap(sourceFiles), 'package-lock.json'].sort())
    hash.update(`${file}\n`).update(readFileSync(join(root, file)));
  return hash.digest('hex').slice(0, 16);
};

/** With `-dirty` behind it when the tree was edited; unknown outside a repository. */
const commitNow = (): string => {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--abbrev=12'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch (error) {
    return error instanceof Error ? 'unknown' : String(error);
  }
};

const versionIn = (name: string): string => {
  const file = join(root, 'node_modules', name, 'package.json');
  return z.looseObject({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version;
};

export type Versions = Readonly<Record<string, string>>;
export const ownVersions = (): Versions => ({
  node: process.versions.node,
  sdk: versionIn('@temporalio/client'),
  commit: commitNow(),
});

export const serverVersions = async (client: Client): Promise<Versions> => {
  const { serverVersion } = await client.workflowService.getSystemInfo({});
  const build = z.looseObject({ version: z.string() }).parse(await mongoose.connection.db?.command({ buildInfo: 1 }));
  return { temporalServer: serverVersion, mongod: build.version };
};

/** Options that servers were really started with, from their own command lines; paths and ports say nothing. */
const telling = ['--sqlite-pragma', '--dynamic-config-value', '--wiredTigerCacheSizeGB'];
export const serverSettings = ({ temporal, mongod }: Measured): string[] =>
  [temporal, mongod].flatMap((pid) => {
    if (pid === undefined || process.platform !== 'linux') return [];
    const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return words.flatMap((word, index) =>
      telling.includes(word) ? [`${word.slice(2)} ${words[index + 1] ?? ''}`] : [],
    );
  });
