// The ledger: balances per envelope, the postings that moved them, and the reservations that cross requests. Amounts are int64.
import mongoose, { Schema } from 'mongoose';
import type { PeopleByLevel } from '../domain/command.js';
import type { Envelope } from '../domain/money/envelope.js';
import type { SourceTerm } from '../domain/money/funding-source.js';
import type { Account, Posting } from '../domain/money/ledger.js';
import type { NamedIndex } from './named-index.js';

/** Fields of the accounts in a balance. */
export const balanceFields = {
  available: 'available',
  reserved: 'reserved',
  committed: 'committed',
  disbursed: 'disbursed',
  spent: 'spent',
  'written-off': 'writtenOff',
} as const satisfies Record<Account, string>;
export type BalanceField = (typeof balanceFields)[Account];

export type Balances = Readonly<Record<BalanceField, bigint>>;
/** Of an envelope that nothing has moved yet. */
export const noBalances: Balances = {
  available: 0n,
  reserved: 0n,
  committed: 0n,
  disbursed: 0n,
  spent: 0n,
  writtenOff: 0n,
};

/** No account ever goes below zero: the update that would take it there matches nothing. */
export type BalanceDocument = { readonly _id: string } & Envelope &
  Balances & {
    /** How many postings moved this envelope: each of them has its number. */
    readonly postings?: bigint;
    /** Of the newest posting; never earlier than that of the one before, whatever clocks say. */
    readonly bookedAt?: Date;
  };

/** Where a posting stands in its envelope, and what every account held after it. */
export type Booking = { readonly number: bigint; readonly bookedAt: Date; readonly after: Balances };

/** Money that moves outside requests, by order of two people: into an envelope, between envelopes, and back again. */
export type OrderedKind = 'open' | 'transfer' | 'reverse';

export type PostingDocument = {
  /** Business key: `<subjectId>-<seq>-<index>`, or `<envelopeId>-opening`. */
  readonly _id: string;
  readonly envelopeId: string;
  readonly requestId: string | null;
  readonly kind: Posting['kind'] | OrderedKind;
  readonly from: Account | 'outside';
  readonly to: Account | 'outside';
  readonly amountMinor: bigint;
  readonly at: Date;
  readonly seq: number;
  readonly booking?: Booking;
  /** The posting that this one takes back. */
  readonly reverses?: string;
};

type Answer =
  | {
      readonly outcome: 'reserved';
      readonly cumulativeMinor: string;
      /** Absent in reservations from before levels were counted. */
      readonly peopleByLevel?: PeopleByLevel;
    }
  /** `rule`: the term of the source that the award would break; whether the money is there was not asked then. */
  | { readonly outcome: 'refused'; readonly missingMinor: string; readonly rule?: SourceTerm };

/** The answer to one committee decision, kept so that a repeated question gets it again. */
export type ReservationDocument = {
  /** The decision's key. */
  readonly _id: string;
  readonly requestId: string;
  readonly envelopeId: string;
  readonly organisationId: string;
  readonly programmeCode: string;
  readonly amountMinor: bigint;
  /** What of it went back to the envelope; it no longer counts towards the organisation's sum. */
  readonly releasedMinor: bigint;
  readonly at: Date;
  readonly releasedAt?: Date;
} & Answer;

/** Awards of the twelve months before an instant count together. */
export const aYearBefore = (at: Date): Date => {
  const since = new Date(at);
  since.setUTCFullYear(since.getUTCFullYear() - 1);
  return since;
};

/** Touched by every reservation for one NGO and programme, so that two of them see each other whatever their envelopes. */
export type AwardGuardDocument = { readonly _id: string; readonly reservations: number };

const amount = { type: BigInt, required: true } as const;

const balanceSchema = new Schema<BalanceDocument>(
  {
    _id: { type: String, required: true },
    programmeCode: { type: String, required: true },
    fundingSource: { type: String, required: true },
    fiscalYear: { type: String, required: true },
    envelopeCallId: String,
    available: amount,
    reserved: amount,
    committed: amount,
    disbursed: amount,
    spent: amount,
    writtenOff: amount,
    postings: BigInt,
    bookedAt: Date,
  },
  { collection: 'balances', versionKey: false },
);

const postingSchema = new Schema<PostingDocument>(
  {
    _id: { type: String, required: true },
    envelopeId: { type: String, required: true },
    requestId: { type: String, default: null },
    kind: { type: String, required: true },
    from: { type: String, required: true },
    to: { type: String, required: true },
    amountMinor: amount,
    at: { type: Date, required: true },
    seq: { type: Number, required: true },
    booking: Schema.Types.Mixed,
    reverses: String,
  },
  { collection: 'ledger_postings', versionKey: false },
);

const reservationSchema = new Schema<ReservationDocument>(
  {
    _id: { type: String, required: true },
    requestId: { type: String, required: true },
    envelopeId: { type: String, required: true },
    organisationId: { type: String, required: true },
    programmeCode: { type: String, required: true },
    amountMinor: amount,
    releasedMinor: amount,
    outcome: { type: String, enum: ['reserved', 'refused'], required: true },
    cumulativeMinor: String,
    peopleByLevel: Schema.Types.Mixed,
    missingMinor: String,
    rule: String,
    at: { type: Date, required: true },
    releasedAt: Date,
  },
  { collection: 'reservations', versionKey: false, minimize: false },
);

export const BalanceModel = mongoose.model<BalanceDocument>('Balance', balanceSchema);
export const PostingModel = mongoose.model<PostingDocument>('LedgerPosting', postingSchema);
export const ReservationModel = mongoose.model<ReservationDocument>('Reservation', reservationSchema);

export const balanceCollection = () => mongoose.connection.collection<BalanceDocument>('balances');
export const postingCollection = () => mongoose.connection.collection<PostingDocument>('ledger_postings');
export const reservationCollection = () => mongoose.connection.collection<ReservationDocument>('reservations');
export const awardGuardCollection = () => mongoose.connection.collection<AwardGuardDocument>('award_guards');

export const postingIndexes: readonly NamedIndex[] = [
  { name: 'request', key: { requestId: 1, seq: 1 } },
  { name: 'envelope', key: { envelopeId: 1, at: 1, _id: 1 } },
  { name: 'envelope-number', key: { envelopeId: 1, 'booking.number': -1 } },
  { name: 'envelope-booked', key: { envelopeId: 1, 'booking.bookedAt': -1, 'booking.number': -1 } },
  {
    name: 'reversed-once',
    key: { reverses: 1 },
    unique: true,
    partialFilterExpression: { reverses: { $exists: true } },
  },
  { name: 'commitments-by-age', key: { at: -1, _id: -1 }, partialFilterExpression: { kind: 'commit' } },
];
export const reservationIndexes: readonly NamedIndex[] = [
  { name: 'organisation-programme', key: { organisationId: 1, programmeCode: 1, at: 1 } },
];
