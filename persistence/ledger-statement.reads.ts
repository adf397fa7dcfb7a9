// Statements of the ledger: what accounts held at an instant, what moved them, and sums by whom the money was for.
import type { QueryFilter } from 'mongoose';
import { trusted } from 'mongoose';
import type { Account } from '../domain/money/ledger.js';
import { accounts } from '../domain/money/ledger.js';
import type { BalanceDocument, BalanceField, Balances, PostingDocument } from './ledger.model.js';
import { balanceFields, BalanceModel, noBalances, postingCollection, PostingModel } from './ledger.model.js';
import type { RequestDocument } from './request.model.js';
import { RequestModel } from './request.model.js';
import type { Session } from './transaction.js';
import { withSnapshot } from './transaction.js';

/** How far an envelope's postings had come, and what its accounts held then. */
export type Standing = { readonly number: bigint; readonly balances: Balances };

/** The newest posting of an envelope that was booked by an instant. Reads one document, however many there are. */
const standingAt = async (session: Session, envelopeId: string, by: Date): Promise<Standing> => {
  const last = await PostingModel.findOne({ envelopeId, 'booking.bookedAt': trusted({ $lte: by }) })
    .sort({ 'booking.bookedAt': -1, 'booking.number': -1 })
    .hint('envelope-booked')
    .session(session)
    .lean<PostingDocument | null>()
    .exec();
  return { number: last?.booking?.number ?? 0n, balances: last?.booking?.after ?? noBalances };
};

export const balancesAt = (envelopeId: string, by: Date): Promise<Balances> =>
  withSnapshot(async (session) => (await standingAt(session, envelopeId, by)).balances);

export type TrialRow = { readonly envelopeId: string; readonly balances: Balances };
export type TrialBalance = {
  readonly at: Date;
  readonly rows: readonly TrialRow[];
  /** All money that came in from outside, less what went out again: what the rows have to add up to. */
  readonly fromOutside: bigint;
  readonly total: bigint;
  /** Envelopes and accounts whose balance is not the sum of their postings; empty in sound books. */
  readonly faults: readonly string[];
};

type Moved = {
  readonly _id: { readonly envelopeId: string; readonly account: Account | 'outside' };
  readonly sum: bigint;
};

/** Sums of all postings booked by an instant, per envelope and account: one pass over the ledger. */
const movedBy = (session: Session, by: Date): Promise<Moved[]> =>
  postingCollection()
    .aggregate<Moved>(
      [
        { $match: { 'booking.bookedAt': { $lte: by } } },
        {
          $group: {
            _id: { envelopeId: '$envelopeId', from: '$from', to: '$to' },
            sum: { $sum: '$amountMinor' },
          },
        },
        {
          $project: {
            sides: [
              { account: '$_id.to', envelopeId: '$_id.envelopeId', amount: '$sum' },
              { account: '$_id.from', envelopeId: '$_id.envelopeId', amount: { $multiply: ['$sum', -1] } },
            ],
          },
        },
        { $unwind: '$sides' },
        {
          $group: {
            _id: { envelopeId: '$sides.envelopeId', account: '$sides.account' },
            sum: { $sum: '$sides.amount' },
          },
        },
      ],
      { allowDiskUse: true, session },
    )
    .toArray();

const envelopesNow = (session: Session): Promise<Pick<BalanceDocument, '_id'>[]> =>
  BalanceModel.find({}, { _id: 1 }).sort({ _id: 1 }).session(session).lean<Pick<BalanceDocument, '_id'>[]>().exec();

const sumOf = (balances: Balances): bigint =>
  accounts.reduce((sum, account) => sum + balances[balanceFields[account]], 0n);

const trialRows = async (session: Session, at: Date): Promise<TrialRow[]> => {
  const rows: TrialRow[] = [];
  for (const { _id: envelopeId } of await envelopesNow(session))
    rows.push({ envelopeId, balances: (await standingAt(session, envelopeId, at)).balances });
  return rows;
};

/**
 * Proven both ways: by the running balances, and by the sum of every posting. Both come from one snapshot, or money that
 * moves between the two looks would be told as a fault.
 */
export const trialBalance = async (at: Date): Promise<TrialBalance> => {
  const { rows, moved } = await withSnapshot(async (session) => ({
    rows: await trialRows(session, at),
    moved: await movedBy(session, at),
  }));
  const sums = new Map(moved.map(({ _id, sum }) => [`${_id.envelopeId} ${_id.account}`, sum]));
  const faults = rows.flatMap(({ envelopeId, balances }) =>
    accounts
      .filter((account) => balances[balanceFields[account]] !== (sums.get(`${envelopeId} ${account}`) ?? 0n))
      .map((account) => `${envelopeId} ${account}`),
  );
  const outside = moved.filter(({ _id }) => _id.account === 'outside').reduce((sum, one) => sum - one.sum, 0n);
  const total = rows.reduce((sum, { balances }) => sum + sumOf(balances), 0n);
  return { at, rows, fromOutside: outside, total, faults };
};

/** From one instant to before another. */
export type Period = { readonly envelopeId: string; readonly from: Date; readonly until: Date };
export type StatementQuery = Period & {
  /** Numbers above this one. */
  readonly afterNumber: bigint;
  readonly limit: number;
};

export type Statement = {
  readonly opening: Balances;
  readonly closing: Balances;
  readonly postings: readonly PostingDocument[];
};

/** The ends of a statement as numbers and balances. They hold for good: what is booked later has a higher number. */
export type Ends = { readonly opening: Standing; readonly closing: Standing };

