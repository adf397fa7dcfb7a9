// What the simulated bank keeps, in a database of its own: it stands for a system outside, so nothing of Sanad's is joined with it.
import mongoose from 'mongoose';

export type BankPaymentDocument = {
  /** The instruction's id, as on the file. */
  readonly _id: string;
  readonly batchId: string;
  readonly amountMinor: string;
  readonly accountId: string | null;
  readonly answer: 'settled' | 'rejected' | 'unknown';
  readonly code: string | null;
  /** Before this instant the bank says nothing. */
  readonly answersAt: Date;
};

export type BankFileDocument = {
  /** The batch's id: the bank recognises a file by it. */
  readonly _id: string;
  readonly fileSha256: string;
  readonly receivedAt: Date;
};

const database = () => {
  const { db } = mongoose.connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  return mongoose.connection.getClient().db(`${db.databaseName}_bank`);
};
const files = () => database().collection<BankFileDocument>('files');
const payments = () => database().collection<BankPaymentDocument>('payments');

export const bankFile = (batchId: string): Promise<BankFileDocument | null> => files().findOne({ _id: batchId });

/** The payments first, the file last: a file that is there is there with all its payments. Repeats change nothing. */
export const keepBankFile = async (file: BankFileDocument, lines: readonly BankPaymentDocument[]): Promise<void> => {
  if (lines.length > 0)
    await payments().bulkWrite(
      lines.map(({ _id, ...line }) => ({
        updateOne: { filter: { _id }, update: { $setOnInsert: line }, upsert: true },
      })),
    );
  const { _id, ...content } = file;
  await files().updateOne({ _id }, { $setOnInsert: content }, { upsert: true });
};

/** Payments of a batch that the bank has an answer for by now. */
export const answeredPayments = (
  batchId: string,
  instructionIds: readonly string[],
  at: Date,
): Promise<BankPaymentDocument[]> =>
  payments()
    .find({ _id: { $in: [...instructionIds] }, batchId, answersAt: { $lte: at } })
    .toArray();

export const dropBankDatabase = async (): Promise<void> => {
  await database().dropDatabase();
};
