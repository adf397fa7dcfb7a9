// Released payments that a batch passed over because no file may name their account: an exception for people, until one takes them.
import { bankExceptionCollection } from './bank-message.model.js';
import type { PaymentInstructionDocument } from './payment-instruction.model.js';
import type { Session } from './transaction.js';

type Instruction = Pick<PaymentInstructionDocument, '_id' | 'accountId' | 'requestId'>;

const exceptionIdOf = ({ _id }: Instruction): string => `${_id}/1`;

/** Raised once for each payment; who closed it decided to let it wait. */
export const raiseUnpayable = async (session: Session, passedOver: readonly Instruction[], at: Date): Promise<void> => {
  if (passedOver.length === 0) return;
  await bankExceptionCollection().bulkWrite(
    passedOver.map((instruction) => ({
      updateOne: {
        filter: { _id: exceptionIdOf(instruction) },
        update: {
          $setOnInsert: {
            ...{ kind: 'account-not-payable', messageId: instruction._id, instructionId: instruction._id },
            evidence: { requestId: instruction.requestId, accountId: instruction.accountId ?? 'none' },
            ...{ state: 'open', version: 1, raisedAt: at, action: null, reason: null, closedBy: null, closedAt: null },
          },
        },
        upsert: true,
      },
    })),
    { session },
  );
};

/** A batch took them after all, so nobody has to look any more. */
export const closeUnpayable = async (
  session: Session,
  { lines, batchId, at }: { readonly lines: readonly Instruction[]; readonly batchId: string; readonly at: Date },
): Promise<void> => {
  await bankExceptionCollection().updateMany(
    { _id: { $in: lines.map(exceptionIdOf) }, kind: 'account-not-payable', state: { $ne: 'closed' } },
    { $set: { state: 'closed', reason: `batch ${batchId}`, closedAt: at }, $inc: { version: 1 } },
    { session },
  );
};
