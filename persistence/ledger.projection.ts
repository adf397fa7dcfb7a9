// Writing the ledger: postings that move balances without passing a floor, and reservations. Activities only.
import type { Envelope } from '../domain/money/envelope.js';
import { envelopeIdOf } from '../domain/money/envelope.js';
import type { SourceTerm } from '../domain/money/funding-source.js';
import { brokenTerm } from '../domain/money/funding-source.js';
import type { Posting } from '../domain/money/ledger.js';
import type { BalanceDocument, BalanceField, Balances, PostingDocument, ReservationDocument } from './ledger.model.js';
import {
  awardGuardCollection,
  balanceCollection,
  balanceFields,
  aYearBefore,
  postingCollection,
  reservationCollection,
} from './ledger.model.js';
import { fundingSourceByCode } from './funding-source.repository.js';
import { peopleByLevelAt } from './person.repository.js';
import { programmeById } from './programme.repository.js';
import { RecordingFault } from './recording-fault.js';
import type { Session } from './transaction.js';

const envelopesIn = (postings: readonly PostingDocument[]): string[] => [
  ...new Set(postings.map(({ envelopeId }) => envelopeId)),
];

/** The move of one posting; the floor is in the filter, so that it holds whatever else happens at the same moment. */
const moveOf = ({ envelopeId, from, to, amountMinor }: PostingDocument, now: Date) => ({
  updateOne: {
    filter:
      from === 'outside' ? { _id: envelopeId } : { _id: envelopeId, [balanceFields[from]]: { $gte: amountMinor } },
    update: {
      $inc: {
        ...(from === 'outside' ? {} : { [balanceFields[from]]: -amountMinor }),
        ...(to === 'outside' ? {} : { [balanceFields[to]]: amountMinor }),
        postings: 1n,
      },
      $max: { bookedAt: now },
    },
  },
});

const balancesOf = ({ available, reserved, committed, disbursed, spent, writtenOff }: BalanceDocument): Balances => ({
  ...{ available, reserved, committed, disbursed, spent, writtenOff },
});

/** What the accounts held before a posting, from what they held after it. */
const undone = (after: Balances, { from, to, amountMinor }: PostingDocument): Balances => {
  const before: Record<BalanceField, bigint> = { ...after };
  if (from !== 'outside') before[balanceFields[from]] += amountMinor;
  if (to !== 'outside') before[balanceFields[to]] -= amountMinor;
  return before;
};

/** Numbers postings and gives each what every account held after it, counting back from the balances they led to. */
const booked = (postings: readonly PostingDocument[], balances: readonly BalanceDocument[]): PostingDocument[] => {
  const ends = new Map(
    balances.map((balance) => [
      balance._id,
      { after: balancesOf(balance), number: balance.postings ?? 0n, bookedAt: balance.bookedAt ?? new Date(0) },
    ]),
  );
  const found: PostingDocument[] = [];
  for (const posting of [...postings].reverse()) {
    const end = ends.get(posting.envelopeId);
    if (end === undefined) throw new Error(`no envelope ${posting.envelopeId}`);
    found.push({ ...posting, booking: end });
    ends.set(posting.envelopeId, { ...end, after: undone(end.after, posting), number: end.number - 1n });
  }
  return found.reverse();
};

/**
 * Moves balances as the postings say, in order, and writes the postings with the balances they led to. An account that
 * would go below zero stops everything. The balances are read after they were moved, so nobody else moves them before the commit.
 */
export const post = async (session: Session, postings: readonly PostingDocument[]): Promise<void> => {
  if (postings.length === 0) return;
  const now = new Date();
  const { matchedCount } = await balanceCollection().bulkWrite(
    postings.map((posting) => moveOf(posting, now)),
    { session },
  );
  if (matchedCount !== postings.length)
    throw new RecordingFault('ledgerFloor', `a posting of ${postings.map(({ _id }) => _id).join(', ')} passes a floor`);
  const balances = await balanceCollection()
    .find({ _id: { $in: envelopesIn(postings) } }, { session })
    .toArray();
  await postingCollection().insertMany(booked(postings, balances), { session });
};

/** The question of one committee decision to the treasury. */
export type FundsQuestion = {
  readonly decisionKey: string;
  readonly requestId: string;
  readonly organisationId: string;
  readonly envelope: Envelope;
  /** Where the project is: the source of the money may be bound to places. */
  readonly governorates: readonly string[];
  readonly amountMinor: bigint;
  readonly at: Date;
  readonly posting: Pick<PostingDocument, '_id' | 'seq'>;
};

/**
 * Reserves an award, or says which term of the source it would break, or what is missing. The guarded update of the balance
 * serialises racing requests: the loser's transaction runs again on what the winner left. Asked again under the same key, it
 * repeats its first answer.
 */
