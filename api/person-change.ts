// Changes of people as calls of the API: the problems they can meet, and the way through the register.
import type { RegisterCommand } from '../domain/audit/register-entry.js';
import type { Session } from '../persistence/transaction.js';
import type { RegisterChange } from '../persistence/register.repository.js';
import { changeRegister } from '../persistence/register.repository.js';
import type { ChangingCall } from './endpoint.js';
import type { ProblemCode } from './problem.js';
import { registerDraftOf, registered } from './register-call.js';

/** Problems that every change of the register can meet. */
export const registerProblems: readonly ProblemCode[] = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'tooManyRequests',
  'unavailable',
];

type PersonChange = {
  readonly personId: string;
  readonly command: RegisterCommand;
  readonly call: ChangingCall;
  readonly reason?: string | undefined;
};

/** The version of the person's trail after the change. */
export const changePerson = async (
  { personId, command, call, reason }: PersonChange,
  change: (session: Session, now: Date) => Promise<RegisterChange>,
): Promise<number> => {
  const draft = registerDraftOf(call, command, reason);
  const subject = { kind: 'person', id: personId } as const;
  return registered(await changeRegister(subject, draft, (session) => change(session, new Date(draft.atMs))));
};
