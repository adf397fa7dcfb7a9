// The campaign's command line.
import { Command, InvalidArgumentError } from 'commander';
import { root } from '../../scripts/settings.mjs';
import type { FaultKind } from './vocabulary.js';
import { faultKinds } from './vocabulary.js';

const count = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError('A whole number from 1 on.');
  return number;
};

const kinds = (text: string): FaultKind[] => {
  const names = text.split(',').map((name) => name.trim());
  const unknown = names.filter((name) => !faultKinds.some((kind) => kind === name));
  if (unknown.length > 0)
    throw new InvalidArgumentError(`There is no ${unknown.join(', ')}; there are ${faultKinds.join(', ')}.`);
  return faultKinds.filter((kind) => names.includes(kind));
};

export type Options = {
  readonly lifecycles: number;
  readonly seed: string;
  readonly faults: readonly FaultKind[];
  readonly concurrency: number;
  readonly json: boolean;
  /** Only the seeded bugs, no campaign. */
  readonly bugsOnly: boolean;
  readonly withBugs: boolean;
  /** Names of seeded bugs; all of them when absent. */
  readonly only: readonly string[] | undefined;
  readonly tree: string;
  readonly keep: boolean;
};

type Given = Omit<Options, 'bugsOnly' | 'withBugs' | 'faults'> & {
  readonly faults: FaultKind[];
  readonly bugs?: boolean;
};

export const readOptions = (argv: readonly string[]): Options => {
  const program = new Command('chaos')
    .description(
      'Drives whole lifecycles while parts are killed and frozen and answers are lost, then checks that nothing was.',
    )
    .option('--lifecycles <n>', 'how many lifecycles', count, 20)
    .option('--seed <text>', 'puts the same faults at the same places again', String(Date.now() % 1_000_000))
    .option('--faults <kinds>', `some of ${faultKinds.join(',')}`, kinds, [...faultKinds])
    .option('--concurrency <n>', 'lifecycles side by side', count, 6)
    .option('--json', 'print one JSON object as the last line', false)
    .option('--bugs', 'only the seeded bugs: each must be caught')
    .option('--no-bugs', 'only the campaign; such a run proves nothing about itself')
    .option('--only <names>', 'with --bugs: these bugs', (text: string) => text.split(','))
    .option('--tree <folder>', 'run what this folder has built in dist, instead of this repository', root)
    .option('--keep', 'leave the logs of all parts where they are', false);
  const { bugs, ...given } = program.parse([...argv], { from: 'user' }).opts<Given>();
  return { ...given, only: given.only, bugsOnly: bugs === true, withBugs: bugs !== false };
};
