// The people's HTTP client of the measurements: kept-alive connections, JSON both ways, nothing hidden (no repeats, no redirects).
import { Agent, request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';

export type Call = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly token: string;
  readonly body?: unknown;
  readonly key?: string;
  /** Asks the API not to wait for the read model. */
  readonly noWait?: boolean;
};
export type Answer = { readonly status: number; readonly body: unknown };
export type Http = { readonly call: (call: Call) => Promise<Answer>; readonly close: () => void };

/** Longer than any deadline of the API: an answer that never comes must not hang a measurement. */
const patienceMs = 30_000;

const read = async (response: IncomingMessage): Promise<Answer> => {
  const chunks: Buffer[] = [];
  for await (const chunk of response) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const body: unknown = text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text;
  return { status: response.statusCode ?? 0, body };
};

const headersOf = ({ token, key, noWait }: Call, content: string | undefined) => ({
  accept: 'application/json',
  authorization: `Bearer ${token}`,
  ...(content === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }),
  ...(key === undefined ? {} : { 'idempotency-key': key }),
  ...(noWait === true ? { prefer: 'respond-async' } : {}),
});

/** The server closed a kept-alive connection just when we used it again: nothing was read of this call. */
const wasIdle = (error: Error, sent: ClientRequest): boolean =>
  sent.reusedSocket && 'code' in error && error.code === 'ECONNRESET';

export const createHttp = (origin: string): Http => {
  const { hostname, port } = new URL(origin);
  const agent = new Agent({ keepAlive: true, noDelay: true });
  const once = (call: Call): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const content = call.body === undefined ? undefined : JSON.stringify(call.body);
      const { method, path } = call;
      const options = { hostname, port, method, path, agent, headers: headersOf(call, content), timeout: patienceMs };
      const sent = request(options, (response) => void read(response).then(resolve, reject));
      sent.once('error', (error) => (wasIdle(error, sent) ? resolve(once(call)) : reject(error)));
      sent.once('timeout', () => sent.destroy(new Error(`${method} ${path}: no answer in ${patienceMs} ms`)));
      sent.end(content);
    });
  return { call: once, close: () => agent.destroy() };
};
