// `sanad ledger …`: the trial balance at any instant, the statement of an envelope, and what moved for whom.
import type { Command } from 'commander';
import { Argument } from 'commander';
import { z } from 'zod';
import { bodyAs } from '../api-client.js';
import { CommandFailure } from '../failure.js';
import { positiveCount } from '../option-values.js';
import type { Column, OutputOptions } from '../output.js';
import { createOutput, table } from '../output.js';
import { pounds } from '../pounds.js';
import type { ReaderOptions } from '../reader.js';
import { createReader } from '../reader.js';
import { withReaderOptions } from '../reader-options.js';

const money = z.looseObject({ amountMinor: z.string() });
const holders = ['request', 'organisation', 'programme', 'call', 'source', 'donor'] as const;
const accounts = ['available', 'reserved', 'committed', 'disbursed', 'spent', 'writtenOff'] as const;
const balances = z.object({
  ...{ available: money, reserved: money, committed: money, disbursed: money, spent: money, writtenOff: money },
});
type Balances = z.output<typeof balances>;

const trial = z.looseObject({
  at: z.string(),
  envelopes: z.array(z.looseObject({ envelopeId: z.string(), balances })),
  ...{ total: money, fromOutside: money },
  balanced: z.boolean(),
  faults: z.array(z.string()),
});
const statement = z.looseObject({
  ...{ opening: balances, closing: balances, next: z.string().nullable() },
  postings: z.array(
    z.looseObject({
      ...{ number: z.string(), bookedAt: z.string(), requestId: z.string().nullable(), kind: z.string() },
      ...{ from: z.string(), to: z.string(), amount: money, after: balances },
    }),
  ),
});

const movedSums = z.looseObject({
  movements: z.array(z.looseObject({ kind: z.string(), from: z.string(), to: z.string(), sum: money })),
  holds: z.record(z.string(), z.string()),
});

const sums: readonly Column[] = accounts.map((title) => ({ title, align: 'end' }));
const shown = (held: Balances): string[] => accounts.map((account) => pounds(held[account].amountMinor));

type TrialOptions = OutputOptions & ReaderOptions & { readonly at?: string };

const trialBalance = async (options: TrialOptions): Promise<void> => {
  const query = options.at === undefined ? '' : `?${new URLSearchParams({ at: options.at }).toString()}`;
  const { read } = createReader(options);
  const answer = await read({ name: 'readTrialBalance', path: `/v1/ledger/trial-balance${query}` });
  const { at, envelopes, total, fromOutside, balanced, faults } = bodyAs(trial, answer, 'readTrialBalance');
  const rows = envelopes.map(({ envelopeId, balances: held }) => [envelopeId, ...shown(held)]);
  const text = [
    table([{ title: 'Envelope' }, ...sums], rows),
    `At ${at} the accounts hold ${pounds(total.amountMinor)}; ${pounds(fromOutside.amountMinor)} came from outside.`,
  ];
  createOutput(options).data(text.join('\n'), answer.body);
  if (!balanced)
    throw new CommandFailure(
      'verificationFailed',
      `The books do not add up: ${faults.join(', ') || 'the totals differ'}.`,
    );
};

type StatementOptions = OutputOptions &
  ReaderOptions & { readonly from?: string; readonly until?: string; readonly after: string; readonly limit: number };

const statementOf = async (envelopeId: string, options: StatementOptions): Promise<void> => {
  const { from, until, after, limit } = options;
  const given = { envelopeId, after, limit: String(limit), ...(from ? { from } : {}), ...(until ? { until } : {}) };
  const { read } = createReader(options);
  const path = `/v1/ledger/statement?${new URLSearchParams(given).toString()}`;
  const answer = await read({ name: 'readEnvelopeStatement', path });
  const { opening, closing, postings, next } = bodyAs(statement, answer, 'readEnvelopeStatement');
  const rows = postings.map(({ number, bookedAt, requestId, kind, from: out, to, amount, after: held }) => [
    ...[number, bookedAt.slice(0, 19), requestId ?? '-', kind, `${out} > ${to}`],
    ...[pounds(amount.amountMinor), pounds(held.available.amountMinor)],
  ]);
  const columns: readonly Column[] = [
    ...['No.', 'Booked', 'Request', 'Posting', 'From > to'].map((title) => ({ title })),
    ...['Amount', 'Available after'].map((title): Column => ({ title, align: 'end' })),
  ];
  const ends = table(
    [{ title: '' }, ...sums],
    [
      ['opening', ...shown(opening)],
      ['closing', ...shown(closing)],
    ],
  );
  const output = createOutput(options);
  output.data(`${table(columns, rows)}\n\n${ends}`, answer.body);
  if (next !== null && !output.json) output.say(`There is more: --after ${next}`);
};

type SumsOptions = OutputOptions & ReaderOptions;

const sumsOf = async (of: string, id: string, options: SumsOptions): Promise<void> => {
  const { read } = createReader(options);
  const path = `/v1/ledger/sums?${new URLSearchParams({ of, id }).toString()}`;
  const answer = await read({ name: 'readLedgerSums', path });
  const { movements, holds } = bodyAs(movedSums, answer, 'readLedgerSums');
  const rows = movements.map(({ kind, from, to, sum }) => [kind, `${from} > ${to}`, pounds(sum.amountMinor)]);
  const held = table([{ title: '' }, ...sums], [['held', ...accounts.map((account) => pounds(holds[account] ?? '0'))]]);
  const moved = table([{ title: 'Posting' }, { title: 'From > to' }, { title: 'Sum', align: 'end' }], rows);
  createOutput(options).data(`${moved}\n\n${held}`, answer.body);
};

export const addLedger = (program: Command): void => {
  const ledger = program.command('ledger').description('the ledger');
  withReaderOptions(ledger.command('trial-balance'))
    .option('--at <instant>', 'as it was then, e.g. 2026-06-30T21:00:00Z')
    .description('what every account holds, proven both ways; exit 6 when the books do not add up')
    .addHelpText('after', '\nExamples:\n  $ sanad ledger trial-balance --as auditor --json')
    .action(trialBalance);
  withReaderOptions(ledger.command('statement <envelope>'))
    .option('--from <instant>', 'from this instant')
    .option('--until <instant>', 'before this instant')
    .option('--after <number>', 'postings after this number', '0')
    .option('--limit <count>', 'how many, at most 200', positiveCount, 50)
    .description('what moved an envelope, with the balance after each posting')
    .addHelpText('after', '\nExamples:\n  $ sanad ledger statement relief/state-budget/2025/2026 --as auditor')
    .action(statementOf);
  withReaderOptions(ledger.command('sums'))
    .addArgument(new Argument('<of>', 'whose money').choices(holders))
    .argument('<id>', 'its id or code')
    .description('what moved for one holder, by kind of posting, and what its accounts hold by that')
    .addHelpText('after', '\nExamples:\n  $ sanad ledger sums call citizenship-open --as auditor')
    .action(sumsOf);
};
