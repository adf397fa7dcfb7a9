// From the outbox to people: who is in an audience now, and a notice for each of them. Everything here may be repeated.
import type { mongo } from 'mongoose';
import type { RoleHeld } from '../domain/actor.js';
import type { NoticeAudience } from '../domain/notice.js';
import { sha256 } from '../platform/hashing.js';
import type { NoticeDocument, OutboxDocument, OutboxState } from './notice.model.js';
import { noticeCollection, outboxCollection } from './notice.model.js';
import type { PersonDocument } from './person.model.js';
import { PersonModel } from './person.model.js';
import { rolesAt } from './person.repository.js';

/** More people than any audience has; a limit that is met shows a mistake in the register, not a crowd. */
const mostReceivers = 500;

export const dueOutbox = (now: Date, limit: number): Promise<OutboxDocument[]> =>
  outboxCollection()
    .find({ state: 'waiting', dueAt: { $lte: now } })
    .sort({ dueAt: 1, _id: 1 })
    .limit(limit)
    .hint('waiting')
    .toArray();

export const settleOutbox = async (id: string, state: Exclude<OutboxState, 'waiting'>): Promise<void> => {
  await outboxCollection().updateOne({ _id: id, state: 'waiting' }, { $set: { state } });
};

export const postponeOutbox = async (id: string, dueAt: Date): Promise<void> => {
  await outboxCollection().updateOne({ _id: id, state: 'waiting' }, { $set: { dueAt } });
};

const ngoRoles: readonly RoleHeld['role'][] = ['applicant', 'signatory'];

const belongs = (audience: NoticeAudience, held: RoleHeld): boolean => {
  switch (audience.kind) {
    case 'person':
      return true;
    case 'organisation':
      return ngoRoles.includes(held.role) && held.organisationId === audience.organisationId;
    case 'role':
      return held.role === audience.role && held.governorate === audience.governorate;
  }
};

const candidates = (audience: NoticeAudience): Readonly<Record<string, string>> => {
  switch (audience.kind) {
    case 'person':
      return { _id: audience.personId };
    case 'organisation':
      return { 'grants.organisationId': audience.organisationId };
    case 'role':
      return { 'grants.role': audience.role };
  }
};

/** Who it is for at this moment: whoever holds the role now, not whoever held it when the entry was recorded. */
export const receiversOf = async (audience: NoticeAudience, at: Date): Promise<PersonDocument[]> => {
  const people = await PersonModel.find({ ...candidates(audience), suspended: false })
    .sort({ _id: 1 })
    .limit(mostReceivers)
    .lean<PersonDocument[]>();
  return people.filter((person) => rolesAt(person, at).some((held) => belongs(audience, held)));
};

export const noticeIdOf = (outboxId: string, personId: string): string =>
  sha256(`sanad-notice-v1\n${outboxId}\n${personId}`).slice(0, 32);

type Delivery = { readonly at: Date; readonly mails: boolean };

const noticeFor = (notice: OutboxDocument, person: PersonDocument, { at, mails }: Delivery): NoticeDocument => {
  const { requestId, reference, kind, number } = notice;
  return {
    _id: noticeIdOf(notice._id, person._id),
    personId: person._id,
    requestId,
    ...(reference === undefined ? {} : { reference }),
    kind,
    ...(number === undefined ? {} : { number }),
    at: notice.dueAt,
    read: false,
    readAt: null,
    mailAttempts: 0,
    ...(mails ? { mail: 'waiting', mailNextAt: at } : { mail: 'off' }),
  };
};

/** Gives one notice to people, each once, however often it is repeated and by how many processes. */
export const giveNotice = async (
  notice: OutboxDocument,
  people: readonly PersonDocument[],
  delivery: Delivery,
): Promise<void> => {
  const writes = people.map((person): mongo.AnyBulkWriteOperation<NoticeDocument> => {
    const { _id, ...content } = noticeFor(notice, person, delivery);
    return { updateOne: { filter: { _id }, update: { $setOnInsert: content }, upsert: true } };
  });
  if (writes.length > 0) await noticeCollection().bulkWrite(writes, { ordered: false });
};
