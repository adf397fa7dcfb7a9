// Keyset paging: a page starts after a position, never at a count, so that page 1,000 costs what page 1 costs.
import { trusted } from 'mongoose';

/** Where a page ended: the sort value of its last row as text, and that row's id as the tie-breaker. */
export type PagePosition = { readonly value: string; readonly id: string };

export const isPagePosition = (value: Readonly<Record<string, unknown>>): value is PagePosition =>
  typeof value['value'] === 'string' && typeof value['id'] === 'string';

export type SortOrder = { readonly field: string; readonly direction: 1 | -1 };
type SortValue = Date | bigint | number;

/** Sorts rows without a due time behind all that have one. */
export const never = new Date(Date.UTC(9999, 11, 31));

/** One interval of an index: what its rows meet, and the order to walk it in. */
export type Range = {
  readonly where: Readonly<Record<string, unknown>>;
  readonly order: Readonly<Record<string, 1 | -1>>;
};

/**
 * The ranges behind a position, in order: the rest of the rows with the same sort value, then the rows beyond it. Two
 * ranges, not one `$or`: each is then a tight interval of the index, however many rows share a value.
 */
export const rangesAfter = (
  { field, direction }: SortOrder,
  after: PagePosition | undefined,
  read: (text: string) => SortValue,
): Range[] => {
  const order = { [field]: direction, _id: direction };
  if (after === undefined) return [{ where: {}, order }];
  const value = read(after.value);
  const beyond = <T>(edge: T) => trusted(direction === 1 ? { $gt: edge } : { $lt: edge });
  return [
    // Rows that tie are ordered by id alone; naming the field again makes the planner sort what is sorted.
    { where: { [field]: value, _id: beyond(after.id) }, order: { _id: direction } },
    { where: { [field]: beyond(value) }, order },
  ];
};

/** Reads range after range until the page is full. */
export const pageOf = async <T>(
  ranges: readonly Range[],
  limit: number,
  read: (range: Range, limit: number) => PromiseLike<T[]>,
): Promise<T[]> => {
  const rows: T[] = [];
  for (const range of ranges) {
    if (rows.length >= limit) break;
    rows.push(...(await read(range, limit - rows.length)));
  }
  return rows;
};
