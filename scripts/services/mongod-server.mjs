// Runs mongod as a replica set of one: transactions and change streams need a replica set.
// @ts-check
import { join } from 'node:path';
import { startService } from './start-service.mjs';

const replicaSet = 'rs0';

/**
 * Ours take milliseconds. The transaction of a killed worker keeps its documents until MongoDB ends it, after a minute by default;
 * nobody's attempt to record lasts longer than these seconds (workflows/activity-proxies.ts).
 */
const transactionSeconds = 10;

/**
 * @param {object} options
 * @param {string} options.binary
 * @param {string} options.dataFolder
 * @param {number} options.port
 * @param {boolean} options.restart
 * @param {import('../reporter.mjs').Reporter} options.report
 */
export async function startMongod({ binary, dataFolder, port, restart, report }) {
  const serviceFolder = join(dataFolder, 'mongod');
  const service = await startService({
    name: 'mongod',
    title: 'MongoDB',
    dataFolder,
    serviceFolder,
    wanted: { port },
    command: binary,
    args: (ports) => [
      ...['--replSet', replicaSet, '--bind_ip', '127.0.0.1', '--port', String(ports.port), '--nounixsocket'],
      ...['--dbpath', serviceFolder, '--wiredTigerCacheSizeGB', '0.5'],
      ...['--setParameter', `transactionLifetimeLimitSeconds=${transactionSeconds}`],
    ],
    answers: (ports) => becomePrimary(ports.port ?? 0),
    restart,
    report,
  });
  return {
    ...service,
    uri: `mongodb://127.0.0.1:${service.ports.port}/?replicaSet=${replicaSet}&w=majority&journal=true`,
  };
}

/** @param {number} port */
async function becomePrimary(port) {
  const host = `127.0.0.1:${port}`;
  await withAdmin(`mongodb://${host}/?directConnection=true`, async (admin) => {
    const hello = await admin.command({ hello: 1 });
    if (hello.isWritablePrimary) return;
    if (!hello.setName) await joinSet(admin, host);
    throw new Error('not primary yet'); // asked again soon
  });
  return true;
}

/**
 * A fresh folder is initiated. A folder last used on another port still names that port: the member is told its new one.
 * @param {import('mongoose').mongo.Db} admin
 * @param {string} host
 */
async function joinSet(admin, host) {
  const stored = await admin.command({ replSetGetConfig: 1 }).catch((error) => {
    if (error.codeName === 'NotYetInitialized') return undefined;
    throw error;
  });
  if (!stored) return initiate(admin, host);
  const config = stored.config;
  if (config.members[0].host === host) return;
  config.members[0].host = host;
  config.version += 1;
  await admin.command({ replSetReconfig: config, force: true });
}

/** @param {import('mongoose').mongo.Db} admin @param {string} host */
async function initiate(admin, host) {
  try {
    await admin.command({ replSetInitiate: { _id: replicaSet, members: [{ _id: 0, host }] } });
  } catch (error) {
    if (Reflect.get(Object(error), 'codeName') !== 'AlreadyInitialized') throw error;
  }
}

/** @param {string} uri */
export async function mongoAnswers(uri) {
  await withAdmin(uri, (admin) => admin.command({ ping: 1 }));
  return true;
}

/**
 * @template T
 * @param {string} uri
 * @param {(admin: import('mongoose').mongo.Db) => Promise<T>} work
 */
async function withAdmin(uri, work) {
  const { mongo } = (await import('mongoose')).default;
  const client = new mongo.MongoClient(uri, { serverSelectionTimeoutMS: 3000 });
  try {
    await client.connect();
    return await work(client.db('admin'));
  } finally {
    await client.close();
  }
}
