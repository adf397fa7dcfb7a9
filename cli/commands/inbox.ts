// `sanad inbox --as <person>`: what waits for a person, most urgent first.
import type { Command } from 'commander';
import { z } from 'zod';
import { bodyAs } from '../api-client.js';
import { positiveCount } from '../option-values.js';
import type { OutputOptions } from '../output.js';
import { createOutput, table } from '../output.js';
import { pounds } from '../pounds.js';
import type { ReaderOptions } from '../reader.js';
import { createReader } from '../reader.js';
import { withReaderOptions } from '../reader-options.js';

const task = z.looseObject({
  requestId: z.string(),
  reference: z.string().nullable(),
  titleAr: z.string().nullable(),
  titleEn: z.string().nullable(),
  command: z.string(),
  number: z.int().nullable(),
  amount: z.looseObject({ amountMinor: z.string() }),
  dueAt: z.string().nullable(),
  late: z.boolean(),
  expectedVersion: z.int(),
});
const page = z.looseObject({ items: z.array(task), next: z.string().nullable() });

type InboxOptions = OutputOptions & ReaderOptions & { readonly limit: number };

const inbox = async (options: InboxOptions): Promise<void> => {
  const { limit, lang = 'en' } = options;
  const { read } = createReader(options);
  const answer = await read({ name: 'listInbox', path: `/v1/inbox?limit=${limit}` });
  const { items, next } = bodyAs(page, answer, 'listInbox');
  const output = createOutput(options);
  const rows = items.map(({ requestId, command, number, amount, dueAt, late, titleAr, titleEn }) => [
    requestId,
    `${command}${number === null ? '' : ` ${number}`}`,
    `${dueAt === null ? '-' : dueAt.slice(0, 10)}${late ? ' late' : ''}`,
    pounds(amount.amountMinor),
    (lang === 'ar' ? titleAr : titleEn) ?? '-',
  ]);
  const columns = [
    { title: 'Request' },
    { title: 'To do' },
    { title: 'Due' },
    { title: 'Amount', align: 'end' } as const,
    { title: 'Title' },
  ];
  output.data(items.length === 0 ? 'Nothing waits.' : table(columns, rows), answer.body);
  if (next !== null && !output.json) output.say(`There is more; this is a page of ${limit}.`);
};

export const addInbox = (program: Command): void => {
  withReaderOptions(program.command('inbox'))
    .option('--limit <count>', 'how many, at most 200', positiveCount, 50)
    .description('what waits for a person')
    .addHelpText('after', '\nExamples:\n  $ sanad inbox --as screening-officer-1\n  $ SANAD_TOKEN=… sanad inbox --json')
    .action(inbox);
};
