// A payment batch: who may release it, take it apart or end an unknown status, and what each step makes of its lines and its sums.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import { bank } from '../../domain/actor.js';
import type {
  BatchBodies,
  BatchCommand,
  BatchEvent,
  BatchLine,
  PaymentBatch,
} from '../../domain/money/payment-batch.js';
import { decideBatch, foldBatchEntry, isSettledUp, newBatch } from '../../domain/money/payment-batch.js';
import { people } from '../support/people.js';

const lineOf = (number: number, change: Partial<BatchLine> = {}): BatchLine => ({
  ...{ instructionId: `r-t${number}-1`, requestId: 'r', number, amountMinor: `${number}00`, accountId: 'account-1' },
  ...{ preparedBy: `preparer-${number}`, status: 'claimed' },
  ...change,
});
const lines = [lineOf(1), lineOf(2), lineOf(3, { preparedBy: null })];

const after = (batch: PaymentBatch, ...events: readonly BatchEvent[]): PaymentBatch =>
  foldBatchEntry(batch, {
    ...{ seq: batch.version + 1, atMs: 0, kind: 'system', command: 'statusReported', actor: bank },
    events,
  });
const fresh = (): PaymentBatch => newBatch('b', people.finance);
const built = (): PaymentBatch => after(fresh(), { kind: 'batchBuilt', lines });
const released = (): PaymentBatch => after(built(), { kind: 'batchReleased', by: people.releaser });
const sent = (): PaymentBatch => after(released(), { kind: 'batchSent', fileSha256: 'f'.repeat(64) });
type Status = 'settled' | 'rejected' | 'unknown';
const reported = (batch: PaymentBatch, number: number, status: Status, code?: string): PaymentBatch =>
  after(batch, {
    ...{ kind: 'statusReported', instructionId: `r-t${number}-1`, status },
    ...(code === undefined ? {} : { code }),
  });
const unknown = (): PaymentBatch => reported(sent(), 2, 'unknown', 'AG01');

type Extra = Partial<Pick<BatchCommand, 'key' | 'fingerprint' | 'expectedVersion' | 'reason'>>;
const envelope = (batch: PaymentBatch, by: Actor) => ({
  by,
  key: 'k',
  fingerprint: 'f',
  expectedVersion: batch.version,
});
const sums: BatchBodies['releaseBatch'] = { count: 3, controlSumMinor: '600' };
const release = (batch: PaymentBatch, by: Actor, body = sums, extra: Extra = {}) =>
  decideBatch(batch, { kind: 'releaseBatch', ...envelope(batch, by), body, ...extra });
const withdraw = (batch: PaymentBatch, by: Actor, extra: Extra = {}) =>
  decideBatch(batch, { kind: 'withdrawBatch', ...envelope(batch, by), body: {}, ...extra });
const resolve = (batch: PaymentBatch, by: Actor, instructionId = 'r-t2-1', extra: Extra = { reason: 'they called' }) =>
  decideBatch(batch, {
    ...{ kind: 'resolveUnknown', ...envelope(batch, by), body: { instructionId, status: 'settled' } },
    ...extra,
  });

const releasingAs = (personId: string): Actor => ({ ...people.releaser, personId });
const standInFor = (personId: string, more: { readonly capMinor?: string } = {}): Actor => ({
  ...{ personId: 'deputy', name: 'deputy' },
  roles: [{ role: 'paymentReleaser', onBehalfOf: { personId, name: personId, ...more } }],
});
const standIn = standInFor('absent');

