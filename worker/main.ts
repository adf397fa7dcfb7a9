// The worker process: configuration, connections, worker, health pages; runs until it is told to stop, then drains.
import { heartbeat } from '@temporalio/activity';
import { Client } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Bank } from '../activities/bank.js';
import { createHttpBank } from '../activities/http-bank.js';
import { createActivities } from '../activities/index.js';
import { demoPayees, registeredPayees } from '../activities/payees.js';
import { createPaymentFiles } from '../activities/payment-files.js';
import { createSimulatedBank } from '../activities/simulated-bank.js';
import { connect, disconnect, ping } from '../persistence/connection.js';
import { bankUrlOf, loadConfig } from '../platform/config.js';
import type { Config } from '../platform/config.js';
import { createLogger } from '../platform/logger.js';
import type { Logger } from '../platform/logger.js';
import { createAcceptances } from './acceptances.js';
import { bankProfileOf } from './bank-profile.js';
import { builtBundle } from './built-bundle.js';
import { createWorker } from './create-worker.js';
import { openHealthPages } from './health-pages.js';
import { createSmtpMailer } from './mailer.js';
import { createWorkerMetrics } from './metrics.js';
import type { WorkerMetrics } from './metrics.js';
import { startNoticeSender } from './notice-sender.js';
import type { NoticeSender } from './notice-sender.js';
import { createRequestSignals } from './request-signals.js';
import { installRuntime } from './runtime.js';

/** Between two looks at the outbox: people do not notice, and an idle look is one read of an empty index. */
const noticesEveryMs = 1_000;

const startNotices = ({ mail, publicUrl, mode }: Config, log: Logger, metrics: WorkerMetrics): NoticeSender => {
  const { smtpUrl, from } = mail;
  if (smtpUrl === undefined && mode === 'production') log.warn('no mail server is configured: no e-mail is sent');
  const mailer = smtpUrl === undefined ? null : createSmtpMailer(smtpUrl, { name: 'سند', address: from });
  const mailDomain = from.slice(from.lastIndexOf('@') + 1);
  return startNoticeSender({ mailer, publicUrl, mailDomain, log, observe: metrics.mails }, noticesEveryMs);
};

const bankOf = (config: Config, log: Logger): Bank => {
  const url = bankUrlOf(config);
  if (url !== null) return createHttpBank({ url });
  log.warn('SANAD_BANK_URL is not set: a bank simulated in this process answers payment files');
  return createSimulatedBank({ delayMs: config.bank.delayMs });
};

const run = async (config: Config, log: Logger): Promise<void> => {
  const { address, namespace, taskQueue } = config.temporal;
  await connect(config.mongodb.uri, config.mongodb.database);
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection, namespace });
  const metrics = createWorkerMetrics();
  const acceptances = createAcceptances(client, log, heartbeat);
  const worker = await createWorker({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: builtBundle },
    activities: metrics.measured(
      createActivities({
        bank: bankOf(config, log),
        paymentFiles: createPaymentFiles(
          await bankProfileOf(config),
          config.mode === 'demo' ? demoPayees : registeredPayees,
        ),
        signals: createRequestSignals(client, log),
        acceptances,
      }),
    ),
    sinks: acceptances.sinks,
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
  const notices = startNotices(config, log, metrics);
  await worker.run();
  await notices.stop();
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
