// Orders on the ledger: proposing, deciding and reading them. What an approved order posts is posted in the transaction that approves it.
import type { Session } from './transaction.js';
import type { RegisterChange } from './register.repository.js';
import { changedFields } from '../domain/audit/register-entry.js';
import { transferFault } from '../domain/money/funding-source.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { fundingSourceByCode } from './funding-source.repository.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { LedgerOrderDocument } from './ledger-order.model.js';
import { ledgerOrderCollection, LedgerOrderModel } from './ledger-order.model.js';
import type { Envelope, PostingDocument } from './ledger.model.js';
import { balanceCollection, postingCollection } from './ledger.model.js';
import { post } from './ledger.projection.js';

export type LedgerOrder = LedgerOrderDocument;

/** `programme/source/fiscal year`; the year has a slash of its own. */
export const envelopeParts = (envelopeId: string): Envelope => {
  const [programmeCode = '', fundingSource = '', ...year] = envelopeId.split('/');
  return { programmeCode, fundingSource, fiscalYear: year.join('/') };
};

const zero = { available: 0n, reserved: 0n, committed: 0n, disbursed: 0n, spent: 0n, writtenOff: 0n } as const;

/** An envelope begins with its first money. */
const ensureEnvelope = async (session: Session, envelopeId: string): Promise<void> => {
  await balanceCollection().updateOne(
    { _id: envelopeId },
    { $setOnInsert: { ...envelopeParts(envelopeId), ...zero } },
    { session, upsert: true },
  );
};

const existing = async (session: Session, envelopeId: string): Promise<boolean> =>
  (await balanceCollection().findOne({ _id: envelopeId }, { session, projection: { _id: 1 } })) !== null;

const betweenSources = async (session: Session, from: string, to: string): Promise<Refusal | undefined> => {
  const [giving, taking] = [envelopeParts(from), envelopeParts(to)];
  const fault = transferFault(
    await fundingSourceByCode(giving.fundingSource, session),
    await fundingSourceByCode(taking.fundingSource, session),
  );
  return fault?.refusal;
};

const transferRefusal = async (session: Session, { from, to }: LedgerOrder): Promise<Refusal | undefined> => {
  if (from === null || to === null || from === to) return refuse('conditionsNotMet', 'two-envelopes').refusal;
  if (!(await existing(session, from))) return refuse('conditionsNotMet', 'envelope-exists', from).refusal;
  return betweenSources(session, from, to);
};

const reversalRefusal = async (session: Session, reverses: string): Promise<Refusal | undefined> => {
  const earlier = await ledgerOrderCollection().findOne({ _id: reverses }, { session });
  if (earlier?.state !== 'approved' || earlier.kind === 'reverse')
    return refuse('conditionsNotMet', 'order-to-reverse', reverses).refusal;
  const again = await postingCollection().findOne({ reverses: `${reverses}-0` }, { session });
  return again === null ? undefined : refuse('alreadyActed', 'order-reversed').refusal;
};

/** What an order would break by its own terms; floors are kept by the posting itself. */
const orderFault = async (session: Session, order: LedgerOrder): Promise<Refusal | undefined> => {
  switch (order.kind) {
    case 'open':
      return undefined;
    case 'transfer':
      return transferRefusal(session, order);
    case 'reverse':
      return reversalRefusal(session, order.reverses ?? '');
  }
};

export const proposeOrder = async (session: Session, order: LedgerOrder): Promise<RegisterChange> => {
  const refusal = await orderFault(session, order);
  if (refusal) return { refusal };
  await ledgerOrderCollection().insertOne(order, { session });
  const { kind, from, to, amountMinor, reverses, reason } = order;
  return { changed: changedFields({}, { kind, from, to, amountMinor, reverses, reason }) };
};

type Line = Pick<PostingDocument, 'envelopeId' | 'kind' | 'from' | 'to'> & { readonly reverses?: string };

const linesOf = ({ kind, from, to }: LedgerOrder): Line[] => {
  const out = from === null ? [] : [{ envelopeId: from, kind, from: 'available', to: 'outside' } as const];
  const into = to === null ? [] : [{ envelopeId: to, kind, from: 'outside', to: 'available' } as const];
  return [...out, ...into];
};

