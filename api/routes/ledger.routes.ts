// Reading the ledger: trial balance, the statement of an envelope, and what moved for whom, as pages and as files.
import { z } from 'zod';
import { callDraftById } from '../../persistence/call-draft.repository.js';
import { allFundingSources } from '../../persistence/funding-source.repository.js';
import { balanceOf } from '../../persistence/ledger.reads.js';
import { movementsFor } from '../../persistence/ledger-movement.reads.js';
import type { Holder, Period } from '../../persistence/ledger-statement.reads.js';
import {
  envelopeStatement,
  heldBy,
  postingsBetween,
  statementEnds,
  sumsFor,
  trialBalance,
} from '../../persistence/ledger-statement.reads.js';
import { callById } from '../../persistence/programme.repository.js';
import { requestById } from '../../persistence/request.reads.js';
import { moneyRoles, requireRole } from '../access.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { movementsCsv, statementCsv } from '../ledger-statement-csv.js';
import { ledgerWords } from '../ledger-words.js';
import { Problem } from '../problem.js';
import { privately, readable } from '../request-reading.js';
import type { SumsOf } from '../schemas/ledger.schema.js';
import { statementFileQuery, statementQuery, sumsQuery } from '../schemas/ledger.schema.js';
import { id, instant } from '../schemas/text.schema.js';
import {
  balancesViewOf,
  postingViewOf,
  statementView,
  sumsView,
  sumsViewOf,
  trialBalanceView,
  trialBalanceViewOf,
} from '../views/ledger.view.js';

const readers = [...moneyRoles, 'approver'] as const;
const reading = { method: 'get', tag: 'ledger', success: 200, params: nothing, body: nothing } as const;
const problems = ['notSignedIn', 'notYourRole', 'notFound', 'invalidInput'] as const;

const trialling = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'readTrialBalance', path: '/ledger/trial-balance', roles: readers, problems },
      summary: { ar: 'ميزان المراجعة في لحظة', en: 'Trial balance at any past instant, proven both ways' },
      response: trialBalanceView,
      query: z.strictObject({ at: instant.exactOptional() }),
    },
    async ({ query }, { caller }): Promise<Answer> => {
      requireRole(caller, readers);
      const trial = await trialBalance(query.at === undefined ? new Date() : new Date(query.at));
      return { status: 200, body: trialBalanceViewOf(trial), headers: privately };
    },
  );

const periodOf = async ({ envelopeId, from, until }: z.output<typeof statementFileQuery>): Promise<Period> => {
  if ((await balanceOf(envelopeId)) === null) throw new Problem('notFound');
  return { envelopeId, from: new Date(from ?? 0), until: until === undefined ? new Date() : new Date(until) };
};

const statement = async ({ after, limit, ...asked }: z.output<typeof statementQuery>): Promise<Answer> => {
  const period = await periodOf(asked);
  const { envelopeId, from, until } = period;
  const { opening, closing, postings } = await envelopeStatement({
    ...{ ...period, afterNumber: BigInt(after), limit: limit + 1 },
  });
  const page = postings.slice(0, limit);
  return {
    status: 200,
    headers: privately,
    body: {
      envelopeId,
      from: from.toISOString(),
      until: until.toISOString(),
      opening: balancesViewOf(opening),
      closing: balancesViewOf(closing),
      postings: page.map(postingViewOf),
      next: postings.length > limit ? String(page.at(-1)?.booking?.number ?? '') : null,
    },
  };
};

const stating = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'readEnvelopeStatement', path: '/ledger/statement', roles: readers, problems },
      summary: { ar: 'كشف حساب مخصص', en: 'Statement of an envelope between two instants, with running balances' },
      response: statementView,
      query: statementQuery,
    },
    ({ query }, { caller }) => {
      requireRole(caller, readers);
      return statement(query);
    },
  );

const csvAnswer = (name: string, pieces: AsyncIterable<string>): Answer => ({
  status: 200,
  headers: { ...privately, 'Content-Disposition': `attachment; filename="${name}.csv"` },
  streamed: { type: 'text/csv', pieces },
});

const statementFile = async (asked: z.output<typeof statementFileQuery>, { language }: Call): Promise<Answer> => {
  const period = await periodOf(asked);
  const { envelopeId, from, until } = period;
  const ends = await statementEnds(period);
  const lines = { from, until, opening: ends.opening.balances, closing: ends.closing.balances };
  const pieces = statementCsv({ ...lines, postings: postingsBetween(envelopeId, ends) }, ledgerWords[language]);
  return csvAnswer(`statement-${envelopeId.replaceAll('/', '-')}`, pieces);
};

const downloading = (): Endpoint =>
  signedInEndpoint(
    {
      ...{
        ...reading,
        operationId: 'downloadEnvelopeStatement',
        path: '/ledger/statement.csv',
        roles: readers,
        problems,
      },
      summary: {
        ar: 'كشف حساب مخصص بصيغة CSV',
        en: 'The same statement as CSV, whole, with titles in the language of the call',
      },
      response: null,
      query: statementFileQuery,
    },
    ({ query }, call) => {
      requireRole(call.caller, readers);
      return statementFile(query, call);
    },
  );

const holderOf = async ({ of, id: name }: SumsOf): Promise<Holder> => {
  if (of === 'source') return { kind: 'source', ids: [name] };
  if (of === 'call' && ((await callById(name)) ?? (await callDraftById(name))) === null) throw new Problem('notFound');
  if (of !== 'donor') return { kind: of, id: name };
  const sources = (await allFundingSources()).filter(({ donor }) => donor === name);
  if (sources.length === 0) throw new Problem('notFound');
  return { kind: 'source', ids: sources.map(({ code }) => code) };
};

/** An NGO reads the money of its own request and of no other. */
const mayRead = async ({ of, id: name }: SumsOf, call: Call): Promise<void> => {
  if (of === 'request' && id.safeParse(name).success) readable(await requestById(name), call);
  else requireRole(call.caller, readers);
};

const summing = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'readLedgerSums', path: '/ledger/sums', roles: [], problems },
      summary: {
        ar: 'حركة طلب أو جمعية أو برنامج أو دعوة أو مصدر أو مانح',
        en: 'What moved for a request, an organisation, a programme, a call, a source or a donor',
      },
      response: sumsView,
      query: sumsQuery,
    },
    async ({ query }, call): Promise<Answer> => {
      await mayRead(query, call);
      const sums = await sumsFor(await holderOf(query));
      return { status: 200, body: sumsViewOf(sums, heldBy(sums)), headers: privately };
    },
  );

const listingMovements = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'downloadLedgerMovements', path: '/ledger/movements.csv', roles: [], problems },
      summary: {
        ar: 'قيود طلب أو جمعية أو برنامج أو دعوة أو مصدر أو مانح بصيغة CSV',
        en: 'Every posting for a request, an organisation, a programme, a call, a source or a donor, as CSV',
      },
      response: null,
      query: sumsQuery,
    },
    async ({ query }, call): Promise<Answer> => {
      await mayRead(query, call);
      const postings = movementsFor(await holderOf(query), new Date());
      return csvAnswer(`movements-${query.of}`, movementsCsv(postings, ledgerWords[call.language]));
    },
  );

export const ledgerRoutes = (): Endpoint[] => [
  ...[trialling(), stating(), downloading()],
  ...[summing(), listingMovements()],
];
