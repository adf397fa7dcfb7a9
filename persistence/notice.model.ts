// Notices: the outbox (what was said to which audience, written with the entry that says it) and the notices of each person.
import mongoose, { Schema } from 'mongoose';
import type { NoticeAudience, NoticeKind } from '../domain/notice.js';
import type { NamedIndex } from './named-index.js';

/** Waits until its time has come and it is given to people; `dropped` had nothing to say any more by then. */
export type OutboxState = 'waiting' | 'distributed' | 'dropped';

export type OutboxDocument = {
  /** Follows from request, seq, kind and audience: the same entry recorded again is the same notice. */
  readonly _id: string;
  readonly requestId: string;
  readonly reference?: string;
  readonly seq: number;
  readonly kind: NoticeKind;
  readonly audience: NoticeAudience;
  readonly number?: number;
  readonly dueAt: Date;
  readonly state: OutboxState;
};

/**
 * Where the e-mail is: `sending` is written down before the mail server hears of it. A `sending` that nobody finished is
 * `unknown`, never sent again by itself, because a mail server that accepted it cannot be asked.
 */
export const mailStates = ['off', 'waiting', 'sending', 'sent', 'failed', 'unknown'] as const;
export type MailState = (typeof mailStates)[number];

export type NoticeDocument = {
  /** Follows from the notice and the person. */
  readonly _id: string;
  readonly personId: string;
  readonly requestId: string;
  readonly reference?: string;
  readonly kind: NoticeKind;
  readonly number?: number;
  readonly at: Date;
  readonly read: boolean;
  readonly readAt: Date | null;
  readonly mail: MailState;
  readonly mailAttempts: number;
  /** When to try next, or until when the one who is sending may take; absent when there is nothing left to do. */
  readonly mailNextAt?: Date;
  /** Names the attempt, so that only the one who made it says how it ended. */
  readonly mailClaim?: string;
  /** Why the last attempt failed: a code of the mail server or of the connection. */
  readonly mailCode?: string;
};

const outboxSchema = new Schema<OutboxDocument>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    reference: String,
    seq: { type: Number, required: true },
    kind: { type: String, required: true },
    audience: { type: Schema.Types.Mixed, required: true },
    number: Number,
    dueAt: { type: Date, required: true },
    state: { type: String, enum: ['waiting', 'distributed', 'dropped'], required: true },
  },
  { collection: 'notice_outbox', versionKey: false },
);

const noticeSchema = new Schema<NoticeDocument>(
  {
    _id: { type: String, required: true },
    personId: { type: String, required: true },
    requestId: { type: String, required: true },
    reference: String,
    kind: { type: String, required: true },
    number: Number,
    at: { type: Date, required: true },
    read: { type: Boolean, required: true },
    readAt: { type: Date, default: null },
    mail: { type: String, enum: mailStates, required: true },
    mailAttempts: { type: Number, required: true },
    mailNextAt: Date,
    mailClaim: String,
    mailCode: String,
  },
  { collection: 'notices', versionKey: false },
);

export const OutboxModel = mongoose.model<OutboxDocument>('NoticeOutbox', outboxSchema);
export const NoticeModel = mongoose.model<NoticeDocument>('Notice', noticeSchema);
export const outboxCollection = () => mongoose.connection.collection<OutboxDocument>('notice_outbox');
export const noticeCollection = () => mongoose.connection.collection<NoticeDocument>('notices');

export const outboxIndexes: readonly NamedIndex[] = [
  { name: 'waiting', key: { dueAt: 1, _id: 1 }, partialFilterExpression: { state: 'waiting' } },
];
export const noticeIndexes: readonly NamedIndex[] = [
  { name: 'person', key: { personId: 1, read: 1, at: -1, _id: -1 } },
  { name: 'mail', key: { mail: 1, mailNextAt: 1 }, partialFilterExpression: { mailNextAt: { $exists: true } } },
];
