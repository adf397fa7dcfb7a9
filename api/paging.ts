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

/** The cursor's list name also carries the filters: a cursor of one filter does not fit another. */
export const positionOf = (cursors: Cursors, list: string, { cursor }: Asked): PagePosition | undefined => {
  if (cursor === undefined) return undefined;
  const value = cursors.read(list, cursor);
  if (!isPagePosition(value)) throw new Problem('badCursor');
  return value;
};

export type Page<R> = { readonly rows: readonly R[]; readonly more: boolean };

/** Reads ask for one row more than the limit, to know whether there is a next page. */
export const pageFrom = <R>(found: readonly R[], limit: number): Page<R> => ({
  rows: found.slice(0, limit),
  more: found.length > limit,
});

type Listing<R, V> = {
  readonly cursors: Cursors;
  readonly list: string;
  /** The list's own address with its filters, without cursor and limit. */
  readonly path: string;
  readonly filters: Readonly<Record<string, string>>;
  readonly limit: number;
  readonly page: Page<R>;
  readonly positionOf: (row: R) => PagePosition;
  readonly view: (row: R) => V;
};

type ListAnswer<V> = {
  readonly status: 200;
  readonly body: { readonly items: readonly V[]; readonly next: string | null };
  readonly headers: { readonly Link: string };
};

export const listAnswer = <R, V>({
  cursors,
  list,
  path,
  filters,
  limit,
  page,
  view,
  ...rest
}: Listing<R, V>): ListAnswer<V> => {
  const last = page.rows.at(-1);
  const address = (more: Readonly<Record<string, string>>): string =>
    `${path}?${new URLSearchParams({ ...filters, limit: String(limit), ...more }).toString()}`;
  const next = page.more && last !== undefined ? address({ cursor: cursors.write(list, rest.positionOf(last)) }) : null;
  const links = [`<${address({})}>; rel="first"`, ...(next === null ? [] : [`<${next}>; rel="next"`])];
  return { status: 200, body: { items: page.rows.map(view), next }, headers: { Link: links.join(', ') } };
};

type Walk<R, V> = Omit<Listing<R, V>, 'list' | 'filters' | 'limit' | 'page'> & {
  readonly name: string;
  /** Whose cursors these are: nobody reads on with another's. */
  readonly reader: string;
  readonly query: Asked;
  readonly filters?: Readonly<Record<string, string | undefined>>;
  readonly read: (asked: { readonly limit: number; readonly after?: PagePosition }) => Promise<readonly R[]>;
};

/** A whole list route: where the cursor stands, one row more than asked, and the page with its links. */
export const listPage = async <R, V>({
  name,
  reader,
  query,
  filters: wanted = {},
  read,
  ...rest
}: Walk<R, V>): Promise<ListAnswer<V>> => {
  const { limit } = query;
  const filters = givenFilters(wanted);
  const list = listName(name, reader, filters);
  const after = positionOf(rest.cursors, list, query);
  const found = await read({ limit: limit + 1, ...(after === undefined ? {} : { after }) });
  return listAnswer({ ...rest, list, filters, limit, page: pageFrom(found, limit) });
};

/** The filters that were given, as text: part of the list's name and of its addresses. */
export const givenFilters = (filters: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(filters)
      .filter((pair): pair is [string, string] => pair[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

export const listName = (name: string, caller: string, filters: Readonly<Record<string, string>>): string =>
  `${name} ${caller} ${new URLSearchParams(filters).toString()}`;
