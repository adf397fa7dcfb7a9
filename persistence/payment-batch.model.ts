// The read model of payment batches. Written by activities only.
import mongoose, { Schema } from 'mongoose';
import type { BatchState, PaymentBatch } from '../domain/money/payment-batch.js';
import type { NamedIndex } from './named-index.js';

export type PaymentBatchDocument = {
  readonly _id: string;
  /** Equals the seq of the last recorded entry. */
  readonly version: number;
  readonly state: PaymentBatch;
  readonly status: BatchState;
  readonly count: number;
  readonly controlSumMinor: string;
  readonly builtBy: string;
  readonly releasedBy: string | null;
  readonly builtAt: Date;
  readonly updatedAt: Date;
  /** Hash of the last audit entry: the next one links to it. */
  readonly headHash: string;
};

const schema = new Schema<PaymentBatchDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    state: { type: Schema.Types.Mixed, required: true },
    status: { type: String, required: true },
    count: { type: Number, required: true },
    controlSumMinor: { type: String, required: true },
    builtBy: { type: String, required: true },
    releasedBy: { type: String, default: null },
    builtAt: { type: Date, required: true },
    updatedAt: { type: Date, required: true },
    headHash: { type: String, required: true },
  },
  { collection: 'payment_batches', versionKey: false, minimize: false },
);

export const PaymentBatchModel = mongoose.model<PaymentBatchDocument>('PaymentBatch', schema);
export const paymentBatchCollection = () => mongoose.connection.collection<PaymentBatchDocument>('payment_batches');

export const paymentBatchIndexes: readonly NamedIndex[] = [
  { name: 'by-age', key: { builtAt: -1, _id: -1 } },
  { name: 'status-by-age', key: { status: 1, builtAt: -1, _id: -1 } },
];
