// Orders on the ledger: money that moves outside requests. One person proposes, another one approves; only then is anything posted.
import mongoose, { Schema } from 'mongoose';
import type { NamedIndex } from './named-index.js';

export type LedgerOrderDocument = {
  readonly _id: string;
  readonly version: number;
  readonly kind: 'open' | 'transfer' | 'reverse';
  /** Envelope ids; `open` has no `from`, `reverse` names the order it takes back. */
  readonly from: string | null;
  readonly to: string | null;
  readonly amountMinor: string;
  readonly reverses: string | null;
  readonly reason: string;
  readonly state: 'proposed' | 'approved' | 'rejected';
  readonly proposedBy: string;
  readonly proposedAt: Date;
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
};

const schema = new Schema<LedgerOrderDocument>(
  {
    _id: { type: String, required: true },
    version: { type: Number, required: true },
    kind: { type: String, enum: ['open', 'transfer', 'reverse'], required: true },
    from: { type: String, default: null },
    to: { type: String, default: null },
    amountMinor: { type: String, required: true },
    reverses: { type: String, default: null },
    reason: { type: String, required: true },
    state: { type: String, enum: ['proposed', 'approved', 'rejected'], required: true },
    proposedBy: { type: String, required: true },
    proposedAt: { type: Date, required: true },
    decidedBy: { type: String, default: null },
    decidedAt: { type: Date, default: null },
  },
  { collection: 'ledger_orders', versionKey: false },
);

export const LedgerOrderModel = mongoose.model<LedgerOrderDocument>('LedgerOrder', schema);
export const ledgerOrderCollection = () => mongoose.connection.collection<LedgerOrderDocument>('ledger_orders');
export const ledgerOrderIndexes: readonly NamedIndex[] = [
  { name: 'by-age', key: { proposedAt: -1, _id: -1 } },
  { name: 'state-by-age', key: { state: 1, proposedAt: -1, _id: -1 } },
];
