// Saved views of the inbox: a box with filters and a sort under a name of the person's own.
import { z } from 'zod';
import type { InboxView } from '../../persistence/inbox-view.repository.js';
import {
  deleteInboxView,
  inboxViewsOf,
  mostInboxViews,
  saveInboxView,
} from '../../persistence/inbox-view.repository.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { opaqueId } from '../opaque-id.js';
import { Problem } from '../problem.js';
import { inboxView } from '../schemas/inbox.schema.js';
import { id } from '../schemas/text.schema.js';

const savedView = z.object({ viewId: id, ...inboxView.shape });
const tagged = { tag: 'inbox', roles: [], success: 200, query: nothing } as const;
const changing = [
  ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'keyInProgress'] as const),
  ...(['keyReusedWithOtherContent', 'tooManyRequests', 'unavailable'] as const),
];

const list = (): Endpoint =>
  signedInEndpoint(
    {
      ...tagged,
      operationId: 'listInboxViews',
      method: 'get',
      path: '/inbox/views',
      summary: { ar: 'طرق العرض المحفوظة لصندوق المهام', en: "The caller's saved views of the inbox" },
      problems: ['notSignedIn', 'invalidInput'],
      response: z.object({ items: z.array(savedView) }),
      params: nothing,
      body: nothing,
    },
    async (_input, { caller }): Promise<Answer> => ({
      status: 200,
      body: { items: await inboxViewsOf(caller.personId) },
    }),
  );

const noRoom = () =>
  new Problem('invalidInput', {
    errors: [
      {
        pointer: '/body/name',
        code: 'too_big',
        messages: {
          ar: `لا تُحفظ أكثر من ${mostInboxViews} طريقة عرض؛ احذف واحدة أولاً`,
          en: `No more than ${mostInboxViews} views are kept; delete one first`,
        },
      },
    ],
  });

const view = (box: InboxView['box'], name: string, nameOfStage: string) => ({
  name,
  box,
  filters: { stage: nameOfStage, late: true },
  sort: 'due',
});

const save = (): Endpoint =>
  changeEndpoint(
    {
      ...tagged,
      operationId: 'saveInboxView',
      method: 'post',
      path: '/inbox/views',
      summary: { ar: 'حفظ طريقة عرض لصندوق المهام', en: 'Save a view of the inbox; one of the same name is replaced' },
      problems: changing,
      response: savedView,
      examples: { ar: view('team', 'فحص متأخر', 'screening'), en: view('team', 'Late screenings', 'screening') },
      params: nothing,
      body: inboxView,
      keys: 'a-while',
    },
    async ({ body }, { caller }): Promise<Answer> => {
      const saved: InboxView = { viewId: opaqueId('view', `${caller.personId}\n${body.name}`), ...body };
      if (!(await saveInboxView(caller.personId, saved))) throw noRoom();
      return { status: 200, body: saved };
    },
  );

const remove = (): Endpoint =>
  changeEndpoint(
    {
      ...tagged,
      operationId: 'deleteInboxView',
      method: 'post',
      path: '/inbox/views/{viewId}/deletion',
      summary: { ar: 'حذف طريقة عرض محفوظة', en: 'Delete a saved view of the inbox' },
      problems: [...changing, 'notFound'],
      response: z.object({ viewId: id }),
      examples: { ar: {}, en: {} },
      params: z.strictObject({ viewId: id }),
      body: nothing,
      keys: 'a-while',
    },
    async ({ params }, { caller }): Promise<Answer> => {
      if (!(await deleteInboxView(caller.personId, params.viewId))) throw new Problem('notFound');
      return { status: 200, body: { viewId: params.viewId } };
    },
  );

export const inboxViewRoutes = (): Endpoint[] => [list(), save(), remove()];
