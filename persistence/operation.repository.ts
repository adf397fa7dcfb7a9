// Claiming an idempotency key and keeping its answer. Only coordination lives here: that a repeated command has one effect is
// guaranteed by the workflow, which keeps the same key in its state.
import type { mongo } from 'mongoose';
import { isDuplicateKey } from './duplicate-key.js';
import type { OperationDocument } from './operation.model.js';
import { operationCollection } from './operation.model.js';

/** Losing such a record in a failover costs nothing but a second look, so it need not wait for the journal of a majority. */
const light: mongo.WriteConcernSettings = { w: 1 };

export type NewOperation = Pick<
  OperationDocument,
  '_id' | 'kind' | 'personId' | 'subject' | 'workflowId' | 'fingerprint'
> & {
  readonly now: Date;
  readonly deadlineAt: Date;
  readonly expiresAt: Date | null;
};

const documentOf = ({ now, deadlineAt, expiresAt, ...given }: NewOperation): OperationDocument => ({
  ...given,
  state: 'pending',
  status: null,
  body: null,
  headers: {},
  startedAt: now,
  updatedAt: now,
  deadlineAt,
  ...(expiresAt === null ? {} : { expiresAt }),
});

/** Null when the key is ours now; otherwise what stands under it. */
export const claimOperation = async (operation: NewOperation): Promise<OperationDocument | null> => {
  try {
    await operationCollection().insertOne(documentOf(operation), { writeConcern: light });
    return null;
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    return operationById(operation._id);
  }
};

/** Takes over a record whose worker has had its time; false when another one was quicker. */
export const takeOverOperation = async (
  stale: Pick<OperationDocument, '_id' | 'deadlineAt'>,
  at: { readonly now: Date; readonly deadlineAt: Date },
): Promise<boolean> => {
  const { modifiedCount } = await operationCollection().updateOne(
    { _id: stale._id, state: 'pending', deadlineAt: stale.deadlineAt },
    { $set: { deadlineAt: at.deadlineAt, updatedAt: at.now } },
  );
  return modifiedCount === 1;
};

export type OperationAnswer = Pick<OperationDocument, 'body' | 'headers'> & { readonly status: number };

export const finishOperation = async (id: string, answer: OperationAnswer, now: Date): Promise<void> => {
  await operationCollection().updateOne(
    { _id: id },
    { $set: { state: 'succeeded', ...answer, updatedAt: now } },
    { writeConcern: light },
  );
};

/** The outcome is not known: the next call with this key may look again at once. */
export const releaseOperation = async (id: string, now: Date): Promise<void> => {
  await operationCollection().updateOne(
    { _id: id, state: 'pending' },
    { $set: { deadlineAt: now, updatedAt: now } },
    { writeConcern: light },
  );
};

/** A refusal is not an outcome: sending it again evaluates it again. */
export const forgetOperation = async (id: string): Promise<void> => {
  await operationCollection().deleteOne({ _id: id, state: 'pending' }, { writeConcern: light });
};

export const operationById = (id: string): Promise<OperationDocument | null> =>
  operationCollection().findOne({ _id: id });
