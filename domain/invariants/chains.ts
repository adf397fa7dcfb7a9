// I6: the chain of every subject verifies from its first entry, without gaps, up to the head that is remembered elsewhere.
// Signed heads and Merkle proofs do not exist yet: who can change both the chain and its head is not found by this.
import type { ChainFault, Hashing, Linked, Subject } from '../audit/chain.js';
import { verifyChain } from '../audit/chain.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';

export type Head = { readonly version: number; readonly headHash: string };
/** `cut-off`: entries that were seen are gone; `other-head`: the entry there is not the one that was seen. */
export type EndFault = { readonly seq: number; readonly fault: ChainFault['fault'] | 'cut-off' | 'other-head' };

type Row = Linked<{ readonly seq: number }>;

const endFault = (chain: readonly Row[], head: Head | null): EndFault[] => {
  if (head === null) return [];
  const last = chain.at(-1)?.seq ?? 0;
  if (last < head.version) return [{ seq: last + 1, fault: 'cut-off' }];
  const there = chain.find(({ seq }) => seq === head.version);
  return there === undefined || there.hash === head.headHash ? [] : [{ seq: there.seq, fault: 'other-head' }];
};

export const chainFaults = (
  subject: Subject,
  { chain, head }: { readonly chain: readonly Row[]; readonly head: Head | null },
  hashing: Hashing,
): EndFault[] => [...verifyChain(subject, chain, hashing), ...endFault(chain, head)];

export const chainFindings = (
  subject: Subject,
  given: { readonly chain: readonly Row[]; readonly head: Head | null },
  hashing: Hashing,
): Finding[] =>
  chainFaults(subject, given, hashing).map(({ seq, fault }) => found('chainBroken', subject, { seq, fault }));
