// `sanad audit verify`: checks the hash chains of the audit trail and names every broken row.
import type { Command } from 'commander';
import type { Subject } from '../../domain/audit/chain.js';
import type { Fault, TrailFault, Verification } from '../../verification/audit-trail.js';
import { allSubjects, verifyTrail } from '../../verification/audit-trail.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';
import type { Output, OutputOptions } from '../output.js';
import { createOutput, withOutputOptions } from '../output.js';

type VerifyOptions = OutputOptions & { readonly request?: string; readonly batch?: string };

const sentences: Readonly<Record<Fault, string>> = {
  gap: 'an entry is missing before it',
  'previous-hash': 'it does not follow from the entry before it',
  hash: 'its content differs from what was recorded',
  'cut-off': 'it and what followed are missing, though the read model has seen them',
  'other-head': 'it is not the entry that the read model has seen',
};

const wordsOf = ({ subject: { kind, id }, seq, fault }: TrailFault): string =>
  `${kind} ${id}, entry ${seq}: ${sentences[fault]}`;

const askedFor = ({ request, batch }: VerifyOptions): Subject[] => [
  ...(request === undefined ? [] : [{ kind: 'request', id: request } as const]),
  ...(batch === undefined ? [] : [{ kind: 'batch', id: batch } as const]),
];

const sayEveryMs = 10_000;

/** The number of entries is not known before; so a count, not a bar. */
const counting = ({ say }: Output): ((entries: number, broken: number) => void) => {
  let saidAt = Date.now();
  return (entries, broken) => {
    if (Date.now() - saidAt < sayEveryMs) return;
    saidAt = Date.now();
    say(`${entries} entries checked, ${broken} broken so far`);
  };
};

const summaryOf = ({ subjects, entries, broken }: Verification): string =>
  broken.length > 0
    ? `${broken.length} broken of ${entries} entries:\n${broken.map((finding) => `  ${wordsOf(finding)}`).join('\n')}`
    : [
        `${entries} entries of ${subjects} subjects checked: every chain is whole, up to the head that its read model remembers.`,
        'Somebody who can change both could still hide the end of a chain: compare heads (--json) with ones kept elsewhere.',
      ].join('\n');

const verify = async (options: VerifyOptions): Promise<void> => {
  const { config } = surroundings();
  const output = createOutput(options);
  const asked = askedFor(options);
  const found = await withDatabase(config, () =>
    verifyTrail(asked.length > 0 ? asked : allSubjects(), counting(output)),
  );
  if (asked.length > 0 && found.entries === 0 && found.broken.length === 0)
    throw new CommandFailure('notFound', `Nothing is recorded about ${asked.map(({ id }) => id).join(' and ')}.`);
  output.data(summaryOf(found), found);
  if (found.broken.length > 0)
    throw new CommandFailure('verificationFailed', `The audit trail is broken at ${found.broken.length} places.`, {
      code: 'chainBroken',
      next: 'Leave the data as it is, keep a copy, and compare with a backup and with the history in Temporal.',
    });
};

export const addAudit = (program: Command): void => {
  const audit = program.command('audit').description('the audit trail');
  withOutputOptions(audit.command('verify'))
    .option('--request <id>', 'only this request')
    .option('--batch <id>', 'only this payment batch')
    .description('recompute the hash chains; exit 6 when one is broken')
    .addHelpText('after', '\nExamples:\n  $ sanad audit verify\n  $ sanad audit verify --request 3f2a… --json')
    .action(verify);
};
