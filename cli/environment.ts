// The command line's surroundings: the environment, completed by what `npm start` wrote down about itself in this folder.
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Config } from '../platform/config.js';
import { loadConfig } from '../platform/config.js';

const runRecord = z.object({
  pid: z.int().positive(),
  details: z.object({
    apiUrl: z.string().optional(),
    temporalAddress: z.string().optional(),
    mongodbUri: z.string().optional(),
    bankUrl: z.string().optional(),
  }),
});

const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, under another user.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
};

const textOf = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
};

/** What a running `npm start` of this folder serves, so that commands in another terminal reach the same data. */
const localRun = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const text = textOf(join(resolve(env['SANAD_DATA'] || '.sanad'), 'run', 'sanad.json'));
  if (text === null) return {};
  const { pid, details } = runRecord.parse(JSON.parse(text));
  const { apiUrl, temporalAddress, mongodbUri, bankUrl } = details;
  if (!isRunning(pid) || mongodbUri === undefined) return {};
  return {
    ...{ SANAD_MODE: 'demo', SANAD_API_URL: apiUrl, SANAD_BANK_URL: bankUrl },
    ...{ TEMPORAL_ADDRESS: temporalAddress, MONGODB_URI: mongodbUri },
  };
};

/** Runs that drive the product from outside name the database like everything else of Sanad's. */
const withNames = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => {
  const uri = env['MONGODB_URI'] || env['SANAD_MONGODB_URI'];
  return uri === undefined ? env : { ...env, MONGODB_URI: uri };
};

export type Surroundings = { readonly config: Config; readonly apiUrl: string };

/** A variable that is set wins over the local run: whoever names a database means that one. */
export const surroundings = (given: { readonly url?: string | undefined } = {}): Surroundings => {
  const own = withNames(process.env);
  const env = own['MONGODB_URI'] ? own : { ...localRun(own), ...own };
  const config = loadConfig(env);
  const usual = `http://127.0.0.1:${config.api.port}`;
  const apiUrl = given.url ?? (env['SANAD_URL'] || env['SANAD_API_URL'] || usual);
  return { config, apiUrl: apiUrl.replace(/\/+$/, '') };
};
