// Reads for the verification: values exactly as they are stored, a page at a time, so that memory holds one page however much there is.
import mongoose, { trusted } from 'mongoose';
import { AuditEntryModel } from './audit-entry.model.js';
import { BalanceModel, postingCollection, ReservationModel } from './ledger.model.js';
import type { BalanceDocument, ReservationDocument } from './ledger.model.js';
import { OperationModel } from './operation.model.js';
import type { OperationDocument } from './operation.model.js';
import { PaymentBatchModel } from './payment-batch.model.js';
import type { PaymentInstructionDocument } from './payment-instruction.model.js';
import { PaymentInstructionModel } from './payment-instruction.model.js';
import { RefusedAttemptModel } from './refused-attempt.model.js';
import type { RequestDocument } from './request.model.js';
import { RequestModel } from './request.model.js';
import type { BankPaymentDocument } from './simulated-bank.store.js';

/** Pages of ids in their order, each after the one before; the next page is read when the last one is used up. */
async function* pagesOfIds(read: (after: string, limit: number) => Promise<string[]>, size: number) {
  for (let after = ''; ; ) {
    const ids = await read(after, size);
    if (ids.length > 0) yield ids;
    const last = ids.at(-1);
    if (last === undefined || ids.length < size) return;
    after = last;
  }
}

const idsOf = (rows: readonly { readonly _id: string }[]): string[] => rows.map(({ _id }) => _id);
const behind = (after: string) => ({ _id: trusted({ $gt: after }) });

export const requestIdPages = (size: number): AsyncGenerator<string[]> =>
  pagesOfIds(
    async (after, limit) =>
      idsOf(await RequestModel.find(behind(after), { _id: 1 }).sort({ _id: 1 }).limit(limit).lean()),
    size,
  );

export const batchIdPages = (size: number): AsyncGenerator<string[]> =>
  pagesOfIds(
    async (after, limit) =>
      idsOf(await PaymentBatchModel.find(behind(after), { _id: 1 }).sort({ _id: 1 }).limit(limit).lean()),
    size,
  );

export const settledInstructionPages = (size: number): AsyncGenerator<string[]> =>
  pagesOfIds(async (after, limit) => {
    const filter = { ...behind(after), state: 'settled' as const };
    return idsOf(await PaymentInstructionModel.find(filter, { _id: 1 }).sort({ _id: 1 }).limit(limit).lean());
  }, size);

export const countRequests = (): Promise<number> => RequestModel.estimatedDocumentCount().exec();

/** Those of the ids that have a document. */
export const knownRequests = async (ids: readonly string[]): Promise<Set<string>> =>
  new Set(idsOf(await RequestModel.find({ _id: trusted({ $in: [...ids] }) }, { _id: 1 }).lean()));

export const storedRequest = (requestId: string): Promise<RequestDocument | null> =>
  RequestModel.findById(requestId).lean<RequestDocument | null>().exec();

export const reservationsByKeys = (decisionKeys: readonly string[]): Promise<ReservationDocument[]> =>
  ReservationModel.find({ _id: trusted({ $in: [...decisionKeys] }) }).lean<ReservationDocument[]>();

export const attemptSeqsOf = async (requestId: string): Promise<number[]> =>
  (
    await RefusedAttemptModel.find({ subjectKind: 'request', subjectId: requestId }, { seq: 1 }).sort({ seq: 1 }).lean()
  ).map(({ seq }) => seq);

export const instructionsByIds = (ids: readonly string[]): Promise<PaymentInstructionDocument[]> =>
  PaymentInstructionModel.find({ _id: trusted({ $in: [...ids] }) }).lean<PaymentInstructionDocument[]>();

export type StoredOperation = Pick<OperationDocument, '_id' | 'kind' | 'fingerprint' | 'subject' | 'state'>;
const operationFields = { kind: 1, fingerprint: 1, subject: 1, state: 1 } as const;

/** In the order they came in: neighbours are about the same requests. Only those that a workflow answers. */
export const operationPages = async function* (size: number, requestId?: string): AsyncGenerator<StoredOperation[]> {
  const filter = {
    workflowId: trusted({ $ne: null }),
    ...(requestId === undefined ? {} : { 'subject.id': requestId }),
  };
  let page: StoredOperation[] = [];
  const rows = OperationModel.find(filter, operationFields).lean<StoredOperation>().cursor({ batchSize: size });
  for await (const row of rows) {
    page.push(row);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
};

export type KeyedEntry = {
  readonly subjectId: string;
  readonly seq: number;
  readonly key?: string;
  readonly fingerprint?: string;
};

/** What stands under keys in the audit trails of these subjects. */
export const keyedEntries = (
  kind: 'request' | 'batch',
  subjectIds: readonly string[],
  keys: readonly string[],
): Promise<KeyedEntry[]> =>
  AuditEntryModel.find(
    { subjectKind: kind, subjectId: trusted({ $in: [...subjectIds] }), key: trusted({ $in: [...keys] }) },
    { _id: 0, subjectId: 1, seq: 1, key: 1, fingerprint: 1 },
  )
    .hint('subject-seq')
    .lean<KeyedEntry[]>()
    .exec();

export type Movement = {
  readonly envelopeId: string;
  readonly from: string;
  readonly to: string;
  readonly amountMinor: unknown;
};
export type WholeLedger = {
  readonly balances: readonly BalanceDocument[];
  readonly movements: readonly Movement[];
  readonly odd: readonly { readonly _id: string; readonly envelopeId: string }[];
};

const mostOdd = 100;

/** Balances and the sums of their postings as of one instant, however busy the ledger is. */
export const wholeLedger = async (): Promise<WholeLedger> => {
  const session = mongoose.connection.getClient().startSession({ snapshot: true });
  try {
    const balances = await BalanceModel.find().session(session).sort({ _id: 1 }).lean<BalanceDocument[]>();
    const movements = await postingCollection()
      .aggregate<Movement>(
        [
          {
            $group: {
              _id: { envelopeId: '$envelopeId', from: '$from', to: '$to' },
              amountMinor: { $sum: '$amountMinor' },
            },
          },
          { $project: { _id: 0, envelopeId: '$_id.envelopeId', from: '$_id.from', to: '$_id.to', amountMinor: 1 } },
        ],
        { session, allowDiskUse: true },
      )
      .toArray();
    const odd = await postingCollection()
      .find({ amountMinor: { $not: { $type: 'long' } } }, { session, projection: { envelopeId: 1 }, limit: mostOdd })
      .toArray();
    return { balances, movements, odd };
  } finally {
    await session.endSession();
  }
};

const bankPayments = () => {
  const { db } = mongoose.connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  return mongoose.connection.getClient().db(`${db.databaseName}_bank`).collection<BankPaymentDocument>('payments');
};

/** What the bank in this process keeps, for a verification: the answers it has given by now. */
export const simulatedPayments = async function* (size: number, at: Date): AsyncGenerator<BankPaymentDocument[]> {
  let page: BankPaymentDocument[] = [];
  for await (const row of bankPayments().find({ answersAt: { $lte: at } }, { batchSize: size })) {
    page.push(row);
    if (page.length < size) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
};

export const simulatedPaymentsOf = (ids: readonly string[]): Promise<BankPaymentDocument[]> =>
  bankPayments()
    .find({ _id: { $in: [...ids] } })
    .toArray();
