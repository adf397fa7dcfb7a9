// Runs the Temporal development server on a SQLite file, and knows when it is ready.
// @ts-check
import { join } from 'node:path';
import { answersTcp } from '../free-port.mjs';
import { startService } from './start-service.mjs';

/** Registered at every start; that is harmless on a file that has them. */
export const searchAttributes = { SanadPhase: 'Keyword', SanadStatus: 'Keyword' };

// The default of 20 polls a second adds up to 50 ms at every hop between queues.
const dynamicConfig = {
  'history.transferProcessorMaxPollRPS': 1000,
  'history.timerProcessorMaxPollRPS': 1000,
  'history.visibilityProcessorMaxPollRPS': 1000,
};

/**
 * @param {object} options
 * @param {string} options.binary
 * @param {string} options.dataFolder
 * @param {number} options.port
 * @param {number | undefined} options.uiPort undefined: no web interface
 * @param {Record<string, unknown>} [options.dynamicConfig] added to ours
 * @param {boolean} options.restart
 * @param {import('../reporter.mjs').Reporter} options.report
 */
export async function startTemporal({ binary, dataFolder, port, uiPort, dynamicConfig: more, restart, report }) {
  const serviceFolder = join(dataFolder, 'temporal');
  const service = await startService({
    name: 'temporal',
    title: 'Temporal server',
    dataFolder,
    serviceFolder,
    wanted: { port, ...(uiPort !== undefined && { uiPort }) },
    command: binary,
    args: (ports) => serverArguments(join(serviceFolder, 'temporal.db'), ports, { ...dynamicConfig, ...more }),
    answers: (ports) => temporalAnswers(`127.0.0.1:${ports.port}`),
    restart,
    report,
  });
  const ui = service.ports.uiPort;
  return { ...service, address: `127.0.0.1:${service.ports.port}`, ...(ui && { uiUrl: `http://127.0.0.1:${ui}` }) };
}

/**
 * @param {string} file
 * @param {Record<string, number>} ports
 * @param {Record<string, unknown>} config
 */
function serverArguments(file, { port, uiPort }, config) {
  const ui = uiPort ? ['--ui-port', String(uiPort)] : ['--headless'];
  const values = Object.entries(config).flatMap(([key, value]) => [
    '--dynamic-config-value',
    `${key}=${JSON.stringify(value)}`,
  ]);
  const attributes = Object.entries(searchAttributes).flatMap(([name, type]) => [
    '--search-attribute',
    `${name}=${type}`,
  ]);
  return [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), ...ui],
    ...['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--log-level', 'warn'],
    ...values,
    ...attributes,
  ];
}

/**
 * The port opens before the namespace exists, so ask for the namespace.
 * @param {string} address
 */
export async function temporalAnswers(address) {
  const [host = '', port] = address.split(':');
  await answersTcp(host, Number(port));
  const { Connection } = await import('@temporalio/client');
  const connection = await Connection.connect({ address, connectTimeout: 5000 });
  try {
    const namespace = process.env.TEMPORAL_NAMESPACE || 'default';
    await connection.withDeadline(Date.now() + 5000, () => connection.workflowService.describeNamespace({ namespace }));
  } finally {
    await connection.close();
  }
  return true;
}
