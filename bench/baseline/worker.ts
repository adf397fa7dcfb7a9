// The worker process of the denominators: their own bundle on their own task queue, sized like the product's worker.
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { mongo } from 'mongoose';
import { fileURLToPath } from 'node:url';
import { loadConfig } from '../../platform/config.js';
import { createBaselineActivities } from './activities.js';
import { baselineTaskQueue } from './contract.js';

const config = loadConfig(process.env);
const logger = new DefaultLogger('ERROR');
Runtime.install({ logger, telemetryOptions: { logging: { filter: { core: 'ERROR', other: 'ERROR' } } } });

const mongoClient = await mongo.MongoClient.connect(config.mongodb.uri);
const connection = await NativeConnection.connect({ address: config.temporal.address });
try {
  const worker = await Worker.create({
    connection,
    namespace: config.temporal.namespace,
    taskQueue: baselineTaskQueue,
    workflowBundle: await bundleWorkflowCode({
      workflowsPath: fileURLToPath(new URL('./workflows.js', import.meta.url)),
      logger,
    }),
    activities: createBaselineActivities(mongoClient),
    maxCachedWorkflows: config.worker.maxCachedWorkflows,
  });
  await worker.run();
} finally {
  await connection.close();
  await mongoClient.close();
}
