// `npm start`: from a fresh clone to a running Sanad, and from a stopped one back to where it was.
// @ts-check
import { join, relative } from 'node:path';
import { commands, simulated } from './application.mjs';
import { buildApplication, installPackages, requireNode } from './prepare.mjs';
import { createReporter } from './reporter.mjs';
import { endLeftover, isOwned, liveRecord, ownMarker, removeRecord, writeRecord } from './run-record.mjs';
import { runSanad } from './run-sanad.mjs';
import { provideServices } from './services/provide.mjs';
import { dataFolderOf, defaultPorts, root } from './settings.mjs';
import { createShutdown, stopOnSignals } from './shutdown.mjs';
import { reasonOf } from './wait-until.mjs';

const report = createReporter();
const shutdown = createShutdown(report);
const dataFolder = dataFolderOf(process.env);

async function start() {
  requireNode();
  const other = liveRecord(dataFolder, 'sanad');
  if (other && isOwned(other)) throw new Error(`Sanad already runs on ${dataFolder} (process ${other.pid}).`);
  stopOnSignals(shutdown, { report, exitCode: 0 });
  process.on('exit', () => removeRecord(dataFolder, 'sanad'));
  record({});
  await installPackages(report);
  await buildApplication(report);
  // Code may have changed since, so the children of a killed supervisor are ended before their services.
  for (const name of ['api', 'worker', 'bank']) await endLeftover(dataFolder, name, report);
  const services = await provideServices({ dataFolder, ...defaultPorts, report });
  shutdown.add({ name: 'services', stop: services.stop, endNow: services.endNow });
  const { temporalAddress = '', mongodbUri = '', uiUrl } = services;
  const mail = await keepMail();
  const sanad = await runSanad({
    env: { ...process.env, SANAD_SMTP_URL: mail.url },
    root,
    dataFolder,
    commands,
    services: { temporalAddress, mongodbUri },
    shutdown,
    report,
  });
  record({
    apiUrl: sanad.apiUrl,
    workerUrl: sanad.workerUrl,
    bankUrl: sanad.bankUrl,
    temporalAddress,
    mongodbUri,
    uiUrl,
  });
  console.log(welcome({ ...sanad, mail: mail.note, uiUrl: uiUrl ?? `see TEMPORAL_ADDRESS (${temporalAddress})` }));
}

/** E-mails go to a mail server only when one is named; otherwise they stay in a folder. */
async function keepMail() {
  const url = process.env.SANAD_SMTP_URL?.trim();
  if (url) return { url, note: 'is sent through SANAD_SMTP_URL' };
  const { startMailSink } = await import('./mail-sink.mjs'); // packages are there only now
  const folder = join(dataFolder, 'mail');
  const sink = await startMailSink({ folder });
  shutdown.add({ name: 'mail', stop: sink.stop, endNow: () => undefined });
  return { url: sink.url, note: `is kept in ${shown(folder)}, nothing leaves this machine` };
}

/** @param {string} folder */
const shown = (folder) => relative(process.cwd(), folder) || '.';

/** @param {Record<string, unknown>} details */
function record(details) {
  writeRecord(dataFolder, 'sanad', { pid: process.pid, marker: ownMarker(), details });
}

/** @param {{ apiUrl: string, uiUrl: string, people: string, mail: string }} running */
function welcome({ apiUrl, uiUrl, people, mail }) {
  return [
    '',
    'Sanad is running.',
    '',
    `  API          ${apiUrl}/v1`,
    `  API pages    ${apiUrl}/docs`,
    `  Temporal UI  ${uiUrl}`,
    `  Logs         ${shown(dataFolder)}/logs`,
    `  E-mail       ${mail}`,
    '',
    people.trimEnd(),
    '',
    'Simulated:',
    ...simulated.map((part) => `  - ${part}`),
    'Temporal, MongoDB and every rule are real. The data stays when you stop.',
    '',
    'Ctrl-C stops everything in order; Ctrl-C twice ends at once.',
  ].join('\n');
}

start().catch(async (error) => {
  if (shutdown.begun()) return; // the drain is under way and ends the process
  console.error(`\n${reasonOf(error)}`);
  await shutdown.drain();
  process.exit(1);
});
