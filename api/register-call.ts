// How a call of the API becomes a change of the register: the entry it will leave, and its refusal as a problem.
import type { RegisterCommand } from '../domain/audit/register-entry.js';
import type { RegisterDraft, Registered } from '../persistence/register.repository.js';
import type { ChangingCall } from './endpoint.js';
import { problemOf } from './problem.js';

export const registerDraftOf = (
  { caller, operation }: ChangingCall,
  command: RegisterCommand,
  reason?: string,
): RegisterDraft => ({
  atMs: Date.now(),
  command,
  actor: caller,
  key: operation.id,
  fingerprint: operation.fingerprint,
  ...(reason === undefined ? {} : { reason }),
});

/** The version after the change; a refusal goes out as its problem. */
export const registered = (outcome: Registered): number => {
  if (outcome.refusal) throw problemOf(outcome.refusal);
  return outcome.seq;
};
