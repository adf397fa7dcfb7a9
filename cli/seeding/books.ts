// After seeding: do the books add up? Every account of every envelope is what its postings make it, and no audit chain is broken.
import { accounts } from '../../domain/money/ledger.js';
import { balanceFields } from '../../persistence/ledger.model.js';
import type { Balance, PostingRow } from '../../persistence/ledger.reads.js';
import { balances, postingsOfEnvelope } from '../../persistence/ledger.reads.js';
import { verifyTrail } from '../../verification/audit-trail.js';

/** Double entry: what leaves one account enters another, so the accounts of an envelope add up to its opening. */
const faultsOf = (balance: Balance, postings: readonly PostingRow[]): string[] =>
  accounts.flatMap((account) => {
    const into = postings.filter(({ to }) => to === account).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const out = postings.filter(({ from }) => from === account).reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
    const held = balance[balanceFields[account]];
    return held === into - out ? [] : [`${balance._id}: ${account} holds ${held}, its postings make ${into - out}`];
  });

export const ledgerFaults = async (): Promise<string[]> => {
  const faults: string[] = [];
  for (const balance of await balances()) faults.push(...faultsOf(balance, await postingsOfEnvelope(balance._id)));
  return faults;
};

export const trailFaults = async (requestIds: readonly string[]): Promise<string[]> => {
  const subjects = requestIds.map((id) => ({ kind: 'request', id }) as const);
  const { broken } = await verifyTrail(subjects, () => undefined);
  return broken.map(({ subject, seq, fault }) => `audit trail of ${subject.id}: entry ${seq}: ${fault}`);
};