export const reserve = async (session: Session, question: FundsQuestion): Promise<ReservationDocument> => {
  const { decisionKey, amountMinor } = question;
  const answered = await reservationCollection().findOne({ _id: decisionKey }, { session });
  if (answered) return answered;
  const term = await termBroken(session, question);
  const moved = term === null ? await movedFor(session, question) : null;
  const reservation: ReservationDocument = {
    ...{ _id: decisionKey, ...subjectOf(question), amountMinor, releasedMinor: 0n, at: question.at },
    ...(moved === null ? await refusalOf(session, question, term) : await grantOf(session, question)),
  };
  await reservationCollection().insertOne(reservation, { session });
  if (moved !== null) await postingCollection().insertMany(booked([postingFor(question)], [moved]), { session });
  return reservation;
};

const subjectOf = ({ requestId, organisationId, envelope }: FundsQuestion) => ({
  ...{ requestId, organisationId, envelopeId: envelopeIdOf(envelope), programmeCode: envelope.programmeCode },
});

const postingFor = ({ posting, requestId, envelope, amountMinor, at }: FundsQuestion): PostingDocument => ({
  ...{ ...posting, envelopeId: envelopeIdOf(envelope), requestId, amountMinor, at },
  ...{ kind: 'reserve', from: 'available', to: 'reserved' },
});

const movedFor = (session: Session, question: FundsQuestion): Promise<BalanceDocument | null> => {
  const { filter, update } = moveOf(postingFor(question), new Date()).updateOne;
  return balanceCollection().findOneAndUpdate(filter, update, { session, returnDocument: 'after' });
};

/**
 * The terms as this transaction sees them. Whoever edits them at the same moment comes before this reservation or after it:
 * neither reads what the other writes, so either order is a sound one.
 */
const termBroken = async (session: Session, question: FundsQuestion): Promise<SourceTerm | null> => {
  const { envelope, governorates, at } = question;
  const source = await fundingSourceByCode(envelope.fundingSource, session);
  const { programmeCode } = envelope;
  const sector = source.sectors === undefined ? undefined : (await programmeById(programmeCode, session))?.sector;
  return brokenTerm(source, { programmeCode, sector, governorates, atMs: at.getTime() });
};

const grantOf = async (session: Session, question: FundsQuestion) => ({
  outcome: 'reserved' as const,
  cumulativeMinor: (await cumulativeOf(session, question)).toString(),
  peopleByLevel: await peopleByLevelAt(question.at, session),
});

const refusalOf = async (session: Session, question: FundsQuestion, term: SourceTerm | null) => ({
  outcome: 'refused' as const,
  ...(term === null ? { missingMinor: (await missingFor(session, question)).toString() } : noneMissing(term)),
});

const noneMissing = (rule: SourceTerm) => ({ missingMinor: '0', rule });

/** Awards of one NGO in one programme within twelve months, this one included; what went back to the envelope does not count. */
const cumulativeOf = async (session: Session, question: FundsQuestion): Promise<bigint> => {
  const { organisationId, envelope, amountMinor, at } = question;
  const { programmeCode } = envelope;
  await awardGuardCollection().updateOne(
    { _id: `${organisationId}/${programmeCode}` },
    { $inc: { reservations: 1 } },
    { session, upsert: true },
  );
  const since = aYearBefore(at);
  const earlier = await reservationCollection()
    .find({ organisationId, programmeCode, at: { $gt: since }, outcome: 'reserved' }, { session })
    .toArray();
  return earlier.reduce((sum, other) => sum + other.amountMinor - other.releasedMinor, amountMinor);
};

const missingFor = async (session: Session, { envelope, amountMinor }: FundsQuestion): Promise<bigint> => {
  const balance = await balanceCollection().findOne({ _id: envelopeIdOf(envelope) }, { session });
  return amountMinor - (balance?.available ?? 0n);
};

export const markReleased = async (
  session: Session,
  decisionKey: string,
  amountMinor: bigint,
  at: Date,
): Promise<void> => {
  await reservationCollection().updateOne(
    { _id: decisionKey },
    { $inc: { releasedMinor: amountMinor }, $set: { releasedAt: at } },
    { session },
  );
};

/** Answers given before, for a call that is repeated. */
export const answersTo = async (decisionKeys: readonly string[]): Promise<ReservationDocument[]> =>
  decisionKeys.length === 0
    ? []
    : reservationCollection()
        .find({ _id: { $in: [...decisionKeys] } })
        .toArray();

export const postingOf = (
  posting: Posting,
  at: Pick<PostingDocument, '_id' | 'envelopeId' | 'requestId' | 'at' | 'seq'>,
): PostingDocument => ({
  ...at,
  kind: posting.kind,
  from: posting.from,
  to: posting.to,
  amountMinor: BigInt(posting.amountMinor),
});
