// Payment files as sealed: the very bytes a bank gets, written once and never changed.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';

export type PaymentFileDocument = {
  /** `<batchId>/<start of the hash of its lines>`: a batch that loses a line before it is sent gets another file. */
  readonly _id: string;
  readonly batchId: string;
  readonly count: number;
  readonly controlSumMinor: string;
  /** Of the bytes of `xml`. */
  readonly sha256: string;
  /** pain.001.001.10 */
  readonly xml: string;
  readonly csv: string;
  readonly sealedAt: Date;
};

const schema = new Schema<PaymentFileDocument>(
  {
    _id: { type: String, required: true },
    batchId: { type: String, required: true },
    count: { type: Number, required: true },
    controlSumMinor: { type: String, required: true },
    sha256: { type: String, required: true },
    xml: { type: String, required: true },
    csv: { type: String, required: true },
    sealedAt: { type: Date, required: true },
  },
  { collection: 'payment_files', versionKey: false },
);

export const PaymentFileModel = mongoose.model<PaymentFileDocument>('PaymentFile', schema);
export const paymentFileCollection = () => mongoose.connection.collection<PaymentFileDocument>('payment_files');
export const paymentFileIndexes: readonly NamedIndex[] = [{ name: 'batch', key: { batchId: 1, sealedAt: 1 } }];
