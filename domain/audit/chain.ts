// The hash chain over audit entries of one subject. The hash function is an argument: workflows never import this file.
// Format after RFC 8785 (canonical JSON) and SHA-256; `canonical` and `sha256` come from the caller.

/** What an audit trail can be about (lifecycle.md §11): the two kinds of workflow, then what the API keeps (the register). */
export const registerKinds = [
  'plan',
  'call',
  'person',
  'organisation',
  'session',
  'calendar',
  'envelope',
  'funding-source',
  'bank-message',
  'bank-account',
] as const;
export const subjectKinds = ['request', 'batch', ...registerKinds] as const;
export type RegisterKind = (typeof registerKinds)[number];
export type Subject = { readonly kind: (typeof subjectKinds)[number]; readonly id: string };
export type Hashing = { readonly canonical: (value: unknown) => string; readonly sha256: (text: string) => string };

export type Linked<T> = T & { readonly previousHash: string; readonly hash: string };

/** The hash before the first entry: fixed by the subject, so that entries cannot be moved to another one. */
export const chainStart = (subject: Subject, { sha256 }: Hashing): string =>
  sha256(`sanad-chain-v1\n${subject.kind}/${subject.id}`);

/** Hash of an entry without its own hash. Only workflow time goes in; the time of writing would differ on a retry. */
export const link = <T extends object>(entry: T, previousHash: string, hashing: Hashing): Linked<T> => {
  const body = { ...entry, previousHash };
  return { ...body, hash: hashing.sha256(`sanad-entry-v1\n${hashing.canonical(body)}`) };
};

export type ChainFault = { readonly seq: number; readonly fault: 'gap' | 'previous-hash' | 'hash' };

/** Verifies entries in order of `seq`; the first fault of each entry is reported. */
export const verifyChain = <T extends { readonly seq: number }>(
  subject: Subject,
  entries: readonly Linked<T>[],
  hashing: Hashing,
): ChainFault[] => {
  const faults: ChainFault[] = [];
  let expected = chainStart(subject, hashing);
  let expectedSeq = 1;
  entries.forEach((entry) => {
    const { hash, previousHash, ...rest } = entry;
    const again = link(rest, previousHash, hashing);
    if (entry.seq !== expectedSeq) faults.push({ seq: entry.seq, fault: 'gap' });
    else if (previousHash !== expected) faults.push({ seq: entry.seq, fault: 'previous-hash' });
    else if (again.hash !== hash) faults.push({ seq: entry.seq, fault: 'hash' });
    expected = hash;
    expectedSeq = entry.seq + 1;
  });
  return faults;
};
