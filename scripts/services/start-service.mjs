// Starts one service's process, or shares the one that another Sanad process already runs on the same data.
// @ts-check
import { mkdirSync } from 'node:fs';
import { freePort } from '../free-port.mjs';
import { endLeftover, isOwned, liveRecord } from '../run-record.mjs';
import { superviseChild } from '../supervised-child.mjs';
import { waitUntil } from '../wait-until.mjs';

/**
 * @typedef {Record<string, number>} Ports
 * @typedef {object} ServiceSpec
 * @property {string} name
 * @property {string} title
 * @property {string} dataFolder
 * @property {string} serviceFolder the service's own data; part of its command line, so it proves a recorded pid
 * @property {Ports} wanted by name; 0: any free port
 * @property {string} command
 * @property {(ports: Ports) => string[]} args
 * @property {(ports: Ports) => Promise<unknown>} answers throws until the service is ready
 * @property {boolean} restart
 * @property {import('../reporter.mjs').Reporter} report
 *
 * @typedef {{ ports: Ports, pid: number, stop: () => Promise<void>, endNow: () => void }} RunningService
 */

/** @param {ServiceSpec} spec @returns {Promise<RunningService>} */
export async function startService(spec) {
  const { name, title, dataFolder, report } = spec;
  await endLeftover(dataFolder, name, report);
  const other = liveRecord(dataFolder, name);
  if (other && isOwned(other)) {
    report.say(`${title} already runs for this data folder (started by process ${other.owner}): sharing it`);
    const ports = /** @type {Ports} */ (other.details);
    await waitUntil(title, () => spec.answers(ports));
    return { ports, pid: other.pid, stop: async () => {}, endNow: () => {} };
  }
  const ports = await choosePorts(spec);
  return launch(spec, ports);
}

/** @param {ServiceSpec} spec @param {Ports} ports @returns {Promise<RunningService>} */
async function launch({ restart, serviceFolder, args, answers, title, ...spec }, ports) {
  mkdirSync(serviceFolder, { recursive: true });
  const never = restart ? {} : { pausesMs: [] };
  const child = superviseChild({ ...spec, ...never, args: args(ports), marker: serviceFolder, details: ports });
  const giveUp = () =>
    child.deaths() > 0 ? `it ended while starting. Its last words:\n${child.lastWords()}` : undefined;
  try {
    await waitUntil(title, () => answers(ports), { timeoutMs: 60_000, giveUp });
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ports, pid: child.pid(), stop: child.stop, endNow: child.endNow };
}

/** @param {ServiceSpec} spec */
async function choosePorts({ title, wanted, report }) {
  /** @type {Ports} */
  const chosen = {};
  for (const [use, port] of Object.entries(wanted)) {
    const free = await freePort(port);
    if (port && free !== port) report.say(`${title}: ${use} ${port} is taken, using ${free}`);
    chosen[use] = free;
  }
  return chosen;
}
