// Reads of tasks: a person's inbox, a page at a time, and the open tasks of one request.
import { trusted } from 'mongoose';
import type { RoleHeld } from '../domain/actor.js';
import type { PagePosition, Range } from './keyset.js';
import { never, pageOf, rangesAfter } from './keyset.js';
import type { TaskDocument, TaskSort } from './task.model.js';
import { audiencesOf, taskIndexName, TaskModel, taskSorts } from './task.model.js';

export type TaskRow = Omit<TaskDocument, 'amountOrder' | 'dueOrder' | 'audience'>;
const rowFields = { amountOrder: 0, dueOrder: 0, audience: 0 } as const;

export type InboxQuery = {
  readonly roles: readonly RoleHeld[];
  readonly personId: string;
  readonly sort: TaskSort;
  readonly after?: PagePosition;
  readonly limit: number;
};

const readSortValue =
  (sort: TaskSort) =>
  (text: string): Date | bigint =>
    sort === 'amount' ? BigInt(text) : new Date(text);

/** Each audience is one interval of the index in the order of the sort; the server merges them without sorting. */
const inboxQuery = ({ roles, personId, sort, limit }: InboxQuery, { where, order }: Range) => {
  return TaskModel.find({ audience: trusted({ $in: audiencesOf(roles, personId) }), ...where }, rowFields)
    .sort(order)
    .limit(limit)
    .hint(taskIndexName(sort));
};

export const inboxOf = (query: InboxQuery): Promise<TaskRow[]> => {
  const ranges = rangesAfter(taskSorts[query.sort], query.after, readSortValue(query.sort));
  return pageOf(ranges, query.limit, (range, limit) =>
    inboxQuery({ ...query, limit }, range)
      .lean<TaskRow[]>()
      .exec(),
  );
};

/** Where a page that ends with this row ended. */
export const taskPosition = (row: TaskRow, sort: TaskSort): PagePosition => {
  switch (sort) {
    case 'due':
      return { value: (row.dueAt ?? never).toISOString(), id: row._id };
    case 'opened':
      return { value: row.openedAt.toISOString(), id: row._id };
    case 'amount':
      return { value: row.amountMinor, id: row._id };
  }
};

export const tasksOfRequest = (requestId: string): Promise<TaskRow[]> =>
  TaskModel.find({ requestId }, rowFields).sort({ _id: 1 }).lean<TaskRow[]>().exec();

/** How the database would run the inbox, one plan per range; for the test that proves the indexes. */
export const explainInbox = (query: InboxQuery): Promise<unknown[]> =>
  Promise.all(
    rangesAfter(taskSorts[query.sort], query.after, readSortValue(query.sort)).map(
      (range): Promise<unknown> => inboxQuery(query, range).explain('executionStats').exec(),
    ),
  );
