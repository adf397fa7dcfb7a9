// Importing a bank's message: kept as it came, each of its lines matched or put before a person, all in one transaction.
import { changedFields } from '../domain/audit/register-entry.js';
import type { PaymentStatus } from '../domain/command.js';
import type { BankWord, BookedLine, Instructed, WordOutcome } from '../domain/money/matching.js';
import { isException, matchLine, matchStatus } from '../domain/money/matching.js';
import { refuse } from '../domain/refusal.js';
import type {
  BankExceptionDocument,
  BankLineDocument,
  BankMessageDocument,
  BankWordDocument,
} from './bank-message.model.js';
import {
  bankExceptionCollection,
  bankLineCollection,
  bankMessageCollection,
  bankWordCollection,
} from './bank-message.model.js';
import { paymentBatchCollection } from './payment-batch.model.js';
import { paymentInstructionCollection } from './payment-instruction.model.js';
import type { PaymentInstructionDocument } from './payment-instruction.model.js';
import type { RegisterChange } from './register.repository.js';
import type { Session } from './transaction.js';

export type StatusLine = {
  readonly kind: 'status';
  readonly endToEndId: string;
  readonly word: BankWord;
  readonly code: string;
};
export type StatementLine = { readonly kind: 'statement'; readonly reference: string } & BookedLine;
export type ToImport = {
  readonly messageId: string;
  readonly kind: BankMessageDocument['kind'];
  readonly sha256: string;
  readonly xml: string;
  readonly importedBy: string;
  readonly at: Date;
  readonly lines: readonly (StatusLine | StatementLine)[];
};

const instructedOf = ({ _id, amountMinor, state, releasedAt }: PaymentInstructionDocument): Instructed => ({
  instructionId: _id,
  amountMinor,
  state,
  releasedOn: releasedAt.toISOString().slice(0, 10),
});

const named = (lines: ToImport['lines']): string[] => [
  ...new Set(lines.flatMap(({ endToEndId }) => (endToEndId === undefined ? [] : [endToEndId]))),
];

type Known = {
  readonly instructed: ReadonlyMap<string, Instructed>;
  readonly booked: Set<string>;
  readonly batchIds: readonly string[];
};

/** A batch of this message that the person released: whoever let money go does not say afterwards that it arrived. */
const releasedBy = async (session: Session, personId: string, { batchIds }: Known): Promise<string | null> => {
  const filter = { _id: { $in: [...batchIds] }, releasedBy: personId };
  const found = await paymentBatchCollection().findOne(filter, { session, projection: { _id: 1 } });
  return found?._id ?? null;
};

const knownOf = async (session: Session, lines: ToImport['lines']): Promise<Known> => {
  const ids = named(lines);
  const found = await paymentInstructionCollection()
    .find({ _id: { $in: ids } }, { session })
    .toArray();
  const earlier = await bankLineCollection()
    .find({ instructionId: { $in: ids }, booked: true }, { session, projection: { instructionId: 1 } })
    .toArray();
  return {
    instructed: new Map(found.map((one) => [one._id, instructedOf(one)])),
    batchIds: [...new Set(found.flatMap(({ batchId }) => (batchId === null ? [] : [batchId])))],
    booked: new Set(earlier.flatMap(({ instructionId }) => (instructionId === null ? [] : [instructionId]))),
  };
};

const outcomeOf = (line: StatusLine | StatementLine, { instructed, booked }: Known): WordOutcome => {
  const one = line.endToEndId === undefined ? null : (instructed.get(line.endToEndId) ?? null);
  if (line.kind === 'status') return matchStatus(line.word, one);
  const outcome = matchLine(line, one, one !== null && booked.has(one.instructionId));
  // The next line of this very statement would be the second booking of one payment.
  if (one !== null && (outcome === 'apply' || outcome === 'repeat') && !line.reversal) booked.add(one.instructionId);
  return outcome;
};

const evidenceOf = (line: StatusLine | StatementLine, one: Instructed | undefined): Record<string, string> => ({
  ...(line.endToEndId === undefined ? {} : { endToEndId: line.endToEndId }),
  ...(line.kind === 'status'
    ? { word: line.word, code: line.code }
    : {
        reference: line.reference,
        amountMinor: line.amountMinor,
        currency: line.currency,
        bookedOn: line.bookingDate,
      }),
  ...(one === undefined ? {} : { instructedMinor: one.amountMinor, state: one.state }),
});

