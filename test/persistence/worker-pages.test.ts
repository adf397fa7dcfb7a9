// The worker's pages: alive as long as the process answers, ready only while what it needs answers too.
import { afterEach, describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { connect, disconnect, ping } from '../../persistence/connection.js';
import type { HealthPages } from '../../worker/health-pages.js';
import { openHealthPages } from '../../worker/health-pages.js';
import { mongodbUri } from './support.js';

let pages: HealthPages | undefined;
afterEach(async () => {
  await pages?.close();
  await disconnect();
});

const open = async (checks = { mongodb: ping }) => {
  pages = await openHealthPages({ host: '127.0.0.1', port: 0 }, checks, new Registry());
  const { port } = pages;
  return async (path: string): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: response.status, body: await response.json() };
  };
};

describe('a worker with its database', () => {
  it('is alive and ready', async () => {
    await connect(mongodbUri(), 'test_pages');
    const get = await open();

    expect(await get('/livez')).toEqual({ status: 200, body: { status: 'alive' } });
    expect(await get('/readyz')).toEqual({ status: 200, body: { status: 'ready' } });
    expect(await get('/else')).toMatchObject({ status: 404 });
  });
});

describe('a worker without its database', () => {
  it('is alive, not ready, and says what is missing', async () => {
    await connect(mongodbUri(), 'test_pages');
    await disconnect();
    const get = await open();

    expect(await get('/livez')).toMatchObject({ status: 200 });
    expect(await get('/readyz')).toMatchObject({ status: 503, body: { missing: { mongodb: expect.any(String) } } });
  });

  it('is not ready while a check does not answer', async () => {
    const get = await open({ mongodb: () => new Promise<void>(() => undefined) });

    expect(await get('/readyz')).toMatchObject({
      status: 503,
      body: { missing: { mongodb: 'no answer within 2000 ms' } },
    });
  });
});
