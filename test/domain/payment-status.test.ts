// The bank's word on an instruction: what every status does to a tranche in every state, by a table written by hand.
import { describe, expect, it } from '@jest/globals';
import { bank } from '../../domain/actor.js';
import type { FactBodies } from '../../domain/command.js';
import type { PaymentStatus } from '../../domain/command.js';
import type { GrantRequest, TrancheState } from '../../domain/grant-request.js';
import type { BankOutcome } from '../../domain/money/bank-status.js';
import { bankOutcomes } from '../../domain/money/bank-status.js';
import { decidePaymentStatus } from '../../domain/money/tranche.js';
import { atStage } from '../support/at-stage.js';
import { journeyTo, paymentFacts } from '../support/journey.js';
import type { Journey } from '../support/journey.js';
import { people } from '../support/people.js';

const statuses = ['settled', 'rejected', 'unknown'] as const;
/** Columns in the order of `statuses` (lifecycle.md §7): what is final stays, and what was never sent cannot be answered. */
const expected: Record<TrancheState, readonly BankOutcome[]> = {
  waiting: ['contradiction', 'contradiction', 'contradiction'],
  ready: ['contradiction', 'contradiction', 'contradiction'],
  prepared: ['contradiction', 'contradiction', 'contradiction'],
  unearned: ['contradiction', 'contradiction', 'contradiction'],
  released: ['apply', 'apply', 'apply'],
  unknown: ['apply', 'apply', 'repeat'],
  rejected: ['contradiction', 'repeat', 'contradiction'],
  settled: ['repeat', 'contradiction', 'contradiction'],
  confirmed: ['repeat', 'contradiction', 'contradiction'],
};
const states: readonly TrancheState[] = [
  ...(['waiting', 'ready', 'prepared', 'unearned', 'released', 'unknown'] as const),
  ...(['rejected', 'settled', 'confirmed'] as const),
];
const pairs = states.flatMap((state) =>
  statuses.map((status, index): [TrancheState, PaymentStatus, BankOutcome | undefined] => [
    state,
    status,
    expected[state][index],
  ]),
);

/** The first tranche in any state, its first instruction being the live one. */
const standing = (state: TrancheState): GrantRequest => {
  const request = atStage('implementation');
  const [first, ...others] = request.tranches;
  if (first === undefined) throw new Error('an agreement has tranches');
  return { ...request, tranches: [{ ...first, state, attempt: 1 }, ...others] };
};
type Said = FactBodies['paymentStatusReported'];
const said = (request: GrantRequest, change: Partial<Said> = {}) =>
  decidePaymentStatus(request, {
    ...{ kind: 'paymentStatusReported', by: bank, key: 'k' },
    body: { instructionId: `${request.id}-t1-1`, number: 1, status: 'settled', ...change },
  });
const eventKinds = { settled: 'paymentSettled', rejected: 'paymentRejected', unknown: 'paymentUnknown' } as const;

describe('a status of the bank', () => {
  it.each(pairs)('for a tranche that is %s: %s means %s', (state, status, outcome) => {
    expect(bankOutcomes[state][status]).toBe(outcome);
    const { events, refusal } = said(standing(state), { status });
    expect(events?.map(({ kind }) => kind)).toEqual(
      outcome === 'contradiction' ? undefined : outcome === 'repeat' ? [] : [eventKinds[status]],
    );
    expect(refusal).toEqual(
      outcome === 'contradiction'
        ? { code: 'conditionsNotMet', rule: 'bank-contradiction', accepted: state }
        : undefined,
    );
  });

  it('of an instruction that is not the live one, or of no tranche, is refused', () => {
    const request = standing('released');
    const instructionId = `${request.id}-t1-2`;
    expect(said(request, { instructionId }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'live-instruction', accepted: instructionId },
    });
    expect(said(request, { number: 9 }).refusal?.rule).toBe('live-instruction');
  });

  it('says what was paid, and why not; a bank that gives no reason is noted as such', () => {
    const request = standing('released');
    const instructionId = `${request.id}-t1-1`;
    expect(said(request).events).toEqual([
      { kind: 'paymentSettled', number: 1, instructionId, amountMinor: request.tranches[0]?.amountMinor },
    ]);
    expect(said(request, { status: 'rejected', code: 'AC04' }).events).toEqual([
      { kind: 'paymentRejected', number: 1, instructionId, code: 'AC04' },
    ]);
    expect(said(request, { status: 'rejected' }).events?.[0]).toMatchObject({ code: 'not-given' });
    expect(said(request, { status: 'unknown' }).events).toEqual([{ kind: 'paymentUnknown', number: 1, instructionId }]);
  });
});

describe('a tranche', () => {
  const released = (told: Journey): Journey =>
    told
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
      .act(people.releaser, 'releaseTranche', { number: 1 });
  const first = (told: Journey) => told.request().tranches[0];

  it.each([
    ['settled', 'settled'],
    ['rejected', 'rejected'],
    ['unknown', 'unknown'],
  ] as const)('that the bank calls %s is %s, at the version that said so', (status, state) => {
    const told = released(journeyTo('implementation')).pay(1, status);
    expect(first(told)).toMatchObject({ state, changedVersion: told.request().version, attempt: 1 });
    expect(told.request().tranches[1]).toEqual(atStage('implementation').tranches[1]);
  });

  it('that was rejected is paid by a second instruction, which names the one it replaces', () => {
    const again = released(released(journeyTo('implementation')).pay(1, 'rejected'));
    expect(first(again)).toMatchObject({ state: 'released', attempt: 2 });
    const instructed = again
      .entries()
      .flatMap(({ events }) => events)
      .filter(({ kind }) => kind === 'paymentInstructed');
    const { id } = again.request();
    expect(instructed).toEqual([
      expect.objectContaining({ instructionId: `${id}-t1-1`, replaces: null, accountId: 'account-1' }),
      expect.objectContaining({ instructionId: `${id}-t1-2`, replaces: `${id}-t1-1`, accountId: 'account-1' }),
    ]);
  });
});
