// P12: what people read, with many requests against few: timeline, inbox, list. Two databases with an API each, legs interleaved.
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { Pair, Random } from '../arithmetic.js';
import { median, percentile, ratioOf, roundOrder, seededRandom } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import { crowdId, dropCrowd, fillCrowd, recordTemplates } from '../crowd.js';
import { bodyOf } from '../drivers/product.js';
import type { Site } from '../field.js';
import { benchPeople } from '../l16.js';
import type { Figure } from '../results.js';

const kinds = ['timeline', 'inbox', 'list'] as const;
type Kind = (typeof kinds)[number];
type Crowd = { readonly site: Site; readonly count: number };
type Sizes = { readonly few: Crowd; readonly many: Crowd };
const sides = ['few', 'many'] as const;

const seed = 17;
const pageSize = 20;
const page = z.looseObject({ items: z.array(z.unknown()) });

/** Two fillings, and a leg of each size for each kind in every pair. */
export const listLegs = ({ pairs }: Bench['size']): number => 2 + kinds.length * pairs * sides.length;

type Reading = { readonly by: string; readonly path: string; readonly full: boolean };

/** Boxes with more than a page for each of these people in either crowd. */
const boxes: readonly (readonly [string, string])[] = [
  [benchPeople.screener, 'box=team'],
  [benchPeople.screener, 'box=waiting'],
  [benchPeople.reviewers[0], 'box=team'],
  [benchPeople.members[0], 'box=team'],
  [benchPeople.reportOfficer, 'box=team'],
  [benchPeople.closingOfficer, 'box=team'],
  [benchPeople.reportOfficer, ''],
];
const inboxSorts = ['sort=due', 'sort=opened', 'sort=amount', 'sort=due&order=desc'];
const lists = ['', 'stage=committee', 'programmeCode=bench-programme', 'programmeCode=bench-programme-1'];
const listSorts = ['sort=updated', 'sort=due', 'sort=amount'];

const pick = <T>(values: readonly T[], random: Random): T => {
  const value = values[Math.floor(random() * values.length)];
  if (value === undefined) throw new Error('nothing to pick from');
  return value;
};

const readingOf = (kind: Kind, count: number, random: Random): Reading => {
  const limit = `limit=${pageSize}`;
  switch (kind) {
    case 'timeline': {
      const id = crowdId(Math.floor(random() * count));
      return { by: benchPeople.reportOfficer, path: `/v1/requests/${id}/timeline?${limit}`, full: false };
    }
    case 'inbox': {
      const [by, box] = pick(boxes, random);
      const query = [limit, box, pick(inboxSorts, random)].filter((part) => part !== '').join('&');
      return { by, path: `/v1/inbox?${query}`, full: true };
    }
    case 'list': {
      const query = [limit, pick(lists, random), pick(listSorts, random)].filter((part) => part !== '').join('&');
      return { by: benchPeople.reportOfficer, path: `/v1/requests?${query}`, full: true };
    }
  }
};

/** One client, one answer after the other: what one person waits, without a queue. Answers the times in milliseconds. */
const leg = async (kind: Kind, { site, count }: Crowd, calls: number, random: Random): Promise<number[]> => {
  const times: number[] = [];
  for (let call = 0; call < calls; call += 1) {
    const { by, path, full } = readingOf(kind, count, random);
    const sentAt = performance.now();
    const answer = await site.http.call({ method: 'GET', path, token: site.tokenOf(by) });
    times.push(performance.now() - sentAt);
    const { items } = bodyOf(page, answer, path);
    // A page that one crowd cannot fill would be compared with one that the other can.
    if (full ? items.length !== pageSize : items.length === 0)
      throw new Error(`${path} gave ${by} ${items.length} rows`);
  }
  return times;
};

const measureKind = async (bench: Bench, kind: Kind, sizes: Sizes): Promise<Figure> => {
  const { pairs, listCalls } = bench.size;
  for (const side of sides) await leg(kind, sizes[side], Math.ceil(listCalls / 4), seededRandom(seed));
  const taken: Record<(typeof sides)[number], number[]>[] = [];
  for (let round = 0; round < pairs; round += 1) {
    const times = { few: [] as number[], many: [] as number[] };
    for (const side of roundOrder(sides, round)) {
      // The same calls on both sides: what differs is only how much there is.
      times[side] = await leg(kind, sizes[side], listCalls, seededRandom(seed + round));
      bench.leg(`P12 ${kind} pair ${round + 1}/${pairs} ${side}: p95 ${percentile(times[side], 95).toFixed(1)} ms`);
    }
    taken.push(times);
  }
  const at = (side: 'few' | 'many', percent: number): number[] =>
    taken.map((times) => percentile(times[side], percent));
  const many = at('many', 95);
  const ratios = many.map((a, index): Pair => ({ a, b: at('few', 95)[index] ?? Number.NaN }));
  const ms = (side: 'few' | 'many', percent: number): number => Number(median(at(side, percent)).toFixed(2));
  return {
    id: `P12.${kind}`,
    estimate: ratioOf(ratios),
    detail: {
      requests: { few: sizes.few.count, many: sizes.many.count },
      callsPerLeg: listCalls,
      p95Ms: { few: ms('few', 95), many: ms('many', 95) },
      p50Ms: { few: ms('few', 50), many: ms('many', 50) },
    },
  };
};

export const measureLists = async (bench: Bench): Promise<Figure[]> => {
  const field = await bench.field();
  const { fewRequests, manyRequests } = bench.size;
  const templates = await recordTemplates(field);
  const run = randomUUID().slice(0, 8);
  const open = async (side: (typeof sides)[number], count: number): Promise<Crowd> => {
    const startedAt = performance.now();
    const database = `bench_${side}_${run}`;
    await fillCrowd(database, templates, count);
    bench.leg(`P12 ${count} requests copied in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
    return { site: await field.apiOn(database, () => dropCrowd(database)), count };
  };
  const sizes: Sizes = { few: await open('few', fewRequests), many: await open('many', manyRequests) };
  const figures: Figure[] = [];
  for (const kind of kinds) figures.push(await measureKind(bench, kind, sizes));
  return figures;
};
