// Mail servers of the tests: the sink that `npm start` uses, and ones that misbehave in a way of the test's choosing.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SMTPServerOptions } from 'smtp-server';
import { SMTPServer } from 'smtp-server';
import { startMailSink } from '../../scripts/mail-sink.mjs';

/** A message as its receiver would see it. */
export type SeenMail = {
  readonly header: (name: string) => string;
  readonly text: string;
  readonly html: string;
};

const decodedWord = /=\?utf-8\?(b|q)\?([^?]*)\?=/gi;

const quotedPrintable = (text: string): string => {
  const bytes = text
    .replaceAll(/=\r?\n/g, '')
    .replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};

const decodedHeader = (value: string): string =>
  value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(decodedWord, (_, encoding: string, text: string) =>
      encoding.toLowerCase() === 'b'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quotedPrintable(text.replaceAll('_', ' ')),
    );

const headersOf = (block: string): Map<string, string> =>
  new Map(
    block
      .replaceAll(/\r?\n[ \t]+/g, ' ')
      .split(/\r?\n/)
      .map((line): [string, string] => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), decodedHeader(line.slice(colon + 1).trim())];
      }),
  );

const parted = (content: string): readonly [string, string] => {
  const gap = /\r?\n\r?\n/.exec(content);
  return gap === null ? [content, ''] : [content.slice(0, gap.index), content.slice(gap.index + gap[0].length)];
};

const bodyOf = (part: string): string => {
  const [head, body] = parted(part);
  switch (headersOf(head).get('content-transfer-encoding')) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return quotedPrintable(body);
    default:
      return body;
  }
};

const readMail = (content: string): SeenMail => {
  const [head, body] = parted(content);
  const headers = headersOf(head);
  const boundary = /boundary="?([^";]+)/.exec(headers.get('content-type') ?? '')?.[1] ?? 'none';
  const parts = body.split(`--${boundary}`).map((part) => part.trimStart());
  const ofType = (type: string): string => bodyOf(parts.find((part) => part.includes(`Content-Type: ${type}`)) ?? '');
  return {
    header: (name) => headers.get(name) ?? '',
    text: ofType('text/plain'),
    html: ofType('text/html'),
  };
};

export type MailSink = {
  readonly url: string;
  readonly mails: () => Promise<SeenMail[]>;
  readonly close: () => Promise<void>;
};

export const openMailSink = async (): Promise<MailSink> => {
  const folder = await mkdtemp(join(tmpdir(), 'sanad-mail-'));
  const sink = await startMailSink({ folder });
  return {
    url: sink.url,
    mails: async () => {
      const names = (await readdir(folder)).sort();
      return Promise.all(names.map(async (name) => readMail(await readFile(join(folder, name), 'latin1'))));
    },
    close: async () => {
      await sink.stop();
      await rm(folder, { recursive: true });
    },
  };
};

export type BadMailServer = {
  readonly url: string;
  /** Breaks every connection off, as a crash would. */
  readonly breakOff: () => void;
  readonly close: () => Promise<void>;
};

export const openBadMailServer = async (options: SMTPServerOptions): Promise<BadMailServer> => {
  const server = new SMTPServer({ authOptional: true, disabledCommands: ['AUTH', 'STARTTLS'], ...options });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => void sockets.add(socket));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('the mail server has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    breakOff: () => sockets.forEach((socket) => socket.destroy()),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
