// `sanad verify`: holds the ten invariants against the live database, Temporal and the bank, and names every breach.
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Invariant } from '../../domain/invariants/finding.js';
import { invariants } from '../../domain/invariants/finding.js';
import { CouldNotRead } from '../../verification/could-not-read.js';
import type { Report, Said } from '../../verification/report.js';
import { runVerification } from '../../verification/verify.js';
import { withDatabase } from '../database.js';
import { surroundings } from '../environment.js';
import { CommandFailure } from '../failure.js';
import { positiveCount } from '../option-values.js';
import type { Output, OutputOptions } from '../output.js';
import { createOutput, table, withOutputOptions } from '../output.js';
import type { Progress } from '../progress.js';
import { startProgress } from '../progress.js';

type VerifyOptions = OutputOptions & {
  readonly only?: readonly Invariant[];
  readonly request?: string;
  readonly patience: number;
};

/** Its own meaning of exit codes: operators and campaigns ask "clean, not clean, or unknown?" and nothing else. */
const exits = { clean: 0, findings: 1, couldNotRead: 2 } as const;

const titles: Readonly<Record<Invariant, string>> = {
  I1: 'every acknowledged decision stands once in history, audit and read model',
  I2: 'refused and unacknowledged calls left nothing, or one effect under their key',
  I3: 'the ledger adds up, no account below its floor',
  I4: 'one live instruction per tranche, behind agreement, report, quorum and two people',
  I5: 'the bank paid what was instructed, once; nothing unclear was sent again',
  I6: 'audit chains verify, without gaps',
  I7: 'read model = audit trail = workflow state',
  I8: 'nobody combines conflicting duties',
  I9: 'every open request has a next actor or a timer',
  I10: 'amounts are whole piastres',
};

const isInvariant = (name: string): name is Invariant => invariants.some((known) => known === name);
const asked = (text: string): Invariant[] =>
  text.split(',').map((name) => {
    const wanted = name.trim().toUpperCase();
    if (!isInvariant(wanted)) throw new InvalidArgumentError(`There is ${invariants.join(', ')}.`);
    return wanted;
  });

const evidenceText = ({ evidence }: Said): string =>
  Object.entries(evidence)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join('; ');

const findingText = (said: Said): string =>
  [
    `${said.invariant}  ${said.subject.kind} ${said.subject.id}: ${said.sentence.en}`,
    `    ${said.sentence.ar}`,
    `    ${said.breach}  ${evidenceText(said)}`,
  ].join('\n');

const reportText = (report: Report): string => {
  const rows = report.invariants.map(({ invariant, findings }) => [
    ...[invariant, titles[invariant], findings === 0 ? 'holds' : `${findings} found`],
  ]);
  const { requests, batches, registers, envelopes, operations, payments } = report.checked;
  return [
    table([{ title: '#' }, { title: 'Invariant' }, { title: 'Result' }], rows),
    `Looked at ${requests} requests, ${batches} batches, ${registers} registers, ${envelopes} envelopes, ${operations} answered calls, ${payments} bank payments in ${(report.tookMs / 1000).toFixed(1)} s.`,
    ...report.notChecked.map((text) => `Not checked: ${text}.`),
    ...report.findings.map(findingText),
  ].join('\n');
};

const lineEvery = 1_000;

/** A bar on a terminal; elsewhere a line per thousand requests. */
const stepping = (output: Output, quiet: boolean) => {
  let bar: Progress | undefined;
  return {
    step: (done: number, total: number, found: number): void => {
      const remark = found === 0 ? '' : `${found} breaches`;
      if (!process.stderr.isTTY) {
        if (done % lineEvery === 0) output.say(`${done} of ${total} requests  ${remark}`.trimEnd());
        return;
      }
      bar ??= startProgress({ title: 'Verifying', total, unit: 'requests' }, output, quiet);
      bar.step(done, remark);
    },
    end: (): void => bar?.end(),
  };
};

const unreadable = (error: unknown): string | null => {
  if (error instanceof CouldNotRead) return error.message;
  return error instanceof CommandFailure && error.reason === 'unavailable' ? error.message : null;
};

const verify = async (options: VerifyOptions): Promise<void> => {
  const { config } = surroundings();
  const output = createOutput(options);
  const { only, request: requestId, quiet = false } = options;
  const { step, end } = stepping(output, quiet);
  const patienceMs = options.patience * 1000;
  try {
    const report = await withDatabase(config, () =>
      runVerification({ config, bankUrl: config.bank.url, only, requestId, patienceMs, say: output.say, step }),
    );
    end();
    output.data(reportText(report), report);
    process.exitCode = report.holds ? exits.clean : exits.findings;
  } catch (error) {
    end();
    const reason = unreadable(error);
    if (reason === null) throw error;
    process.stderr.write(`Could not read everything, so nothing is certain: ${reason}\n`);
    process.exitCode = exits.couldNotRead;
  }
};

export const addVerify = (program: Command): void => {
  withOutputOptions(program.command('verify'))
    .option('--only <invariants>', `some of ${invariants.join(',')}`, asked)
    .option('--request <id>', 'only this request')
    .option('--patience <seconds>', 'how long a request that moves is waited for', positiveCount, 30)
    .description('check the invariants I1-I10 over MongoDB, Temporal and the bank')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad verify\n  $ sanad verify --only I3,I7 --json\n  $ sanad verify --request 3f2a…\n\nExits 0 when everything holds, 1 with findings, 2 when something could not be read. Changes nothing.',
    )
    .action(verify);
};
