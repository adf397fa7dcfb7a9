// Writing payment instructions: what events of a request do to them, and how a batch claims, sends or lets go of them. Activities only.
import type { mongo } from 'mongoose';
import type { RequestEvent } from '../domain/event.js';
import type { GrantRequest } from '../domain/grant-request.js';
import { trancheNumbered } from '../domain/money/tranche-state.js';
import type { InstructionState, PaymentInstructionDocument } from './payment-instruction.model.js';
import { batchClaimCollection, paymentInstructionCollection } from './payment-instruction.model.js';
import type { Session } from './transaction.js';
import { withTransaction } from './transaction.js';
import { closeUnpayable, raiseUnpayable } from './unpayable.projection.js';

type Change = mongo.AnyBulkWriteOperation<PaymentInstructionDocument>;

const notSent: InstructionState[] = ['released', 'claimed'];

const instructed = (
  request: GrantRequest,
  event: RequestEvent<'paymentInstructed'>,
  at: Date,
): PaymentInstructionDocument => ({
  _id: event.instructionId,
  requestId: request.id,
  organisationId: request.file?.organisationId ?? '',
  number: event.number,
  purpose: event.purpose,
  amountMinor: event.amountMinor,
  accountId: event.accountId,
  preparedBy: trancheNumbered(request, event.number)?.preparedBy ?? null,
  live: true,
  held: request.suspension !== null,
  state: 'released',
  batchId: null,
  replaces: event.replaces,
  releasedAt: at,
});

const spoken = (instructionId: string, $set: Partial<PaymentInstructionDocument>): Change[] => [
  { updateOne: { filter: { _id: instructionId }, update: { $set } } },
];

/** What one event does to the instructions of its request; `request` is the state after it. */
export const instructionChanges = (request: GrantRequest, event: RequestEvent, at: Date): Change[] => {
  switch (event.kind) {
    case 'paymentInstructed':
      return [{ insertOne: { document: instructed(request, event, at) } }];
    case 'paymentSettled':
      return spoken(event.instructionId, { state: 'settled' });
    case 'paymentRejected':
      return spoken(event.instructionId, { state: 'rejected', live: false });
    case 'paymentUnknown':
      return spoken(event.instructionId, { state: 'unknown' });
    case 'requestSuspended':
      return [
        {
          updateMany: { filter: { requestId: request.id, state: { $in: notSent } }, update: { $set: { held: true } } },
        },
      ];
    case 'suspensionLifted':
      return [{ updateMany: { filter: { requestId: request.id, held: true }, update: { $set: { held: false } } } }];
    default:
      return [];
  }
};

/** In the order of the events: a replacement comes in only after the rejected one stopped being live. */
export const changeInstructions = async (session: Session, changes: readonly Change[]): Promise<void> => {
  if (changes.length > 0) await paymentInstructionCollection().bulkWrite([...changes], { session, ordered: true });
};

const byId = async (session: Session, ids: readonly string[]): Promise<PaymentInstructionDocument[]> => {
  const found = await paymentInstructionCollection()
    .find({ _id: { $in: [...ids] } }, { session })
    .toArray();
  const places = new Map(ids.map((id, index) => [id, index]));
  return found.sort((a, b) => (places.get(a._id) ?? 0) - (places.get(b._id) ?? 0));
};

/** Which of these accounts may be paid now. */
export type Payable = (accountIds: readonly string[]) => Promise<ReadonlySet<string>>;

type Claimable = Readonly<Record<'lines' | 'passedOver', readonly PaymentInstructionDocument[]>>;
const isIn = (accounts: ReadonlySet<string>, { accountId }: PaymentInstructionDocument): boolean =>
  accountId !== null && accounts.has(accountId);

/** Oldest first, passing over those whose account may not be paid: one bad account must not hold up everybody behind it. */
const claimable = async (session: Session, limit: number, payable: Payable): Promise<Claimable> => {
  const lines: PaymentInstructionDocument[] = [];
  const passedOver: PaymentInstructionDocument[] = [];
  for (let skip = 0; lines.length < limit; skip += limit) {
    const page = await paymentInstructionCollection()
      .find({ state: 'released', held: false, live: true }, { session })
      .sort({ releasedAt: 1, _id: 1 })
      .skip(skip)
      .limit(limit)
      .toArray();
    const accounts = await payable(page.flatMap(({ accountId }) => (accountId === null ? [] : [accountId])));
    for (const one of page) (isIn(accounts, one) ? lines : passedOver).push(one);
    if (page.length < limit) break;
  }
  return { lines: lines.slice(0, limit), passedOver };
};

type Claim = { readonly batchId: string; readonly limit: number; readonly at: Date };

/**
 * Takes released instructions for a batch, oldest first. A repeat gets what the first call took, never more: two
 * attempts of one call cannot both claim, because the claim itself is written once per batch.
 */
export const claimFor = (
  { batchId, limit, at }: Claim,
  payable: Payable,
): Promise<readonly PaymentInstructionDocument[]> =>
  withTransaction(async (session) => {
    const claimed = await batchClaimCollection().findOne({ _id: batchId }, { session });
    if (claimed) return byId(session, claimed.instructionIds);
    const { lines, passedOver } = await claimable(session, limit, payable);
    await raiseUnpayable(session, passedOver, at);
    const instructionIds = lines.map((line) => line._id);
    await batchClaimCollection().insertOne({ _id: batchId, instructionIds, at }, { session });
    if (lines.length === 0) return lines;
    await paymentInstructionCollection().updateMany(
      { _id: { $in: instructionIds }, state: 'released', held: false },
      { $set: { state: 'claimed', batchId } },
      { session },
    );
    await closeUnpayable(session, { lines, batchId, at });
    return lines;
  });

/** Only what this batch holds and has not sent goes back, so that a late repeat cannot take lines from another batch. */
export const letGo = async (batchId: string, instructionIds: readonly string[]): Promise<void> => {
  await paymentInstructionCollection().updateMany(
    { _id: { $in: [...instructionIds] }, batchId, state: 'claimed' },
    { $set: { state: 'released', batchId: null } },
  );
};

export type Departure =
  | { readonly outcome: 'may-leave' }
  | { readonly outcome: 'held-back'; readonly instructionIds: readonly string[] };

/**
 * The last look before the file leaves. Either every line is ours and free and all become `sending`, or none changes
 * and the held ones are named. A suspension that is recorded after this comes too late for these payments.
 */
export const markSending = (batchId: string, instructionIds: readonly string[]): Promise<Departure> =>
  withTransaction(async (session) => {
    const lines = await byId(session, instructionIds);
    const inState = (state: InstructionState): boolean =>
      lines.length === instructionIds.length && lines.every((line) => line.batchId === batchId && line.state === state);
    // A repeat after a lost answer: the file may have left already; the bank knows it by the batch's id.
    if (inState('sending') || inState('sent')) return { outcome: 'may-leave' };
    const held = lines.filter((line) => line.held).map((line) => line._id);
    if (held.length > 0) return { outcome: 'held-back', instructionIds: held };
    if (!inState('claimed')) throw new Error(`batch ${batchId} names instructions that it does not hold`);
    await paymentInstructionCollection().updateMany(
      { _id: { $in: [...instructionIds] }, batchId },
      { $set: { state: 'sending' } },
      { session },
    );
    return { outcome: 'may-leave' };
  });

export const markSent = async (batchId: string): Promise<void> => {
  await paymentInstructionCollection().updateMany({ batchId, state: 'sending' }, { $set: { state: 'sent' } });
};
