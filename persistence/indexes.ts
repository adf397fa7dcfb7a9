// Every collection and its indexes, created by `sanad migrate`. Transactions write only to collections that exist already.
import mongoose from 'mongoose';
import { accessEntryIndexes, AccessEntryModel } from './access-entry.model.js';
import { auditEntryIndexes, AuditEntryModel } from './audit-entry.model.js';
import { bankAccountIndexes, BankAccountModel } from './bank-account.model.js';
import {
  bankExceptionIndexes,
  BankExceptionModel,
  bankLineCollection,
  bankLineIndexes,
  BankMessageModel,
  bankWordCollection,
  bankWordIndexes,
} from './bank-message.model.js';
import { delegationIndexes, DelegationModel } from './delegation.model.js';
import { calendarIndexes, CalendarModel } from './calendar.model.js';
import { callDraftIndexes, CallDraftModel } from './call-draft.model.js';
import { counterCollection, draftIndexes, DraftModel } from './draft.model.js';
import {
  awardGuardCollection,
  BalanceModel,
  postingIndexes,
  PostingModel,
  reservationIndexes,
  ReservationModel,
} from './ledger.model.js';
import { FundingSourceModel } from './funding-source.model.js';
import { ledgerOrderIndexes, LedgerOrderModel } from './ledger-order.model.js';
import { inboxViewsCollection } from './inbox-view.repository.js';
import type { NamedIndex } from './named-index.js';
import { noticeIndexes, NoticeModel, outboxIndexes, OutboxModel } from './notice.model.js';
import { operationIndexes, OperationModel } from './operation.model.js';
import { organisationIndexes, OrganisationModel } from './organisation.model.js';
import { paymentBatchIndexes, PaymentBatchModel } from './payment-batch.model.js';
import { paymentFileIndexes, PaymentFileModel } from './payment-file.model.js';
import {
  batchClaimCollection,
  paymentInstructionIndexes,
  PaymentInstructionModel,
} from './payment-instruction.model.js';
import { personIndexes, PersonModel } from './person.model.js';
import { planDraftIndexes, PlanDraftModel } from './plan-draft.model.js';
import { planVersionIndexes, PlanVersionModel } from './plan-version.model.js';
import { callIndexes, CallModel, programmeIndexes, ProgrammeModel } from './programme.model.js';
import { RegisterHeadModel } from './register-head.model.js';
import { refusedAttemptIndexes, RefusedAttemptModel } from './refused-attempt.model.js';
import { requestIndexes, RequestModel } from './request.model.js';
import {
  agendaClaimCollection,
  agendaClaimIndexes,
  minutesCollection,
  sessionIndexes,
  SessionModel,
} from './session.model.js';
import { snapshotIndexes, SnapshotModel } from './snapshot.model.js';
import { taskIndexes, TaskModel } from './task.model.js';

const collections: readonly (readonly [string, readonly NamedIndex[]])[] = [
  [RequestModel.collection.name, requestIndexes],
  [TaskModel.collection.name, taskIndexes],
  [OutboxModel.collection.name, outboxIndexes],
  [NoticeModel.collection.name, noticeIndexes],
  [inboxViewsCollection().name, []],
  [AuditEntryModel.collection.name, auditEntryIndexes],
  [BalanceModel.collection.name, []],
  [PostingModel.collection.name, postingIndexes],
  [ReservationModel.collection.name, reservationIndexes],
  [awardGuardCollection().name, []],
  [BankMessageModel.collection.name, []],
  [bankLineCollection().name, bankLineIndexes],
  [BankExceptionModel.collection.name, bankExceptionIndexes],
  [bankWordCollection().name, bankWordIndexes],
  [LedgerOrderModel.collection.name, ledgerOrderIndexes],
  [FundingSourceModel.collection.name, []],
  [PaymentInstructionModel.collection.name, paymentInstructionIndexes],
  [batchClaimCollection().name, []],
  [PaymentBatchModel.collection.name, paymentBatchIndexes],
  [PaymentFileModel.collection.name, paymentFileIndexes],
  [BankAccountModel.collection.name, bankAccountIndexes],
  [PlanVersionModel.collection.name, planVersionIndexes],
  [PlanDraftModel.collection.name, planDraftIndexes],
  [CallDraftModel.collection.name, callDraftIndexes],
  [DraftModel.collection.name, draftIndexes],
  [SnapshotModel.collection.name, snapshotIndexes],
  [counterCollection().name, []],
  [OrganisationModel.collection.name, organisationIndexes],
  [PersonModel.collection.name, personIndexes],
  [ProgrammeModel.collection.name, programmeIndexes],
  [CallModel.collection.name, callIndexes],
  [OperationModel.collection.name, operationIndexes],
  [RefusedAttemptModel.collection.name, refusedAttemptIndexes],
  [RegisterHeadModel.collection.name, []],
  [DelegationModel.collection.name, delegationIndexes],
  [AccessEntryModel.collection.name, accessEntryIndexes],
  [CalendarModel.collection.name, calendarIndexes],
  [SessionModel.collection.name, sessionIndexes],
  [agendaClaimCollection().name, agendaClaimIndexes],
  [minutesCollection().name, []],
];

/** Idempotent. An index that exists under its name with other keys makes it fail: such a change needs its own migration. */
export const ensureIndexes = async (): Promise<void> => {
  const { db } = mongoose.connection;
  if (db === undefined) throw new Error('MongoDB is not connected');
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  for (const [name, indexes] of collections) {
    if (!existing.has(name)) await db.createCollection(name);
    if (indexes.length > 0)
      await db.collection(name).createIndexes(indexes.map((index) => ({ ...index, key: { ...index.key } })));
  }
};

/** Whether the collections and indexes of this version are there; for readiness checks. */
export const indexesExist = async (): Promise<boolean> => {
  const { db } = mongoose.connection;
  if (db === undefined) return false;
  const existing = new Set((await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name));
  if (collections.some(([name]) => !existing.has(name))) return false;
  const found = await Promise.all(
    collections.map(async ([name, wanted]) => {
      const names = (await db.collection(name).indexes()).map((index) => index.name);
      return wanted.every((index) => names.includes(index.name));
    }),
  );
  return found.every(Boolean);
};
