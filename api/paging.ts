// Pages of lists: limit, signed cursor, and the next page in body and Link header.
import { z } from 'zod';
import { isPagePosition } from '../persistence/keyset.js';
import type { PagePosition } from '../persistence/keyset.js';
import type { Cursors } from './cursor.js';
import { Problem } from './problem.js';

export const usualLimit = 50;
export const mostLimit = 200;

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(mostLimit).default(usualLimit),
  cursor: z.string().min(1).max(1_000).exactOptional(),
} as const;

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next: z.string().nullable().meta({ description: 'Address of the next page, null on the last one' }),
  });

type Asked = { readonly limit: number; readonly cursor?: string };

/** A cursor carries its list with reader and filters: one of another list, person or filter does not fit. */
const positionOf = (cursors: Cursors, list: string, { cursor }: Asked): PagePosition | undefined => {
  if (cursor === undefined) return undefined;
  const value = cursors.read(list, cursor);
  if (!isPagePosition(value)) throw new Problem('badCursor');
  return value;
};

type ListAnswer<V> = {
  readonly status: 200;
  readonly body: { readonly items: readonly V[]; readonly next: string | null };
  readonly headers: { readonly Link: string };
};

type Filters = Readonly<Record<string, string | undefined>>;

type Listing<R, V> = {
  readonly cursors: Cursors;
  /** Whose cursors these are: nobody reads on with another's. */
  readonly reader: string;
  /** The list's own address, without filters, cursor and limit. */
  readonly path: string;
  readonly query: Asked;
  readonly filters?: Filters;
  readonly read: (asked: { readonly limit: number; readonly after?: PagePosition }) => Promise<readonly R[]>;
  readonly positionOf: (row: R) => PagePosition;
  readonly view: (row: R) => V;
};

/** The filters that were given, always in the same order. */
const givenFilters = (filters: Filters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters)
      .filter((pair): pair is [string, string] => pair[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

/** A whole list route: where the cursor stands, one row more than asked to know whether there is a next page, and the page with its links. */
export const listPage = async <R, V>(listing: Listing<R, V>): Promise<ListAnswer<V>> => {
  const { cursors, reader, path, query, read, view } = listing;
  const { limit } = query;
  const filters = givenFilters(listing.filters ?? {});
  const list = `${path} ${reader} ${new URLSearchParams(filters).toString()}`;
  const after = positionOf(cursors, list, query);
  const found = await read({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const address = (more: Readonly<Record<string, string>>): string =>
    `${path}?${new URLSearchParams({ ...filters, limit: String(limit), ...more }).toString()}`;
  const hasNext = found.length > limit && last !== undefined;
  const next = hasNext ? address({ cursor: cursors.write(list, listing.positionOf(last)) }) : null;
  const links = [`<${address({})}>; rel="first"`, ...(next === null ? [] : [`<${next}>; rel="next"`])];
  return { status: 200, body: { items: rows.map(view), next }, headers: { Link: links.join(', ') } };
};
