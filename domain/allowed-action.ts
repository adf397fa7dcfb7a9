// What a person may do on a request right now, with the reason for each command that is closed to them.
import type { Actor } from './actor.js';
import { holds, peopleBehind } from './actor.js';
import type { PersonCommandKind } from './command.js';
import { personCommandKinds } from './command.js';
import type { Context } from './decision.js';
import { capacitiesOf } from './delegation.js';
import type { GrantRequest } from './grant-request.js';
import { mayAct } from './permissions.js';
import { holderFault, reassignableBy } from './reassignment.js';
import type { Refusal } from './refusal.js';
import type { Task } from './task.js';
import { tasksOf } from './task.js';

export type AllowedAction = {
  readonly command: PersonCommandKind;
  readonly allowed: boolean;
  readonly refusal?: Refusal;
  /** Tranches or reports this command is waited for on. */
  readonly numbers?: readonly number[];
};

const isFor = (task: Task, actor: Actor): boolean =>
  (task.personId === undefined || peopleBehind(actor).includes(task.personId)) &&
  // Two roles may release, each its own tranches.
  (task.command !== 'releaseTranche' || holds(actor, task.role)) &&
  (task.level === undefined || actor.roles.some((held) => held.level === task.level)) &&
  (task.governorate === undefined || actor.roles.some((held) => held.governorate === task.governorate));

/** Commands that only make sense as the answer to an open task; the others (withdraw, suspend …) are open whenever the gate is. */
const freely: readonly PersonCommandKind[] = [
  'declareInterest',
  'castVote',
  'declineAgreement',
  'recordVisit',
  'suspend',
  'withdraw',
  'terminate',
  'recordRefund',
  'recordRecovery',
  'migratePlan',
];

/** Open to supervisors while there is something to give; others never see it. */
const reassignmentOf = (actor: Actor, tasks: readonly Task[], { plan }: Context): AllowedAction => {
  const allowed = reassignableBy(actor, tasks, plan).length > 0;
  return { command: 'reassignTask', allowed, ...(allowed ? {} : { refusal: { code: 'notYourRole' } }) };
};

const actionOf = (
  request: GrantRequest,
  kind: PersonCommandKind,
  actor: Actor,
  tasks: readonly Task[],
  context: Context,
): AllowedAction => {
  const fault = mayAct(request, kind, actor, context.plan);
  if (fault) return { command: kind, allowed: false, refusal: fault.refusal };
  if (kind === 'reassignTask') return reassignmentOf(actor, tasks, context);
  const waiting = tasks.filter((task) => task.command === kind);
  const mine = waiting.filter((task) => isFor(task, actor));
  const numbers = mine.flatMap((task) => (task.number === undefined ? [] : [task.number]));
  if (mine.length > 0) return { command: kind, allowed: true, ...(numbers.length > 0 ? { numbers } : {}) };
  const held = holderFault(request, { kind, by: actor, body: {} }, context);
  if (freely.includes(kind) && held === null) return { command: kind, allowed: true };
  return {
    command: kind,
    allowed: false,
    refusal: { code: waiting.length > 0 ? 'notAssigned' : 'conditionsNotMet', rule: 'no-open-task' },
  };
};

/** In whichever right it is allowed; otherwise the reason in the first right that has the role at all. */
const actionFor = (
  request: GrantRequest,
  kind: PersonCommandKind,
  actor: Actor,
  tasks: readonly Task[],
  context: Context,
): AllowedAction[] => {
  const ways = capacitiesOf(actor, context.nowMs).map((by) => actionOf(request, kind, by, tasks, context));
  const inRole = ways.filter(({ refusal }) => refusal?.code !== 'notYourRole');
  return [inRole.find(({ allowed }) => allowed) ?? inRole[0]].filter((action) => action !== undefined);
};

/** Commands that the caller's roles can ever give, in the order of the lifecycle; `notYourRole` is left out. */
export const allowedActions = (request: GrantRequest, actor: Actor, context: Context): AllowedAction[] => {
  const tasks = tasksOf(request, context);
  return personCommandKinds
    .filter((kind) => kind !== 'submitRequest')
    .flatMap((kind) => actionFor(request, kind, actor, tasks, context));
};
