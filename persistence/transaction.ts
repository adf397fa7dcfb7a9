// The one way to change several documents together: all or nothing, from one snapshot, durable when it returns.
import type { mongo } from 'mongoose';
import mongoose from 'mongoose';
import { durable } from './connection.js';

export type Session = mongo.ClientSession;

/**
 * `work` may run several times (write conflicts, elections), so it must have no effect outside the session. Its
 * operations run one after the other: a session is not made for parallel use.
 */
export const withTransaction = <T>(work: (session: Session) => Promise<T>): Promise<T> =>
  mongoose.connection.getClient().withSession((session) =>
    session.withTransaction(() => work(session), {
      readConcern: { level: 'snapshot' },
      writeConcern: durable,
      readPreference: 'primary',
    }),
  );

/** Reads that belong together, from one instant of the whole database, so that sums taken one after the other agree. */
export const withSnapshot = <T>(read: (session: Session) => Promise<T>): Promise<T> =>
  mongoose.connection.getClient().withSession({ snapshot: true }, read);
