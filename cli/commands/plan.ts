// `sanad plan check`: judges a plan in a file before anybody drafts or publishes it. Needs no service.
import type { Command } from 'commander';
import { readFile } from 'node:fs/promises';
import { readPlan } from '../../api/plan-reading.js';
import { CommandFailure } from '../failure.js';
import type { OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';

const jsonIn = async (file: string): Promise<unknown> => {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new CommandFailure('notFound', `${file} cannot be read: ${error instanceof Error ? error.message : ''}`);
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CommandFailure(
      'verificationFailed',
      `${file} is not JSON: ${error instanceof Error ? error.message : ''}`,
    );
  }
};

const check = async (file: string, options: OutputOptions): Promise<void> => {
  const output = createOutput(options);
  const { plan, faults } = readPlan(await jsonIn(file));
  const lines = faults.map(({ path, en }) => `${path}: ${en}`);
  const verdict = plan ? `plan ${plan.code} ${plan.version}` : 'the plan';
  output.data(faults.length === 0 ? `${verdict} is sound and can be published.` : lines.join('\n'), { file, faults });
  if (faults.length > 0)
    throw new CommandFailure('verificationFailed', `${verdict} has ${faults.length} faults.`, { code: 'planUnsound' });
};

export const addPlan = (program: Command): void => {
  const plan = program.command('plan').description('plans: the versioned rules that requests run under');
  withOutputOptions(plan.command('check'))
    .argument('<file>', 'a plan as JSON')
    .description('name every fault of a plan at once; exit 6 when there is one')
    .addHelpText('after', '\nExamples:\n  $ sanad plan check plan.json\n  $ sanad plan check plan.json --json')
    .action(check);
};
