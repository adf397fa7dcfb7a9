// Reads of payment batches: one by id, and the list, newest first.
import type { BatchState } from '../domain/money/payment-batch.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { PaymentBatchDocument } from './payment-batch.model.js';
import { PaymentBatchModel } from './payment-batch.model.js';

export type PaymentBatchRecord = PaymentBatchDocument;
export type PaymentBatchRow = Omit<PaymentBatchDocument, 'state' | 'headHash'>;

export const batchById = (batchId: string): Promise<PaymentBatchRecord | null> =>
  PaymentBatchModel.findById(batchId).lean<PaymentBatchRecord>().exec();

/** The recorded version alone, for waiting until a decision can be read; 0 when nothing is recorded. */
export const recordedBatchVersion = async (batchId: string): Promise<number> => {
  const found = await PaymentBatchModel.findById(batchId, { version: 1 }).lean();
  return found?.version ?? 0;
};

export type BatchListQuery = { readonly status?: BatchState; readonly after?: PagePosition; readonly limit: number };

export const batchList = ({ status, after, limit }: BatchListQuery): Promise<PaymentBatchRow[]> => {
  const ranges = rangesAfter({ field: 'builtAt', direction: -1 }, after, (text) => new Date(text));
  const wanted = status === undefined ? {} : { status };
  return pageOf(ranges, limit, ({ where, order }, left) =>
    PaymentBatchModel.find({ ...wanted, ...where }, { state: 0, headHash: 0 })
      .sort(order)
      .limit(left)
      .hint(status === undefined ? 'by-age' : 'status-by-age')
      .lean<PaymentBatchRow[]>()
      .exec(),
  );
};

/** Where a page that ends with this row ended. */
export const batchPosition = (row: PaymentBatchRow): PagePosition => ({
  value: row.builtAt.toISOString(),
  id: row._id,
});
