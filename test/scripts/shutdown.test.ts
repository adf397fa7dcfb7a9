// Ctrl-C: the first drains, the second ends at once, and signals that come together are one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { createShutdown } from '../../scripts/shutdown.mjs';
import { waitUntil } from '../../scripts/wait-until.mjs';
import { listener, toy } from './support.js';

const toySupervisor = async (togetherMs: number) => {
  const child = spawn(process.execPath, [toy('drain'), String(togetherMs)], { stdio: ['ignore', 'pipe', 'inherit'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  const ended = once(child, 'close');
  const prints = (text: string) => waitUntil(`"${text}" in ${printed}`, () => printed.includes(text));
  await prints('up');
  return { child, ended, prints, all: () => printed };
};

describe('a drain under way', () => {
  it('is ended at once by a second signal', async () => {
    const { child, ended, prints, all } = await toySupervisor(0);
    child.kill('SIGINT');
    await prints('Stopping part');
    child.kill('SIGINT');

    expect((await ended)[0]).toBe(130);
    expect(all()).toContain('part ended at once');
  });

  it('is not disturbed by the copy of Ctrl-C that npm passes on', async () => {
    const { child, ended, prints, all } = await toySupervisor(60_000);
    child.kill('SIGINT');
    await prints('Stopping part');
    child.kill('SIGINT');
    child.kill('SIGUSR2');

    expect((await ended)[0]).toBe(0);
    expect(all()).not.toContain('at once\n');
  });
});

describe('parts that were started one after another', () => {
  const part = (name: string, order: string[]) => ({
    name,
    stop: () => Promise.resolve(void order.push(name)),
    endNow: () => {},
  });

  it('are stopped in the opposite order, once', async () => {
    const order: string[] = [];
    const shutdown = createShutdown(listener());
    for (const name of ['services', 'worker', 'api']) shutdown.add(part(name, order));
    await Promise.all([shutdown.drain(), shutdown.drain()]);

    expect(order).toEqual(['api', 'worker', 'services']);
  });

  it('take in a part that was just starting, and stop the start', async () => {
    const order: string[] = [];
    const shutdown = createShutdown(listener());
    shutdown.add(part('services', order));
    const drained = shutdown.drain();
    expect(() => shutdown.add(part('worker', order))).toThrow('stopped while starting');
    await drained;

    expect(order).toEqual(['services', 'worker']);
  });
});
