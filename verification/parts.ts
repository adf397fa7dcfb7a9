// The parts of a verification: each goes through one kind of thing, gathers its evidence and asks the invariants.
import type { BatchEvidence } from '../domain/invariants/evidence.js';
import { batchFindings, requestFindings, wholeEnvelopeFindings } from '../domain/invariants/check.js';
import { operationFindings } from '../domain/invariants/decisions.js';
import { paymentFindings } from '../domain/invariants/bank.js';
import { found } from '../domain/invariants/finding.js';
import type { Linked, Subject } from '../domain/audit/chain.js';
import type { BatchEntry } from '../domain/money/payment-batch.js';
import type { HashedEntry } from '../persistence/audit-entry.model.js';
import { chainOf, subjectsWithEntries } from '../persistence/audit-entry.reads.js';
import type { StoredOperation } from '../persistence/evidence.reads.js';
import {
  batchIdPages,
  instructionsByIds,
  keyedEntries,
  knownRequests,
  operationPages,
  requestIdPages,
  settledInstructionPages,
  wholeLedger,
} from '../persistence/evidence.reads.js';
import { batchById } from '../persistence/payment-batch.reads.js';
import { allRegisterHeads } from '../persistence/register.reads.js';
import { hashing } from '../platform/hashing.js';
import { verifyTrail } from './audit-trail.js';
import type { BankBook } from './bank-book.js';
import { CouldNotRead, reading } from './could-not-read.js';
import { inParallel } from './in-parallel.js';
import type { Collector } from './report.js';
import { instructionOf } from './request-evidence.js';
import type { Patience } from './steady-reading.js';
import { pause, readSteadily } from './steady-reading.js';
import type { WorkflowHistory } from './workflow-history.js';

export type Sources = {
  /** Null when nothing that was asked for needs Temporal. */
  readonly history: WorkflowHistory | null;
  readonly bank: BankBook;
  readonly patience: Patience;
  readonly hands: number;
};
export type Part = (sources: Sources, collector: Collector, requestId?: string) => Promise<void>;

const pageSize = 500;

const pagesIn = async function* (items: AsyncIterable<string>): AsyncGenerator<string[]> {
  let page: string[] = [];
  for await (const item of items) {
    page.push(item);
    if (page.length < pageSize) continue;
    yield page;
    page = [];
  }
  if (page.length > 0) yield page;
};

async function* requestsWithEntries(): AsyncGenerator<string> {
  for await (const { kind, id } of subjectsWithEntries()) if (kind === 'request') yield id;
}

async function* withoutDocument(source: AsyncIterable<string>): AsyncGenerator<string> {
  for await (const page of pagesIn(source)) {
    const known = await knownRequests(page);
    yield* page.filter((id) => !known.has(id));
  }
}

/** Every request there is a document of, then those that only the audit trail or only Temporal knows. */
async function* allRequests({ history }: Sources): AsyncGenerator<string> {
  for await (const page of requestIdPages(pageSize)) yield* page;
  const strangers = new Set<string>();
  for (const source of [requestsWithEntries(), ...(history ? [history.requestIds()] : [])])
    for await (const id of withoutDocument(source)) strangers.add(id);
  yield* strangers;
}

async function* only(id: string): AsyncGenerator<string> {
  yield await Promise.resolve(id);
}

export const requests: Part = async (sources, collector, requestId) => {
  const { history, patience, hands } = sources;
  const ids = requestId === undefined ? allRequests(sources) : only(requestId);
  await inParallel(ids, hands, async (id) => {
    const evidence = await readSteadily(id, { workflow: history?.ofRequest ?? null }, patience);
    if (id === requestId && evidence.record === null && evidence.chain.length === 0 && evidence.workflow === null)
      throw new CouldNotRead(`nothing is known of request ${id}`);
    // Without Temporal nobody can say whether a workflow is missing.
    const findings = requestFindings(evidence, hashing);
    collector.take(history === null ? findings.filter(({ breach }) => breach !== 'workflowMissing') : findings);
    collector.count('requests');
  });
};

const isOfBatch = (row: Linked<HashedEntry>): row is Linked<BatchEntry> => !('planHash' in row) && !('changed' in row);

const gatherBatch = (batchId: string, { history }: Sources): Promise<BatchEvidence> =>
  reading(`batch ${batchId}`, async () => {
    const open = history === null ? true : await history.batchIsOpen(batchId);
    const record = await batchById(batchId);
    const chain = (await chainOf({ kind: 'batch', id: batchId })).filter(isOfBatch);
    const lines = record?.state.lines ?? [];
    const instructions = await instructionsByIds(lines.map(({ instructionId }) => instructionId));
    // What was recorded after the document was read is left for the next time.
    const seenChain = record === null ? chain : chain.filter(({ seq }) => seq <= record.version);
    return {
      ...{ batchId, nowMs: Date.now(), chain: seenChain, record, open },
      instructions: instructions.map(instructionOf),
    };
  });

