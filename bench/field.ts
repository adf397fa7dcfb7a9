// Everything a measurement runs on: fresh services, the processes on them, reference data, and clients of all of it.
import { Client, Connection } from '@temporalio/client';
import mongoose from 'mongoose';
import { randomUUID } from 'node:crypto';
import { issueToken } from '../api/token.js';
import { connect, disconnect } from '../persistence/connection.js';
import { demoTokenKey } from '../platform/config.js';
import { freePort } from '../scripts/free-port.mjs';
import { provideServices } from '../scripts/services/provide.mjs';
import { buildMeasured } from './build.js';
import type { Measured } from './cpu.js';
import type { Http } from './http.js';
import { createHttp } from './http.js';
import { gatherMs, onOneDatabase, startPayments } from './payments.js';
import type { Payments } from './payments.js';
import type { Starting } from './processes.js';
import { startApi, startProcesses } from './processes.js';
import { loadReferenceData, personIds } from './reference-data.js';

const taskQueue = 'grants';
/** From a payment file's arrival to the simulated bank's answer. */
const bankDelayMs = 20;

/** What the people of a lifecycle need to act. */
export type Site = { readonly http: Http; readonly tokenOf: (personId: string) => string };

export type Field = Site & {
  readonly client: Client;
  readonly payments: Payments;
  readonly measured: Measured;
  /** An API of its own on another database of the same server; `leave` runs when it has stopped. */
  readonly apiOn: (database: string, leave: () => Promise<void>) => Promise<Site>;
  /** Everything stored is read and written in another database of the same server while `work` runs. */
  readonly onDatabase: <T>(database: string, work: () => Promise<T>) => Promise<T>;
  readonly dropDatabase: (database: string) => Promise<void>;
  /** What the figures were measured with and is not in the sources' defaults. */
  readonly settings: readonly string[];
};

export type FieldOptions = Starting & { readonly serverConfig: Readonly<Record<string, unknown>> };

const tokens = async (): Promise<Map<string, string>> => {
  const issued = personIds.map(async (personId): Promise<[string, string]> => {
    const { token } = await issueToken(personId, { key: demoTokenKey, hours: 12 });
    return [personId, token];
  });
  return new Map(await Promise.all(issued));
};

const applicationEnvironment = async (temporalAddress: string, mongodbUri: string) => ({
  SANAD_MODE: 'demo',
  SANAD_API_PORT: String(await freePort()),
  SANAD_WORKER_PORT: String(await freePort()),
  SANAD_TASK_QUEUE: taskQueue,
  SANAD_BANK_DELAY_MS: String(bankDelayMs),
  TEMPORAL_ADDRESS: temporalAddress,
  MONGODB_URI: mongodbUri,
  MONGODB_DATABASE: `bench_${randomUUID().slice(0, 8)}`,
});

const startServices = async ({ report, shutdown, serverConfig }: FieldOptions) => {
  const services = await report.during('Starting services', () =>
    provideServices({ temporary: true, dynamicConfig: { ...serverConfig }, report }),
  );
  shutdown.add({ name: 'services', stop: services.stop, endNow: services.endNow });
  const { temporalAddress, mongodbUri, pids } = services;
  if (temporalAddress === undefined || mongodbUri === undefined) throw new Error('a service has no address');
  const servers: Measured = Object.fromEntries(Object.entries(pids).filter(([, pid]) => pid !== undefined));
  return { temporalAddress, mongodbUri, servers };
};

/** Each run has a database of its own, so that no leg reads what an earlier run left. */
export const openField = async (options: FieldOptions): Promise<Field> => {
  const { report, shutdown, failed } = options;
  await report.during('Building', () => buildMeasured(report.say));
  const { temporalAddress, mongodbUri, servers } = await startServices(options);
  const environment = await applicationEnvironment(temporalAddress, mongodbUri);
  await connect(mongodbUri, environment.MONGODB_DATABASE);
  const connection = await Connection.connect({ address: temporalAddress });
  const leave = async (): Promise<void> => {
    await connection.close();
    await mongoose.connection.dropDatabase();
    await disconnect();
  };
  shutdown.add({ name: 'clients', stop: leave, endNow: () => undefined });
  await loadReferenceData();
  const apiUrl = `http://127.0.0.1:${environment.SANAD_API_PORT}`;
  const processes = await startProcesses(options, { connection, environment, taskQueue, apiUrl });
  const issued = await tokens();
  const site: Site = { http: createHttp(apiUrl), tokenOf: (personId) => issued.get(personId) ?? '' };
  const payments = startPayments(site, failed);
  shutdown.add({ name: 'payments', stop: () => payments.stop().finally(site.http.close), endNow: () => undefined });
  const apiOn = async (database: string, leaveIt: () => Promise<void>): Promise<Site> => {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const http = createHttp(url);
    const stop = (): Promise<void> => leaveIt().finally(http.close);
    shutdown.add({ name: database, stop, endNow: () => undefined });
    const own = { ...environment, SANAD_API_PORT: port, MONGODB_DATABASE: database };
    await startApi(options, { name: `api-${database}`, apiUrl: url, environment: own });
    return { ...site, http };
  };
  const onDatabase = <T>(database: string, work: () => Promise<T>): Promise<T> =>
    onOneDatabase(async () => {
      await disconnect();
      await connect(mongodbUri, database);
      try {
        return await work();
      } finally {
        await disconnect();
        await connect(mongodbUri, environment.MONGODB_DATABASE);
      }
    });
  const dropDatabase = async (database: string): Promise<void> => {
    await mongoose.connection.useDb(database).dropDatabase();
  };
  const settings = [
    `bank answers after ${bankDelayMs} ms`,
    `payments gather for ${gatherMs} ms`,
    'w majority, journaled',
  ];
  const client = new Client({ connection });
  return {
    ...site,
    client,
    payments,
    measured: { ...servers, ...processes },
    apiOn,
    onDatabase,
    dropDatabase,
    settings,
  };
};
