// Reads of sealed payment files: what is known of a batch's file, and the file itself.
import type { PaymentFileDocument } from './payment-file.model.js';
import { PaymentFileModel } from './payment-file.model.js';

export type PaymentFileSummary = Omit<PaymentFileDocument, 'xml' | 'csv'>;

/** The newest file of a batch with this count and sum; those of the lines it holds now. */
export const fileSummaryOf = (
  batchId: string,
  { count, controlSumMinor }: { readonly count: number; readonly controlSumMinor: string },
): Promise<PaymentFileSummary | null> =>
  PaymentFileModel.findOne({ batchId, count, controlSumMinor }, { xml: 0, csv: 0 })
    .sort({ sealedAt: -1 })
    .lean<PaymentFileSummary | null>()
    .exec();

export const paymentFileById = (id: string): Promise<PaymentFileDocument | null> =>
  PaymentFileModel.findById(id).lean<PaymentFileDocument | null>().exec();
