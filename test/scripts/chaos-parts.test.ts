// The parts of the fault campaign: its proxy does to bytes what it says, its schedule follows from the seed, its patches fit the sources.
import { afterEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import { root } from '../../scripts/settings.mjs';
import { applied, parsePatch } from '../chaos/bugs/apply-patch.js';
import { seededBugs } from '../chaos/bugs/catalogue.js';
import type { Proxy } from '../chaos/proxy.js';
import { openProxy } from '../chaos/proxy.js';
import { faultsPerKind, scheduleOf } from '../chaos/schedule.js';
import { faultKinds, steps } from '../chaos/vocabulary.js';

/** Answers every piece with "re: <piece>" and remembers what it took. */
type Echo = { readonly port: number; readonly took: string[]; readonly close: () => void };
const openEcho = async (): Promise<Echo> => {
  const took: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined); // cut on purpose
    socket.on('data', (chunk: Buffer) => {
      took.push(chunk.toString());
      socket.write(`re: ${chunk.toString()}`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    sockets.forEach((socket) => socket.destroy());
    server.close();
  };
  return { port, took, close };
};

type Told = { readonly text: string; readonly ended: 'reset' | 'open' };
const asked = (socket: Socket, request: string, withinMs: number): Promise<Told> =>
  new Promise((resolve) => {
    let text = '';
    const done = (ended: Told['ended']): void => resolve({ text, ended });
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.endsWith('.')) done('open');
    });
    socket.once('error', () => done('reset'));
    setTimeout(() => done('open'), withinMs).unref();
    socket.write(request);
  });

type Opened = { readonly echo: Echo; readonly proxy: Proxy; readonly through: () => Promise<Socket> };
const toClose: (() => Promise<void>)[] = [];
const sockets: Socket[] = [];
const opened = async (): Promise<Opened> => {
  const echo = await openEcho();
  const proxy = await openProxy({ host: '127.0.0.1', port: echo.port });
  toClose.push(async () => {
    await proxy.close();
    echo.close();
  });
  const through = async (): Promise<Socket> => {
    const socket = connect(proxy.port, '127.0.0.1');
    sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  };
  return { echo, proxy, through };
};
afterEach(async () => {
  sockets.splice(0).forEach((socket) => socket.destroy());
  for (const close of toClose.splice(0)) await close();
});
const trap = { isAnswer: () => true, skip: 0, patienceMs: 2_000 };
const quickly = 300;

describe('the proxy', () => {
  it('passes bytes in both directions and counts them', async () => {
    const { proxy, through } = await opened();
    expect(await asked(await through(), 'good morning.', 2_000)).toEqual({ text: 're: good morning.', ended: 'open' });
    expect(proxy.counts()).toMatchObject({ connections: 1, requestBytes: 13, answerBytes: 17, swallowedBytes: 0 });
  });

  it('delays answers and keeps their order', async () => {
    const { proxy, through } = await opened();
    proxy.behave({ kind: 'delay', ms: 200 });
    const startedAt = performance.now();
    expect((await asked(await through(), 'late.', 3_000)).text).toBe('re: late.');
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(195);
  });

  it('lets answers trickle through whole', async () => {
    const { proxy, through } = await opened();
    proxy.behave({ kind: 'trickle', bytes: 2 });
    expect((await asked(await through(), 'piece by piece.', 3_000)).text).toBe('re: piece by piece.');
  });

  it('swallows answers although the request has arrived', async () => {
    const { echo, proxy, through } = await opened();
    proxy.behave({ kind: 'swallow' });
    expect((await asked(await through(), 'unheard.', quickly)).text).toBe('');
    expect(echo.took).toEqual(['unheard.']);
    expect(proxy.counts().swallowedBytes).toBe('re: unheard.'.length);
  });

  it('resets every connection when it is told to', async () => {
    const { proxy, through } = await opened();
    const socket = await through();
    await asked(socket, 'hello.', 2_000);
    const gone = once(socket, 'error');
    proxy.cutAll();
    const [error] = (await gone) as [NodeJS.ErrnoException];
    expect(error.code).toBe('ECONNRESET');
  });

  it('loses the answer of the n-th such request: forwarded, answered, and never delivered', async () => {
    const { echo, proxy, through } = await opened();
    const { caught } = proxy.catchAnswer({ ...trap, request: ['pay'], skip: 1 });
    const socket = await through();
    expect((await asked(socket, 'pay 1.', 2_000)).text).toBe('re: pay 1.');
    const second = asked(await through(), 'pay 2.', 5_000);
    const answer = await caught;
    expect(echo.took).toEqual(['pay 1.', 'pay 2.']);
    answer?.cut();
    expect(await second).toEqual({ text: '', ended: 'reset' });
  });

  it('recognises a request that comes in two pieces', async () => {
    const { proxy, through } = await opened();
    const { caught } = proxy.catchAnswer({ ...trap, request: ['commit'] });
    const socket = await through();
    await asked(socket, 'com', quickly);
    socket.write('mit.');
    expect(await caught).not.toBeNull();
  });

  it('gives up when no answer comes, and says that nothing is known', async () => {
    const { proxy, through } = await opened();
    const { caught } = proxy.catchAnswer({ ...trap, request: ['x'], isAnswer: () => false, patienceMs: 100 });
    void asked(await through(), 'x', 1_000);
    expect(await caught).toBeNull();
  });
});

describe('the schedule', () => {
  const asking = { seed: 'one', lifecycles: 100, kinds: faultKinds, bank: true };
  it('is the same for the same seed, and another for another seed', () => {
    expect(scheduleOf(asking)).toEqual(scheduleOf(asking));
    expect(scheduleOf({ ...asking, seed: 'two' })).not.toEqual(scheduleOf(asking));
  });

  it('has every kind as often as the size asks for, every step among the lost answers, and grows by its counts alone', () => {
    const faults = scheduleOf(asking);
    for (const kind of faultKinds)
      expect(faults.filter((fault) => fault.kind === kind)).toHaveLength(faultsPerKind(asking));
    const large = scheduleOf({ ...asking, lifecycles: 300 });
    const hit = large.flatMap((fault) => (fault.kind === 'lost-reply' ? [fault.step] : []));
    expect(new Set(hit)).toEqual(new Set(steps));
    const counts = faults.map(({ afterDecisions }) => afterDecisions);
    expect(counts).toEqual([...counts].sort((one, other) => one - other));
  });

  it('leaves a bank alone that is no process', () => {
    const faults = scheduleOf({ ...asking, bank: false });
    expect(faults.some((fault) => fault.kind === 'bank' || ('part' in fault && fault.part === 'bank'))).toBe(false);
  });
});

describe('the seeded bugs', () => {
  it.each(seededBugs.map(({ name }) => name))('%s fits the sources as they are', (name) => {
    const patch = parsePatch(readFileSync(join(root, 'test/chaos/bugs', `${name}.patch`), 'utf8'));
    expect(patch.about).not.toBe('');
    for (const file of patch.files) {
      const source = readFileSync(join(root, file.path), 'utf8');
      expect(applied(source, file)).not.toBe(source);
    }
  });

  it('are at least ten', () => {
    expect(seededBugs.length).toBeGreaterThanOrEqual(10);
  });
});
