// The simulated bank's process: a journal of its own, a port of its own. It stands for a system outside and knows nothing of Sanad's data.
import { join } from 'node:path';
import { z } from 'zod';
import { createLogger } from '../../platform/logger.js';
import { openBank } from './bank.js';
import { bankServer } from './server.js';

const environment = z.object({
  SANAD_SIMULATED_BANK_PORT: z.coerce.number().int().min(0).max(65_535).default(3002),
  SANAD_SIMULATED_BANK_FOLDER: z.string().default(join('.sanad', 'bank')),
  SANAD_BANK_DELAY_MS: z.coerce.number().int().min(0).default(0),
});

const log = createLogger('simulated-bank', { logLevel: 'info' });

const run = async (): Promise<void> => {
  const { SANAD_SIMULATED_BANK_PORT, SANAD_SIMULATED_BANK_FOLDER, SANAD_BANK_DELAY_MS } = environment.parse(
    process.env,
  );
  const bank = await openBank(join(SANAD_SIMULATED_BANK_FOLDER, 'journal.jsonl'), { delayMs: SANAD_BANK_DELAY_MS });
  const server = bankServer(bank).listen(SANAD_SIMULATED_BANK_PORT, '127.0.0.1', () =>
    log.info({ address: server.address() }, 'the simulated bank is open'),
  );
  const stop = (): void => {
    server.close(() => void bank.close());
    server.closeIdleConnections();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
};

run().catch((error: unknown) => {
  log.fatal({ err: error }, 'the simulated bank cannot open');
  process.exit(1);
});