/** The same lines the other way round, each linked to the one it takes back. */
const reversed = (earlier: LedgerOrder): Line[] =>
  linesOf(earlier).map(({ envelopeId, from, to }, index) => ({
    ...{ envelopeId, kind: 'reverse', from: to, to: from },
    reverses: `${earlier._id}-${index}`,
  }));

const postOrder = async (session: Session, order: LedgerOrder, at: Date): Promise<void> => {
  const earlier =
    order.reverses === null ? null : await ledgerOrderCollection().findOne({ _id: order.reverses }, { session });
  const lines = earlier === null ? linesOf(order) : reversed(earlier);
  for (const { envelopeId } of lines) await ensureEnvelope(session, envelopeId);
  await post(
    session,
    lines.map((line, index) => ({
      ...line,
      _id: `${order._id}-${index}`,
      requestId: null,
      amountMinor: BigInt(order.amountMinor),
      at,
      seq: 0,
    })),
  );
};

/** What an envelope lacks to give this order's money; null when it can. */
const missingFor = async (session: Session, order: LedgerOrder): Promise<bigint | null> => {
  const earlier =
    order.reverses === null ? null : await ledgerOrderCollection().findOne({ _id: order.reverses }, { session });
  const giving = earlier === null ? order.from : earlier.to;
  if (giving === null) return null;
  const balance = await balanceCollection().findOne({ _id: giving }, { session });
  const left = (balance?.available ?? 0n) - BigInt(order.amountMinor);
  return left < 0n ? -left : null;
};

export type OrderDecision = {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly verdict: 'approved' | 'rejected';
  readonly personId: string;
  readonly at: Date;
};

const decisionFault = async (
  session: Session,
  order: LedgerOrder | null,
  { expectedVersion, personId, verdict }: OrderDecision,
): Promise<Refusal | undefined> => {
  if (order === null || order.version !== expectedVersion)
    return refuse('staleVersion', 'version-seen', String(order?.version ?? 0)).refusal;
  if (order.state !== 'proposed') return refuse('alreadyActed', 'order-decided', order.state).refusal;
  if (order.proposedBy === personId) return refuse('dutyConflict', 'propose-with-approve').refusal;
  if (verdict === 'rejected') return undefined;
  const fault = await orderFault(session, order);
  if (fault) return fault;
  const missing = await missingFor(session, order);
  return missing === null ? undefined : refuse('envelopeExceeded', 'available', missing.toString()).refusal;
};

export const decideOrder = async (
  session: Session,
  version: number,
  decision: OrderDecision,
): Promise<RegisterChange> => {
  const { orderId, verdict, personId, at } = decision;
  const order = await ledgerOrderCollection().findOne({ _id: orderId }, { session });
  const refusal = await decisionFault(session, order, decision);
  if (refusal || order === null) return { refusal: refusal ?? refuse('conditionsNotMet', 'order-exists').refusal };
  const decided = { state: verdict, decidedBy: personId, decidedAt: at, version } as const;
  await ledgerOrderCollection().updateOne({ _id: orderId, version: order.version }, { $set: decided }, { session });
  if (verdict === 'approved') await postOrder(session, order, at);
  return { changed: changedFields({ state: order.state, decidedBy: null }, { state: verdict, decidedBy: personId }) };
};

export const orderById = (orderId: string): Promise<LedgerOrder | null> =>
  LedgerOrderModel.findById(orderId).lean<LedgerOrder | null>().exec();

export type OrderPage = {
  readonly state?: LedgerOrder['state'];
  readonly after?: PagePosition;
  readonly limit: number;
};

export const ledgerOrders = ({ state, after, limit }: OrderPage): Promise<LedgerOrder[]> =>
  pageOf(
    rangesAfter({ field: 'proposedAt', direction: -1 }, after, (text) => new Date(text)),
    limit,
    ({ where, order }, left) =>
      LedgerOrderModel.find({ ...(state === undefined ? {} : { state }), ...where })
        .sort(order)
        .limit(left)
        .hint(state === undefined ? 'by-age' : 'state-by-age')
        .lean<LedgerOrder[]>()
        .exec(),
  );

export const orderPosition = ({ _id, proposedAt }: LedgerOrder): PagePosition => ({
  value: proposedAt.toISOString(),
  id: _id,
});
