// A payment batch: one bank file across requests. Claimed once, released by people other than builder and preparers, sent once;
// an unknown status waits for a person and is never sent again.
import type { Actor } from '../actor.js';
import { holds, peopleBehind } from '../actor.js';
import { inFirstRight, overCap, signedBy } from '../delegation.js';
import type { AmountMinor } from '../amount.js';
import { sumMinor } from '../amount.js';
import type { PaymentStatus } from '../command.js';
import { isUnreasoned } from '../reason.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

export type BatchLine = {
  readonly instructionId: string;
  readonly requestId: string;
  readonly number: number;
  readonly amountMinor: AmountMinor;
  readonly accountId: string | null;
  readonly preparedBy: string | null;
  readonly status: 'claimed' | 'sent' | PaymentStatus;
  /** The bank's reason code, when it gave one with the status. */
  readonly code?: string;
};

export type BatchState = 'building' | 'empty' | 'awaiting-release' | 'released' | 'sent' | 'withdrawn' | 'completed';

export type PaymentBatch = {
  readonly id: string;
  readonly version: number;
  readonly state: BatchState;
  readonly builtBy: Actor;
  readonly releasedBy: Actor | null;
  readonly lines: readonly BatchLine[];
  readonly count: number;
  readonly controlSumMinor: AmountMinor;
  /** SHA-256 of the file as sent; set once. */
  readonly fileSha256: string | null;
  readonly keys: Readonly<Record<string, { readonly fingerprint: string; readonly version: number }>>;
};

export type BatchBodies = {
  buildBatch: { readonly limit: number };
  /** Count and control sum as the releaser saw them: a batch that differs is refused. */
  releaseBatch: { readonly count: number; readonly controlSumMinor: AmountMinor };
  withdrawBatch: Record<never, never>;
  resolveUnknown: { readonly instructionId: string; readonly status: 'settled' | 'rejected' };
};
export type BatchCommandKind = Exclude<keyof BatchBodies, 'buildBatch'>;
export type BatchCommand<K extends keyof BatchBodies = BatchCommandKind> = {
  [Kind in K]: {
    readonly kind: Kind;
    readonly by: Actor;
    readonly key: string;
    readonly fingerprint: string;
    readonly expectedVersion: number;
    readonly reason?: string;
    readonly body: BatchBodies[Kind];
  };
}[K];

export type BatchEvent =
  | { readonly kind: 'batchBuilt'; readonly lines: readonly BatchLine[] }
  | { readonly kind: 'batchReleased'; readonly by: Actor }
  | { readonly kind: 'batchWithdrawn' }
  | { readonly kind: 'linesHeldBack'; readonly instructionIds: readonly string[] }
  | { readonly kind: 'batchSent'; readonly fileSha256: string }
  | {
      readonly kind: 'statusReported';
      readonly instructionId: string;
      readonly status: PaymentStatus;
      readonly code?: string;
    }
  | { readonly kind: 'batchCompleted' };

export type BatchEntry = {
  readonly seq: number;
  readonly atMs: number;
  readonly kind: 'decision' | 'system';
  readonly command: keyof BatchBodies | BatchEvent['kind'];
  readonly actor: Actor;
  readonly reason?: string;
  readonly key?: string;
  readonly fingerprint?: string;
  readonly updateId?: string;
  readonly events: readonly BatchEvent[];
};

export const newBatch = (id: string, builtBy: Actor): PaymentBatch => ({
  id,
  version: 0,
  state: 'building',
  builtBy,
  releasedBy: null,
  lines: [],
  count: 0,
  controlSumMinor: '0',
  fileSha256: null,
  keys: {},
});

type Word = Pick<BatchLine, 'status' | 'code'>;
const withStatus = (batch: PaymentBatch, instructionId: string, word: Word): PaymentBatch => ({
  ...batch,
  lines: batch.lines.map((line) => (line.instructionId === instructionId ? { ...line, ...word } : line)),
});

const withLines = (batch: PaymentBatch, lines: readonly BatchLine[]): PaymentBatch => ({
  ...batch,
  state: lines.length === 0 ? 'empty' : 'awaiting-release',
  releasedBy: null,
  lines,
  count: lines.length,
  controlSumMinor: sumMinor(lines.map((line) => line.amountMinor)).toString(),
});

export const applyToBatch = (batch: PaymentBatch, event: BatchEvent): PaymentBatch => {
  switch (event.kind) {
    case 'batchBuilt':
      return withLines(batch, event.lines);
    case 'linesHeldBack':
      return withLines(
        batch,
        batch.lines.filter((line) => !event.instructionIds.includes(line.instructionId)),
      );
    case 'batchReleased':
      return { ...batch, state: 'released', releasedBy: event.by };
    case 'batchWithdrawn':
      return { ...batch, state: 'withdrawn' };
    case 'batchSent':
      return {
        ...batch,
        state: 'sent',
        fileSha256: event.fileSha256,
        lines: batch.lines.map((line) => ({ ...line, status: 'sent' })),
      };
    case 'statusReported':
      return withStatus(batch, event.instructionId, {
        status: event.status,
        ...(event.code === undefined ? {} : { code: event.code }),
      });
    case 'batchCompleted':
      return { ...batch, state: 'completed' };
  }
};

