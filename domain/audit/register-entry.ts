// One accepted change of something the API keeps (a plan, a call, a session, a calendar, a person): who, when, what, before and after.
// These things are not part of one request; each has its own gap-free audit sequence (lifecycle.md §9 and §11).
import type { Actor } from '../actor.js';
import type { Evidence } from '../command.js';

/** Commands on the register, by the name of their operation in the API. */
export const registerCommands = [
  'draftPlan',
  'editPlanDraft',
  'publishPlan',
  'draftCall',
  'editCall',
  'openCall',
  'scheduleSession',
  'editSession',
  'openSession',
  'recordAttendance',
  'closeSession',
  'publishMinutes',
  'editCalendar',
  'delegate',
  'endDelegation',
  'grantRole',
  'endRole',
  'suspendAccount',
  'restoreAccount',
  'proposeBankAccount',
  'verifyBankAccount',
  'rejectBankAccount',
  'recordRegistryFacts',
  'reportRegistryFinding',
  'proposeLedgerOrder',
  'approveLedgerOrder',
  'rejectLedgerOrder',
  'proposeSourceTerms',
  'approveSourceTerms',
  'rejectSourceTerms',
  'importBankStatus',
  'importBankStatement',
  'clearBankException',
] as const;
export type RegisterCommand = (typeof registerCommands)[number];

/** One field that changed. Values are JSON; personal data goes in as a salted commitment, never in clear. */
export type FieldChange = { readonly field: string; readonly before: unknown; readonly after: unknown };

export type RegisterEntry = {
  /** Gap-free from 1 for each subject. */
  readonly seq: number;
  /** The server's time: these subjects have no workflow. */
  readonly atMs: number;
  readonly kind: 'decision';
  readonly command: RegisterCommand;
  readonly actor: Actor;
  readonly changed: readonly FieldChange[];
  readonly reason?: string;
  readonly evidence?: readonly Evidence[];
  /** The operation that carried it; the same key again changes nothing. */
  readonly key: string;
  readonly fingerprint: string;
};

/** Fields whose JSON differs, in the order of `after`, then those that are gone. */
export const changedFields = (
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): FieldChange[] => {
  const fields = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  return fields
    .filter((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
};
