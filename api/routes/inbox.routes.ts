// The inbox: what waits for the caller, a page at a time.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import { personCommandKinds } from '../../domain/command.js';
import { stageNames } from '../../domain/lifecycle.js';
import type { TaskRow } from '../../persistence/task.reads.js';
import { inboxOf, taskPosition } from '../../persistence/task.reads.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { holidayNamesIn } from '../holiday-names.js';
import { givenFilters, listAnswer, listName, pageFrom, pageOf, pageQuery, positionOf } from '../paging.js';
import { egp, id, instant, money, version } from '../schemas/text.schema.js';
import type { HolidayNames } from '../views/due.view.js';
import { dueBecause, dueBecauseOf } from '../views/due.view.js';

const task = z.object({
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
  level: z.string().nullable(),
  mine: z.boolean().meta({ description: 'Only the caller is waited for; otherwise everyone with the role is' }),
  programmeCode: z.string(),
  amount: money,
  dueAt: instant.nullable(),
  dueBecause: dueBecause.nullable(),
  late: z.boolean(),
  rerouted: z
    .boolean()
    .meta({ description: 'Nobody answered in time: the caller sees to it, whoever may answer is still waited for' }),
  openedAt: instant,
  expectedVersion: version.meta({ description: 'What to send with the command' }),
});

const viewOf = (row: TaskRow, now: Date, names: HolidayNames): z.output<typeof task> => ({
  requestId: row.requestId,
  reference: row.reference ?? null,
  titleAr: row.titleAr ?? null,
  titleEn: row.titleEn ?? null,
  name: row.name,
  command: row.command,
  role: row.role,
  stage: row.stage,
  number: row.number ?? null,
  governorate: row.governorate ?? null,
  level: row.level ?? null,
  mine: row.personId !== undefined,
  programmeCode: row.programmeCode,
  amount: egp(row.amountMinor),
  dueAt: row.dueAt?.toISOString() ?? null,
  dueBecause: row.dueBecause ? dueBecauseOf(row.dueBecause, names) : null,
  late: row.dueAt !== null && row.dueAt < now,
  rerouted: row.rerouted === true,
  openedAt: row.openedAt.toISOString(),
  expectedVersion: row.sinceVersion,
});

export const inboxRoutes = ({ cursors }: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      operationId: 'listInbox',
      method: 'get',
      path: '/inbox',
      tag: 'inbox',
      summary: { ar: 'صندوق المهام', en: "The caller's open tasks" },
      roles: [],
      problems: ['notSignedIn', 'invalidInput', 'badCursor'],
      success: 200,
      response: pageOf(task),
      params: nothing,
      query: z.strictObject({
        ...pageQuery,
        role: z.enum(roles).exactOptional(),
        sort: z.enum(['due', 'opened', 'amount']).default('due'),
      }),
      body: nothing,
    },
    async ({ query }, { caller }) => {
      const { limit, sort, role } = query;
      const filters = givenFilters({ role, sort });
      const list = listName('inbox', caller.personId, filters);
      const after = positionOf(cursors, list, query);
      const held = caller.roles.filter((one) => role === undefined || one.role === role);
      const asked = { roles: held, personId: caller.personId, sort, limit: limit + 1 };
      const found = await inboxOf({ ...asked, ...(after === undefined ? {} : { after }) });
      const names = await holidayNamesIn(found);
      const now = new Date();
      return listAnswer({
        ...{ cursors, list, path: '/v1/inbox', filters, limit },
        page: pageFrom(found, limit),
        positionOf: (row) => taskPosition(row, sort),
        view: (row) => viewOf(row, now, names),
      });
    },
  ),
];
