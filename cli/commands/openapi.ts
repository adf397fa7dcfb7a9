// `sanad openapi`: the OpenAPI document of the running API, for tools that want a file.
import type { Command } from 'commander';
import { createApiClient } from '../api-client.js';
import { surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';

const openapi = async (options: { readonly url?: string }): Promise<void> => {
  const { apiUrl } = surroundings(options);
  const api = createApiClient({ url: apiUrl, patienceMs: 5_000 });
  const answer = await api.call({ name: 'openapi', method: 'GET', path: '/openapi.json' });
  if (answer.problem) throw new CommandFailure('unavailable', `${apiUrl}/openapi.json was answered ${answer.status}.`);
  process.stdout.write(`${JSON.stringify(answer.body, null, 2)}\n`);
};

export const addOpenApi = (program: Command): void => {
  program
    .command('openapi')
    .option('--url <url>', 'address of the API')
    .description('print the OpenAPI document of the running API')
    .addHelpText('after', '\nExamples:\n  $ sanad openapi > openapi.json')
    .action(openapi);
};
