// The application as the scripts see it: command lines of its processes and commands, and the variables they read.
// @ts-check

/** Arguments of `node`, from the repository's folder. */
export const commands = {
  migrate: ['dist/cli/main.js', 'migrate'],
  seed: ['dist/cli/main.js', 'seed', '--if-empty'],
  people: ['dist/cli/main.js', 'people'],
  api: ['dist/api/main.js'],
  worker: ['dist/worker/main.js'],
  bank: ['dist/simulators/bank/main.js'],
};

export const simulated = [
  'the bank (a process of its own that takes payment files and answers them)',
  'sign-in (demo people, tokens by `sanad token`)',
  'the NGO registry',
];

/** @param {number} port */
export const simulatedBankUrl = (port) => `http://127.0.0.1:${port}`;

/**
 * @param {{ env: NodeJS.ProcessEnv, temporalAddress: string, mongodbUri: string, apiPort: number, workerPort: number,
 *   bankPort: number, bankFolder: string }} given
 * @returns {NodeJS.ProcessEnv}
 */
export const applicationEnvironment = ({
  env,
  temporalAddress,
  mongodbUri,
  apiPort,
  workerPort,
  bankPort,
  bankFolder,
}) => ({
  ...env,
  SANAD_MODE: env.SANAD_MODE || 'demo', // an empty line of an .env file means: not set
  SANAD_TASK_QUEUE: env.SANAD_TASK_QUEUE || 'grants',
  MONGODB_DATABASE: env.MONGODB_DATABASE || 'sanad',
  TEMPORAL_ADDRESS: temporalAddress,
  MONGODB_URI: mongodbUri,
  SANAD_API_PORT: String(apiPort),
  SANAD_PUBLIC_URL: env.SANAD_PUBLIC_URL || `http://127.0.0.1:${apiPort}`,
  SANAD_API_URL: `http://127.0.0.1:${apiPort}`,
  SANAD_WORKER_PORT: String(workerPort),
  SANAD_SIMULATED_BANK_PORT: String(bankPort),
  SANAD_SIMULATED_BANK_FOLDER: bankFolder,
  // A production that names no bank gets none: its worker says so and does not start.
  SANAD_BANK_URL: env.SANAD_BANK_URL || (env.SANAD_MODE === 'production' ? '' : simulatedBankUrl(bankPort)),
});
