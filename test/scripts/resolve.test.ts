// Where a service's binary comes from: the order of the routes, and what is refused on the way.
import { appendFileSync, chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { cacheFolder } from '../../scripts/services/cache.mjs';
import type { Recipe } from '../../scripts/services/recipe.mjs';
import { resolveBinary } from '../../scripts/services/resolve.mjs';
import { mongodBinary } from '../../scripts/services/mongod-binary.mjs';
import { temporalBinary } from '../../scripts/services/temporal-binary.mjs';
import { listener, temporaryFolder } from './support.js';

const writeBinary = (file: string, prints: string): string => {
  writeFileSync(file, `#!/bin/sh\necho "${prints}"\n`);
  chmodSync(file, 0o755);
  return file;
};

const scene = (routes: Recipe['routes'] = []) => {
  const folder = temporaryFolder();
  const path = join(folder, 'path');
  mkdirSync(path);
  const env: NodeJS.ProcessEnv = { XDG_CACHE_HOME: join(folder, 'cache'), PATH: `${path}:/usr/bin:/bin` };
  const recipe: Recipe = { ...mongodBinary, version: '9-toy', routes };
  const find = (install = true) => resolveBinary(recipe, { env, install, report: listener() });
  return { folder, path, env, recipe, find };
};

const route = (name: string, prints: string) => {
  const asked: string[] = [];
  const fetch = (folder: string) => {
    asked.push(folder);
    return Promise.resolve(writeBinary(join(folder, 'fetched'), prints));
  };
  return { name, fetch, asked };
};

describe('a binary named by the environment, one in the cache, one on PATH', () => {
  it('takes the named one, then the cached one, then the one on PATH', async () => {
    const { folder, path, env, find } = scene([route('vendor', 'db version v7.0.2')]);
    writeBinary(join(path, 'mongod'), 'db version v6.0.1');
    const onPath = await find();
    env.PATH = '/usr/bin:/bin';
    const fetched = await find();
    env.PATH = `${path}:/usr/bin:/bin`;
    const cached = await find();
    env.SANAD_MONGOD_BIN = writeBinary(join(folder, 'mine'), 'db version v8.0.3');
    const named = await find();

    expect([onPath, fetched, cached, named].map(({ version }) => version)).toEqual([
      '6.0.1',
      '7.0.2',
      '7.0.2',
      '8.0.3',
    ]);
    expect(onPath.route).toBe('PATH');
    expect(cached.route).toMatch(/^cache/);
    expect(named.route).toBe('SANAD_MONGOD_BIN');
  });
});

describe('a binary that will not do', () => {
  it('is passed over, and every attempt is told with its reason', async () => {
    const vendor = { name: 'vendor', fetch: () => Promise.reject(new Error('no network')) };
    const { folder, path, env, find } = scene([vendor]);
    env.SANAD_MONGOD_BIN = join(folder, 'nowhere');
    writeBinary(join(path, 'mongod'), 'db version v5.0.9');

    const failure = find();

    await expect(failure).rejects.toMatchObject({
      name: 'ServiceMissing',
      attempts: [
        { route: 'SANAD_MONGOD_BIN', reason: expect.stringContaining('is not installed') },
        { route: expect.stringMatching(/^cache/), reason: 'not there' },
        { route: 'PATH', reason: 'version 5.0.9 will not do, 6.x to 8.x is needed' },
        { route: 'vendor', reason: 'no network' },
      ],
    });
  });

  it.each([
    ['temporal version 0.0.0-DEV (Server 1.29.1, UI 2.42.1)', 'CLI 0.0.0-DEV, server 1.29.1'],
    ['temporal version 1.6.0 (Server 1.30.0, UI 2.45.0)', 'CLI 1.6.0, server 1.30.0'],
  ])('accepts %s', (printed, version) => expect(temporalBinary.readVersion(printed)).toBe(version));

  it.each(['temporal version 1.1.0 (Server 1.25.0, UI 2.30.3)', 'tctl version 1.18'])('refuses %s', (printed) =>
    expect(() => temporalBinary.readVersion(printed)).toThrow(/too old|not a Temporal CLI/),
  );
});

describe('a binary that is nowhere', () => {
  it('is fetched once, by the first route that works, and nothing is left behind', async () => {
    const broken = route('vendor', 'something else');
    const registry = route('registry', 'db version v6.0.5');
    const { env, recipe, find } = scene([broken, registry]);

    const first = await find();
    const second = await find();

    expect([first.route, second.route]).toEqual(['registry', expect.stringMatching(/^cache/)]);
    expect([...broken.asked, ...registry.asked].filter((folder) => existsSync(folder))).toEqual([]);
    expect(registry.asked).toHaveLength(1);
    expect(existsSync(`${cacheFolder(recipe, env)}.lock`)).toBe(false);
  });

  it('is fetched once for two processes that ask together', async () => {
    const registry = route('registry', 'db version v6.0.5');
    const { find } = scene([registry]);

    const found = await Promise.all([find(), find()]);

    expect(found[0].path).toBe(found[1].path);
    expect(registry.asked).toHaveLength(1);
  });
});

describe('a cached binary that was changed', () => {
  it('is refused with both hashes, and fetched again', async () => {
    const { find } = scene([route('registry', 'db version v6.0.5')]);
    const { path } = await find();
    appendFileSync(path, 'echo tampered\n');

    await expect(find(false)).rejects.toThrow(
      /changed since it was installed: sha256 [0-9a-f]{64}, expected [0-9a-f]{64}/,
    );
    await expect(find()).resolves.toMatchObject({ route: 'registry' });
    await expect(find(false)).resolves.toMatchObject({ path });
  });
});