describe('the release of a batch', () => {
  it('is decided by whoever releases payments, under their name', () => {
    expect(release(built(), people.releaser)).toEqual({
      events: [{ kind: 'batchReleased', by: people.releaser }],
      by: people.releaser,
    });
  });

  it('names both people where one stands in for another', () => {
    const by = { ...standIn, onBehalfOf: { personId: 'absent', name: 'absent' } };
    expect(release(built(), standIn)).toMatchObject({
      events: [{ kind: 'batchReleased', by: { personId: 'deputy' } }],
      by,
    });
  });

  it.each([
    ['another role', () => release(built(), people.finance), ['notYourRole', 'roles', 'paymentReleaser']],
    ['a batch of no lines', () => release(fresh(), people.releaser), ['notThisStage', 'building', 'awaiting-release']],
    ['a batch that was released', () => release(released(), people.releaser), ['notThisStage', 'released', 'awaiting-release']],
    ['who built it', () => release(built(), releasingAs('finance')), ['dutyConflict', 'prepare-with-release', undefined]],
    ['who prepared a line', () => release(built(), releasingAs('preparer-2')), ['dutyConflict', 'prepare-with-release', undefined]],
    ['a stand-in of who prepared a line', () => release(built(), standInFor('preparer-1')), ['dutyConflict', 'prepare-with-release', undefined]],
    ['a stand-in for less than its sum', () => release(built(), standInFor('absent', { capMinor: '599' })), ['conditionsNotMet', 'delegation-cap', '599']],
    ['one line fewer', () => release(built(), people.releaser, { ...sums, count: 2 }), ['tranchesDoNotAddUp', 'control-sum', '3 600']],
    ['a piastre more', () => release(built(), people.releaser, { ...sums, controlSumMinor: '601' }), ['tranchesDoNotAddUp', 'control-sum', '3 600']],
  ])('is refused to %s', (_what, asked, [code, rule, accepted]) => {
    const { refusal } = asked();
    expect([refusal?.code, refusal?.rule, refusal?.accepted]).toEqual([code, rule, accepted]);
  }); // prettier-ignore
});

describe('a batch that nobody released', () => {
  it.each([people.finance, people.releaser])('is taken apart by $personId', (by) => {
    expect(withdraw(built(), by)).toEqual({ events: [{ kind: 'batchWithdrawn' }], by });
    expect(after(built(), { kind: 'batchWithdrawn' })).toEqual({ ...built(), version: 2, state: 'withdrawn' });
  });

  it('is taken apart by nobody else, and no more once the file may be on its way', () => {
    expect(withdraw(built(), people.reconciler).refusal).toEqual({
      ...{ code: 'notYourRole', rule: 'roles', accepted: 'financeOfficer paymentReleaser' },
    });
    expect(withdraw(released(), people.finance).refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'released', accepted: 'awaiting-release' },
    });
  });
});

describe('an unknown status', () => {
  it('is ended by a reconciler who says why, for that payment alone', () => {
    const { events = [] } = resolve(unknown(), people.reconciler);
    expect(events).toEqual([
      { kind: 'statusReported', instructionId: 'r-t2-1', status: 'settled', code: 'resolved-by-person' },
    ]);
    expect(after(unknown(), ...events).lines.map(({ status, code }) => [status, code])).toEqual([
      ['sent', undefined],
      ['settled', 'resolved-by-person'],
      ['sent', undefined],
    ]);
  });

  const releaserToo: Actor = { ...people.reconciler, personId: 'releaser' };
  const onBehalf = (): PaymentBatch =>
    after(built(), {
      ...{ kind: 'batchReleased', by: { ...standIn, onBehalfOf: { personId: 'reconciler', name: 'reconciler' } } },
    });
  it.each([
    ['by another role', () => resolve(unknown(), people.finance), ['notYourRole', 'roles', 'reconciler']],
    ['by who released the batch', () => resolve(unknown(), releaserToo), ['dutyConflict', 'release-with-reconcile', undefined]],
    ['by who was stood in for there', () => resolve(onBehalf(), people.reconciler), ['dutyConflict', 'release-with-reconcile', undefined]],
    ['where the status is known', () => resolve(unknown(), people.reconciler, 'r-t1-1'), ['conditionsNotMet', 'status-is-unknown', 'sent']],
    ['where nothing was released yet', () => resolve(built(), people.reconciler), ['conditionsNotMet', 'status-is-unknown', 'claimed']],
    ['for a payment of another batch', () => resolve(unknown(), people.reconciler, 'r-t9-1'), ['conditionsNotMet', 'status-is-unknown', undefined]],
    ['without a reason', () => resolve(unknown(), people.reconciler, 'r-t2-1', {}), ['conditionsNotMet', 'reason-missing', undefined]],
  ])('is not ended %s', (_what, asked, [code, rule, accepted]) => {
    const { refusal } = asked();
    expect([refusal?.code, refusal?.rule, refusal?.accepted]).toEqual([code, rule, accepted]);
  }); // prettier-ignore
});

