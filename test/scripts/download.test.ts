// Vendor downloads give up quickly and say why.
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { download } from '../../scripts/services/download.mjs';
import { temporaryFolder } from './support.js';

const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

const serve = async (answer: RequestListener) => {
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => (server.closeAllConnections(), server.close()));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/archive`,
    file: join(temporaryFolder(), 'archive'),
  };
};

describe('a vendor', () => {
  it('that answers is downloaded', async () => {
    const { url, file } = await serve((_request, response) => void response.end('archive'));
    await download(url, file);

    expect(readFileSync(file, 'utf8')).toBe('archive');
  });

  it('that says no is told with its status', async () => {
    const { url, file } = await serve((_request, response) => void response.writeHead(403).end());

    await expect(download(url, file)).rejects.toThrow('answered 403');
  });

  it('that never answers is given up', async () => {
    const { url, file } = await serve(() => {});

    await expect(download(url, file, undefined, { firstByteMs: 20 })).rejects.toThrow('sent nothing for 0.02 s');
  });

  it('that stops in the middle is given up', async () => {
    const { url, file } = await serve((_request, response) => void response.write('arch'));

    await expect(download(url, file, undefined, { stallMs: 20 })).rejects.toThrow('sent nothing for 0.02 s');
  });
});
