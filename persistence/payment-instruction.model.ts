// Payment instructions: one document per instruction, from its release to the bank's last word. Written by activities only.
import mongoose, { Schema } from 'mongoose';
import type { PaymentState } from '../domain/money/matching.js';
import { paymentStates } from '../domain/money/matching.js';
import type { NamedIndex } from './named-index.js';

/** `sending` is written before the file leaves: from then on a suspension comes too late and no other batch may take it. */
export const instructionStates = paymentStates;
export type InstructionState = PaymentState;

export type PaymentInstructionDocument = {
  /** The business id `<requestId>-t<number>-<attempt>`; the bank sees it too. */
  readonly _id: string;
  readonly requestId: string;
  readonly organisationId: string;
  readonly number: number;
  readonly purpose: 'tranche' | 'retention';
  readonly amountMinor: string;
  readonly accountId: string | null;
  readonly preparedBy: string | null;
  /** False once the bank rejected it: only then may another one take its place. */
  readonly live: boolean;
  /** The request is suspended: no batch takes the instruction and none sends it. */
  readonly held: boolean;
  readonly state: InstructionState;
  readonly batchId: string | null;
  readonly replaces: string | null;
  readonly releasedAt: Date;
};

/** What a batch claimed, written once, so that a repeated claim gets the same lines and never more. */
export type BatchClaimDocument = {
  /** Id of the batch. */
  readonly _id: string;
  readonly instructionIds: readonly string[];
  readonly at: Date;
};

const schema = new Schema<PaymentInstructionDocument>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    organisationId: { type: String, required: true },
    number: { type: Number, required: true },
    purpose: { type: String, enum: ['tranche', 'retention'], required: true },
    amountMinor: { type: String, required: true },
    accountId: { type: String, default: null },
    preparedBy: { type: String, default: null },
    live: { type: Boolean, required: true },
    held: { type: Boolean, required: true },
    state: { type: String, enum: instructionStates, required: true },
    batchId: { type: String, default: null },
    replaces: { type: String, default: null },
    releasedAt: { type: Date, required: true },
  },
  { collection: 'payment_instructions', versionKey: false },
);

export const PaymentInstructionModel = mongoose.model<PaymentInstructionDocument>('PaymentInstruction', schema);
export const paymentInstructionCollection = () =>
  mongoose.connection.collection<PaymentInstructionDocument>('payment_instructions');
export const batchClaimCollection = () => mongoose.connection.collection<BatchClaimDocument>('batch_claims');

export const paymentInstructionIndexes: readonly NamedIndex[] = [
  {
    name: 'one-live-per-tranche',
    key: { requestId: 1, number: 1, purpose: 1 },
    unique: true,
    partialFilterExpression: { live: true },
  },
  { name: 'request', key: { requestId: 1, _id: 1 } },
  {
    name: 'claimable-by-age',
    key: { releasedAt: 1, _id: 1 },
    partialFilterExpression: { state: 'released', held: false },
  },
  { name: 'paid-by-account', key: { accountId: 1 }, partialFilterExpression: { state: 'settled' } },
];