const endsOf = async (session: Session, { envelopeId, from, until }: Period): Promise<Ends> => {
  const before = (instant: Date): Promise<Standing> => standingAt(session, envelopeId, new Date(instant.getTime() - 1));
  return { opening: await before(from), closing: await before(until) };
};

export const statementEnds = (period: Period): Promise<Ends> => withSnapshot((session) => endsOf(session, period));

type Numbers = { readonly envelopeId: string; readonly after: bigint; readonly upTo: bigint; readonly limit: number };

const postingsNumbered = ({ envelopeId, after, upTo, limit }: Numbers, session?: Session): Promise<PostingDocument[]> =>
  PostingModel.find({ envelopeId, 'booking.number': trusted({ $gt: after, $lte: upTo }) })
    .sort({ 'booking.number': 1 })
    .limit(limit)
    .hint('envelope-number')
    .session(session ?? null)
    .lean<PostingDocument[]>()
    .exec();

/**
 * What an envelope held from one instant to before another, and what moved it. The instants are turned into numbers first:
 * a page in the middle of a long ledger then reads its own postings and no others.
 */
export const envelopeStatement = (query: StatementQuery): Promise<Statement> =>
  withSnapshot(async (session) => {
    const { envelopeId, afterNumber, limit } = query;
    const { opening, closing } = await endsOf(session, query);
    const after = afterNumber > opening.number ? afterNumber : opening.number;
    const postings = await postingsNumbered({ envelopeId, after, upTo: closing.number, limit }, session);
    return { opening: opening.balances, closing: closing.balances, postings };
  });

const pageSize = 500;

/** All postings between the ends of a statement, however many: one page is in memory at a time. */
export async function* postingsBetween(
  envelopeId: string,
  { opening, closing }: Ends,
): AsyncGenerator<PostingDocument> {
  for (let after = opening.number; after < closing.number; ) {
    const page = await postingsNumbered({ envelopeId, after, upTo: closing.number, limit: pageSize });
    yield* page;
    const last = page.at(-1)?.booking?.number;
    if (last === undefined) return;
    after = last;
  }
}

export type Summed = { readonly kind: string; readonly from: string; readonly to: string; readonly sum: bigint };
export type Holder =
  | { readonly kind: 'request'; readonly id: string }
  | { readonly kind: 'organisation'; readonly id: string }
  | { readonly kind: 'programme'; readonly id: string }
  | { readonly kind: 'call'; readonly id: string }
  | { readonly kind: 'source'; readonly ids: readonly string[] };

const envelopesWhere = async (where: QueryFilter<BalanceDocument>): Promise<string[]> => {
  const found = await BalanceModel.find(where, { _id: 1 }).lean<Pick<BalanceDocument, '_id'>[]>().exec();
  return found.map(({ _id }) => _id);
};

const requestsWhere = async (where: QueryFilter<RequestDocument>): Promise<string[]> => {
  const found = await RequestModel.find(where, { _id: 1 }).lean<Pick<RequestDocument, '_id'>[]>().exec();
  return found.map(({ _id }) => _id);
};

type Places = { readonly envelopeIds: readonly string[]; readonly requestIds: readonly string[] };

/** Where a holder's postings stand. A call has its own money with all that came into it; of shared money only what its requests moved. */
export const placesOf = async (holder: Holder): Promise<Places> => {
  switch (holder.kind) {
    case 'request':
      return { envelopeIds: [], requestIds: [holder.id] };
    case 'organisation':
      return { envelopeIds: [], requestIds: await requestsWhere({ organisationId: holder.id }) };
    case 'programme':
      return { envelopeIds: await envelopesWhere({ programmeCode: holder.id }), requestIds: [] };
    case 'call':
      return {
        envelopeIds: await envelopesWhere({ envelopeCallId: holder.id }),
        requestIds: await requestsWhere({ callId: holder.id }),
      };
    case 'source':
      return {
        envelopeIds: await envelopesWhere({ fundingSource: trusted({ $in: [...holder.ids] }) }),
        requestIds: [],
      };
  }
};

const standingIn = ({ envelopeIds, requestIds }: Places) => ({
  $or: [{ envelopeId: { $in: [...envelopeIds] } }, { requestId: { $in: [...requestIds] } }],
});

/** What moved for a request, an NGO, a programme, a call or sources, summed by kind and accounts. */
export const sumsFor = async (holder: Holder): Promise<Summed[]> => {
  const found = await postingCollection()
    .aggregate<{ readonly _id: Omit<Summed, 'sum'>; readonly sum: bigint }>([
      { $match: standingIn(await placesOf(holder)) },
      { $group: { _id: { kind: '$kind', from: '$from', to: '$to' }, sum: { $sum: '$amountMinor' } } },
      { $sort: { '_id.kind': 1, '_id.from': 1, '_id.to': 1 } },
    ])
    .toArray();
  return found.map(({ _id, sum }) => ({ ..._id, sum }));
};

/** What each account holds by these sums alone. */
export const heldBy = (sums: readonly Summed[]): Balances => {
  const held: Record<BalanceField, bigint> = { ...noBalances };
  const fieldOf = (name: string): BalanceField | undefined =>
    accounts.filter((account) => account === name).map((account) => balanceFields[account])[0];
  for (const { from, to, sum } of sums) {
    const [out, into] = [fieldOf(from), fieldOf(to)];
    if (out !== undefined) held[out] -= sum;
    if (into !== undefined) held[into] += sum;
  }
  return held;
};
