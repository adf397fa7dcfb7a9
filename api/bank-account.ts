// Commands on an NGO's bank account: who asks, what the register then holds, and never the IBAN outside the account itself.
import type { Actor } from '../domain/actor.js';
import { rolesHeldAs } from '../domain/actor.js';
import type { AccountCheck } from '../domain/money/bank-account.js';
import { holderMatch } from '../domain/money/bank-account.js';
import { refuse } from '../domain/refusal.js';
import type { BankAccount } from '../persistence/bank-account.reads.js';
import { bankAccountById } from '../persistence/bank-account.reads.js';
import { proposeAccount, rejectAccount, verifyAccount } from '../persistence/bank-account-register.repository.js';
import { interestsAmongPeople } from '../persistence/connections.js';
import { organisationById } from '../persistence/organisation.repository.js';
import { changeRegister } from '../persistence/register.repository.js';
import { peopleOf } from '../persistence/standing.js';
import { keyedHash } from '../platform/keyed-hash.js';
import { requireRole } from './access.js';
import type { RouteDeps } from './deps.js';
import type { ChangingCall } from './endpoint.js';
import { opaqueId } from './opaque-id.js';
import { Problem, problemOf } from './problem.js';
import { registerDraftOf, registered } from './register-call.js';

export type AskedAccount = {
  readonly organisationId: string;
  readonly iban: string;
  readonly holderName: string;
  readonly bic?: string;
  readonly documentSha256: string;
  readonly reason?: string;
};

/** To everybody else the NGO does not exist (interface.md §5). */
const requireSignatory = (caller: Actor, organisationId: string): void => {
  requireRole(caller, ['signatory']);
  const own = rolesHeldAs(caller, ['signatory']).some((held) => held.organisationId === organisationId);
  if (!own) throw problemOf(refuse('notYourOrganisation').refusal, true);
};

const hashWith = (key: string) => (iban: string) => keyedHash(key, 'account', iban);

const documentOf = async (
  { organisationId, iban, holderName, documentSha256, bic }: AskedAccount,
  { accountId, proposedBy }: { readonly accountId: string; readonly proposedBy: string },
) => {
  const organisation = await organisationById(organisationId);
  if (organisation === null) throw new Problem('notFound');
  const match = holderMatch(holderName, [organisation.nameAr, organisation.nameEn]);
  return {
    ...{ _id: accountId, organisationId, iban, holderName, documentSha256, holderMatch: match },
    ...(bic === undefined ? {} : { bic }),
    ...{ state: 'proposed' as const, version: 1, proposedBy, proposedAt: new Date() },
  };
};

export const proposeBankAccount = async (asked: AskedAccount, call: ChangingCall, { identityKey }: RouteDeps) => {
  requireSignatory(call.caller, asked.organisationId);
  // The same call again finds the same account: its id follows from the operation.
  const accountId = opaqueId('bank-account', call.operation.id);
  const account = await documentOf(asked, { accountId, proposedBy: call.caller.personId });
  const draft = registerDraftOf(call, 'proposeBankAccount', asked.reason);
  const outcome = await changeRegister({ kind: 'bank-account', id: accountId }, draft, (session) =>
    proposeAccount(session, account, hashWith(identityKey)(account.iban)),
  );
  return { accountId, version: registered(outcome), holderMatch: account.holderMatch };
};

const deciders = ['financeOfficer'] as const;

export const accountToDecide = async (accountId: string): Promise<BankAccount> => {
  const account = await bankAccountById(accountId);
  if (account === null) throw new Problem('notFound');
  return account;
};

/** Whoever has an interest in the NGO, or stands in for somebody who has, decides nothing about its money. */
const deciding = async (accountId: string, expectedVersion: number, { caller, standing }: ChangingCall) => {
  requireRole(caller, deciders);
  const { organisationId } = await accountToDecide(accountId);
  const interests = await interestsAmongPeople(peopleOf(standing, caller), organisationId, new Date());
  return { by: caller, expectedVersion, interests };
};

export type Verification = {
  readonly expectedVersion: number;
  readonly checked: readonly AccountCheck[];
  readonly reason?: string;
  readonly sharedReason?: string;
};

export const verifyBankAccount = async (
  { accountId, expectedVersion, ...body }: Verification & { readonly accountId: string },
  call: ChangingCall,
  { identityKey }: RouteDeps,
) => {
  const asked = { ...(await deciding(accountId, expectedVersion, call)), ...body };
  const draft = registerDraftOf(call, 'verifyBankAccount', body.reason);
  const outcome = await changeRegister({ kind: 'bank-account', id: accountId }, draft, (session, version) =>
    verifyAccount(session, accountId, { asked, at: new Date(draft.atMs), version, hashOf: hashWith(identityKey) }),
  );
  return { accountId, version: registered(outcome) };
};

export type Rejection = { readonly accountId: string; readonly expectedVersion: number; readonly reason: string };

export const rejectBankAccount = async ({ accountId, expectedVersion, reason }: Rejection, call: ChangingCall) => {
  const asked = await deciding(accountId, expectedVersion, call);
  const draft = registerDraftOf(call, 'rejectBankAccount', reason);
  const outcome = await changeRegister({ kind: 'bank-account', id: accountId }, draft, (session, version) =>
    rejectAccount(session, accountId, { asked, version, reason }),
  );
  return { accountId, version: registered(outcome) };
};
