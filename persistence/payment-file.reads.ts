// Reads of sealed payment files: what is known of a batch's file, and the file itself.
import type { PaymentFileDocument } from './payment-file.model.js';
import { PaymentFileModel } from './payment-file.model.js';

export type PaymentFileSummary = Omit<PaymentFileDocument, 'xml' | 'csv'>;

type Held = { readonly count: number; readonly controlSumMinor: string };

/** The newest file of a batch with the count and sum of the lines it holds now. */
const newest = (batchId: string, { count, controlSumMinor }: Held) =>
  PaymentFileModel.findOne({ batchId, count, controlSumMinor }).sort({ sealedAt: -1 });

export const fileSummaryOf = (batchId: string, held: Held): Promise<PaymentFileSummary | null> =>
  newest(batchId, held).select({ xml: 0, csv: 0 }).lean<PaymentFileSummary | null>().exec();

export const paymentFileOf = (batchId: string, held: Held): Promise<PaymentFileDocument | null> =>
  newest(batchId, held).lean<PaymentFileDocument | null>().exec();
