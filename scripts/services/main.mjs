// `npm run services`: Temporal and MongoDB in the foreground, for work on the application.
// @ts-check
import { installPackages, requireNode } from '../prepare.mjs';
import { createReporter } from '../reporter.mjs';
import { dataFolderOf, defaultPorts } from '../settings.mjs';
import { createShutdown, stopOnSignals } from '../shutdown.mjs';
import { reasonOf } from '../wait-until.mjs';
import { provideServices } from './provide.mjs';

const report = createReporter();
const shutdown = createShutdown(report);
stopOnSignals(shutdown, { report, exitCode: 0 });
try {
  requireNode();
  await installPackages(report);
  const services = await provideServices({ dataFolder: dataFolderOf(process.env), ...defaultPorts, report });
  shutdown.add({ name: 'services', stop: services.stop, endNow: services.endNow });
  console.log(`\nexport TEMPORAL_ADDRESS='${services.temporalAddress}'\nexport MONGODB_URI='${services.mongodbUri}'\n`);
  if (services.uiUrl) console.log(`Temporal UI: ${services.uiUrl}`);
  console.log('Ctrl-C stops them; the data stays.');
} catch (error) {
  if (!shutdown.begun()) {
    console.error(reasonOf(error));
    await shutdown.drain();
    process.exit(1);
  }
}
