#!/usr/bin/env node
// `sanad`: puts the commands together, and turns every ending into words on stderr and an exit code (interface.md §6).
import { Command, CommanderError } from 'commander';
import { ConfigError } from '../platform/config.js';
import { addAudit } from './commands/audit.js';
import { addDemo } from './commands/demo.js';
import { addInbox } from './commands/inbox.js';
import { addLedger } from './commands/ledger.js';
import { addMigrate } from './commands/migrate.js';
import { addOpenApi } from './commands/openapi.js';
import { addPeople } from './commands/people.js';
import { addPlan } from './commands/plan.js';
import { addRequest } from './commands/request.js';
import { addSeed } from './commands/seed.js';
import { addToken } from './commands/token.js';
import { addVerify } from './commands/verify.js';
import { CommandFailure, exitCodeOf, exitCodes } from './failure.js';

const exitCodeHelp = `
Exit codes: 0 done, 1 defect, 2 wrong usage, 3 refused by a rule, 4 not found, 5 service unavailable,
            6 verification failed, 7 outcome unknown.
Data goes to stdout, everything else to stderr. Addresses and secrets come from the environment (.env.example).`;

/** Settings of the program are copied to a command when it is added, so they come first. */
export const createProgram = (): Command => {
  const program = new Command('sanad')
    .description('Sanad: funding requests of NGOs from submission to closure')
    .exitOverride()
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText('after', exitCodeHelp);
  const adders = [
    addMigrate,
    addSeed,
    addDemo,
    addPeople,
    addToken,
    addRequest,
    addInbox,
    addLedger,
    addAudit,
    addVerify,
    addPlan,
    addOpenApi,
  ];
  for (const add of adders) add(program);
  return program;
};

const sayFailure = ({ message, details: { code, next, requestId } }: CommandFailure): void => {
  const lines = [`${message}${code === undefined ? '' : ` [${code}]`}`, next, requestId && `Call id: ${requestId}`];
  process.stderr.write(`${lines.filter((line) => line !== undefined).join('\n')}\n`);
};

const endOf = (error: unknown): number => {
  // Commander has said what it had to say, help included.
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.done : exitCodes.wrongUsage;
  if (error instanceof ConfigError) {
    process.stderr.write(`The environment is not right:\n${error.message}\n`);
    return exitCodes.wrongUsage;
  }
  if (error instanceof CommandFailure) sayFailure(error);
  else process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return exitCodeOf(error);
};

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = endOf(error);
}
