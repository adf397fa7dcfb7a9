// Sealing payment files. Activities only.
import { isDuplicateKey } from './duplicate-key.js';
import type { PaymentFileDocument } from './payment-file.model.js';
import { paymentFileCollection } from './payment-file.model.js';

export const sealedFile = (id: string): Promise<PaymentFileDocument | null> =>
  paymentFileCollection().findOne({ _id: id });

/** The file that stands under this id afterwards: the one given, or the one that was quicker. */
export const seal = async (file: PaymentFileDocument): Promise<PaymentFileDocument> => {
  try {
    await paymentFileCollection().insertOne(file);
    return file;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return (await sealedFile(file._id)) ?? file;
  }
};
