// Reading the ledger: trial balance, statement of an envelope, what moved for whom, and where the money comes from.
import { z } from 'zod';
import { allFundingSources } from '../../persistence/funding-source.repository.js';
import { balanceOf } from '../../persistence/ledger.reads.js';
import type { Holder } from '../../persistence/ledger-statement.reads.js';
import { envelopeStatement, heldBy, sumsFor, trialBalance } from '../../persistence/ledger-statement.reads.js';
import { requestById } from '../../persistence/request.reads.js';
import { moneyRoles, requireRole } from '../access.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { mostLimit, usualLimit } from '../paging.js';
import { Problem } from '../problem.js';
import { privately, readable } from '../request-reading.js';
import { id, instant } from '../schemas/text.schema.js';
import {
  balancesViewOf,
  fundingSourceView,
  fundingSourceViewOf,
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

const statementQuery = z.strictObject({
  envelopeId: z.string().min(1).max(120),
  from: instant.exactOptional(),
  until: instant.exactOptional(),
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
  limit: z.coerce.number().int().min(1).max(mostLimit).default(usualLimit),
});

const statement = async ({ envelopeId, after, limit, ...asked }: z.output<typeof statementQuery>): Promise<Answer> => {
  if ((await balanceOf(envelopeId)) === null) throw new Problem('notFound');
  const from = new Date(asked.from ?? 0);
  const until = asked.until === undefined ? new Date() : new Date(asked.until);
  const { opening, closing, postings } = await envelopeStatement({
    ...{ envelopeId, from, until, afterNumber: BigInt(after), limit: limit + 1 },
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

const holders = ['request', 'organisation', 'programme', 'source', 'donor'] as const;
const sumsQuery = z.strictObject({ of: z.enum(holders), id: z.string().min(1).max(120) });

const holderOf = async ({ of, id: name }: z.output<typeof sumsQuery>): Promise<Holder> => {
  if (of === 'source') return { kind: 'source', ids: [name] };
  if (of !== 'donor') return { kind: of, id: name };
  const sources = (await allFundingSources()).filter(({ donor }) => donor === name);
  if (sources.length === 0) throw new Problem('notFound');
  return { kind: 'source', ids: sources.map(({ code }) => code) };
};

/** An NGO reads the money of its own request and of no other. */
const mayRead = async ({ of, id: name }: z.output<typeof sumsQuery>, call: Call): Promise<void> => {
  if (of === 'request' && id.safeParse(name).success) readable(await requestById(name), call);
  else requireRole(call.caller, readers);
};

const summing = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'readLedgerSums', path: '/ledger/sums', roles: [], problems },
      summary: {
        ar: 'حركة طلب أو جمعية أو برنامج أو مصدر أو مانح',
        en: 'What moved for a request, an organisation, a programme, a source or a donor',
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

const sources = (): Endpoint =>
  signedInEndpoint(
    {
      ...{ ...reading, operationId: 'listFundingSources', path: '/funding-sources', roles: [], query: nothing },
      problems: ['notSignedIn'],
      summary: { ar: 'مصادر التمويل وقيودها', en: 'Sources of money and what binds them' },
      response: z.object({ items: z.array(fundingSourceView) }),
    },
    async (): Promise<Answer> => ({
      status: 200,
      body: { items: (await allFundingSources()).map(fundingSourceViewOf) },
    }),
  );

export const ledgerRoutes = (): Endpoint[] => [trialling(), stating(), summing(), sources()];
