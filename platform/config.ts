// The environment, parsed once: every variable with its type, default and one line of description. Nothing else reads process.env.
import { z } from 'zod';
import { demoIdentityKey } from './keyed-hash.js';

const port = z.coerce.number().int().min(0).max(65_535);
const milliseconds = z.coerce.number().int().min(0);
const count = z.coerce.number().int().min(1);
const text = z.string().trim().min(1);

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const environment = z.object({
  SANAD_MODE: z
    .enum(['demo', 'production'])
    .default('production')
    .meta({ description: 'demo adds sign-in without a password and a built-in token key; production has neither' }),
  SANAD_API_PORT: port.default(3000).meta({ description: 'Port of the HTTP API; 0 takes any free one' }),
  SANAD_API_HOST: text
    .default('127.0.0.1')
    .meta({ description: 'Address the HTTP API and the worker health port listen on' }),
  SANAD_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .default('http://localhost:3000')
    .meta({
      description:
        'Address at which people reach Sanad: printed on letters with a QR code, and where links in e-mails begin',
    }),
  SANAD_WORKER_PORT: port.default(3001).meta({ description: "Port of the worker's health and metrics pages" }),
  SANAD_TOKEN_KEY: z.string().optional().meta({
    description: 'Secret that signs access tokens and cursors, at least 32 characters; required outside demo mode',
    secret: true,
  }),
  SANAD_IDENTITY_KEY: z.string().optional().meta({
    description:
      'Secret for keyed hashes of bank accounts and national numbers, at least 32 characters; required outside demo mode',
    secret: true,
  }),
  SANAD_TOKEN_HOURS: count
    .max(168)
    .default(12)
    .meta({ description: 'How long an issued access token is valid, in hours' }),
  SANAD_READ_WAIT_MS: milliseconds
    .max(10_000)
    .default(400)
    .meta({ description: 'How long an answer to a command waits for the read model before it says "behind"' }),
  SANAD_DECISION_DEADLINE_MS: count
    .max(60_000)
    .default(8_000)
    .meta({ description: 'How long the API waits for the workflow before it answers 202 with an operation' }),
  SANAD_MAX_COMMANDS: count
    .default(256)
    .meta({ description: 'Commands one API process works on at once; more are answered 429' }),
  SANAD_MAX_CACHED_WORKFLOWS: count
    .default(500)
    .meta({ description: 'Workflows one worker keeps in memory; others are replayed when needed' }),
  SANAD_UNRECORDED_LIMIT: count
    .default(200)
    .meta({ description: 'Accepted entries of one request that may wait for MongoDB before its commands are refused' }),
  SANAD_BANK_DELAY_MS: milliseconds
    .default(0)
    .meta({ description: 'How long the simulated bank takes to answer a payment file' }),
  SANAD_BANK_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .meta({
      description:
        'Address of the bank that takes payment files; required outside demo mode, where a simulated one answers',
    }),
  SANAD_BANK_PROFILE: text.optional().meta({
    description: "JSON file with the profile of the Fund's bank for payment files; required outside demo mode",
  }),
  SANAD_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .meta({
      description:
        'Mail server for notices, as smtp://user:password@host:port; without it notices are shown in the application alone',
      secret: true,
    }),
  SANAD_MAIL_FROM: z.email().default('no-reply@sanad.example').meta({ description: 'Sender of e-mails' }),
  SANAD_DRAIN_MS: milliseconds
    .default(20_000)
    .meta({ description: 'How long a stopping process lets requests and activities finish' }),
  SANAD_COMMIT: text.optional().meta({ description: 'Commit of the build, shown at /version' }),
  SANAD_LOG_LEVEL: z.enum(logLevels).default('info').meta({ description: 'Least severe level that is logged' }),
  SANAD_TASK_QUEUE: text.default('grants').meta({ description: 'Temporal task queue shared by API and worker' }),
  TEMPORAL_ADDRESS: text.default('127.0.0.1:7233').meta({ description: 'host:port of the Temporal frontend' }),
  TEMPORAL_NAMESPACE: text.default('default').meta({ description: 'Temporal namespace' }),
  MONGODB_URI: text
    .default('mongodb://127.0.0.1:27027/?replicaSet=rs0&w=majority&journal=true')
    .meta({ description: 'Connection string of a MongoDB replica set', secret: true }),
  MONGODB_DATABASE: text.default('sanad').meta({ description: 'Name of the database' }),
});