const idsOf = async function* (pages: AsyncIterable<readonly string[]>): AsyncGenerator<string> {
  for await (const page of pages) yield* page;
};

async function* allBatches(): AsyncGenerator<string> {
  yield* idsOf(batchIdPages(pageSize));
  for await (const { kind, id } of subjectsWithEntries())
    if (kind === 'batch' && (await batchById(id)) === null) yield id;
}

export const batches: Part = (sources, collector) =>
  inParallel(allBatches(), sources.hands, async (id) => {
    collector.take(batchFindings(await gatherBatch(id, sources), hashing));
    collector.count('batches');
  });

async function* registers(): AsyncGenerator<Subject> {
  const seen = new Set<string>();
  for (const source of [subjectsWithEntries(), allRegisterHeads()])
    for await (const subject of source) {
      const name = `${subject.kind}/${subject.id}`;
      if (subject.kind === 'request' || subject.kind === 'batch' || seen.has(name)) continue;
      seen.add(name);
      yield subject;
    }
}

export const registerChains: Part = async (_sources, collector) => {
  const { subjects, broken } = await reading('the register', () => verifyTrail(registers(), () => undefined));
  collector.take(broken.map(({ subject, seq, fault }) => found('chainBroken', subject, { seq, fault })));
  collector.count('registers', subjects);
};

export const envelopes: Part = async (_sources, collector) => {
  const { balances, movements, odd } = await reading('the ledger', wholeLedger);
  const ids = new Set([...balances.map(({ _id }) => _id), ...movements.map(({ envelopeId }) => envelopeId)]);
  for (const envelopeId of ids) {
    const { available, reserved, committed, disbursed, spent, writtenOff } =
      balances.find(({ _id }) => _id === envelopeId) ?? {};
    const balance = { available, reserved, committed, disbursed, spent, 'written-off': writtenOff };
    collector.take(
      wholeEnvelopeFindings({
        envelopeId,
        balance: available === undefined ? null : balance,
        moved: movements.filter((one) => one.envelopeId === envelopeId),
        odd: odd.filter((one) => one.envelopeId === envelopeId).map(({ _id }) => _id),
      }),
    );
    collector.count('envelopes');
  }
};

const kinds = ['request', 'batch'] as const;

type Found = Awaited<ReturnType<typeof keyedEntries>>;

const entriesUnder = (kind: (typeof kinds)[number], some: readonly StoredOperation[]): Promise<Found> =>
  keyedEntries(
    kind,
    [...new Set(some.map(({ subject }) => subject.id))],
    some.map(({ _id }) => _id),
  );

const recordedOf = ({ _id, subject }: StoredOperation, entries: Found): Found =>
  entries.filter(({ key, subjectId }) => key === _id && subjectId === subject.id);

/** An answer comes before its entry is written: what is not there yet gets as long as any other thing that moves. */
const entriesInTime = async (
  kind: (typeof kinds)[number],
  some: readonly StoredOperation[],
  { ms, lookEveryMs }: Patience,
): Promise<Found> => {
  const until = Date.now() + ms;
  let entries = await entriesUnder(kind, some);
  for (let missing = some; Date.now() < until; ) {
    missing = missing.filter((one) => one.state === 'succeeded' && recordedOf(one, entries).length === 0);
    if (missing.length === 0) break;
    await pause(lookEveryMs);
    entries = [...entries, ...(await entriesUnder(kind, missing))];
  }
  return entries;
};

const operationPage = async (
  page: readonly StoredOperation[],
  collector: Collector,
  patience: Patience,
): Promise<void> => {
  for (const kind of kinds) {
    const some = page.filter(({ subject }) => subject.kind === kind);
    if (some.length === 0) continue;
    const entries = await entriesInTime(kind, some, patience);
    for (const operation of some) {
      const { _id: id, ...rest } = operation;
      collector.take(operationFindings({ id, ...rest, recorded: recordedOf(operation, entries) }));
    }
    collector.count('operations', some.length);
  }
};

export const operations: Part = async ({ patience }, collector, requestId) => {
  for await (const page of operationPages(pageSize, requestId))
    await reading('the answered calls', () => operationPage(page, collector, patience));
};

/** Both ways: what the bank paid was instructed, and what counts as settled the bank has paid. */
export const payments: Part = async ({ bank }, collector) => {
  for await (const page of bank.pages(pageSize)) {
    const known = await instructionsByIds(page.map(({ endToEndId }) => endToEndId));
    const byId = new Map(known.map((row) => [row._id, instructionOf(row)]));
    for (const payment of page) {
      const { endToEndId: instructionId } = payment;
      collector.take(paymentFindings({ instructionId, instruction: byId.get(instructionId) ?? null, payment }));
    }
    collector.count('payments', page.length);
  }
  for await (const page of settledInstructionPages(pageSize)) {
    const paid = await bank.of(page);
    const unpaid = page.filter((id) => !paid.has(id));
    for (const row of await instructionsByIds(unpaid))
      collector.take(paymentFindings({ instructionId: row._id, instruction: instructionOf(row), payment: null }));
  }
};
