// A TCP proxy between two parts: passes bytes, delays, throttles or swallows them, cuts connections, and catches the answer to a
// request that is recognised by its bytes. It counts everything, so that a fault can be put at "the n-th such request".
import type { AddressInfo, Server, Socket } from 'node:net';
import { connect, createServer } from 'node:net';
import { constants, gunzipSync } from 'node:zlib';

/** What is done to answers; requests always go through, because a lost request has no effect and proves nothing. */
export type Manner =
  | { readonly kind: 'pass' }
  | { readonly kind: 'delay'; readonly ms: number }
  /** So many bytes of answers at a time, one piece every ten milliseconds. */
  | { readonly kind: 'trickle'; readonly bytes: number }
  | { readonly kind: 'swallow' };

/** One answer that is held back. Whoever holds it decides what becomes of the connection. */
export type Caught = {
  /** Ends the connection on both sides with a reset, as when a machine disappears. */
  readonly cut: () => void;
};

export type Trap = {
  /** Bytes that tell the request; several: seen one after the other on this hop, the last one is the request. */
  readonly request: readonly string[];
  readonly isAnswer: (chunk: Buffer) => boolean;
  /** So many such requests go by first. */
  readonly skip: number;
  /** Without an answer for so long the trap gives up: then nothing is known about an effect. */
  readonly patienceMs: number;
};

export type Counts = {
  readonly connections: number;
  readonly requestBytes: number;
  readonly answerBytes: number;
  readonly swallowedBytes: number;
  readonly cuts: number;
};

export type Proxy = {
  readonly port: number;
  readonly counts: () => Counts;
  readonly behave: (manner: Manner) => void;
  /** The first answer to the next such request, when it has come; `null` when it never came, or the trap was taken away. */
  readonly catchAnswer: (trap: Trap) => { readonly caught: Promise<Caught | null>; readonly takeAway: () => void };
  /** Resets every connection there is; new ones are welcome. */
  readonly cutAll: () => void;
  readonly close: () => Promise<void>;
};

type Link = { readonly near: Socket; readonly far: Socket; held: boolean; seen: string; pending: Promise<void> };
type Armed = Trap & {
  stage: number;
  passed: number;
  link: Link | null;
  timer?: NodeJS.Timeout;
  readonly done: (caught: Caught | null) => void;
};

const everyMs = 10;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const cut = ({ near, far }: Link): void => {
  near.resetAndDestroy();
  far.resetAndDestroy();
};

const gzipMagic = Buffer.from([0x1f, 0x8b, 0x08]);

/** Temporal's worker packs its messages, so what is packed is looked at as well; a piece that breaks off is read up to there. */
const unpacked = (chunk: Buffer): string => {
  let text = '';
  for (let at = chunk.indexOf(gzipMagic); at >= 0; at = chunk.indexOf(gzipMagic, at + 1))
    try {
      text += gunzipSync(chunk.subarray(at), { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1');
    } catch (error) {
      if (!(error instanceof Error && 'errno' in error)) throw error; // three bytes that only look like it
    }
  return text;
};

/** Latin-1 keeps every byte as one character, so that bytes can be searched as text. */
const textOf = (chunk: Buffer): string => chunk.toString('latin1') + unpacked(chunk);

export const openProxy = async (target: { readonly host: string; readonly port: number }): Promise<Proxy> => {
  const links = new Set<Link>();
  const armed = new Set<Armed>();
  const counts = { connections: 0, requestBytes: 0, answerBytes: 0, swallowedBytes: 0, cuts: 0 };
  let manner: Manner = { kind: 'pass' };

  const finish = (trap: Armed, caught: Caught | null): void => {
    clearTimeout(trap.timer);
    armed.delete(trap);
    trap.done(caught);
  };

  /** A pattern may be split over two pieces, so the end of the piece before is looked at again. */
  const look = (trap: Armed, link: Link, text: string): void => {
    const wanted = trap.request[trap.stage] ?? '';
    if (!text.includes(wanted)) return;
    const isLast = trap.stage === trap.request.length - 1;
    trap.stage = isLast ? 0 : trap.stage + 1;
    if (!isLast) return look(trap, link, text.slice(text.indexOf(wanted) + wanted.length));
    trap.passed += 1;
    if (trap.passed <= trap.skip) return;
    trap.link = link;
    link.held = true;
    trap.timer = setTimeout(() => {
      cutOne(link);
      finish(trap, null);
    }, trap.patienceMs);
  };
  const onRequest = (link: Link, chunk: Buffer): void => {
    counts.requestBytes += chunk.length;
    const waiting = [...armed].filter((trap) => trap.link === null);
    if (waiting.length > 0) {
      const text = link.seen + textOf(chunk);
      for (const trap of waiting) look(trap, link, text);
      const longest = Math.max(...waiting.flatMap(({ request }) => request.map((one) => one.length - 1)));
      link.seen = longest === 0 ? '' : chunk.toString('latin1').slice(-longest);
    }
    link.far.write(chunk);
  };

  const passed = async (link: Link, chunk: Buffer, how: Manner): Promise<void> => {
    if (how.kind === 'delay') await pause(how.ms);
    if (how.kind !== 'trickle') return void link.near.write(chunk);
    for (let at = 0; at < chunk.length && !link.near.destroyed; at += how.bytes) {
      link.near.write(chunk.subarray(at, at + how.bytes));
      await pause(everyMs);
    }
  };
  const onAnswer = (link: Link, chunk: Buffer): void => {
    counts.answerBytes += chunk.length;
    const trap = [...armed].find((one) => one.link === link);
    if (trap?.isAnswer(chunk)) finish(trap, { cut: () => cutOne(link) });
    if (link.held || manner.kind === 'swallow') {
      counts.swallowedBytes += chunk.length;
      return;
    }
    const how = manner;
    if (how.kind === 'pass') return void link.near.write(chunk);
    // One piece after the other: bytes never overtake each other.
    link.pending = link.pending.then(() => passed(link, chunk, how));
  };
  const cutOne = (link: Link): void => {
    counts.cuts += 1;
    cut(link);
  };

  const accept = (near: Socket): void => {
    counts.connections += 1;
    const far = connect(target);
    const link: Link = { near, far, held: false, seen: '', pending: Promise.resolve() };
    links.add(link);
    near.setNoDelay(true);
    far.setNoDelay(true);
    near.on('data', (chunk: Buffer) => onRequest(link, chunk));
    far.on('data', (chunk: Buffer) => onAnswer(link, chunk));
    const gone = (): void => {
      links.delete(link);
      for (const trap of armed) if (trap.link === link) finish(trap, null);
      near.destroy();
      far.destroy();
    };
    // A broken connection is what the proxy is made for; the parts report it, not the proxy.
    for (const socket of [near, far]) socket.on('error', gone).on('close', gone);
    near.on('end', () => far.end());
    far.on('end', () => void link.pending.then(() => near.end()));
  };

  const server: Server = createServer({ allowHalfOpen: true }, accept);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as AddressInfo;
  return {
    port: address.port,
    counts: () => ({ ...counts }),
    behave: (wanted) => {
      manner = wanted;
    },
    catchAnswer: (trap) => {
      let one: Armed | undefined;
      const caught = new Promise<Caught | null>((done) => {
        one = { ...trap, stage: 0, passed: 0, link: null, done };
        armed.add(one);
      });
      return {
        caught,
        takeAway: () => void (one !== undefined && armed.has(one) && one.link === null && finish(one, null)),
      };
    },
    cutAll: () => links.forEach(cutOne),
    close: async () => {
      for (const { near, far } of links) [near, far].forEach((socket) => socket.destroy());
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
