// The one connection of a process to MongoDB and the options that every write relies on. Queries live in the models' reads.
import mongoose from 'mongoose';

/** A write counts once a majority holds it in the journal: what was acknowledged survives any single crash. */
export const durable = { w: 'majority', journal: true } as const;

/** How long an operation looks for a server before it fails; callers retry or answer 503. */
const serverSelectionMs = 3_000;

export const connect = async (uri: string, database: string): Promise<void> => {
  // Operators that came in with outside values become plain comparisons; our own are marked with `trusted`.
  mongoose.set('sanitizeFilter', true);
  mongoose.set('strictQuery', 'throw');
  mongoose.set('bufferCommands', false);
  await mongoose.connect(uri, {
    dbName: database,
    autoIndex: false,
    autoCreate: false,
    // Amounts are int64. Read as JavaScript numbers they would lose piastres above 2^53.
    useBigInt64: true,
    // An absent field stays absent; stored as null it would change the canonical form that audit hashes cover.
    ignoreUndefined: true,
    writeConcern: durable,
    serverSelectionTimeoutMS: serverSelectionMs,
  });
};

export const disconnect = (): Promise<void> => mongoose.disconnect();

/** Throws when the database does not answer; for readiness checks. */
export const ping = async (): Promise<void> => {
  await mongoose.connection.db?.command({ ping: 1 });
  if (mongoose.connection.db === undefined) throw new Error('MongoDB is not connected');
};
