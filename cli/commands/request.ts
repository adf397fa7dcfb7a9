// `sanad request show|list`: requests as the API shows them to the caller.
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

const money = z.looseObject({ amountMinor: z.string() });
const summary = z.looseObject({
  id: z.string(),
  reference: z.string().nullable(),
  titleAr: z.string().nullable(),
  titleEn: z.string().nullable(),
  version: z.int(),
  status: z.string(),
  lateness: z.string().nullable(),
  organisationId: z.string(),
  programmeCode: z.string(),
  governorates: z.array(z.string()),
  requested: money,
  award: money.nullable(),
  nextDueAt: z.string().nullable(),
  submittedAt: z.string(),
});
const awaited = z.looseObject({
  command: z.string(),
  role: z.string(),
  personId: z.string().nullable(),
  governorate: z.string().nullable(),
  level: z.string().nullable(),
  number: z.int().nullable(),
  dueAt: z.string().nullable(),
});
const full = summary.extend({
  organisation: z.looseObject({ nameAr: z.string(), nameEn: z.string() }).nullable(),
  tranches: z.array(z.looseObject({ number: z.int(), purpose: z.string(), state: z.string(), amount: money })),
  reports: z.array(z.looseObject({ number: z.int(), kind: z.string(), state: z.string(), dueAt: z.string() })),
  awaited: z.array(awaited),
});
const page = z.looseObject({ items: z.array(summary), next: z.string().nullable() });

type Full = z.output<typeof full>;
type ShowOptions = OutputOptions & ReaderOptions;
type ListOptions = ShowOptions & {
  readonly limit: number;
  readonly status?: string;
  readonly stage?: string;
  readonly sort?: string;
};

const inWords = (instant: string | null): string =>
  instant === null ? '-' : `${instant.slice(0, 16).replace('T', ' ')}Z`;

const whoFor = ({ role, personId, governorate, level }: z.output<typeof awaited>): string =>
  [role, personId ?? governorate ?? level].filter((part) => part !== null).join(' ');

const facts = (request: Full, lang: 'ar' | 'en'): string[] => [
  `${request.reference ?? '-'}  ${request.status}${request.lateness === null ? '' : ` (${request.lateness})`}`,
  (lang === 'ar' ? request.titleAr : request.titleEn) ?? '-',
  `Id            ${request.id}, version ${request.version}`,
  `Organisation  ${(lang === 'ar' ? request.organisation?.nameAr : request.organisation?.nameEn) ?? request.organisationId}`,
  `Programme     ${request.programmeCode}, ${request.governorates.join(' ')}`,
  `Requested     ${pounds(request.requested.amountMinor)}`,
  `Award         ${request.award === null ? '-' : pounds(request.award.amountMinor)}`,
  `Submitted     ${inWords(request.submittedAt)}`,
  `Next due      ${inWords(request.nextDueAt)}`,
];

const parts = ({ tranches, reports, awaited: tasks }: Full): string[] => [
  ...(tranches.length === 0
    ? []
    : [
        '',
        table(
          [{ title: 'Tranche' }, { title: 'State' }, { title: 'Amount', align: 'end' }],
          tranches.map(({ number, purpose, state, amount }) => [
            `${number}${purpose === 'retention' ? ' (kept back)' : ''}`,
            state,
            pounds(amount.amountMinor),
          ]),
        ),
      ]),
  ...(reports.length === 0
    ? []
    : [
        '',
        table(
          [{ title: 'Report' }, { title: 'State' }, { title: 'Due' }],
          reports.map(({ number, kind, state, dueAt }) => [`${number} (${kind})`, state, inWords(dueAt)]),
        ),
      ]),
  '',
  tasks.length === 0
    ? 'Nobody is awaited.'
    : table(
        [{ title: 'Awaited' }, { title: 'Of' }, { title: 'Due' }],
        tasks.map((task) => [
          `${task.command}${task.number === null ? '' : ` ${task.number}`}`,
          whoFor(task),
          inWords(task.dueAt),
        ]),
      ),
];

const show = async (requestId: string, options: ShowOptions): Promise<void> => {
  const { read } = createReader(options);
  const answer = await read({ name: 'readRequest', path: `/v1/requests/${encodeURIComponent(requestId)}` });
  const request = bodyAs(full, answer, 'readRequest');
  createOutput(options).data([...facts(request, options.lang ?? 'en'), ...parts(request)].join('\n'), answer.body);
};

const list = async (options: ListOptions): Promise<void> => {
  const { limit, status, stage, sort, lang = 'en' } = options;
  const asked = new URLSearchParams({
    limit: String(limit),
    ...(status === undefined ? {} : { status }),
    ...(stage === undefined ? {} : { stage }),
    ...(sort === undefined ? {} : { sort }),
  });
  const { read } = createReader(options);
  const answer = await read({ name: 'listRequests', path: `/v1/requests?${asked.toString()}` });
  const { items, next } = bodyAs(page, answer, 'listRequests');
  const output = createOutput(options);
  const rows = items.map(({ id, reference, status: now, lateness, requested, titleAr, titleEn }) => [
    id,
    reference ?? '-',
    `${now}${lateness === null ? '' : ` (${lateness})`}`,
    pounds(requested.amountMinor),
    (lang === 'ar' ? titleAr : titleEn) ?? '-',
  ]);
  const columns = [
    ...[{ title: 'Id' }, { title: 'Reference' }, { title: 'Status' }],
    ...[{ title: 'Requested', align: 'end' } as const, { title: 'Title' }],
  ];
  output.data(items.length === 0 ? 'No requests.' : table(columns, rows), answer.body);
  if (next !== null && !output.json) output.say(`There are more; this is a page of ${limit}.`);
};

export const addRequest = (program: Command): void => {
  const request = program.command('request').description('requests, as the API shows them');
  withReaderOptions(request.command('show'))
    .argument('<id>', 'id of a request')
    .description('one request: where it stands, its money, who is awaited')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad request show 4k2m9q1x7c0d8e5f\n  $ sanad request show 4k2m9q1x7c0d8e5f --as signatory-1 --json',
    )
    .action(show);
  withReaderOptions(request.command('list'))
    .option('--status <status>', 'only these, e.g. committee or closed')
    .option('--stage <stage>', 'only at this stage, suspended ones included')
    .option('--sort <order>', 'updated, due or amount')
    .option('--limit <count>', 'how many, at most 200', positiveCount, 50)
    .description('requests that the caller may see')
    .addHelpText(
      'after',
      '\nExamples:\n  $ sanad request list --stage committee --sort due\n  $ sanad request list --as signatory-1',
    )
    .action(list);
};
