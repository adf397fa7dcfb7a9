// What banks sent: messages as they came, their lines with what became of each, exceptions that wait for a person, and the words that payments
// hear. Written by the API when somebody imports a message, through the register.
import mongoose, { Schema } from 'mongoose';
import type { ExceptionKind, WordOutcome } from '../domain/money/matching.js';
import { exceptionKinds } from '../domain/money/matching.js';
import type { PaymentStatus } from '../domain/command.js';
import type { NamedIndex } from './named-index.js';

export type BankMessageDocument = {
  /** The message id its bank gave it. */
  readonly _id: string;
  readonly kind: 'status' | 'statement';
  readonly sha256: string;
  readonly xml: string;
  readonly lines: number;
  readonly exceptions: number;
  readonly importedBy: string;
  readonly importedAt: Date;
};

export type BankLineDocument = {
  /** `<message id>/<place>` */
  readonly _id: string;
  readonly messageId: string;
  readonly endToEndId: string | null;
  /** The instruction it was matched with. */
  readonly instructionId: string | null;
  readonly booked: boolean;
  readonly bookedOn: string;
  readonly amountMinor: string | null;
  readonly outcome: WordOutcome;
};

export const exceptionActions = ['bank-error', 'ask-bank', 'accepted', 'not-ours'] as const;
export type ExceptionAction = (typeof exceptionActions)[number];

export type BankExceptionDocument = {
  /** As the line it stands for. */
  readonly _id: string;
  readonly kind: ExceptionKind;
  readonly messageId: string;
  readonly instructionId: string | null;
  readonly evidence: Readonly<Record<string, string>>;
  readonly state: 'open' | 'asked' | 'closed';
  readonly version: number;
  readonly raisedAt: Date;
  readonly action: ExceptionAction | null;
  readonly reason: string | null;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
};

/** What a payment hears from an imported message, beside what its bank says when it is asked. */
export type BankWordDocument = {
  readonly _id: string;
  readonly instructionId: string;
  readonly status: PaymentStatus;
  readonly code: string;
  readonly at: Date;
};

const message = new Schema<BankMessageDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: ['status', 'statement'], required: true },
    sha256: { type: String, required: true },
    xml: { type: String, required: true },
    lines: { type: Number, required: true },
    exceptions: { type: Number, required: true },
    importedBy: { type: String, required: true },
    importedAt: { type: Date, required: true },
  },
  { collection: 'bank_messages', versionKey: false },
);
const exception = new Schema<BankExceptionDocument>(
  {
    _id: { type: String, required: true },
    kind: { type: String, enum: exceptionKinds, required: true },
    messageId: { type: String, required: true },
    instructionId: { type: String, default: null },
    evidence: { type: Schema.Types.Mixed, required: true },
    state: { type: String, enum: ['open', 'asked', 'closed'], required: true },
    version: { type: Number, required: true },
    raisedAt: { type: Date, required: true },
    action: { type: String, default: null },
    reason: { type: String, default: null },
    closedBy: { type: String, default: null },
    closedAt: { type: Date, default: null },
  },
  { collection: 'bank_exceptions', versionKey: false },
);

export const BankMessageModel = mongoose.model<BankMessageDocument>('BankMessage', message);
export const BankExceptionModel = mongoose.model<BankExceptionDocument>('BankException', exception);
export const bankMessageCollection = () => mongoose.connection.collection<BankMessageDocument>('bank_messages');
export const bankLineCollection = () => mongoose.connection.collection<BankLineDocument>('bank_lines');
export const bankExceptionCollection = () => mongoose.connection.collection<BankExceptionDocument>('bank_exceptions');
export const bankWordCollection = () => mongoose.connection.collection<BankWordDocument>('bank_words');

export const bankLineIndexes: readonly NamedIndex[] = [
  { name: 'instruction', key: { instructionId: 1, booked: 1 } },
  { name: 'message', key: { messageId: 1, _id: 1 } },
];
export const bankExceptionIndexes: readonly NamedIndex[] = [
  { name: 'by-age', key: { raisedAt: -1, _id: -1 } },
  { name: 'state-by-age', key: { state: 1, raisedAt: -1, _id: -1 } },
];
export const bankWordIndexes: readonly NamedIndex[] = [{ name: 'instruction', key: { instructionId: 1, _id: 1 } }];
