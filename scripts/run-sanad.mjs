// Runs the application on given services: migrations, worker and API under supervision, sample data when it is empty.
// @ts-check
import { join } from 'node:path';
import { applicationEnvironment, simulatedBankUrl } from './application.mjs';
import { freePort } from './free-port.mjs';
import { runCommand } from './run-command.mjs';
import { superviseChild } from './supervised-child.mjs';
import { waitUntil } from './wait-until.mjs';

/**
 * @typedef {'api' | 'worker' | 'bank'} ChildName
 *
 * @typedef {object} RunOptions
 * @property {string} root
 * @property {string} dataFolder
 * @property {typeof import('./application.mjs').commands} commands
 * @property {{ temporalAddress: string, mongodbUri: string }} services
 * @property {import('./shutdown.mjs').Shutdown} shutdown is told of each child as it starts
 * @property {import('./reporter.mjs').Reporter} report
 * @property {NodeJS.ProcessEnv} [env]
 * @property {readonly number[]} [pausesMs] before restarts of a child
 * @property {number} [readyWithinMs]
 */

/** @param {RunOptions} options */
export async function runSanad(options) {
  const { root, commands, services, shutdown, report, env = process.env } = options;
  const apiPort = await choosePort('API', env.SANAD_API_PORT, 3000, report);
  const workerPort = await choosePort('Worker health', env.SANAD_WORKER_PORT, 3001, report);
  const bankPort = await choosePort('Simulated bank', env.SANAD_SIMULATED_BANK_PORT, 3002, report);
  const bankFolder = join(options.dataFolder, 'bank');
  const childEnv = applicationEnvironment({ ...services, env, apiPort, workerPort, bankPort, bankFolder });
  /** @param {string[]} args @param {boolean} inherit */
  const run = (args, inherit) => runCommand(process.execPath, args, { cwd: root, env: childEnv, inherit });
  /** @param {ChildName} name @param {number} port */
  const start = (name, port) => startChild(name, port, { ...options, env: childEnv });

  await report.during('Preparing the database', () => run(commands.migrate, false));
  const ownBank = childEnv.SANAD_BANK_URL === simulatedBankUrl(bankPort);
  // In this order, so that the drain begins with the API and ends with the bank.
  const ready = [...(ownBank ? [start('bank', bankPort)] : []), start('worker', workerPort), start('api', apiPort)];
  await report.during('Starting API and worker', () => Promise.all(ready.map((wait) => wait())));
  if (shutdown.begun()) throw new Error('stopped while starting');
  await run(commands.seed, true);
  const people = await run(commands.people, false);
  return {
    apiUrl: `http://localhost:${apiPort}`,
    workerUrl: `http://localhost:${workerPort}`,
    bankUrl: childEnv.SANAD_BANK_URL,
    people,
  };
}

/**
 * @param {ChildName} name
 * @param {number} port
 * @param {RunOptions & { env: NodeJS.ProcessEnv }} options
 * @returns {() => Promise<void>} waits until it is ready
 */
function startChild(
  name,
  port,
  { root, dataFolder, commands, shutdown, report, env, pausesMs, readyWithinMs = 60_000 },
) {
  const [file = '', ...args] = commands[name];
  const script = join(root, file); // absolute, so that the command line says whose process it is
  const child = superviseChild({
    ...{ name, dataFolder, command: process.execPath, args: [script, ...args], marker: script },
    ...{ env, cwd: root, graceMs: 30_000, report, ...(pausesMs && { pausesMs }) },
  });
  shutdown.add(child);
  /** Several deaths in a row while starting are no accident. */
  const giveUp = () =>
    shutdown.begun() ? 'stopped while starting' : child.deaths() < 3 ? undefined : 'it keeps ending';
  return () =>
    waitUntil(`${name} at /readyz`, () => isReady(port), { timeoutMs: readyWithinMs, everyMs: 100, giveUp }).catch(
      (error) => {
        throw new Error(`${error.message}. Last words in ${child.logFile}:\n${child.lastWords()}`);
      },
    );
}

/** @param {number} port */
async function isReady(port) {
  const response = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(5000) });
  if (response.status !== 200)
    throw new Error(`it answers ${response.status}: ${(await response.text()).slice(0, 200)}`);
  return true;
}

/**
 * @param {string} what
 * @param {string | undefined} asked
 * @param {number} usual
 * @param {import('./reporter.mjs').Reporter} report
 */
async function choosePort(what, asked, usual, report) {
  const wanted = Number(asked || usual);
  const port = await freePort(wanted);
  if (port !== wanted) report.say(`${what}: port ${wanted} is taken, using ${port}`);
  return port;
}
