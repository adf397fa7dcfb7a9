// What people do with an exception: ask the bank, or close it with what it was and why. Nothing here moves money.
import { changedFields } from '../domain/audit/register-entry.js';
import { refuse } from '../domain/refusal.js';
import type { BankExceptionDocument, ExceptionAction } from './bank-message.model.js';
import { bankExceptionCollection } from './bank-message.model.js';
import type { RegisterChange } from './register.repository.js';
import type { Session } from './transaction.js';

export type ExceptionDecision = {
  readonly exceptionId: string;
  readonly expectedVersion: number;
  readonly action: ExceptionAction;
  readonly reason: string;
  readonly personId: string;
  readonly at: Date;
};

export const decideException = async (session: Session, decision: ExceptionDecision): Promise<RegisterChange> => {
  const { exceptionId: _id, expectedVersion, action, reason, personId, at } = decision;
  const found = await bankExceptionCollection().findOne({ _id }, { session });
  if (found === null || found.version !== expectedVersion)
    return refuse('staleVersion', 'version-seen', String(found?.version ?? 0));
  if (found.state === 'closed') return refuse('alreadyActed', 'exception-closed');
  const closes = action !== 'ask-bank';
  const after: Pick<BankExceptionDocument, 'state' | 'action' | 'reason' | 'closedBy' | 'closedAt'> = {
    ...(closes
      ? { state: 'closed', closedBy: personId, closedAt: at }
      : { state: 'asked', closedBy: null, closedAt: null }),
    ...{ action, reason },
  };
  await bankExceptionCollection().updateOne(
    { _id, version: expectedVersion },
    { $set: { ...after, version: expectedVersion + 1 } },
    { session },
  );
  return { changed: changedFields({ state: found.state, action: found.action }, { state: after.state, action }) };
};
