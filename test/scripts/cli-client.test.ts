// The client of the command line against a real HTTP server that answers as the API may: late, busy, broken, unknown.
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { createApiClient } from '../../cli/api-client.js';
import { CommandFailure } from '../../cli/failure.js';
import { createLatencies } from '../../cli/latency.js';

type Reply =
  | {
      readonly status: number;
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  | 'hang up';
type Heard = {
  readonly method: string;
  readonly url: string;
  readonly key: string | undefined;
  readonly token: string | undefined;
};

const servers: Server[] = [];
afterEach(async () => {
  await Promise.all(
    servers.splice(0).map(
      (server) =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    ),
  );
});

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
};

/** Answers `script` in turn to everything but signing in; the last answer goes on for ever. */
const api = async (script: readonly Reply[]): Promise<{ url: string; heard: Heard[] }> => {
  const heard: Heard[] = [];
  const left = [...script];
  const server = createServer((request, response) => {
    const url = request.url ?? '';
    if (url === '/v1/demo/sign-in') {
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ token: `t-${heard.length}` }));
      return;
    }
    const reply = (left.length > 1 ? left.shift() : left[0]) ?? 'hang up';
    heard.push({
      method: request.method ?? '',
      url,
      key: headerOf(request, 'idempotency-key'),
      token: headerOf(request, 'authorization'),
    });
    if (reply === 'hang up') return void request.socket.destroy();
    const { status, body, headers = {} } = reply;
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body ?? {}));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, heard };
};

const command = { name: 'castVote', method: 'POST', path: '/v1/requests/r1/votes', as: 'omar', body: {} } as const;
const done = { status: 200, body: { version: 7 } } as const;
const problem = (status: number, code: string, headers = {}) => ({ status, body: { code, title: code }, headers });

describe('an answer that says "later"', () => {
  it.each([
    ['503', problem(503, 'unavailable')],
    ['429', problem(429, 'tooManyRequests')],
    ['the same key is still at work', problem(409, 'keyInProgress')],
    ['it was not carried out', problem(409, 'notCarriedOut')],
    ['no answer at all', 'hang up'],
  ] as const)('sends the same key again after %s', async (_what, first) => {
    const { url, heard } = await api([first, done]);
    const client = createApiClient({ url });

    const answer = await client.call(command);

    expect(answer).toMatchObject({ status: 200, body: { version: 7 }, problem: null });
    expect(heard).toHaveLength(2);
    expect(heard[0]?.key).toMatch(/^[A-Za-z0-9_-]{16,64}$/);
    expect(heard[1]?.key).toBe(heard[0]?.key);
    expect(client.repeats()).toBe(1);
  });

  it('waits as long as Retry-After asks', async () => {
    const { url } = await api([problem(503, 'unavailable', { 'retry-after': '1' }), done]);
    const startedAt = performance.now();
    await createApiClient({ url }).call(command);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(950);
  });

  it('gives the refusal when patience ends', async () => {
    const { url } = await api([problem(503, 'recordingBehind')]);
    const answer = await createApiClient({ url, patienceMs: 300 }).call(command);
    expect(answer).toMatchObject({ status: 503, problem: { code: 'recordingBehind' } });
  });

  it('fails as unavailable when nobody ever answers', async () => {
    const { url } = await api(['hang up']);
    const failure = await createApiClient({ url, patienceMs: 300 })
      .call(command)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(CommandFailure);
    expect(failure).toMatchObject({ reason: 'unavailable' });
  });
});

describe('a refusal by a rule', () => {
  it('is given as it is and not tried again', async () => {
    const { url, heard } = await api([problem(409, 'notThisStage')]);
    const answer = await createApiClient({ url }).call(command);
    expect(answer).toMatchObject({ status: 409, problem: { code: 'notThisStage' } });
    expect(heard).toHaveLength(1);
  });
});

describe('202: the outcome is not known yet', () => {
  const accepted = { status: 202, headers: { location: '/v1/operations/op1' } } as const;
  const operation = (state: string, more = {}) => ({ status: 200, body: { state, ...more } });

  it('follows the operation to its result', async () => {
    const { url, heard } = await api([
      accepted,
      operation('running'),
      operation('succeeded', { result: { version: 9 } }),
    ]);
    const answer = await createApiClient({ url }).call(command);
    expect(answer).toMatchObject({ problem: null, body: { version: 9 } });
    expect(heard.map((call) => call.url)).toEqual([command.path, '/v1/operations/op1', '/v1/operations/op1']);
  });

  it('sends the same key again when the operation came to nothing', async () => {
    const nothing = operation('failed', { problem: { code: 'notCarriedOut', status: 409 } });
    const { url, heard } = await api([accepted, nothing, done]);
    const answer = await createApiClient({ url }).call(command);
    expect(answer).toMatchObject({ problem: null, body: { version: 7 } });
    expect(heard[2]).toMatchObject({ method: 'POST', key: heard[0]?.key });
  });

  it('says that the outcome is unknown when patience ends first', async () => {
    const { url } = await api([accepted, operation('running')]);
    const answer = await createApiClient({ url, patienceMs: 300 }).call(command);
    expect(answer).toMatchObject({ status: 202, problem: { code: 'outcomeUnknown' } });
  });

  it('gives the problem of an operation that failed', async () => {
    const { url } = await api([accepted, operation('failed', { problem: { code: 'alreadyActed', status: 409 } })]);
    const answer = await createApiClient({ url }).call(command);
    expect(answer).toMatchObject({ status: 409, problem: { code: 'alreadyActed' } });
  });
});

describe('people', () => {
  it('sign in once, however many calls they make', async () => {
    const { url, heard } = await api([done]);
    const client = createApiClient({ url });
    await Promise.all([client.call(command), client.call(command)]);
    await client.call(command);
    expect(new Set(heard.map(({ token }) => token)).size).toBe(1);
  });

  it('sign in again when their token is no longer taken, and send the same key', async () => {
    const { url, heard } = await api([problem(401, 'notSignedIn'), done]);
    const answer = await createApiClient({ url }).call(command);
    expect(answer.status).toBe(200);
    expect(heard[1]?.token).not.toBe(heard[0]?.token);
    expect(heard[1]?.key).toBe(heard[0]?.key);
  });
});

describe('latencies', () => {
  it('are kept by name and shown as values that were measured', () => {
    const latencies = createLatencies();
    for (let ms = 1; ms <= 100; ms += 1) latencies.record('castVote', ms);
    expect(latencies.rows()).toEqual([{ name: 'castVote', count: 100, p50: 50, p95: 95, p99: 99, max: 100 }]);
  });
});
