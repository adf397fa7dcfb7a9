// A mail server that delivers nothing: it keeps each message as a file in a folder. For `npm start` and for tests.
// @ts-check
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** @param {import('node:stream').Readable} stream */
async function contentOf(stream) {
  /** @type {Buffer[]} */
  const chunks = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** In the order of their arrival; the hash keeps two of one millisecond apart. @param {Buffer} content */
const fileNameOf = (content) =>
  `${new Date().toISOString().replaceAll(':', '-')}-${createHash('sha256').update(content).digest('hex').slice(0, 8)}.eml`;

/**
 * @param {{ folder: string, port?: number }} options
 * @returns {Promise<{ url: string, stop: () => Promise<void> }>}
 */
export async function startMailSink({ folder, port = 0 }) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData: (stream, _session, done) => {
      contentOf(stream)
        .then((content) => writeFile(join(folder, fileNameOf(content)), content, { mode: 0o600, flag: 'wx' }))
        .then(() => done(), done);
    },
  });
  // A connection that breaks is the sender's to notice.
  server.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.server.address();
  if (address === null || typeof address !== 'object') throw new Error('the mail sink has no port');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve(undefined))),
  };
}
