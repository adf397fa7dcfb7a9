// Sound evidence about one bank file in memory: built by the finance officer, released, sent with one payment, not yet answered.
import type { Actor } from '../../domain/actor.js';
import { chainStart, link } from '../../domain/audit/chain.js';
import type { BatchEvidence, StoredInstruction } from '../../domain/invariants/evidence.js';
import type { BatchEntry, BatchLine } from '../../domain/money/payment-batch.js';
import { foldBatchEntry, newBatch } from '../../domain/money/payment-batch.js';
import { hashing } from '../../platform/hashing.js';
import { people } from './people.js';

const anHour = 3_600_000;

export const batchLine: BatchLine = {
  ...{ instructionId: 'r-t1-1', requestId: 'r', number: 1, amountMinor: '5', accountId: null },
  ...{ preparedBy: 'finance', status: 'claimed' },
};
export const batchInstruction: StoredInstruction = {
  ...{ id: 'r-t1-1', number: 1, purpose: 'tranche', amountMinor: '5', accountId: null, preparedBy: 'finance' },
  ...{ live: true, state: 'sent', batchId: 'b', replaces: null },
};

const entry = (
  seq: number,
  actor: Actor,
  event: BatchEntry['events'][number],
  command: BatchEntry['command'],
): BatchEntry => ({ seq, atMs: seq, kind: 'decision', command, actor, events: [event] });

export const batchEntries = (releaser: Actor, lines: readonly BatchLine[]): BatchEntry[] => [
  entry(1, people.finance, { kind: 'batchBuilt', lines }, 'buildBatch'),
  entry(2, releaser, { kind: 'batchReleased', by: releaser }, 'releaseBatch'),
  entry(3, people.finance, { kind: 'batchSent', fileSha256: 'f' }, 'batchSent'),
];

export const linkedBatch = (entries: readonly BatchEntry[]): BatchEvidence['chain'] => {
  let head = chainStart({ kind: 'batch', id: 'b' }, hashing);
  return entries.map((one) => {
    const row = link(one, head, hashing);
    head = row.hash;
    return row;
  });
};

export const soundBatch = (
  releaser: Actor = people.releaser,
  lines: readonly BatchLine[] = [batchLine],
): BatchEvidence => {
  const entries = batchEntries(releaser, lines);
  const chain = linkedBatch(entries);
  const state = entries.reduce(foldBatchEntry, newBatch('b', people.finance));
  return {
    ...{ batchId: 'b', nowMs: anHour, chain, open: true, instructions: [batchInstruction] },
    record: { version: 3, headHash: chain.at(-1)?.hash ?? '', state },
  };
};
