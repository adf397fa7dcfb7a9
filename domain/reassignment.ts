// Giving a task to another person (lifecycle.md §9): a reviewer replaced by another, an officer's task given to one officer.
// A supervisor does it, with a reason; people's votes, approvals, releases and the work of NGOs and directorates are nobody's to give.
import type { Actor, Role } from './actor.js';
import { holds, peopleBehind } from './actor.js';
import type { PersonCommand, PersonCommandKind } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { Folds } from './fold.js';
import type { GrantRequest } from './grant-request.js';
import { permissions } from './permissions.js';
import type { Plan } from './plan.js';
import { isUnreasoned } from './reason.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { dutyConflictOf } from './separation-of-duties.js';
import type { Task } from './task.js';
import { tasksOf } from './task.js';

const officers: readonly Role[] = ['screeningOfficer', 'financeOfficer', 'monitoringOfficer'];

const supervises = (actor: Actor, { role, personId }: Task, { supervision }: Plan): boolean => {
  if (role === 'reviewer') return personId !== undefined && holds(actor, 'committeeSecretary');
  return (
    officers.includes(role) &&
    actor.roles.some(
      (held) => held.role === 'approver' && supervision?.levels.some((level) => level === held.level) === true,
    )
  );
};

/** Open tasks that this person may give to somebody else. */
export const reassignableBy = (actor: Actor, tasks: readonly Task[], plan: Plan): Task[] =>
  tasks.filter((task) => supervises(actor, task, plan));

const takerFault = (request: GrantRequest, task: Task, to: Actor, plan: Plan): { refusal: Refusal } | null => {
  if (task.personId === to.personId) return refuse('alreadyActed', 'task-holder');
  if (!to.roles.some(({ role, onBehalfOf }) => role === task.role && onBehalfOf === undefined))
    return refuse('conditionsNotMet', 'taker-holds-role', task.role);
  if (request.conflicted.includes(to.personId)) return refuse('conflictOfInterest', 'taker-excluded');
  return dutyConflictOf(request, to, permissions[task.command].duty, plan);
};

const replaceReviewer = (request: GrantRequest, from: string, to: Actor): Decision => {
  const { assigned } = request.review;
  if (assigned.some(({ personId }) => personId === to.personId)) return refuse('alreadyActed', 'reviewers-distinct');
  const busy = request.acts.some((act) => act.personId === to.personId && act.duty !== 'score');
  if (busy) return refuse('dutyConflict', 'reviewer-has-acted');
  return happened({ kind: 'reviewerReplaced', from, to: { personId: to.personId, name: to.name } });
};

export const decideReassignment = (
  request: GrantRequest,
  command: PersonCommand<'reassignTask'>,
  context: Context,
): Decision => {
  const { to } = command.body;
  const task = tasksOf(request, context).find(({ name }) => name === command.body.task);
  if (task === undefined) return refuse('conditionsNotMet', 'task-open');
  if (!supervises(command.by, task, context.plan)) return refuse('notYourRole', 'supervisor-of', task.role);
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  const { personId, name } = task;
  if (to === null) {
    if (task.role === 'reviewer') return refuse('conditionsNotMet', 'somebody-takes-over');
    return personId === undefined
      ? refuse('alreadyActed', 'task-is-everybodys')
      : happened({ kind: 'taskAssigned', task: name, to });
  }
  const fault = takerFault(request, task, to, context.plan);
  if (fault) return fault;
  if (task.role === 'reviewer') return replaceReviewer(request, personId ?? '', to);
  return happened({ kind: 'taskAssigned', task: name, to: { personId: to.personId, name: to.name } });
};

type Person = { readonly personId: string };

/** As much of a command as says which task it answers. */
type Answering = { readonly kind: PersonCommandKind; readonly by: Actor; readonly body: object };

/** A task that was given to one person is refused to the others with its role. */
export const holderFault = (
  request: GrantRequest,
  { kind, by, body }: Answering,
  context: Context,
): { refusal: Refusal } | null => {
  const { holders } = request;
  if (holders === undefined) return null;
  const number = 'number' in body ? body.number : undefined;
  const open = tasksOf(request, context).filter(
    (task) => task.command === kind && task.number === number && holds(by, task.role),
  );
  const free = open.some(({ name }) => isFor(holders[name], by));
  return open.length === 0 || free ? null : refuse('notAssigned', 'task-holder');
};

const isFor = (holder: Person | undefined, actor: Actor): boolean =>
  holder === undefined || peopleBehind(actor).includes(holder.personId);

export const reassignmentFolds: Folds<'reviewerReplaced' | 'taskAssigned'> = {
  reviewerReplaced: (request, { from, to }) => ({
    ...request,
    review: {
      ...request.review,
      assigned: request.review.assigned.map((reviewer) => (reviewer.personId === from ? to : reviewer)),
    },
  }),
  taskAssigned: (request, { task, to }) => {
    const others = Object.entries(request.holders ?? {}).filter(([name]) => name !== task);
    return { ...request, holders: Object.fromEntries(to === null ? others : [...others, [task, to]]) };
  },
};
