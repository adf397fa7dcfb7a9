// Payments: claiming instructions for a batch, handing the file to the bank once, and bringing the bank's word to each request.
import { joined } from '../bank/payment-words.js';
import type { BatchLine } from '../domain/money/payment-batch.js';
import { importedWords } from '../persistence/bank-message.reads.js';
import type { PaymentInstructionDocument } from '../persistence/payment-instruction.model.js';
import { claimFor, letGo, markSending, markSent } from '../persistence/payment-instruction.projection.js';
import type { Bank } from './bank.js';
import { paymentFileOf } from './bank.js';
import type { Activities } from './contract.js';
import type { PaymentFiles } from './payment-files.js';
import type { RequestSignals } from './request-signals.js';

type PaymentActivities = Omit<Activities, 'recordEntries' | 'recordBatchEntries' | 'tellCalendarChange'>;

const lineOf = (instruction: PaymentInstructionDocument): BatchLine => ({
  instructionId: instruction._id,
  requestId: instruction.requestId,
  number: instruction.number,
  amountMinor: instruction.amountMinor,
  accountId: instruction.accountId,
  preparedBy: instruction.preparedBy,
  status: 'claimed',
});

export const paymentActivities = (bank: Bank, files: PaymentFiles, signals: RequestSignals): PaymentActivities => ({
  claimInstructions: async ({ batchId, limit }) => {
    const lines = (await claimFor({ batchId, limit, at: new Date() }, files.payable)).map(lineOf);
    // Sealed before anybody releases it: what is released is this very file.
    if (lines.length > 0) await files.sealed(batchId, lines);
    return lines;
  },

  releaseClaims: ({ batchId, instructionIds }) => letGo(batchId, instructionIds),

  sendBatch: async ({ batchId, lines, controlSumMinor }) => {
    const { xml, sha256 } = await files.sealed(batchId, lines);
    const file = paymentFileOf(batchId, lines, xml);
    if (file.controlSumMinor !== controlSumMinor)
      throw new Error(`batch ${batchId} was released for ${controlSumMinor}, its lines are ${file.controlSumMinor}`);
    const departure = await markSending(
      batchId,
      lines.map((line) => line.instructionId),
    );
    if (departure.outcome === 'held-back') {
      const rest = lines.filter(({ instructionId }) => !departure.instructionIds.includes(instructionId));
      if (rest.length > 0) await files.sealed(batchId, rest);
      return departure;
    }
    await bank.submit(file);
    await markSent(batchId);
    return { outcome: 'sent', fileSha256: sha256 };
  },

  readBankStatuses: async ({ batchId, instructionIds }) => {
    const told = await bank.statuses(batchId, instructionIds);
    // What a reconciler imported counts as much; two different final words are none.
    return joined([...told, ...(await importedWords(instructionIds))]);
  },

  reportPaymentStatuses: async ({ lines }) => {
    await Promise.all(lines.map((line) => signals.reportPayment(line)));
  },
});
