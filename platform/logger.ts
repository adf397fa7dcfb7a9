// The structured log of every process: one line of JSON each on stderr, with secrets and personal headers taken out.
import { pino } from 'pino';
import type { Logger } from 'pino';
import type { Config } from './config.js';

export type { Logger };

/** Written to stderr, so that stdout stays free for data (command line) and for the supervisor. */
export const createLogger = (name: string, config: Pick<Config, 'logLevel'>): Logger =>
  pino(
    {
      name,
      level: config.logLevel,
      redact: ['req.headers.authorization', 'req.headers.cookie', 'headers.authorization', 'token', 'key'],
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    pino.destination({ dest: 2, sync: false }),
  );
