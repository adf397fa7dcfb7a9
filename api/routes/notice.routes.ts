// Notices to the caller, unread ones first, and marking one as read. What they say is the same as in the e-mail.
import { z } from 'zod';
import { noticeText } from '../../domain/notice-text.js';
import { noticeKinds, requestPage } from '../../domain/notice.js';
import type { NoticeRow } from '../../persistence/notice.reads.js';
import { noticePosition, noticesOfPerson, readNotice } from '../../persistence/notice.reads.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { id, instant } from '../schemas/text.schema.js';

const noticeWords = z.object({ subject: z.string(), body: z.string(), action: z.string() });
const notice = z
  .object({
    noticeId: id,
    kind: z.enum(noticeKinds),
    requestId: id,
    reference: z.string().nullable(),
    number: z.int().nullable(),
    at: instant,
    read: z.boolean(),
    readAt: instant.nullable(),
    texts: z.object({ ar: noticeWords, en: noticeWords }),
    link: z.string().meta({ description: 'Path of the one page to open' }),
  })
  .meta({ id: 'Notice' });

const noticeView = (row: NoticeRow): z.output<typeof notice> => {
  const { requestId, reference, kind, number, readAt } = row;
  const about = { reference: reference ?? requestId, ...(number === undefined ? {} : { number }) };
  return {
    noticeId: row._id,
    kind,
    requestId,
    reference: reference ?? null,
    number: number ?? null,
    at: row.at.toISOString(),
    read: row.read,
    readAt: readAt?.toISOString() ?? null,
    texts: { ar: noticeText(kind, 'ar', about), en: noticeText(kind, 'en', about) },
    link: requestPage(requestId),
  };
};

const list = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listNotices',
      method: 'get',
      path: '/notices',
      tag: 'notices',
      summary: { ar: 'الإشعارات، غير المقروء أولاً', en: "The caller's notices, unread ones first" },
      roles: [],
      problems: ['notSignedIn', 'invalidInput', 'badCursor'],
      success: 200,
      response: pageOf(notice),
      params: nothing,
      query: z.strictObject({ ...pageQuery }),
      body: nothing,
    },
    ({ query }, { caller: { personId } }) =>
      listPage({
        ...{ cursors, reader: personId, path: '/v1/notices', query },
        read: (page) => noticesOfPerson({ ...page, personId }),
        positionOf: noticePosition,
        view: noticeView,
      }),
  );

const read = (): Endpoint =>
  changeEndpoint(
    {
      operationId: 'readNotice',
      method: 'post',
      path: '/notices/{noticeId}/reading',
      tag: 'notices',
      summary: { ar: 'تعليم إشعار مقروءاً', en: 'Mark a notice as read' },
      roles: [],
      problems: [
        ...(['invalidInput', 'idempotencyKeyMissing', 'notSignedIn', 'notFound', 'keyInProgress'] as const),
        ...(['keyReusedWithOtherContent', 'tooManyRequests', 'unavailable'] as const),
      ],
      success: 200,
      response: notice,
      examples: { ar: {}, en: {} },
      params: z.strictObject({ noticeId: id }),
      query: nothing,
      body: nothing,
      keys: 'a-while',
    },
    async ({ params }, { caller }): Promise<Answer> => {
      const row = await readNotice(params.noticeId, caller.personId, new Date());
      if (row === null) throw new Problem('notFound');
      return { status: 200, body: noticeView(row) };
    },
  );

export const noticeRoutes = (deps: RouteDeps): Endpoint[] => [list(deps), read()];
