// One bank file across requests: claim released instructions, wait for other eyes, send once, take the bank's words in, tell each request.
import {
  allHandlersFinished,
  CancellationScope,
  condition,
  currentUpdateInfo,
  patched,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import type { Actor } from '../domain/actor.js';
import { bank, clock, holds } from '../domain/actor.js';
import type {
  BatchCommand,
  BatchCommandKind,
  BatchEntry,
  BatchEvent,
  PaymentBatch,
} from '../domain/money/payment-batch.js';
import { decideBatch, foldBatchEntry, isSettledUp, newBatch } from '../domain/money/payment-batch.js';
import {
  claimInstructions,
  readBankStatuses,
  recordBatchEntries,
  releaseClaims,
  reportPaymentStatuses,
  sendBatch,
} from './activity-proxies.js';
import type { BatchAcknowledgement, BatchInput, RecordedEntries } from './contract.js';
import { batchUpdate, currentBatchQuery, retryRecordingSignal } from './contract.js';
import { createRecorder } from './recorder.js';
import { refusalFailure } from './refusal-failure.js';

const batchCommandKinds: readonly BatchCommandKind[] = ['releaseBatch', 'withdrawBatch', 'resolveUnknown'];
/** The bank is asked for news in this rhythm: quickly at first, then patiently. */
const firstLookMs = 50;
const longestLookMs = 3_600_000;

export async function paymentBatch(input: BatchInput): Promise<PaymentBatch['state']> {
  let batch = newBatch(input.batchId, input.builtBy);
  let finished = false;

  const recorder = createRecorder<BatchEntry, Pick<RecordedEntries, 'version'>>(
    [],
    async (entries) => {
      await recordBatchEntries({
        batchId: input.batchId,
        runId: workflowInfo().runId,
        builtBy: input.builtBy,
        entries,
      });
      return { version: entries.at(-1)?.seq ?? 0 };
    },
    () => undefined,
  );
  const take = (entry: Omit<BatchEntry, 'seq' | 'atMs'>): void => {
    const full: BatchEntry = { ...entry, seq: batch.version + 1, atMs: Date.now() };
    batch = foldBatchEntry(batch, full);
    recorder.push(full);
  };
  const note = (event: BatchEvent, actor: Actor): void =>
    take({ kind: 'system', command: event.kind, actor, events: [event] });

  const validator = (command: BatchCommand): void => {
    const { refusal } = decideBatch(batch, command, Date.now());
    if (refusal) throw refusalFailure(refusal);
  };
  const accept = (command: BatchCommand): BatchAcknowledgement => {
    const { events, by = command.by, refusal } = decideBatch(batch, command, Date.now());
    if (refusal) throw refusalFailure(refusal);
    const { kind, key, fingerprint, reason } = command;
    const updateId = currentUpdateInfo()?.id;
    const told = { ...(reason === undefined ? {} : { reason }), ...(updateId === undefined ? {} : { updateId }) };
    if (events.length > 0) take({ kind: 'decision', command: kind, actor: by, key, fingerprint, events, ...told });
    return { version: batch.version, state: batch.state, fingerprint };
  };

  for (const kind of batchCommandKinds)
    setHandler(batchUpdate(kind), accept, {
      validator: (command: BatchCommand) => {
        if (command.kind !== kind) throw new Error(`update ${kind} carries ${command.kind}`);
        validator(command);
      },
    });
  setHandler(retryRecordingSignal, () => recorder.retry());
  setHandler(currentBatchQuery, () => batch);

  const build = async (): Promise<void> => {
    // Whoever reaches Temporal without the API meets the same rule.
    if (!holds(input.builtBy, 'financeOfficer'))
      throw refusalFailure({ code: 'notYourRole', accepted: 'financeOfficer' });
    const lines = await claimInstructions({ batchId: input.batchId, limit: input.limit });
    const { builtBy: actor, key, fingerprint } = input;
    take({ kind: 'decision', command: 'buildBatch', actor, key, fingerprint, events: [{ kind: 'batchBuilt', lines }] });
  };
  const send = async (): Promise<void> => {
    const { lines, id: batchId, controlSumMinor } = batch;
    const sent = await sendBatch({ batchId, lines, controlSumMinor });
    if (sent.outcome === 'sent') return note({ kind: 'batchSent', fileSha256: sent.fileSha256 }, clock);
    // A request was suspended after the release: its lines leave the batch, and what is left needs its own release.
    await releaseClaims({ batchId, instructionIds: sent.instructionIds });
    note({ kind: 'linesHeldBack', instructionIds: sent.instructionIds }, clock);
  };
  const follow = async (): Promise<void> => {
    for (let waitMs = firstLookMs; !isSettledUp(batch); waitMs = Math.min(waitMs * 2, longestLookMs)) {
      const open = batch.lines.filter((line) => line.status === 'sent' || line.status === 'unknown');
      const reported = await readBankStatuses({ batchId: batch.id, instructionIds: idsOf(open) });
      const news = reported.filter(({ instructionId, status }) =>
        batch.lines.some((line) => line.instructionId === instructionId && line.status !== status),
      );
      for (const status of news) note({ kind: 'statusReported', ...status }, bank);
      await tell();
      if (!isSettledUp(batch)) await condition(() => untold().length > 0, waitMs);
    }
    // The last word can come from a person, and the requests wait for that one too.
    while (untold().length > 0 && patched('tell-the-last-word')) await tell();
  };
  const toldSoFar = new Set<string>();
  const wordOf = (line: PaymentBatch['lines'][number]): string => `${line.instructionId}-${line.status}`;
  const untold = (): PaymentBatch['lines'] =>
    batch.lines.filter(
      (line) =>
        (line.status === 'settled' || line.status === 'rejected' || line.status === 'unknown') &&
        !toldSoFar.has(wordOf(line)),
    );
  const tell = async (): Promise<void> => {
    const lines = untold();
    if (lines.length === 0) return;
    await reportPaymentStatuses({ batchId: batch.id, lines });
    for (const line of lines) toldSoFar.add(wordOf(line));
  };

  const state = (): PaymentBatch['state'] => batch.state;
  const story = async (): Promise<void> => {
    await build();
    while (state() !== 'sent') {
      await condition(() => state() !== 'awaiting-release');
      if (state() === 'empty') return;
      if (state() === 'withdrawn') return releaseClaims({ batchId: batch.id, instructionIds: idsOf(batch.lines) });
      await send();
    }
    await follow();
    note({ kind: 'batchCompleted' }, clock);
  };

  return CancellationScope.nonCancellable(async () => {
    await Promise.all([
      story().then(() => void (finished = true)),
      recorder.run(
        () => finished,
        () => false,
      ),
    ]);
    await condition(allHandlersFinished);
    await recorder.run(
      () => true,
      () => false,
    );
    return batch.state;
  });
}

const idsOf = (lines: PaymentBatch['lines']): string[] => lines.map((line) => line.instructionId);
