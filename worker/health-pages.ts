// The worker's own pages: /livez (the process answers), /readyz (what is missing, by name) and /metrics. No business goes through here.
import { createServer } from 'node:http';
import type { Server, ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Registry } from 'prom-client';

export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

export type HealthPages = { readonly port: number; readonly close: () => Promise<void> };

const checkMs = 2_000;

const json = (response: ServerResponse, status: number, body: unknown): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
};

const inTime = (check: () => Promise<void>): Promise<void> => {
  const late = AbortSignal.timeout(checkMs);
  return Promise.race([
    check(),
    new Promise<never>((_, reject) => {
      late.addEventListener('abort', () => reject(new Error(`no answer within ${checkMs} ms`)));
    }),
  ]);
};

const missingOf = async (checks: ReadinessChecks): Promise<Record<string, string>> => {
  const found = await Promise.all(
    Object.entries(checks).map(async ([name, check]): Promise<[string, string][]> => {
      try {
        await inTime(check);
        return [];
      } catch (error) {
        return [[name, error instanceof Error ? error.message : String(error)]];
      }
    }),
  );
  return Object.fromEntries(found.flat());
};

const answer = async (
  path: string,
  response: ServerResponse,
  checks: ReadinessChecks,
  registry: Registry,
): Promise<void> => {
  switch (path) {
    case '/livez':
      return json(response, 200, { status: 'alive' });
    case '/readyz': {
      const missing = await missingOf(checks);
      const ready = Object.keys(missing).length === 0;
      return json(response, ready ? 200 : 503, ready ? { status: 'ready' } : { status: 'not ready', missing });
    }
    case '/metrics':
      response.writeHead(200, { 'content-type': registry.contentType });
      response.end(await registry.metrics());
      return undefined;
    default:
      return json(response, 404, { status: 'not found' });
  }
};

export const openHealthPages = async (
  at: { readonly host: string; readonly port: number },
  checks: ReadinessChecks,
  registry: Registry,
): Promise<HealthPages> => {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://worker');
    answer(pathname, response, checks, registry).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return { port: portOf(server), close: () => closed(server) };
};

const portOf = (server: Server): number => {
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
};

const closed = async (server: Server): Promise<void> => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
};