export type Config = {
  readonly mode: 'demo' | 'production';
  readonly api: {
    readonly host: string;
    readonly port: number;
    readonly maxCommands: number;
  };
  readonly worker: { readonly port: number; readonly maxCachedWorkflows: number };
  readonly token: { readonly key: string | undefined; readonly hours: number };
  readonly identityKey: string | undefined;
  readonly readWaitMs: number;
  readonly decisionDeadlineMs: number;
  readonly unrecordedLimit: number;
  readonly bank: {
    readonly url: string | undefined;
    readonly profileFile: string | undefined;
    readonly delayMs: number;
  };
  readonly mail: { readonly smtpUrl: string | undefined; readonly from: string };
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly drainMs: number;
  readonly commit: string | null;
  readonly logLevel: (typeof logLevels)[number];
  readonly temporal: { readonly address: string; readonly namespace: string; readonly taskQueue: string };
  readonly mongodb: { readonly uri: string; readonly database: string };
};

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/** An empty variable counts as absent: that is what an untouched line of an `.env` file means. */
const given = (env: NodeJS.ProcessEnv): Record<string, string> =>
  Object.fromEntries(
    Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1].trim() !== ''),
  );

export const loadConfig = (env: NodeJS.ProcessEnv): Config => {
  const parsed = environment.safeParse(given(env));
  // The message names variables and rules, never values: some are secrets.
  if (!parsed.success)
    throw new ConfigError(parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'));
  const value = parsed.data;
  return {
    mode: value.SANAD_MODE,
    api: {
      host: value.SANAD_API_HOST,
      port: value.SANAD_API_PORT,
      maxCommands: value.SANAD_MAX_COMMANDS,
    },
    worker: { port: value.SANAD_WORKER_PORT, maxCachedWorkflows: value.SANAD_MAX_CACHED_WORKFLOWS },
    token: { key: value.SANAD_TOKEN_KEY, hours: value.SANAD_TOKEN_HOURS },
    identityKey: value.SANAD_IDENTITY_KEY,
    readWaitMs: value.SANAD_READ_WAIT_MS,
    decisionDeadlineMs: value.SANAD_DECISION_DEADLINE_MS,
    unrecordedLimit: value.SANAD_UNRECORDED_LIMIT,
    bank: {
      url: value.SANAD_BANK_URL?.replace(/\/+$/, ''),
      profileFile: value.SANAD_BANK_PROFILE,
      delayMs: value.SANAD_BANK_DELAY_MS,
    },
    mail: { smtpUrl: value.SANAD_SMTP_URL, from: value.SANAD_MAIL_FROM },
    publicUrl: value.SANAD_PUBLIC_URL.replace(/\/+$/, ''),
    drainMs: value.SANAD_DRAIN_MS,
    commit: value.SANAD_COMMIT ?? null,
    logLevel: value.SANAD_LOG_LEVEL,
    temporal: {
      address: value.TEMPORAL_ADDRESS,
      namespace: value.TEMPORAL_NAMESPACE,
      taskQueue: value.SANAD_TASK_QUEUE,
    },
    mongodb: { uri: value.MONGODB_URI, database: value.MONGODB_DATABASE },
  };
};

/** Public on purpose, so that nobody takes it for a secret: it works in demo mode only. */
export const demoTokenKey = 'sanad-demo-token-key-known-to-everybody';
const shortestKey = 32;

/** Outside demo mode a missing, public or short key stops the start. */
const secretOf = (
  mode: Config['mode'],
  name: string,
  { given: key, demo }: { readonly given: string | undefined; readonly demo: string },
): string => {
  if (mode === 'demo') return key ?? demo;
  if (key === undefined) throw new ConfigError(`${name}: required outside demo mode`);
  if (key === demo) throw new ConfigError(`${name}: the demo key is public; choose another one`);
  if (key.length < shortestKey) throw new ConfigError(`${name}: needs at least ${shortestKey} characters`);
  return key;
};

/** The key for tokens and cursors. */
export const tokenKeyOf = ({ mode, token }: Config): string =>
  secretOf(mode, 'SANAD_TOKEN_KEY', { given: token.key, demo: demoTokenKey });

/** The key under which equal accounts and national numbers are found. Another key than before finds nothing again. */
export const identityKeyOf = ({ mode, identityKey }: Config): string =>
  secretOf(mode, 'SANAD_IDENTITY_KEY', { given: identityKey, demo: demoIdentityKey });

/** The bank's address; null in a demo without one, which then answers its own payment files. */
export const bankUrlOf = ({ mode, bank }: Config): string | null => {
  if (bank.url === undefined && mode === 'production')
    throw new ConfigError('SANAD_BANK_URL: required outside demo mode');
  return bank.url ?? null;
};

export type ConfigRow = {
  readonly name: string;
  readonly description: string;
  readonly default: string | null;
  readonly secret: boolean;
};

/** Rows for `.env.example` and the README; defaults are public by nature, values are never read here. */
export const configTable = (): ConfigRow[] => {
  const defaults: Record<string, unknown> = environment.parse({});
  return Object.entries(environment.shape).map(([name, schema]) => {
    const { description = '', secret } = schema.meta() ?? {};
    const fallback = defaults[name];
    return {
      name,
      description,
      default: fallback === undefined ? null : JSON.stringify(fallback).replaceAll('"', ''),
      secret: secret === true,
    };
  });
};
