// Writing tasks: the difference between what a request waited for and what it waits for now. Activities only.
import type { mongo } from 'mongoose';
import type { Context } from '../domain/decision.js';
import { withCalendarChange } from '../domain/calendar-change.js';
import { explainDue } from '../domain/due.js';
import type { GrantRequest } from '../domain/grant-request.js';
import type { Task } from '../domain/task.js';
import { tasksOf } from '../domain/task.js';
import { never } from './keyset.js';
import type { Heading } from './request-heading.projection.js';
import type { TaskDocument } from './task.model.js';
import { audienceOf, organisationWatcher, taskCollection } from './task.model.js';
import type { Session } from './transaction.js';

type TaskContent = Omit<TaskDocument, 'openedAt'>;

/** The newest of those who acted; one request has fewer than this many who follow it. */
const mostWatchers = 20;

/**
 * Who follows the request to see it answered: the people whose act it goes on from, and its NGO unless that is awaited
 * itself. An NGO's people follow through their NGO, and committee members through their session's minutes: twelve of them on
 * every award would make each task dear to write.
 */
const watchersOf = ({ acts, file }: GrantRequest, task: Pick<Task, 'personId' | 'organisationId'>): string[] => {
  const people = acts
    .filter(({ duty, personId }) => duty !== 'apply' && duty !== 'vote' && personId !== task.personId)
    .map(({ personId }) => personId);
  const ngo = file === null || task.organisationId !== undefined ? [] : [organisationWatcher(file.organisationId)];
  return [...ngo, ...[...new Set(people.reverse())].slice(0, mostWatchers)];
};

/** Twelve votes are one thing to wait for: of the tasks that ask for the same command only the first is watched. */
const firstOfCommand = (tasks: readonly Task[], index: number): boolean =>
  tasks.findIndex(({ command }) => command === tasks[index]?.command) === index;

const contentsOf = (request: GrantRequest, heading: Heading, context: Context): TaskContent[] => {
  const { file, award, position } = request;
  if (file === null) return [];
  const amountMinor = award?.amountMinor ?? file.requestedMinor;
  const { calendar } = withCalendarChange(context, request.calendarChange).plan;
  const tasks = tasksOf(request, context);
  return tasks.map(({ dueAtMs, dueBasis, ...task }, index) => ({
    _id: `${request.id}/${task.name}`,
    requestId: request.id,
    ...heading,
    ...task,
    audience: audienceOf(task.role, task),
    watchers: firstOfCommand(tasks, index) ? watchersOf(request, task) : [],
    stage: position.stage,
    dueAt: dueAtMs === null ? null : new Date(dueAtMs),
    dueOrder: dueAtMs === null ? never : new Date(dueAtMs),
    ...(dueBasis ? { dueBecause: explainDue(calendar, dueBasis) } : {}),
    programmeCode: file.programmeCode,
    governorates: file.governorates,
    amountMinor,
    amountOrder: BigInt(amountMinor),
  }));
};

const textOf = (content: TaskContent): string =>
  JSON.stringify({ ...content, amountOrder: content.amountMinor, dueOrder: content.dueAt });

type Seen = { readonly request: GrantRequest; readonly heading: Heading };

/** Only tasks that changed are written; one that stays keeps the time it was opened. */
export const taskChanges = (
  before: Seen | null,
  after: Seen,
  context: Context,
): mongo.AnyBulkWriteOperation<TaskDocument>[] => {
  const old = before ? contentsOf(before.request, before.heading, context) : [];
  const current = contentsOf(after.request, after.heading, context);
  const texts = new Map(old.map((content) => [content._id, textOf(content)]));
  const ids = new Set(current.map((content) => content._id));
  const gone = old.filter((content) => !ids.has(content._id)).map((content) => content._id);
  const changed = current.filter((content) => texts.get(content._id) !== textOf(content));
  const openedAt = new Date(context.nowMs);
  return [
    ...(gone.length > 0 ? [{ deleteMany: { filter: { _id: { $in: gone } } } }] : []),
    ...changed.map(({ _id, ...content }) => ({
      updateOne: { filter: { _id }, update: { $set: content, $setOnInsert: { openedAt } }, upsert: true },
    })),
  ];
};

export const changeTasks = async (
  session: Session,
  changes: readonly mongo.AnyBulkWriteOperation<TaskDocument>[],
): Promise<void> => {
  if (changes.length > 0) await taskCollection().bulkWrite([...changes], { session, ordered: false });
};
