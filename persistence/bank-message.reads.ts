// Reads of what banks sent: a message, exceptions page by page, words for payments, and how far a day is reconciled.
import type { PaymentStatus } from '../domain/command.js';
import type { BankExceptionDocument, BankMessageDocument } from './bank-message.model.js';
import {
  bankExceptionCollection,
  BankExceptionModel,
  bankLineCollection,
  BankMessageModel,
  bankWordCollection,
} from './bank-message.model.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import { paymentInstructionCollection } from './payment-instruction.model.js';

export type BankException = BankExceptionDocument;
export type BankMessageSummary = Omit<BankMessageDocument, 'xml'>;

export const bankMessageById = (messageId: string): Promise<BankMessageSummary | null> =>
  BankMessageModel.findById(messageId, { xml: 0 }).lean<BankMessageSummary | null>().exec();

export const exceptionById = (id: string): Promise<BankException | null> =>
  BankExceptionModel.findById(id).lean<BankException | null>().exec();

export type ExceptionPage = {
  readonly state?: BankException['state'];
  readonly after?: PagePosition;
  readonly limit: number;
};

export const bankExceptions = ({ state, after, limit }: ExceptionPage): Promise<BankException[]> =>
  pageOf(
    rangesAfter({ field: 'raisedAt', direction: -1 }, after, (text) => new Date(text)),
    limit,
    ({ where, order }, left) =>
      BankExceptionModel.find({ ...(state === undefined ? {} : { state }), ...where })
        .sort(order)
        .limit(left)
        .hint(state === undefined ? 'by-age' : 'state-by-age')
        .lean<BankException[]>()
        .exec(),
  );

export const exceptionPosition = ({ _id, raisedAt }: BankException): PagePosition => ({
  value: raisedAt.toISOString(),
  id: _id,
});

export type ImportedWord = { readonly instructionId: string; readonly status: PaymentStatus; readonly code: string };

/** What imported messages said of these payments, oldest first. */
export const importedWords = async (instructionIds: readonly string[]): Promise<ImportedWord[]> => {
  const found = await bankWordCollection()
    .find({ instructionId: { $in: [...instructionIds] } })
    .sort({ at: 1, _id: 1 })
    .toArray();
  return found.map(({ instructionId, status, code }) => ({ instructionId, status, code }));
};

export type Reconciled = {
  readonly lines: number;
  readonly matched: number;
  readonly exceptions: number;
  readonly openExceptions: number;
  /** Paid by the bank's word, but no statement has booked them yet. */
  readonly unbooked: number;
};

/** How far the statements of a day have been matched. */
export const reconciledOn = async (day: string): Promise<Reconciled> => {
  const ofDay = { bookedOn: day, amountMinor: { $ne: null } };
  const [lines, matched, openExceptions, unbooked] = await Promise.all([
    bankLineCollection().countDocuments(ofDay),
    bankLineCollection().countDocuments({ ...ofDay, outcome: { $in: ['apply', 'repeat', 'wait'] } }),
    bankExceptionCollection().countDocuments({ state: { $ne: 'closed' } }),
    unbookedPayments(),
  ]);
  return { lines, matched, exceptions: lines - matched, openExceptions, unbooked };
};

const unbookedPayments = async (): Promise<number> => {
  const [found] = await paymentInstructionCollection()
    .aggregate<{ readonly count: number }>([
      { $match: { state: 'settled' } },
      { $lookup: { from: 'bank_lines', localField: '_id', foreignField: 'instructionId', as: 'lines' } },
      { $match: { 'lines.booked': { $ne: true } } },
      { $count: 'count' },
    ])
    .toArray();
  return found?.count ?? 0;
};
