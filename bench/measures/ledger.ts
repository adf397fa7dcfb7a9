// P15: postings and balances of a past instant, with a long ledger against a short one. Two databases of their own, legs interleaved; the
// trial balance over both, which is allowed to grow with the ledger, is told beside them.
import { randomUUID } from 'node:crypto';
import type { Pair, Random } from '../arithmetic.js';
import { median, ratioOf, roundOrder, seededRandom } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import type { Field } from '../field.js';
import { beganAtMs, benchEnvelope, envelopes, fillBooks, stepMs } from '../ledger-books.js';
import type { Figure } from '../results.js';
import { post } from '../../persistence/ledger.projection.js';
import { balancesAt, trialBalance } from '../../persistence/ledger-statement.reads.js';
import { withTransaction } from '../../persistence/transaction.js';

const sides = ['few', 'many'] as const;
type Side = (typeof sides)[number];
type Books = { readonly database: string; readonly count: number };
const works = ['postings', 'balance'] as const;
type Work = (typeof works)[number];

const seed = 15;
const warmCalls = 40;

export const ledgerLegs = ({ pairs }: Bench['size']): number => sides.length * 2 + pairs * sides.length;

const someEnvelope = (random: Random): string => benchEnvelope(Math.floor(random() * envelopes));

const postOne = (random: Random): Promise<void> => {
  const line = { envelopeId: someEnvelope(random), kind: 'reserve', from: 'available', to: 'reserved' } as const;
  const id = randomUUID();
  return withTransaction((session) =>
    post(session, [{ _id: id, requestId: id, ...line, amountMinor: 1n, at: new Date(), seq: 1 }]),
  );
};

const readOne = async (random: Random, count: number): Promise<void> => {
  const at = new Date(beganAtMs + Math.floor((0.1 + 0.9 * random()) * count) * stepMs);
  const { available } = await balancesAt(someEnvelope(random), at);
  if (available === 0n) throw new Error('a balance of the past was not found');
};

/** One after the other, as recording does it. Answers calls per second. */
const rateOf = async (work: Work, count: number, calls: number, random: Random): Promise<number> => {
  const startedAt = performance.now();
  for (let call = 0; call < calls; call += 1) await (work === 'postings' ? postOne(random) : readOne(random, count));
  return (calls * 1000) / (performance.now() - startedAt);
};

const leg = (field: Field, { database, count }: Books, calls: number, round: number): Promise<Record<Work, number>> =>
  field.onDatabase(database, async () => {
    const random = seededRandom(seed + round);
    for (const work of works) await rateOf(work, count, warmCalls, random);
    return {
      postings: await rateOf('postings', count, calls, random),
      balance: await rateOf('balance', count, calls, random),
    };
  });

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const startedAt = performance.now();
  await work();
  return Number(((performance.now() - startedAt) / 1000).toFixed(2));
};

/** Proves the books as well: figures of unsound books would mean nothing. */
const trial = async (): Promise<void> => {
  const { faults, total, fromOutside } = await trialBalance(new Date());
  if (faults.length > 0 || total !== fromOutside) throw new Error(`unsound books: ${faults.slice(0, 3).join(', ')}`);
};

type Legs = readonly Readonly<Record<Side, Record<Work, number>>>[];

const figureOf = (work: Work, legs: Legs, detail: Figure['detail']): Figure => ({
  id: `P15.${work}`,
  estimate: ratioOf(legs.map(({ few, many }): Pair => ({ a: many[work], b: few[work] }))),
  detail: {
    ...detail,
    perSecond: {
      few: Math.round(median(legs.map(({ few }) => few[work]))),
      many: Math.round(median(legs.map(({ many }) => many[work]))),
    },
  },
});

const measureSides = async (bench: Bench, field: Field, books: Readonly<Record<Side, Books>>): Promise<Figure[]> => {
  const { pairs, ledgerCalls } = bench.size;
  const trialSeconds = { few: 0, many: 0 };
  for (const side of sides) {
    const { database, count } = books[side];
    const filling = await secondsOf(() => field.onDatabase(database, () => fillBooks(count)));
    bench.leg(`P15 ${count} postings put in in ${filling} s`);
  }
  const legs: Record<Side, Record<Work, number>>[] = [];
  for (let round = 0; round < pairs; round += 1) {
    const rates = { few: { postings: 0, balance: 0 }, many: { postings: 0, balance: 0 } };
    for (const side of roundOrder(sides, round)) {
      rates[side] = await leg(field, books[side], ledgerCalls, round);
      const { postings, balance } = rates[side];
      bench.leg(
        `P15 pair ${round + 1}/${pairs} ${side}: ${Math.round(postings)} postings/s, ${Math.round(balance)} balances/s`,
      );
    }
    legs.push(rates);
  }
  for (const side of sides) {
    trialSeconds[side] = await field.onDatabase(books[side].database, () => secondsOf(trial));
    bench.leg(`P15 trial balance ${side}: ${trialSeconds[side]} s`);
  }
  const postings = { few: books.few.count, many: books.many.count };
  return works.map((work) => figureOf(work, legs, { postings, callsPerLeg: ledgerCalls, trialSeconds }));
};

export const measureLedger = async (bench: Bench): Promise<Figure[]> => {
  const field = await bench.field();
  const { fewPostings, manyPostings } = bench.size;
  const run = randomUUID().slice(0, 8);
  const books = {
    few: { database: `bench_books_few_${run}`, count: fewPostings },
    many: { database: `bench_books_many_${run}`, count: manyPostings },
  };
  try {
    return await measureSides(bench, field, books);
  } finally {
    for (const side of sides) await field.dropDatabase(books[side].database);
  }
};
