// Keeps one child process alive: restarts it with a growing pause when it dies, and ends it with a grace when told.
// @ts-check
import { endGroup, logTail, signalGroup, startGroup } from './process-group.mjs';
import { removeRecord, writeRecord } from './run-record.mjs';

const backoffMs = [1000, 2000, 4000, 8000, 16_000, 30_000];
const stableMs = 60_000; // a child that lived this long starts the pauses from the beginning

/**
 * @typedef {object} ChildSpec
 * @property {string} name
 * @property {string} dataFolder
 * @property {string} command
 * @property {readonly string[]} args
 * @property {string} marker part of the command line that nothing else has; proves a recorded pid
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {Record<string, unknown>} [details] kept in the run record
 * @property {readonly number[]} [pausesMs] before each restart; an empty list: never restart
 * @property {number} [graceMs]
 * @property {import('./reporter.mjs').Reporter} report
 *
 * @typedef {{ name: string, logFile: string, pid: () => number, deaths: () => number, lastWords: () => string,
 *   stop: () => Promise<void>, endNow: () => void }} SupervisedChild
 */

/** @param {ChildSpec} spec @returns {SupervisedChild} */
export function superviseChild(spec) {
  const { name, dataFolder, marker, details, report, pausesMs = backoffMs, graceMs = 10_000 } = spec;
  const logFile = `${dataFolder}/logs/${name}.log`;
  let stopping = false;
  let deaths = 0;
  let inARow = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let restart;
  /** @type {import('./process-group.mjs').Group} */
  let group;

  const launch = () => {
    const startedAt = Date.now();
    group = startGroup({ ...spec, logFile });
    writeRecord(dataFolder, name, { pid: group.pid, marker, ...(details && { details }) });
    void group.ended.then((how) => stopping || died(how, Date.now() - startedAt));
  };
  /** @param {string} how @param {number} livedMs */
  const died = (how, livedMs) => {
    deaths += 1;
    inARow = livedMs > stableMs ? 1 : inARow + 1;
    const pauseMs = pausesMs[Math.min(inARow, pausesMs.length) - 1];
    const next = pauseMs === undefined ? 'it is not started again' : `starting it again in ${pauseMs / 1000} s`;
    report.say(`${name} ended by itself (${how}); ${next}. Log: ${logFile}`);
    if (pauseMs !== undefined) restart = setTimeout(launch, pauseMs);
  };
  const leave = () => {
    stopping = true;
    clearTimeout(restart);
  };
  launch();
  return {
    name,
    logFile,
    pid: () => group.pid,
    deaths: () => deaths,
    lastWords: () => logTail(logFile),
    stop: async () => {
      leave();
      await endGroup(group.pid, graceMs);
      removeRecord(dataFolder, name);
    },
    endNow: () => {
      leave();
      signalGroup(group.pid, 'SIGKILL');
      removeRecord(dataFolder, name);
    },
  };
}
