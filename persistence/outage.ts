// Tells an outage of MongoDB (no server, no primary, connection lost, too slow) from everything else.
import mongoose, { mongo } from 'mongoose';

const connectionErrors = [
  mongo.MongoNetworkError,
  mongo.MongoServerSelectionError,
  mongo.MongoNotConnectedError,
  mongo.MongoTopologyClosedError,
  mongo.MongoOperationTimeoutError,
  mongo.MongoClientClosedError,
] as const;
/** The server's own words for "try again": a primary steps down, a write meets an election. */
const passingLabels = ['RetryableWriteError', 'TransientTransactionError'];

/** A write may have happened or not: the same operation can safely be tried again only where it is idempotent. */
export const isOutage = (error: unknown): boolean => {
  if (connectionErrors.some((kind) => error instanceof kind)) return true;
  if (error instanceof mongo.MongoServerError) return passingLabels.some((label) => error.hasErrorLabel(label));
  return error instanceof mongoose.Error && /buffer|connect/i.test(error.message);
};

/** What the driver believes right now; spares callers the wait for a server that is known to be gone. */
export const seemsReachable = (): boolean => mongoose.connection.readyState === mongoose.ConnectionStates.connected;

/** What a decision would like to know and is made without while MongoDB is away (ADR 0002); null then. */
export const whenReachable = async <T>(read: () => Promise<T>): Promise<T | null> => {
  if (!seemsReachable()) return null;
  try {
    return await read();
  } catch (error) {
    if (isOutage(error)) return null;
    throw error;
  }
};
