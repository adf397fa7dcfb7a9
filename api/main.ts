// The API process: configuration, connections, listening, and a drain in order when it is told to stop.
import type { Server } from 'node:http';
import { connect, disconnect } from '../persistence/connection.js';
import type { Config } from '../platform/config.js';
import { ConfigError, identityKeyOf, loadConfig, tokenKeyOf } from '../platform/config.js';
import type { Logger } from '../platform/logger.js';
import { createLogger } from '../platform/logger.js';
import { createApp } from './app.js';
import type { GrantGateway } from './grant-gateway.js';
import { createGrantGateway } from './grant-gateway.js';
import { createHttpServer } from './http-server.js';
import { createMetrics } from './metrics.js';
import type { ReadAfterWrite } from './read-after-write.js';
import { createReadAfterWrite } from './read-after-write.js';
import { createSimulatedNgoRegistry } from './simulated-ngo-registry.js';
import { readVersion } from './version.js';

type Running = { readonly server: Server; readonly gateway: GrantGateway; readonly readAfterWrite: ReadAfterWrite };

const listen = (server: Server, { host, port }: Config['api']): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

/** Sockets that are idle go at once, those at work after their answer; what takes longer than the drain is cut. */
const close = (server: Server, drainMs: number): Promise<void> =>
  new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });

const drain = async ({ server, gateway, readAfterWrite }: Running, drainMs: number): Promise<void> => {
  await close(server, drainMs);
  await readAfterWrite.close();
  await gateway.close();
  await disconnect();
};

const onStop = (running: Running, { drainMs }: Config, log: Logger, stopping: { begun: boolean }): void => {
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping.begun) process.exit(1);
    stopping.begun = true;
    log.info({ signal }, 'draining');
    drain(running, drainMs).then(
      () => {
        log.info('stopped');
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the drain failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

const run = async (config: Config, log: Logger): Promise<void> => {
  const key = tokenKeyOf(config);
  const identityKey = identityKeyOf(config);
  const metrics = createMetrics();
  await connect(config.mongodb.uri, config.mongodb.database);
  const gateway = createGrantGateway({
    ...config.temporal,
    deadlineMs: config.decisionDeadlineMs,
    limits: { unrecordedEntries: config.unrecordedLimit },
    observe: metrics.temporal,
  });
  const readAfterWrite = createReadAfterWrite(log);
  if (config.mode === 'production')
    log.warn('the simulated registry of NGOs answers: no other connector is configured');
  const stopping = { begun: false };
  const app = createApp({
    ...{ gateway, readAfterWrite, metrics, log, ngoRegistry: createSimulatedNgoRegistry() },
    mode: config.mode,
    identityKey,
    readWaitMs: config.readWaitMs,
    decisionDeadlineMs: config.decisionDeadlineMs,
    maxCommands: config.api.maxCommands,
    token: { key, hours: config.token.hours },
    publicUrl: config.publicUrl,
    version: readVersion(config.commit),
    readiness: { draining: () => stopping.begun },
  });
  const server = createHttpServer(app);
  onStop({ server, gateway, readAfterWrite }, config, log, stopping);
  await listen(server, config.api);
  log.info({ address: server.address(), mode: config.mode }, 'listening');
};

const start = async (): Promise<void> => {
  const config = loadConfig(process.env);
  await run(config, createLogger('api', config));
};

start().catch((error: unknown) => {
  // Before there is a configuration there is no logger either.
  process.stderr.write(error instanceof ConfigError ? `${error.message}\n` : `${String(error)}\n`);
  process.exit(1);
});
