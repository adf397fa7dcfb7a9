// Outside demo mode: no sign-in without a password, and no start with a key that everybody knows.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { configTable, demoTokenKey, loadConfig, tokenKeyOf } from '../../platform/config.js';
import type { World } from '../support/world.js';
import { openWorld } from '../support/world.js';

describe('the API in production mode', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld({ withWorker: false, mode: 'production' });
  });
  afterAll(() => world.close());

  it('has no demo addresses', async () => {
    const replies = [
      await world.nobody.post('/v1/demo/sign-in', { personId: 'samira' }),
      await world.nobody.get('/v1/demo/people'),
    ];

    expect(replies).toMatchObject([{ status: 404 }, { status: 404 }]);
    const document = await world.nobody.get('/openapi.json');
    expect(Object.keys(document.body['paths'] ?? {}).filter((path) => path.includes('demo'))).toEqual([]);
  });
});

describe('the token key', () => {
  const keyIn = (env: NodeJS.ProcessEnv) => () => tokenKeyOf(loadConfig(env));

  it('is required, private and long outside demo mode', () => {
    expect(keyIn({})).toThrow('required outside demo mode');
    expect(keyIn({ SANAD_TOKEN_KEY: demoTokenKey })).toThrow('demo key is public');
    expect(keyIn({ SANAD_TOKEN_KEY: 'short' })).toThrow('at least 32');
    expect(keyIn({ SANAD_TOKEN_KEY: 'k'.repeat(32) })()).toBe('k'.repeat(32));
  });

  it('is built in for the demo', () => {
    expect(keyIn({ SANAD_MODE: 'demo' })()).toBe(demoTokenKey);
  });
});

describe('the configuration', () => {
  it('names what is wrong without repeating values', () => {
    const load = () => loadConfig({ SANAD_API_PORT: 'secret-value', SANAD_MODE: 'test' });

    expect(load).toThrow(/SANAD_API_PORT/);
    expect(load).toThrow(/SANAD_MODE/);
    expect(load).not.toThrow(/secret-value/);
  });

  it('describes every variable, and shows no value of a secret', () => {
    const rows = configTable();

    expect(rows.filter(({ description }) => description.length < 10)).toEqual([]);
    expect(rows.find(({ name }) => name === 'SANAD_TOKEN_KEY')).toMatchObject({ secret: true, default: null });
  });
});
