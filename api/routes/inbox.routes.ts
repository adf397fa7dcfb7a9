// The inbox: what waits for the caller, for their team, and what they wait for; a page at a time, and how much is in each box.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { unreadNotices } from '../../persistence/notice.reads.js';
import type { InboxFilter, InboxOwner, InboxQuery } from '../../persistence/task.reads.js';
import { countInbox, inboxOf, taskPosition } from '../../persistence/task.reads.js';
import { organisationsOf } from '../access.js';
import { endOfDayInCairo } from '../cairo-day.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { holidayNamesIn } from '../holiday-names.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { inboxBoxes, inboxFilters, inboxOrder, inboxSort } from '../schemas/inbox.schema.js';
import { taskSchema, taskView } from '../views/inbox.view.js';

const inboxParameters = z.strictObject({
  ...pageQuery,
  box: z
    .enum(inboxBoxes)
    .exactOptional()
    .meta({ description: 'Without it, what the caller may answer: mine and team' }),
  role: z.enum(roles).exactOptional().meta({ description: 'Narrows mine and team to one of the roles held' }),
  ...inboxFilters,
  late: z.enum(['true']).exactOptional(),
  sort: inboxSort.default('due'),
  order: inboxOrder.exactOptional(),
});
type Parameters = z.output<typeof inboxParameters>;

const ownerOf = (caller: Actor): InboxOwner => ({
  personId: caller.personId,
  roles: caller.roles,
  organisations: organisationsOf(caller),
});

const earliest = (dates: readonly Date[]): Date | undefined => [...dates].sort((a, b) => a.getTime() - b.getTime())[0];

const filterOf = ({ command, stage, programmeCode, governorate, late, dueBefore }: Parameters, now: Date) => {
  const before = earliest([
    ...(late === undefined ? [] : [now]),
    ...(dueBefore === undefined ? [] : [new Date(dueBefore)]),
  ]);
  return {
    ...(command === undefined ? {} : { command }),
    ...(stage === undefined ? {} : { stage }),
    ...(programmeCode === undefined ? {} : { programmeCode }),
    ...(governorate === undefined ? {} : { governorate }),
    ...(before === undefined ? {} : { dueBefore: before }),
  } satisfies InboxFilter;
};

const usualOrder = { due: 'asc', opened: 'asc', amount: 'desc' } as const;

const queryOf = (asked: Parameters, caller: Actor, now: Date): Omit<InboxQuery, 'limit'> => {
  const { box = 'all', role, sort, order } = asked;
  const owner = ownerOf(caller);
  // What others are waited for does not depend on one's own roles; but what one may answer is never among it.
  const held = box === 'waiting' ? owner.roles : owner.roles.filter((one) => role === undefined || one.role === role);
  const reversed = order !== undefined && order !== usualOrder[sort];
  return { ...owner, roles: held, box, filter: filterOf(asked, now), sort, reversed };
};

const list = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listInbox',
      method: 'get',
      path: '/inbox',
      tag: 'inbox',
      summary: { ar: 'صندوق المهام', en: "The caller's open tasks, those of their team, and those they wait for" },
      roles: [],
      problems: ['notSignedIn', 'invalidInput', 'badCursor'],
      success: 200,
      response: pageOf(taskSchema),
      params: nothing,
      query: inboxParameters,
      body: nothing,
    },
    ({ query }, { caller }) => {
      const filters = { ...query, limit: undefined, cursor: undefined };
      const now = new Date();
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/inbox', query, filters },
        read: async (page) => {
          const found = await inboxOf({ ...queryOf(query, caller, now), ...page });
          const names = await holidayNamesIn(found);
          return found.map((task) => ({ task, names }));
        },
        positionOf: ({ task }) => taskPosition(task, query.sort),
        view: ({ task, names }) => taskView(task, caller, { now, names }),
      });
    },
  );

/** Counting further would cost more the fuller a box is, and nobody works by the difference. */
const mostCounted = 1_000;

const counted = z.object({
  count: z.int(),
  atLeast: z.boolean().meta({ description: `There are more; counting ends at ${mostCounted}` }),
});
const countsSchema = z.object({
  mine: counted,
  team: counted,
  waiting: counted,
  late: counted.meta({ description: 'Of mine and team, those whose due time has passed' }),
  dueToday: counted.meta({ description: 'Of mine and team, those due from now until the end of the day in Cairo' }),
  unreadNotices: counted,
});

const upTo = async (counting: (atMost: number) => Promise<number>): Promise<z.output<typeof counted>> => {
  const found = await counting(mostCounted + 1);
  return { count: Math.min(found, mostCounted), atLeast: found > mostCounted };
};

const countsOf = async (caller: Actor): Promise<z.output<typeof countsSchema>> => {
  const owner = ownerOf(caller);
  const now = new Date();
  const today = { dueFrom: now, dueBefore: endOfDayInCairo(now) };
  const inBox = (box: InboxQuery['box'], filter: InboxFilter = {}) =>
    upTo((atMost) => countInbox({ ...owner, box }, filter, atMost));
  const [mine, team, waiting, late, dueToday, unread] = await Promise.all([
    inBox('mine'),
    inBox('team'),
    inBox('waiting'),
    inBox('all', { dueBefore: now }),
    inBox('all', today),
    upTo((atMost) => unreadNotices(caller.personId, atMost)),
  ]);
  return { mine, team, waiting, late, dueToday, unreadNotices: unread };
};

const counts = (): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'countInbox',
      method: 'get',
      path: '/inbox/counts',
      tag: 'inbox',
      summary: { ar: 'أعداد صندوق المهام', en: 'How much is in each box of the inbox' },
      roles: [],
      problems: ['notSignedIn', 'invalidInput'],
      success: 200,
      response: countsSchema,
      params: nothing,
      query: nothing,
      body: nothing,
    },
    async (_input, { caller }): Promise<Answer> => ({ status: 200, body: await countsOf(caller) }),
  );

export const inboxRoutes = (deps: RouteDeps): Endpoint[] => [list(deps), counts()];
