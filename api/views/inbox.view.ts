// A task as an inbox shows it. An NGO that waits for the Fund sees what is awaited and until when, but not of whom.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { holds, roles } from '../../domain/actor.js';
import { personCommandKinds } from '../../domain/command.js';
import { stageNames } from '../../domain/lifecycle.js';
import { organisationWatcher } from '../../persistence/task.model.js';
import type { TaskRow } from '../../persistence/task.reads.js';
import { organisationsOf } from '../access.js';
import { egp, id, instant, money, version } from '../schemas/text.schema.js';
import type { HolidayNames } from './due.view.js';
import { dueBecause, dueBecauseOf } from './due.view.js';
import { isSealedTask } from './sealed-review.js';

export const taskSchema = z.object({
  requestId: id,
  reference: z.string().nullable(),
  titleAr: z.string().nullable(),
  titleEn: z.string().nullable(),
  name: z.string(),
  command: z.enum(personCommandKinds),
  role: z.enum(roles),
  stage: z.enum(stageNames),
  number: z.int().nullable(),
  governorate: z.string().nullable(),
  governorates: z.array(z.string()).meta({ description: 'Where the project is' }),
  level: z.string().nullable(),
  mine: z.boolean().meta({ description: 'Only the caller is waited for; otherwise everyone with the role is' }),
  awaitedPersonId: z.string().nullable().meta({ description: 'Who alone is waited for, where the caller may know' }),
  programmeCode: z.string(),
  amount: money,
  dueAt: instant.nullable(),
  dueBecause: dueBecause.nullable(),
  late: z.boolean(),
  stoppedBy: z
    .string()
    .nullable()
    .meta({ description: 'The term of the source of money that stopped the last award; not shown to the NGO' }),
  rerouted: z
    .boolean()
    .meta({ description: 'Nobody answered in time: the caller sees to it, whoever may answer is still waited for' }),
  openedAt: instant,
  expectedVersion: version.meta({ description: 'What to send with the command' }),
});

const isFollowedByNgoOf = (caller: Actor, row: TaskRow): boolean =>
  organisationsOf(caller).some(
    (organisationId) => row.watchers?.includes(organisationWatcher(organisationId)) === true,
  );

type View = z.output<typeof taskSchema>;
export type Reading = { readonly now: Date; readonly names: HolidayNames };

const aboutRequest = (row: TaskRow) => ({
  requestId: row.requestId,
  reference: row.reference ?? null,
  titleAr: row.titleAr ?? null,
  titleEn: row.titleEn ?? null,
  programmeCode: row.programmeCode,
  governorates: [...(row.governorates ?? [])],
  amount: egp(row.amountMinor),
});

/** Who reviews is sealed from everybody but the secretary while the review goes on. */
const isMasked = (row: TaskRow, caller: Actor): boolean =>
  isFollowedByNgoOf(caller, row) || (isSealedTask(row, caller) && !holds(caller, 'committeeSecretary'));

const isWaitedFor = (row: TaskRow, { personId, roles: held }: Actor): boolean =>
  row.personId !== undefined &&
  (row.personId === personId || held.some(({ onBehalfOf }) => onBehalfOf?.personId === row.personId));

const whoIsAwaited = (row: TaskRow, caller: Actor): Pick<View, 'name' | 'mine' | 'awaitedPersonId'> =>
  isMasked(row, caller)
    ? { name: row.command, mine: false, awaitedPersonId: null }
    : { name: row.name, mine: isWaitedFor(row, caller), awaitedPersonId: row.personId ?? null };

export const taskView = (row: TaskRow, caller: Actor, { now, names }: Reading): View => ({
  ...aboutRequest(row),
  ...whoIsAwaited(row, caller),
  command: row.command,
  role: row.role,
  stage: row.stage,
  number: row.number ?? null,
  governorate: row.governorate ?? null,
  level: row.level ?? null,
  dueAt: row.dueAt?.toISOString() ?? null,
  dueBecause: row.dueBecause ? dueBecauseOf(row.dueBecause, names) : null,
  late: row.dueAt !== null && row.dueAt < now,
  stoppedBy: isMasked(row, caller) ? null : (row.stoppedBy ?? null),
  rerouted: row.rerouted === true,
  openedAt: row.openedAt.toISOString(),
  expectedVersion: row.sinceVersion,
});
