// Recording a request: audit entries, folded state, tasks, notices, ledger and payment instructions in one transaction per call.
// Activities only.
import type { mongo } from 'mongoose';
import { applyEntry } from '../domain/apply.js';
import type { Linked, Subject } from '../domain/audit/chain.js';
import type { Entry } from '../domain/audit-entry.js';
import { emptyRequest } from '../domain/grant-request.js';
import type { HashedEntry } from './audit-entry.model.js';
import { appendRows, freshEntries, linkEntries, verifyRepeated } from './audit-entry.projection.js';
import { inTurn } from './in-turn.js';
import type { ReservationDocument } from './ledger.model.js';
import { answersTo } from './ledger.projection.js';
import { outboxOf, writeOutbox } from './notice-outbox.projection.js';
import type { OutboxDocument } from './notice.model.js';
import { changeInstructions } from './payment-instruction.projection.js';
import { planByHash } from './plan-version.model.js';
import { forget, recentBefore, remember } from './recent-requests.js';
import { documentOf } from './request-document.js';
import { headingAfter, headingOf } from './request-heading.projection.js';
import type { Money, Step } from './request-money.projection.js';
import { envelopeMovedBy, instructionChangesOf, moneyIn, moveMoney } from './request-money.projection.js';
import type { RequestDocument } from './request.model.js';
import { requestCollection } from './request.model.js';
import type { TaskDocument } from './task.model.js';
import { changeTasks, taskChanges } from './task.projection.js';
import type { Session } from './transaction.js';
import { withTransaction } from './transaction.js';

export type EntriesToRecord = {
  readonly requestId: string;
  readonly runId: string;
  readonly planHash: string;
  readonly entries: readonly Entry[];
};
/** `version`: the last entry of the call, which is recorded now, or was found recorded as it is. */
export type Recorded = { readonly version: number; readonly reservations: readonly ReservationDocument[] };

/** Repeated whole or in part, a call changes nothing it did before and gives the same answers. */
export const projectEntries = async (batch: EntriesToRecord): Promise<Recorded> => {
  const { requestId, entries } = batch;
  const recent = recentBefore(requestId, entries[0]?.seq ?? 0);
  // Whatever goes wrong, the next look is at the database.
  forget(requestId);
  if (recent === null) return recordOn(await requestCollection().findOne({ _id: requestId }), batch);
  try {
    return await recordOn(recent, batch);
  } catch (error) {
    if (!(error instanceof Overtaken)) throw error;
    return recordOn(await requestCollection().findOne({ _id: requestId }), batch);
  }
};

const recordOn = async (stored: RequestDocument | null, batch: EntriesToRecord): Promise<Recorded> => {
  const { requestId, planHash, entries } = batch;
  const version = stored?.version ?? 0;
  const known = entries.filter((entry) => entry.seq <= version);
  await verifyRepeated(subjectOf(requestId), known.map(hashed(planHash)));
  const answers = await answersTo(decisionKeysIn(known));
  const fresh = freshEntries(entries, version, `request ${requestId}`);
  const last = fresh.at(-1);
  if (last === undefined) return { version: entries.at(-1)?.seq ?? version, reservations: answers };

  const steps = fold(stored, requestId, fresh);
  const change = await changeOf({ batch, stored, steps, last });
  // Requests share balances: those that move the same one wait here rather than collide in the database.
  const asked = await inTurn(envelopeMovedBy(change.money), () => withTransaction((session) => write(session, change)));
  remember(change.document);
  return { version: last.seq, reservations: [...answers, ...asked] };
};

/** Something else was recorded since the document was read. */
class Overtaken extends Error {
  override readonly name = 'Overtaken';
}

const subjectOf = (requestId: string): Subject => ({ kind: 'request', id: requestId });

const hashed =
  (planHash: string) =>
  (entry: Entry): HashedEntry => ({ ...entry, planHash: entry.planHash ?? planHash });

const decisionKeysIn = (entries: readonly Entry[]): string[] =>
  entries.flatMap((entry) => entry.events).flatMap((event) => (event.kind === 'fundsAsked' ? [event.decisionKey] : []));

const fold = (stored: RequestDocument | null, requestId: string, entries: readonly Entry[]): Step[] => {
  const steps: Step[] = [];
  let before = stored?.state;
  for (const entry of entries) {
    // The moments of the empty request never show: the first entry sets position and deadlines.
    before ??= emptyRequest(requestId, entry.atMs, entry.atMs);
    const after = applyEntry(before, entry);
    steps.push({ entry, before, after });
    before = after;
  }
  return steps;
};

/** Everything one call writes, worked out before the transaction starts, so that a repeated transaction only writes. */
type Change = {
  readonly stored: RequestDocument | null;
  readonly document: RequestDocument;
  readonly rows: readonly Linked<HashedEntry>[];
  readonly runId: string;
  readonly tasks: readonly mongo.AnyBulkWriteOperation<TaskDocument>[];
  readonly notices: readonly OutboxDocument[];
  readonly instructions: ReturnType<typeof instructionChangesOf>;
  readonly money: readonly Money[];
};

type Given = {
  readonly batch: EntriesToRecord;
  readonly stored: RequestDocument | null;
  readonly steps: readonly Step[];
  readonly last: Entry;
};

const changeOf = async ({ batch, stored, steps, last }: Given): Promise<Change> => {
  const { requestId, planHash, runId } = batch;
  const fresh = steps.map((step) => step.entry);
  const after = steps.at(-1)?.after ?? emptyRequest(requestId, last.atMs, last.atMs);
  // What is shown and waited for follows from the plan that holds after the last entry.
  const newestHash = after.plan?.hash ?? planHash;
  const plan = await planByHash(newestHash);
  const heading = await headingAfter(stored ?? {}, fresh);
  const { rows, headHash } = linkEntries(subjectOf(requestId), stored?.headHash, fresh.map(hashed(planHash)));
  const seen = stored ? { request: stored.state, heading: headingOf(stored) } : null;
  return {
    stored,
    document: documentOf({ after, last, heading, planHash: newestHash, headHash, stored }),
    rows,
    runId,
    tasks: taskChanges(seen, { request: after, heading }, { plan, nowMs: last.atMs }),
    notices: outboxOf(steps, heading.reference),
    instructions: instructionChangesOf(steps),
    money: steps.flatMap(moneyIn),
  };
};

const write = async (session: Session, change: Change): Promise<ReservationDocument[]> => {
  await replaceDocument(session, change);
  await appendRows(session, subjectOf(change.document._id), change.rows, change.runId);
  await changeTasks(session, change.tasks);
  await writeOutbox(session, change.notices);
  await changeInstructions(session, change.instructions);
  // Balances come last: a document stays locked until the commit.
  return moveMoney(session, change.money);
};

/** The guard of the whole transaction: nothing else was recorded since the document was read. */
const replaceDocument = async (session: Session, { stored, document }: Change): Promise<void> => {
  if (stored === null) {
    await requestCollection().insertOne(document, { session });
    return;
  }
  const { _id, ...content } = document;
  const guard = { _id, version: stored.version, headHash: stored.headHash };
  const { matchedCount } = await requestCollection().replaceOne(guard, content, { session });
  if (matchedCount !== 1) throw new Overtaken(`request ${_id} changed while it was recorded`);
};
