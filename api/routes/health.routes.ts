// For operators and machines, outside /v1: alive, ready (naming what is missing), metrics, version.
import type { RequestHandler, Router } from 'express';
import { indexesExist } from '../../persistence/indexes.js';
import { ping } from '../../persistence/connection.js';
import type { RouteDeps } from '../deps.js';
import type { Version } from '../version.js';

type Check = { readonly name: string; readonly run: () => Promise<void> };
export type Readiness = { readonly draining: () => boolean };

const withinMs = 3_000;

const inTime = async (run: () => Promise<void>): Promise<void> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), withinMs);
  });
  try {
    await Promise.race([run(), late]);
  } finally {
    clearTimeout(timer);
  }
};

/** The name of what is missing; the reason goes to the log of that part, not to whoever asks. */
const missingOf = async ({ name, run }: Check): Promise<string[]> => {
  try {
    await inTime(run);
    return [];
  } catch {
    return [name];
  }
};

const migrated = async (): Promise<void> => {
  if (!(await indexesExist())) throw new Error('the database is not migrated');
};

const readyz = ({ gateway }: RouteDeps, { draining }: Readiness): RequestHandler => {
  const checks: readonly Check[] = [
    { name: 'mongodb', run: ping },
    { name: 'migrations', run: migrated },
    { name: 'temporal', run: () => gateway.ping() },
  ];
  return async (_req, res) => {
    const missing = draining() ? ['draining'] : (await Promise.all(checks.map(missingOf))).flat();
    res.status(missing.length === 0 ? 200 : 503).json({ ready: missing.length === 0, missing });
  };
};

export const mountHealth = (router: Router, deps: RouteDeps, readiness: Readiness, version: Version): void => {
  router.get('/livez', (_req, res) => {
    res.json({ alive: true });
  });
  router.get('/readyz', readyz(deps, readiness));
  router.get('/version', (_req, res) => {
    res.json(version);
  });
  router.get('/metrics', async (_req, res) => {
    const { registry } = deps.metrics;
    res.type(registry.contentType).send(await registry.metrics());
  });
};
