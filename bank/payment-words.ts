// What several messages of a bank say together about each payment. Messages come late, twice and in any order, so order decides nothing.
import type { PaymentStatus } from '../domain/command.js';
import type { StatusMessage } from './payment-status.js';
import { meaningOf } from './payment-status.js';

export type PaymentWord = {
  readonly instructionId: string;
  readonly status: PaymentStatus;
  readonly code?: string;
};

/** Not a code of ISO 20022: the bank said settled and rejected of the same payment. */
export const contradictoryCode = 'CONTRADICTORY';

const final = ({ status }: PaymentWord): boolean => status !== 'unknown';

/**
 * A final word beats one that nobody understands. Two different final words are no word at all: were the rejection believed, a replacement
 * would pay again what the bank may have paid already. Such a payment is unknown, which asks a person and never sends again.
 */
const together = (before: PaymentWord, next: PaymentWord): PaymentWord => {
  if (before.code === contradictoryCode || before.status === next.status) return before;
  if (!final(next)) return before;
  if (!final(before)) return next;
  return { instructionId: before.instructionId, status: 'unknown', code: contradictoryCode };
};

const wordsIn = ({ transactions }: StatusMessage): PaymentWord[] =>
  transactions.flatMap(({ endToEndId: instructionId, status: code, reasonCode }): PaymentWord[] => {
    const status = meaningOf(code);
    if (status === 'under-way') return [];
    return [{ instructionId, status, ...(reasonCode === undefined ? {} : { code: reasonCode }) }];
  });

/** One word on each payment, from all that was heard of it. */
export const joined = (words: readonly PaymentWord[]): PaymentWord[] => {
  const heard = new Map<string, PaymentWord>();
  for (const word of words) {
    const before = heard.get(word.instructionId);
    heard.set(word.instructionId, before === undefined ? word : together(before, word));
  }
  return [...heard.values()];
};

/** One word on each payment of the file that has any; messages about other files are passed over. */
export const wordsOn = (fileId: string, messages: readonly StatusMessage[]): PaymentWord[] =>
  joined(messages.filter(({ originalMessageId }) => originalMessageId === fileId).flatMap(wordsIn));