type Written = {
  readonly lines: BankLineDocument[];
  readonly exceptions: BankExceptionDocument[];
  readonly words: BankWordDocument[];
};

const statusOf = (line: StatusLine | StatementLine): PaymentStatus | null => {
  if (line.kind === 'statement') return 'settled';
  return line.word === 'settled' || line.word === 'rejected' || line.word === 'unknown' ? line.word : null;
};

/** A line with what became of it. */
type Judged = {
  readonly id: string;
  readonly line: StatusLine | StatementLine;
  readonly one: Instructed | undefined;
  readonly outcome: WordOutcome;
};

const isBooking = ({ line, outcome }: Judged): boolean =>
  line.kind === 'statement' && !line.reversal && (outcome === 'apply' || outcome === 'repeat');

const lineOf = (judged: Judged, { messageId, at }: ToImport): BankLineDocument => {
  const { id: _id, line, one, outcome } = judged;
  const statement = line.kind === 'statement' ? line : null;
  return {
    ...{ _id, messageId, endToEndId: line.endToEndId ?? null, instructionId: one?.instructionId ?? null, outcome },
    booked: isBooking(judged),
    bookedOn: statement?.bookingDate ?? at.toISOString().slice(0, 10),
    amountMinor: statement?.amountMinor ?? null,
  };
};

const wordOf = ({ id: _id, line, one, outcome }: Judged, { at }: ToImport): BankWordDocument[] => {
  const status = statusOf(line);
  if (outcome !== 'apply' || one === undefined || status === null) return [];
  const code = line.kind === 'status' ? line.code : 'statement';
  return [{ _id, instructionId: one.instructionId, status, code, at }];
};

const exceptionOf = ({ id: _id, line, one, outcome }: Judged, { messageId, at }: ToImport): BankExceptionDocument[] =>
  isException(outcome)
    ? [
        {
          ...{ _id, kind: outcome, messageId, instructionId: one?.instructionId ?? null },
          ...{ evidence: evidenceOf(line, one), state: 'open', version: 1, raisedAt: at },
          ...{ action: null, reason: null, closedBy: null, closedAt: null },
        },
      ]
    : [];

const writtenOf = (given: ToImport, known: Known): Written => {
  const judged = given.lines.map((line, index): Judged => {
    const one = line.endToEndId === undefined ? undefined : known.instructed.get(line.endToEndId);
    return { id: `${given.messageId}/${index + 1}`, line, one, outcome: outcomeOf(line, known) };
  });
  return {
    lines: judged.map((one) => lineOf(one, given)),
    exceptions: judged.flatMap((one) => exceptionOf(one, given)),
    words: judged.flatMap((one) => wordOf(one, given)),
  };
};

const insertAll = async <T extends object>(
  insert: (rows: T[]) => Promise<unknown>,
  rows: readonly T[],
): Promise<void> => {
  if (rows.length > 0) await insert([...rows]);
};

/** The same message again changes nothing; another text under its id is refused. */
export const writeMessage = async (session: Session, given: ToImport): Promise<RegisterChange> => {
  const earlier = await bankMessageCollection().findOne({ _id: given.messageId }, { session });
  if (earlier !== null)
    return earlier.sha256 === given.sha256
      ? refuse('alreadyActed', 'message-imported', given.messageId)
      : refuse('keyReusedWithOtherContent', 'message-id', given.messageId);
  const { messageId: _id, kind, sha256, xml, importedBy, at: importedAt } = given;
  const known = await knownOf(session, given.lines);
  const released = await releasedBy(session, importedBy, known);
  if (released !== null) return refuse('dutyConflict', 'release-with-reconcile', released);
  const written = writtenOf(given, known);
  const counts = { lines: written.lines.length, exceptions: written.exceptions.length };
  await bankMessageCollection().insertOne({ _id, kind, sha256, xml, importedBy, importedAt, ...counts }, { session });
  await insertAll((rows) => bankLineCollection().insertMany(rows, { session }), written.lines);
  await insertAll((rows) => bankExceptionCollection().insertMany(rows, { session }), written.exceptions);
  await insertAll((rows) => bankWordCollection().insertMany(rows, { session }), written.words);
  return { changed: changedFields({}, { kind, sha256, ...counts }) };
};
