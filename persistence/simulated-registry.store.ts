// What the simulated registry of NGOs keeps, in a database of its own: it stands for a system outside Sanad.
import mongoose from 'mongoose';
import type { RegistryFacts, RegistryWord } from '../domain/registry-facts.js';

export type RegistryRecordDocument = {
  /** Directorate and number, which together name a registration. */
  readonly _id: string;
} & RegistryWord;

type Registration = Pick<RegistryFacts, 'registrationNumber' | 'directorate'>;

const database = () => {
  const { db } = mongoose.connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  return mongoose.connection.getClient().db(`${db.databaseName}_registry`);
};
const records = () => database().collection<RegistryRecordDocument>('records');

const idOf = ({ registrationNumber, directorate }: Registration): string => `${directorate}/${registrationNumber}`;

export const registryRecord = (registration: Registration): Promise<RegistryRecordDocument | null> =>
  records().findOne({ _id: idOf(registration) });

/** What the registry will say from now on; for tests and demonstrations. */
export const keepRegistryRecord = async (registration: Registration, record: RegistryWord): Promise<void> => {
  await records().replaceOne({ _id: idOf(registration) }, record, { upsert: true });
};
