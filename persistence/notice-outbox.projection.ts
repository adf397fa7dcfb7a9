// Writing what entries say into the outbox, in the transaction that records them. Activities only.
import type { mongo } from 'mongoose';
import type { Entry } from '../domain/audit-entry.js';
import type { GrantRequest } from '../domain/grant-request.js';
import type { Notice } from '../domain/notice.js';
import { audienceName, noticesOf } from '../domain/notice.js';
import { sha256 } from '../platform/hashing.js';
import type { OutboxDocument } from './notice.model.js';
import { outboxCollection } from './notice.model.js';
import type { Session } from './transaction.js';

const idOf = (requestId: string, seq: number, { kind, audience, number }: Notice): string =>
  sha256(['sanad-notice-v1', requestId, seq, kind, audienceName(audience), number ?? ''].join('\n')).slice(0, 32);

type Told = { readonly entry: Entry; readonly after: GrantRequest };

/** What these entries say. The reference is that of the request after them: the first entry brings it. */
export const outboxOf = (steps: readonly Told[], reference: string | undefined): OutboxDocument[] =>
  steps.flatMap(({ entry, after }) =>
    noticesOf(after, entry).map((notice) => {
      const { kind, audience, number, atMs } = notice;
      return {
        _id: idOf(after.id, entry.seq, notice),
        requestId: after.id,
        ...(reference === undefined ? {} : { reference }),
        seq: entry.seq,
        kind,
        audience,
        ...(number === undefined ? {} : { number }),
        dueAt: new Date(atMs),
        state: 'waiting',
      };
    }),
  );

/** A notice that is there already stays as it is: what was given to people is not given again. */
export const writeOutbox = async (session: Session, notices: readonly OutboxDocument[]): Promise<void> => {
  if (notices.length === 0) return;
  const writes = notices.map(({ _id, ...content }): mongo.AnyBulkWriteOperation<OutboxDocument> => {
    return { updateOne: { filter: { _id }, update: { $setOnInsert: content }, upsert: true } };
  });
  await outboxCollection().bulkWrite(writes, { session, ordered: false });
};
