// Opening MongoDB for one command, and telling a database that does not answer apart from a defect.
import { connect, disconnect, ping } from '../persistence/connection.js';
import type { Config } from '../platform/config.js';
import { CommandFailure } from './failure.js';

/** Names where it looked without the password that a connection string may carry. */
const shown = (uri: string): string => uri.replace(/\/\/[^@/]*@/, '//***@').replace(/\?.*$/, '');

const opened = async ({ mongodb }: Config): Promise<void> => {
  try {
    await connect(mongodb.uri, mongodb.database);
    await ping();
  } catch (error) {
    await disconnect();
    const cause = error instanceof Error ? error.message : String(error);
    throw new CommandFailure('unavailable', `MongoDB does not answer at ${shown(mongodb.uri)}: ${cause}`, {
      code: 'unavailable',
      next: 'Start it with `npm start` or `npm run services`, or name it in MONGODB_URI.',
    });
  }
};

export const withDatabase = async <T>(config: Config, work: () => Promise<T>): Promise<T> => {
  await opened(config);
  try {
    return await work();
  } finally {
    await disconnect();
  }
};
