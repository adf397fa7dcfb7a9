// What everybody may read without signing in: awards, as list and as files, and totals. All amounts come from the ledger.
import { z } from 'zod';
import { governorates } from '../../sample/governorates.js';
import type { Keyed, Totals } from '../../domain/money/public-figures.js';
import { createTotals } from '../../domain/money/public-figures.js';
import { allProgrammes } from '../../persistence/programme.repository.js';
import type { PublicAward } from '../../persistence/public-award.reads.js';
import { allPublicAwards, awardPosition, publicAwards } from '../../persistence/public-award.reads.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Documentation, Endpoint } from '../endpoint.js';
import { nothing, openEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { awardsCsv } from '../public-award-csv.js';
import { threeSixtyGiving } from '../three-sixty-giving.js';
import type { Dimension, Names } from '../views/public-award.view.js';
import { dimensions, publicAward, publicAwardOf, publicTotals, publicTotalsOf } from '../views/public-award.view.js';

/** Anybody may keep an answer this long; the ledger is read again at most so often. */
const freshForMs = 60_000;
const cached = { 'Cache-Control': `public, max-age=${freshForMs / 1_000}` } as const;

const open = { method: 'get', tag: 'public', roles: [], success: 200, params: nothing, body: nothing } as const;

const listing = ({ cursors }: RouteDeps): Endpoint =>
  openEndpoint(
    {
      ...open,
      operationId: 'listPublicAwards',
      path: '/public/awards',
      summary: { ar: 'المنح المعلنة', en: 'Awards, newest first' },
      problems: ['badCursor', 'invalidInput'],
      response: pageOf(publicAward),
      query: z.strictObject(pageQuery),
    },
    async ({ query }): Promise<Answer> => {
      const { headers, ...answer } = await listPage({
        ...{ cursors, reader: 'everybody', path: '/v1/public/awards', query },
        read: publicAwards,
        positionOf: awardPosition,
        view: publicAwardOf,
      });
      return { ...answer, headers: { ...headers, ...cached } };
    },
  );

type File = Pick<Documentation, 'operationId' | 'path' | 'summary'> & {
  readonly type: string;
  readonly name: string;
  readonly pieces: (awards: AsyncIterable<PublicAward>) => AsyncIterable<string>;
};

const file = ({ type, name, pieces, ...about }: File): Endpoint =>
  openEndpoint({ ...open, ...about, problems: [], response: null, query: nothing }, () =>
    Promise.resolve({
      status: 200,
      headers: { ...cached, 'Content-Disposition': `attachment; filename="${name}"` },
      streamed: { type, pieces: pieces(allPublicAwards()) },
    }),
  );

/** The keys of an award in each dimension. */
const keysOf = (award: PublicAward, by: Dimension, sectors: ReadonlyMap<string, string>): readonly string[] => {
  switch (by) {
    case 'programme':
      return [award.programmeCode];
    case 'sector':
      return [sectors.get(award.programmeCode) ?? 'unknown'];
    case 'governorate':
      return award.governorates;
    case 'source':
      return [award.fundingSource];
    case 'fiscal-year':
      return [award.fiscalYear];
    case 'month':
      return [award.awardedAt.toISOString().slice(0, 7)];
  }
};

type Reading = { readonly asOf: Date; readonly totals: ReadonlyMap<Dimension, Totals>; readonly names: Names };

/** One walk through the awards serves every dimension. */
const readTotals = async (): Promise<Reading> => {
  const asOf = new Date();
  const programmes = await allProgrammes();
  const sectors = new Map(programmes.flatMap(({ _id, sector }) => (sector === undefined ? [] : [[_id, sector]])));
  const sums = new Map(dimensions.map((by) => [by, createTotals()]));
  for await (const award of allPublicAwards())
    for (const [by, sum] of sums) {
      const keyed: Keyed = { keys: keysOf(award, by, sectors), figures: award.figures };
      sum.add(keyed);
    }
  const names = new Map(
    [...programmes.map(({ _id, ...rest }) => ({ code: _id, ...rest })), ...governorates].map(
      ({ code, nameAr, nameEn }) => [code, { nameAr, nameEn }],
    ),
  );
  return { asOf, totals: new Map([...sums].map(([by, sum]) => [by, sum.totals()])), names };
};

/** Whoever asks while the ledger is being read waits for that reading; what was read serves for a minute. */
const createReading = (): (() => Promise<Reading>) => {
  let last: { readonly startedAt: number; readonly reading: Promise<Reading> } | null = null;
  return () => {
    const now = Date.now();
    if (last !== null && now - last.startedAt < freshForMs) return last.reading;
    const reading = readTotals();
    last = { startedAt: now, reading };
    reading.catch(() => (last = null)); // the callers get the error; the next one reads again
    return reading;
  };
};

const totalling = (): Endpoint => {
  const reading = createReading();
  return openEndpoint(
    {
      ...open,
      operationId: 'readPublicTotals',
      path: '/public/totals',
      summary: { ar: 'إجماليات المنح', en: 'Totals of awards by one dimension; the parts add up to the whole' },
      problems: ['invalidInput'],
      response: publicTotals,
      query: z.strictObject({ by: z.enum(dimensions).default('programme') }),
    },
    async ({ query: { by } }): Promise<Answer> => {
      const { asOf, totals, names } = await reading();
      const found = totals.get(by) ?? createTotals().totals();
      return { status: 200, body: publicTotalsOf(by, found, names, asOf), headers: cached };
    },
  );
};

export const publicAwardRoutes = (deps: RouteDeps): Endpoint[] => [
  listing(deps),
  file({
    operationId: 'downloadPublicAwardsCsv',
    path: '/public/awards.csv',
    summary: { ar: 'المنح المعلنة بصيغة CSV', en: 'All awards as CSV' },
    ...{ type: 'text/csv', name: 'awards.csv', pieces: awardsCsv },
  }),
  file({
    operationId: 'downloadPublicAwards360Giving',
    path: '/public/awards.360giving.json',
    summary: { ar: 'المنح المعلنة بمعيار 360Giving', en: 'All awards as a 360Giving 1.4 package' },
    ...{ type: 'application/json', name: 'awards.360giving.json', pieces: threeSixtyGiving },
  }),
  totalling(),
];