export const foldBatchEntry = (batch: PaymentBatch, entry: BatchEntry): PaymentBatch => {
  const after = entry.events.reduce(applyToBatch, batch);
  const answered = { fingerprint: entry.fingerprint ?? '', version: entry.seq };
  return {
    ...after,
    version: entry.seq,
    keys: entry.key === undefined ? batch.keys : { ...batch.keys, [entry.key]: answered },
  };
};

const isFinal = (line: BatchLine): boolean => line.status === 'settled' || line.status === 'rejected';
export const isSettledUp = (batch: PaymentBatch): boolean => batch.state === 'sent' && batch.lines.every(isFinal);

export type BatchDecision =
  | { readonly events: readonly BatchEvent[]; readonly by?: Actor; readonly refusal?: never }
  | { readonly events?: never; readonly by?: never; readonly refusal: Refusal };

const releaseDecision = (batch: PaymentBatch, command: BatchCommand<'releaseBatch'>): BatchDecision => {
  const people = peopleBehind(command.by);
  if (!holds(command.by, 'paymentReleaser')) return refuse('notYourRole', 'roles', 'paymentReleaser');
  if (batch.state !== 'awaiting-release') return refuse('notThisStage', batch.state, 'awaiting-release');
  const prepared = [batch.builtBy.personId, ...batch.lines.map((line) => line.preparedBy)];
  if (people.some((one) => prepared.includes(one))) return refuse('dutyConflict', 'prepare-with-release');
  const { count, controlSumMinor } = command.body;
  if (count !== batch.count || controlSumMinor !== batch.controlSumMinor)
    return refuse('tranchesDoNotAddUp', 'control-sum', `${batch.count} ${batch.controlSumMinor}`);
  const capped = overCap(command.by, batch.controlSumMinor);
  if (capped) return capped;
  return { events: [{ kind: 'batchReleased', by: command.by }] };
};

const withdrawalDecision = (batch: PaymentBatch, command: BatchCommand<'withdrawBatch'>): BatchDecision => {
  if (!holds(command.by, 'financeOfficer') && !holds(command.by, 'paymentReleaser'))
    return refuse('notYourRole', 'roles', 'financeOfficer paymentReleaser');
  // Once released the file may already be on its way: only an unreleased batch can be taken apart.
  if (batch.state !== 'awaiting-release') return refuse('notThisStage', batch.state, 'awaiting-release');
  return { events: [{ kind: 'batchWithdrawn' }] };
};

const resolutionDecision = (batch: PaymentBatch, command: BatchCommand<'resolveUnknown'>): BatchDecision => {
  const { instructionId, status } = command.body;
  if (!holds(command.by, 'reconciler')) return refuse('notYourRole', 'roles', 'reconciler');
  if (batch.releasedBy !== null && peopleBehind(batch.releasedBy).includes(command.by.personId))
    return refuse('dutyConflict', 'release-with-reconcile');
  const line = batch.lines.find((other) => other.instructionId === instructionId);
  if (line?.status !== 'unknown') return refuse('conditionsNotMet', 'status-is-unknown', line?.status);
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  return { events: [{ kind: 'statusReported', instructionId, status, code: 'resolved-by-person' }] };
};

const batchRule = (batch: PaymentBatch, command: BatchCommand): BatchDecision => {
  switch (command.kind) {
    case 'releaseBatch':
      return releaseDecision(batch, command);
    case 'withdrawBatch':
      return withdrawalDecision(batch, command);
    case 'resolveUnknown':
      return resolutionDecision(batch, command);
  }
};

/**
 * Answers a person's command on a batch; a key that was answered before gives no events again. `by` is the person as the
 * entry names them: with the one on whose behalf they acted.
 */
export const decideBatch = (batch: PaymentBatch, command: BatchCommand, nowMs = 0): BatchDecision => {
  const answered = batch.keys[command.key];
  if (answered)
    return answered.fingerprint === command.fingerprint ? { events: [] } : refuse('keyReusedWithOtherContent');
  if (command.expectedVersion > batch.version) return refuse('staleVersion', 'version-seen', String(batch.version));
  return inFirstRight(command.by, nowMs, (by): BatchDecision => {
    const decision = batchRule(batch, { ...command, by });
    return decision.refusal ? decision : { ...decision, by: signedBy(command.by, by) };
  });
};
