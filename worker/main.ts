// The worker process: configuration, connections, worker, health pages; runs until it is told to stop, then drains.
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { createActivities } from '../activities/index.js';
import { createGathering } from '../activities/gathering.js';
import { createSimulatedBank } from '../activities/simulated-bank.js';
import { connect, disconnect, ping } from '../persistence/connection.js';
import { loadConfig } from '../platform/config.js';
import type { Config } from '../platform/config.js';
import { createLogger } from '../platform/logger.js';
import type { Logger } from '../platform/logger.js';
import { builtBundle } from './built-bundle.js';
import { createWorker } from './create-worker.js';
import { openHealthPages } from './health-pages.js';
import { createWorkerMetrics } from './metrics.js';
import { createRequestSignals } from './request-signals.js';
import { installRuntime } from './runtime.js';

const run = async (config: Config, log: Logger): Promise<void> => {
  const { address, namespace, taskQueue } = config.temporal;
  await connect(config.mongodb.uri, config.mongodb.database);
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace });
  if (config.mode === 'production') log.warn('payments go to the simulated bank: no other adapter is configured');
  const metrics = createWorkerMetrics();
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: builtBundle },
    activities: metrics.measured(
      createActivities({
        bank: createSimulatedBank({ delayMs: config.bankDelayMs }),
        signals: createRequestSignals(client, log),
        gathering: createGathering(config.gathering),
      }),
    ),
    maxCachedWorkflows: config.worker.maxCachedWorkflows,
    drainMs: config.drainMs,
  });
  metrics.watch(worker);
  const checks = {
    worker: () => {
      const state = worker.getState();
      return state === 'RUNNING' ? Promise.resolve() : Promise.reject(new Error(`the worker is ${state}`));
    },
    mongodb: ping,
    temporal: async () => {
      await connection.workflowService.describeNamespace({ namespace });
    },
  };
  const pages = await openHealthPages({ host: config.api.host, port: config.worker.port }, checks, metrics.registry);
  log.info({ port: pages.port, taskQueue, namespace }, 'the worker is starting');
  await worker.run();
  log.info('the worker has drained');
  await pages.close();
  await connection.close();
  await disconnect();
};

const config = loadConfig(process.env);
const log = createLogger('sanad-worker', config);
installRuntime(log);
run(config, log).catch((error: unknown) => {
  log.fatal({ err: error }, 'the worker cannot go on');
  process.exit(1);
});
