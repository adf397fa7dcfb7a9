// A person's notices: unread ones first, the newest first among each, a page at a time; and marking one as read.
import type { PagePosition, Range } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { NoticeDocument } from './notice.model.js';
import { NoticeModel } from './notice.model.js';

export type NoticeRow = Pick<
  NoticeDocument,
  '_id' | 'requestId' | 'reference' | 'kind' | 'number' | 'at' | 'read' | 'readAt'
>;
const rowFields = { requestId: 1, reference: 1, kind: 1, number: 1, at: 1, read: 1, readAt: 1 } as const;
const newestFirst = { field: 'at', direction: -1 } as const;

export type NoticesQuery = { readonly personId: string; readonly after?: PagePosition; readonly limit: number };

/** A position says in which half it lies: unread notices come before all that were read. */
export const noticePosition = ({ _id, read, at }: NoticeRow): PagePosition => ({
  value: `${read ? 'read' : 'unread'} ${at.toISOString()}`,
  id: _id,
});

const rangesOf = (after: PagePosition | undefined): Range[] => {
  const [half, value] = after?.value.split(' ') ?? [];
  const within = (read: boolean, at: string | undefined): Range[] => {
    const position = at === undefined || after === undefined ? undefined : { value: at, id: after.id };
    const ranges = rangesAfter(newestFirst, position, (text) => new Date(text));
    return ranges.map(({ where, order }) => ({ where: { ...where, read }, order }));
  };
  if (half === 'read') return within(true, value);
  return [...within(false, value), ...within(true, undefined)];
};

const noticesQuery = ({ personId, limit }: NoticesQuery, { where, order }: Range) =>
  NoticeModel.find({ personId, ...where }, rowFields)
    .sort(order)
    .limit(limit)
    .hint('person');

export const noticesOfPerson = (query: NoticesQuery): Promise<NoticeRow[]> =>
  pageOf(rangesOf(query.after), query.limit, (range, limit) =>
    noticesQuery({ ...query, limit }, range)
      .lean<NoticeRow[]>()
      .exec(),
  );

/** How the database would run it, one plan per range; for the test that proves the index. */
export const explainNotices = (query: NoticesQuery): Promise<unknown[]> =>
  Promise.all(
    rangesOf(query.after).map((range): Promise<unknown> => noticesQuery(query, range).explain('executionStats').exec()),
  );

/** Counts no further than asked: a number beside a bell need not be exact. */
export const unreadNotices = (personId: string, atMost: number): Promise<number> =>
  NoticeModel.countDocuments({ personId, read: false }).limit(atMost).hint('person').exec();

/** Only a person's own; marking it again changes nothing. Null when there is no such notice for them. */
export const readNotice = async (id: string, personId: string, at: Date): Promise<NoticeRow | null> => {
  await NoticeModel.updateOne({ _id: id, personId, read: false }, { $set: { read: true, readAt: at } });
  return NoticeModel.findOne({ _id: id, personId }, rowFields).lean<NoticeRow>().exec();
};
