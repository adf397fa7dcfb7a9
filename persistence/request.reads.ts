// Reads of requests: one by id, its version, and lists by filter and sort, a page at a time.
import type { PagePosition, Range } from './keyset.js';
import { never, pageOf, rangesAfter } from './keyset.js';
import type { RequestDocument, RequestSort } from './request.model.js';
import { RequestModel, requestHeads, requestIndexName, requestSorts } from './request.model.js';

type Internal = 'amountOrder' | 'dueOrder';
export type RequestRecord = Omit<RequestDocument, Internal>;
export type RequestRow = Omit<RequestDocument, Internal | 'state' | 'headHash'>;

const recordFields = { amountOrder: 0, dueOrder: 0 } as const;
const rowFields = { ...recordFields, state: 0, headHash: 0 } as const;

export const requestById = (requestId: string): Promise<RequestRecord | null> =>
  RequestModel.findById(requestId, recordFields).lean<RequestRecord>().exec();

/** The NGO of a request; null before anything of it is recorded. */
export const organisationOf = async (requestId: string): Promise<string | null> => {
  const found = await RequestModel.findById(requestId, { organisationId: 1 }).lean();
  return found?.organisationId ?? null;
};

/** The recorded version alone, for waiting until a decision can be read; 0 when nothing is recorded. */
export const recordedVersion = async (requestId: string): Promise<number> => {
  const found = await RequestModel.findById(requestId, { version: 1 }).lean();
  return found?.version ?? 0;
};

export type RequestFilter = {
  readonly organisationId?: string;
  readonly governorate?: string;
  readonly programmeCode?: string;
  readonly status?: RequestDocument['status'];
  readonly stage?: RequestDocument['stage'];
};

export type RequestListQuery = {
  readonly filter: RequestFilter;
  readonly sort: RequestSort;
  readonly after?: PagePosition;
  readonly limit: number;
};

type Conditions = Omit<RequestFilter, 'governorate'> & { readonly governorates?: string };
const conditionsOf = ({ governorate, ...rest }: RequestFilter): Conditions => ({
  ...rest,
  ...(governorate === undefined ? {} : { governorates: governorate }),
});

const readSortValue =
  (sort: RequestSort) =>
  (text: string): Date | bigint =>
    sort === 'amount' ? BigInt(text) : new Date(text);

/** The order of `requestHeads` is that of selectivity: the first filter given leads the index, the others are checked on its rows. */
const listQuery = ({ filter, sort, limit }: RequestListQuery, { where, order }: Range) => {
  const conditions = conditionsOf(filter);
  const head = requestHeads.find((name) => conditions[name] !== undefined) ?? null;
  return RequestModel.find({ ...conditions, ...where }, rowFields)
    .sort(order)
    .limit(limit)
    .hint(requestIndexName(head, sort));
};

export const requestList = (query: RequestListQuery): Promise<RequestRow[]> => {
  const ranges = rangesAfter(requestSorts[query.sort], query.after, readSortValue(query.sort));
  return pageOf(ranges, query.limit, (range, limit) =>
    listQuery({ ...query, limit }, range)
      .lean<RequestRow[]>()
      .exec(),
  );
};

/** Where a page that ends with this row ended. */
export const requestPosition = (row: RequestRow, sort: RequestSort): PagePosition => {
  switch (sort) {
    case 'updated':
      return { value: row.updatedAt.toISOString(), id: row._id };
    case 'due':
      return { value: (row.nextDueAt ?? never).toISOString(), id: row._id };
    case 'amount':
      return { value: row.awardMinor ?? row.requestedMinor, id: row._id };
  }
};

/** How the database would run the list, one plan per range; for the test that proves the indexes. */
export const explainRequestList = (query: RequestListQuery): Promise<unknown[]> =>
  Promise.all(
    rangesAfter(requestSorts[query.sort], query.after, readSortValue(query.sort)).map(
      (range): Promise<unknown> => listQuery(query, range).explain('executionStats').exec(),
    ),
  );