describe('the same command sent again', () => {
  const answered = (): PaymentBatch =>
    foldBatchEntry(built(), {
      ...{ seq: 2, atMs: 0, kind: 'decision', command: 'releaseBatch', actor: people.releaser },
      ...{ key: 'k', fingerprint: 'f', events: [{ kind: 'batchReleased', by: people.releaser }] },
    });

  it('is answered without new events, whoever asks and whatever came after', () => {
    expect(release(answered(), people.releaser)).toEqual({ events: [] });
    const later = after(answered(), { kind: 'batchSent', fileSha256: 'f' });
    expect(release(later, people.releaser)).toEqual({ events: [] });
  });

  it('with other content is refused, and with another key is a command of its own', () => {
    expect(release(answered(), people.releaser, sums, { fingerprint: 'g' }).refusal?.code).toBe(
      'keyReusedWithOtherContent',
    );
    expect(release(answered(), people.releaser, sums, { key: 'l' }).refusal?.code).toBe('notThisStage');
  });

  it('is known by its key beside every other', () => {
    const twice = foldBatchEntry(answered(), {
      ...{ seq: 3, atMs: 0, kind: 'decision', command: 'resolveUnknown', actor: people.reconciler, events: [] },
      ...{ key: 'l', fingerprint: 'g' },
    });
    expect(twice.keys).toEqual({ k: { fingerprint: 'f', version: 2 }, l: { fingerprint: 'g', version: 3 } });
  });

  it('is known by its key alone where nothing tells its content', () => {
    const entry = { seq: 2, atMs: 0, kind: 'system', command: 'batchSent', actor: bank, events: [], key: 'k' } as const;
    expect(foldBatchEntry(built(), entry).keys).toEqual({ k: { fingerprint: '', version: 2 } });
  });

  it('from somebody who saw a version that is not there yet is refused', () => {
    expect(release(built(), people.releaser, sums, { expectedVersion: 2 }).refusal).toEqual({
      ...{ code: 'staleVersion', rule: 'version-seen', accepted: '1' },
    });
    expect(release(built(), people.releaser, sums, { expectedVersion: 0 }).refusal).toBeUndefined();
  });
});

describe('the lines of a batch', () => {
  it('are counted and summed when it is built', () => {
    expect(fresh()).toMatchObject({ version: 0, state: 'building', lines: [], count: 0, controlSumMinor: '0' });
    expect(built()).toMatchObject({
      state: 'awaiting-release',
      lines,
      count: 3,
      controlSumMinor: '600',
      releasedBy: null,
    });
  });

  it('held back are counted out, and the rest waits for a release of its own', () => {
    const held = after(released(), { kind: 'linesHeldBack', instructionIds: ['r-t1-1', 'r-t3-1'] });
    expect(held).toMatchObject({ state: 'awaiting-release', releasedBy: null, count: 1, controlSumMinor: '200' });
    expect(held.lines).toEqual([lineOf(2)]);
    const none = after(held, { kind: 'linesHeldBack', instructionIds: ['r-t2-1'] });
    expect(none).toMatchObject({ state: 'empty', lines: [], count: 0, controlSumMinor: '0' });
  });

  it('are sent together, with the seal of the file', () => {
    expect(released()).toMatchObject({ state: 'released', releasedBy: people.releaser, fileSha256: null });
    expect(sent()).toMatchObject({ state: 'sent', fileSha256: 'f'.repeat(64), releasedBy: people.releaser });
    expect(sent().lines).toEqual(lines.map((line) => ({ ...line, status: 'sent' })));
  });

  it("take the bank's word one by one, with its code where it gave one", () => {
    expect(unknown().lines[1]).toEqual(lineOf(2, { status: 'unknown', code: 'AG01' }));
    expect(reported(sent(), 1, 'settled').lines).toEqual([
      lineOf(1, { status: 'settled' }),
      lineOf(2, { status: 'sent' }),
      lineOf(3, { status: 'sent', preparedBy: null }),
    ]);
    expect(reported(sent(), 1, 'settled').lines[0]).not.toHaveProperty('code');
  });
});

describe('a batch is settled up', () => {
  const ended = (): PaymentBatch =>
    reported(reported(reported(sent(), 1, 'settled'), 2, 'rejected', 'AC04'), 3, 'settled');
  it.each([
    ['once every line was paid or rejected', ended, true],
    ['not while one is unknown', () => reported(ended(), 2, 'unknown'), false],
    ['not while the bank has said nothing', () => reported(sent(), 1, 'settled'), false],
    [
      'not before it was sent',
      () => reported(reported(reported(released(), 1, 'settled'), 2, 'settled'), 3, 'settled'),
      false,
    ],
    ['not a second time', () => after(ended(), { kind: 'batchCompleted' }), false],
  ])('%s', (_when, batch, settledUp) => {
    expect(isSettledUp(batch())).toBe(settledUp);
  });

  it('and completed, with everything else as it was', () => {
    expect(after(ended(), { kind: 'batchCompleted' })).toEqual({ ...ended(), version: 7, state: 'completed' });
  });
});
