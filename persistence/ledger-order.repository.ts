// Orders on the ledger: proposing, deciding and reading them. What an approved order posts is posted in the transaction that approves it.
import type { Session } from './transaction.js';
import type { RegisterChange } from './register.repository.js';
import type { Actor } from '../domain/actor.js';
import { changedFields } from '../domain/audit/register-entry.js';
import { callEnvelopeFault } from '../domain/money/envelope.js';
import { fillingFault, transferFault } from '../domain/money/funding-source.js';
import type { OrderLine } from '../domain/money/ledger-order.js';
import { orderDutyFault, orderLines, reversingLines } from '../domain/money/ledger-order.js';
import type { Refusal } from '../domain/refusal.js';
import { refuse } from '../domain/refusal.js';
import { callMoney } from './call-draft.repository.js';
import { ensureEnvelope } from './envelope.repository.js';
import { fundingSourceByCode } from './funding-source.repository.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { LedgerOrderDocument } from './ledger-order.model.js';
import { ledgerOrderCollection, LedgerOrderModel } from './ledger-order.model.js';
import { envelopeParts } from '../domain/money/envelope.js';
import { balanceCollection, postingCollection } from './ledger.model.js';
import { post } from './ledger.projection.js';
import { programmeById } from './programme.repository.js';

export type LedgerOrder = LedgerOrderDocument;

const existing = async (session: Session, envelopeId: string): Promise<boolean> =>
  (await balanceCollection().findOne({ _id: envelopeId }, { session, projection: { _id: 1 } })) !== null;

/** A programme that nobody described has no sector, so a source bound to sectors does not fill it. */
const fillingRefusal = async (session: Session, envelopeId: string): Promise<Refusal | undefined> => {
  const { programmeCode, fundingSource, envelopeCallId } = envelopeParts(envelopeId);
  const call = envelopeCallId === undefined ? null : await callMoney(session, envelopeCallId);
  const ofCall = callEnvelopeFault(envelopeId, call);
  if (ofCall) return ofCall.refusal;
  const source = await fundingSourceByCode(fundingSource, session);
  const programme = await programmeById(programmeCode, session);
  return fillingFault(source, { programmeCode, sector: programme?.sector })?.refusal;
};

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
  return (await betweenSources(session, from, to)) ?? fillingRefusal(session, to);
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
      return fillingRefusal(session, order.to ?? '');
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

type Line = OrderLine & { readonly reverses?: string };

/** What an order posts: its own lines, or those of the order it takes back the other way round, each naming its twin. */
const linesOf = async (session: Session, order: LedgerOrder): Promise<Line[]> => {
  const { reverses } = order;
  const earlier = reverses === null ? null : await ledgerOrderCollection().findOne({ _id: reverses }, { session });
  if (earlier === null) return orderLines(order);
  return reversingLines(earlier).map((line, index) => ({ ...line, reverses: `${earlier._id}-${index}` }));
};

const postOrder = async (session: Session, { _id, amountMinor }: LedgerOrder, lines: readonly Line[], at: Date) => {
  for (const { envelopeId } of lines) await ensureEnvelope(session, envelopeId);
  const shared = { requestId: null, amountMinor: BigInt(amountMinor), at, seq: 0 };
  await post(
    session,
    lines.map((line, index) => ({ ...line, _id: `${_id}-${index}`, ...shared })),
  );
};

/** What the giving envelope lacks; null when it has enough, or when the money comes from outside. */
const missingFor = async (
  session: Session,
  { amountMinor }: LedgerOrder,
  lines: readonly Line[],
): Promise<bigint | null> => {
  const giving = lines.find(({ from }) => from === 'available');
  if (giving === undefined) return null;
  const balance = await balanceCollection().findOne({ _id: giving.envelopeId }, { session });
  const left = (balance?.available ?? 0n) - BigInt(amountMinor);
  return left < 0n ? -left : null;
};

export type OrderDecision = {
  readonly orderId: string;
  readonly expectedVersion: number;
  readonly verdict: 'approved' | 'rejected';
  readonly by: Actor;
  readonly at: Date;
};

const decisionFault = async (
  session: Session,
  order: LedgerOrder | null,
  { expectedVersion, by, verdict }: OrderDecision,
): Promise<Refusal | undefined> => {
  if (order === null || order.version !== expectedVersion)
    return refuse('staleVersion', 'version-seen', String(order?.version ?? 0)).refusal;
  if (order.state !== 'proposed') return refuse('alreadyActed', 'order-decided', order.state).refusal;
  const duty = orderDutyFault(by, order);
  if (duty) return duty;
  if (verdict === 'rejected') return undefined;
  return orderFault(session, order);
};

export const decideOrder = async (
  session: Session,
  version: number,
  decision: OrderDecision,
): Promise<RegisterChange> => {
  const { orderId, verdict, by, at } = decision;
  const { personId } = by;
  const order = await ledgerOrderCollection().findOne({ _id: orderId }, { session });
  const refusal = await decisionFault(session, order, decision);
  if (refusal || order === null) return { refusal: refusal ?? refuse('conditionsNotMet', 'order-exists').refusal };
  const lines = verdict === 'approved' ? await linesOf(session, order) : [];
  const missing = await missingFor(session, order, lines);
  if (missing !== null) return refuse('envelopeExceeded', 'available', missing.toString());
  const decided = { state: verdict, decidedBy: personId, decidedAt: at, version } as const;
  await ledgerOrderCollection().updateOne({ _id: orderId, version: order.version }, { $set: decided }, { session });
  if (lines.length > 0) await postOrder(session, order, lines, at);
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
