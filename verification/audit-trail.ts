// Verifying the audit trail: every chain from its first entry, held against the head that the read model remembers. Reads only.
import type { Subject } from '../domain/audit/chain.js';
import type { EndFault } from '../domain/invariants/chains.js';
import { chainFaults } from '../domain/invariants/chains.js';
import { chainOf, subjectsWithEntries } from '../persistence/audit-entry.reads.js';
import { batchById, batchList, batchPosition } from '../persistence/payment-batch.reads.js';
import { requestById, requestList, requestPosition } from '../persistence/request.reads.js';
import type { PagePosition } from '../persistence/keyset.js';
import { allRegisterHeads, registerHeadOf } from '../persistence/register.reads.js';
import { hashing } from '../platform/hashing.js';

export type Fault = EndFault['fault'];
export type TrailFault = EndFault & { readonly subject: Subject };
export type Head = { readonly subject: Subject; readonly entries: number; readonly hash: string | null };

export type Verification = {
  readonly subjects: number;
  readonly entries: number;
  readonly broken: readonly TrailFault[];
  readonly heads: readonly Head[];
};

const pageSize = 200;

/** Requests and batches by their read models, the register by its heads: one whose entries are all gone is found this way alone. */
async function* recordedSubjects(): AsyncGenerator<Subject> {
  for (let after: PagePosition | undefined; ; ) {
    const rows = await requestList({ filter: {}, sort: 'updated', limit: pageSize, ...(after ? { after } : {}) });
    for (const row of rows) yield { kind: 'request', id: row._id };
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    after = requestPosition(last, 'updated');
  }
  for (let after: PagePosition | undefined; ; ) {
    const rows = await batchList({ limit: pageSize, ...(after ? { after } : {}) });
    for (const row of rows) yield { kind: 'batch', id: row._id };
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) break;
    after = batchPosition(last);
  }
  yield* allRegisterHeads();
}

export async function* allSubjects(): AsyncGenerator<Subject> {
  const seen = new Set<string>();
  for (const source of [subjectsWithEntries(), recordedSubjects()])
    for await (const subject of source) {
      const name = `${subject.kind}/${subject.id}`;
      if (seen.has(name)) continue;
      seen.add(name);
      yield subject;
    }
}

type Remembered = { readonly version: number; readonly headHash: string };

const remembered = async (subject: Subject): Promise<Remembered | null> => {
  if (subject.kind === 'request') return requestById(subject.id);
  return subject.kind === 'batch' ? batchById(subject.id) : registerHeadOf(subject);
};

/** The head is read before the chain: entries recorded in between then only make the chain longer. */
const verifySubject = async (subject: Subject): Promise<{ head: Head; findings: TrailFault[] }> => {
  const head = await remembered(subject);
  const chain = await chainOf(subject);
  const faults = chainFaults(subject, { chain, head }, hashing);
  return {
    head: { subject, entries: chain.length, hash: chain.at(-1)?.hash ?? null },
    findings: faults.map((fault) => ({ subject, ...fault })),
  };
};

/** Subjects stream, so that memory holds one chain at a time; `seen` is told of the count so far. */
export const verifyTrail = async (
  subjects: AsyncIterable<Subject> | Iterable<Subject>,
  seen: (entries: number, broken: number) => void,
): Promise<Verification> => {
  const heads: Head[] = [];
  const broken: TrailFault[] = [];
  let entries = 0;
  for await (const subject of subjects) {
    const { head, findings } = await verifySubject(subject);
    heads.push(head);
    broken.push(...findings);
    entries += head.entries;
    seen(entries, broken.length);
  }
  return { subjects: heads.length, entries, broken, heads };
};
