// `sanad token <person>`: an access token for one person, for trying the API by hand. Demo mode only: elsewhere tokens come
// from the identity provider, and whoever holds the signing key could be anybody.
import type { Command } from 'commander';
import { issueToken } from '../../api/token.js';
import { personById } from '../../persistence/person.repository.js';
import { tokenKeyOf } from '../../platform/config.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';
import type { OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';

const token = async (personId: string, options: OutputOptions): Promise<void> => {
  const { config } = surroundings();
  if (config.mode !== 'demo')
    throw new CommandFailure('refused', 'Tokens by name are given in demo mode only.', {
      code: 'demoModeOnly',
      next: 'Run with SANAD_MODE=demo, or sign in through the identity provider.',
    });
  const person = await withDatabase(config, () => personById(personId));
  if (person === null)
    throw new CommandFailure('notFound', `There is no person ${personId}.`, { next: 'See `sanad people --all`.' });
  const issued = await issueToken(person._id, { key: tokenKeyOf(config), hours: config.token.hours });
  const output = createOutput(options);
  output.data(issued.token, { personId: person._id, ...issued });
  if (!output.json) output.say(`For ${person._id}, valid until ${issued.expiresAt}.`);
};

export const addToken = (program: Command): void => {
  withOutputOptions(program.command('token'))
    .argument('<person>', 'id of a person, as in `sanad people`')
    .description('print an access token for a person (demo mode only)')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad token signatory-1\n  $ curl -H "Authorization: Bearer $(sanad token auditor --quiet)" http://127.0.0.1:3000/v1/me',
    )
    .action(token);
};
