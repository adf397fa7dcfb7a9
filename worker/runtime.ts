// The SDK's runtime of this process: its log lines go where ours go. Installed once, before anything else of the SDK.
import type { Logger as TemporalLogger, LogLevel, LogMetadata } from '@temporalio/worker';
import { Runtime } from '@temporalio/worker';
import type { Logger } from '../platform/logger.js';

const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const satisfies Record<
  LogLevel,
  string
>;

const temporalLogger = (log: Logger): TemporalLogger => {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    const { error, ...rest } = meta;
    log[levels[level]]({ ...rest, ...(error === undefined ? {} : { err: error }) }, message);
  };
  return {
    log: write,
    trace: (message, meta) => write('TRACE', message, meta),
    debug: (message, meta) => write('DEBUG', message, meta),
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
};

/** SIGTERM and SIGINT drain the worker: it takes no new task, lets activities finish, and `run()` returns. */
export const installRuntime = (log: Logger): void => {
  Runtime.install({
    logger: temporalLogger(log),
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
    shutdownSignals: ['SIGTERM', 'SIGINT'],
  });
};
