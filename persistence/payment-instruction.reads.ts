// Reads of payment instructions: what waits for a batch, and what belongs to one request.
import type { PaymentInstructionDocument } from './payment-instruction.model.js';
import { PaymentInstructionModel } from './payment-instruction.model.js';

export type PaymentInstructionRow = PaymentInstructionDocument;

/** Released, not held and in no batch yet: what the next batch would take, oldest first. */
export const releasedInstructions = (limit: number): Promise<PaymentInstructionRow[]> =>
  PaymentInstructionModel.find({ state: 'released', held: false })
    .sort({ releasedAt: 1, _id: 1 })
    .limit(limit)
    .lean<PaymentInstructionRow[]>()
    .exec();

export const instructionsOf = (requestId: string): Promise<PaymentInstructionRow[]> =>
  PaymentInstructionModel.find({ requestId }).sort({ _id: 1 }).lean<PaymentInstructionRow[]>().exec();
