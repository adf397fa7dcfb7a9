// Reads of tasks: the boxes of a person's inbox, a page at a time, how much is in each, and the open tasks of one request.
import { trusted } from 'mongoose';
import type { PersonCommandKind } from '../domain/command.js';
import type { RoleHeld } from '../domain/actor.js';
import type { Stage } from '../domain/lifecycle.js';
import type { PagePosition, Range, SortOrder } from './keyset.js';
import { never, pageOf, rangesAfter } from './keyset.js';
import type { TaskDocument, TaskHead, TaskSort } from './task.model.js';
import { organisationWatcher, ownAudiences, taskIndexName, TaskModel, taskSorts, teamAudiences } from './task.model.js';

/** Tasks recorded before there were boxes have neither watchers nor places until their request goes on. */
type Later = 'watchers' | 'governorates';
export type TaskRow = Omit<TaskDocument, 'amountOrder' | 'dueOrder' | 'audience' | Later> &
  Partial<Pick<TaskDocument, Later>>;
const rowFields = { amountOrder: 0, dueOrder: 0, audience: 0 } as const;

/** `all` is what the person may answer: mine and team together. */
export const boxes = ['all', 'mine', 'team', 'waiting'] as const;
export type Box = (typeof boxes)[number];

/** Whose inbox it is. `organisations` are those whose requests the person follows as one of the NGO's people. */
export type InboxOwner = {
  readonly personId: string;
  readonly roles: readonly RoleHeld[];
  readonly organisations: readonly string[];
};

export type InboxFilter = {
  readonly command?: PersonCommandKind;
  readonly stage?: Stage;
  readonly programmeCode?: string;
  readonly governorate?: string;
  /** Tasks whose due time is before this instant; with the present instant, those that are late. */
  readonly dueBefore?: Date;
  readonly dueFrom?: Date;
};

export type InboxQuery = InboxOwner & {
  readonly box: Box;
  readonly filter?: InboxFilter;
  readonly sort: TaskSort;
  /** The other way round than the sort's own direction. */
  readonly reversed?: boolean;
  readonly after?: PagePosition;
  readonly limit: number;
};

type Conditions = Readonly<Record<string, unknown>>;
type Reach = { readonly head: TaskHead; readonly where: Conditions };

/** Each audience, and each watcher, is one interval of the index in the order of the sort; the server merges them. */
const reachOf = ({ box, personId, roles, organisations }: InboxOwner & { readonly box: Box }): Reach => {
  const own = ownAudiences(roles, personId);
  const team = teamAudiences(roles);
  const among = (audiences: readonly string[]): Reach => {
    return { head: 'audience', where: { audience: trusted({ $in: [...audiences] }) } };
  };
  switch (box) {
    case 'all':
      return among([...own, ...team]);
    case 'mine':
      return among(own);
    case 'team':
      return among(team);
    case 'waiting': {
      const watchers = trusted({ $in: [personId, ...organisations.map(organisationWatcher)] });
      // What the person may answer is not something they wait for, also when they acted on the request before.
      return { head: 'watchers', where: { watchers, audience: trusted({ $nin: [...own, ...team] }) } };
    }
  }
};

const dueBetween = ({ dueFrom, dueBefore }: InboxFilter): Conditions[] =>
  dueFrom === undefined && dueBefore === undefined
    ? []
    : [
        {
          dueOrder: trusted({
            ...(dueFrom === undefined ? {} : { $gte: dueFrom }),
            ...(dueBefore === undefined ? {} : { $lt: dueBefore }),
          }),
        },
      ];

const filterOf = (filter: InboxFilter): Conditions[] => {
  const { command, stage, programmeCode, governorate } = filter;
  const equal = { command, stage, programmeCode, governorates: governorate };
  const given = Object.entries(equal).filter(([, value]) => value !== undefined);
  return [...(given.length === 0 ? [] : [Object.fromEntries(given)]), ...dueBetween(filter)];
};

const readSortValue =
  (sort: TaskSort) =>
  (text: string): Date | bigint =>
    sort === 'amount' ? BigInt(text) : new Date(text);

const orderOf = ({ sort, reversed = false }: InboxQuery): SortOrder => {
  const { field, direction } = taskSorts[sort];
  return { field, direction: reversed === (direction === 1) ? -1 : 1 };
};

const inboxRanges = (query: InboxQuery): Range[] => rangesAfter(orderOf(query), query.after, readSortValue(query.sort));

const inboxQuery = (query: InboxQuery, { where, order }: Range) => {
  const { head, where: reach } = reachOf(query);
  const conditions = [reach, where, ...filterOf(query.filter ?? {})];
  return TaskModel.find({ $and: conditions }, rowFields)
    .sort(order)
    .limit(query.limit)
    .hint(taskIndexName(head, query.sort));
};

export const inboxOf = (query: InboxQuery): Promise<TaskRow[]> =>
  pageOf(inboxRanges(query), query.limit, (range, limit) =>
    inboxQuery({ ...query, limit }, range)
      .lean<TaskRow[]>()
      .exec(),
  );

/** How many there are, counted no further than asked, so that it costs the same however full a box is. */
export const countInbox = (
  box: InboxOwner & { readonly box: Box },
  filter: InboxFilter,
  atMost: number,
): Promise<number> => {
  const { head, where } = reachOf(box);
  return TaskModel.countDocuments({ $and: [where, ...dueBetween(filter)] })
    .limit(atMost)
    .hint(taskIndexName(head, 'due'))
    .exec();
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
    inboxRanges(query).map((range): Promise<unknown> => inboxQuery(query, range).explain('executionStats').exec()),
  );
