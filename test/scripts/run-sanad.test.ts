// What `npm start` does once services are there, with toys for the application's processes and commands.
import { createServer } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { runSanad } from '../../scripts/run-sanad.mjs';
import { freePort } from '../../scripts/free-port.mjs';
import { createShutdown } from '../../scripts/shutdown.mjs';
import { listener, readDiary, temporaryFolder, toy } from './support.js';

const toyCommands = {
  migrate: [toy('command'), 'migrate'],
  seed: [toy('command'), 'seed'],
  people: [toy('command'), 'people'],
  api: ['toys/server.mjs', 'api'],
  worker: ['toys/server.mjs', 'worker'],
};

const startToys = async (changes: { commands?: Partial<typeof toyCommands>; apiPort?: number } = {}) => {
  const dataFolder = temporaryFolder();
  const diary = join(dataFolder, 'diary');
  const report = listener();
  const shutdown = createShutdown(report);
  const bankPort = String(await freePort());
  const env = {
    ...{ ...process.env, TOY_DIARY: diary },
    ...{ SANAD_API_PORT: String(changes.apiPort ?? (await freePort())), SANAD_WORKER_PORT: String(await freePort()) },
    SANAD_SIMULATED_BANK_PORT: bankPort,
  };
  const running = runSanad({
    ...{ root: join(toy('server'), '../..'), dataFolder, report, shutdown, env, pausesMs: [10] },
    services: { temporalAddress: '127.0.0.1:1', mongodbUri: 'mongodb://127.0.0.1:2' },
    commands: { ...toyCommands, bank: ['toys/server.mjs', 'bank', bankPort], ...changes.commands },
  });
  return { running, shutdown, report, diary: () => readDiary(diary) };
};

describe('a start', () => {
  it('migrates, waits for bank, worker and API, seeds; the drain ends the API before the worker, the bank last', async () => {
    const { running, shutdown, diary } = await startToys();
    const { people } = await running;
    await shutdown.drain();

    const [first, ...rest] = diary();
    expect(first).toBe('migrate ran');
    expect(rest.slice(0, 3).sort()).toEqual(['api started', 'bank started', 'worker started']);
    expect(rest.slice(3)).toEqual(['seed ran', 'people ran', 'api drained', 'worker drained', 'bank drained']);
    expect(people).toBe('output of people\n');
  });

  it('goes to a free port when its own is taken, and says so', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { running, shutdown, report } = await startToys({ apiPort: port });
    const { apiUrl } = await running;
    await shutdown.drain();
    other.close();

    expect(apiUrl).not.toContain(String(port));
    expect(report.lines).toContainEqual(expect.stringContaining(`API: port ${port} is taken, using`));
  });

  it('gives up when a child keeps ending, with its last words', async () => {
    const { running, shutdown } = await startToys({ commands: { api: ['toys/command.mjs', 'api'] } });

    await expect(running).rejects.toThrow(/api at \/readyz: it keeps ending[\s\S]*output of api/);
    await shutdown.drain();
  });
});
