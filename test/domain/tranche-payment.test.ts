// A tranche on its way to the bank: who may prepare and release it in every state, on which facts, and what each step leaves behind.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PaymentFacts } from '../../domain/command.js';
import type { Decision } from '../../domain/decision.js';
import type { GrantRequest, Tranche, TrancheState } from '../../domain/grant-request.js';
import { accountRestFault } from '../../domain/account-rest.js';
import {
  decidePreparation,
  decideReceipt,
  decideRelease,
  instructionIdOf,
  releaseOf,
} from '../../domain/money/tranche.js';
import type { Plan } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, dayMs, journeyTo, paymentFacts, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const nowMs = startMs + 500 * dayMs;
const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, releasers: 1 } };
const { firstPaymentReleasers, ...unwatchedTranches } = plan.tranches;
const unwatched: Plan = { ...plan, tranches: unwatchedTranches };

/** The first tranche as if it stood so; prepared by the finance officer for one account, its first instruction the live one. */
const standing = (state: TrancheState, change: Partial<Tranche> = {}): GrantRequest => {
  const request = atStage('implementation');
  const [first, ...others] = request.tranches;
  if (first === undefined) throw new Error('an agreement has tranches');
  const known = { attempt: 1, preparedBy: 'finance', accountId: 'account-1' };
  return { ...request, tranches: [{ ...first, ...known, state, ...change }, ...others] };
};
const envelope = { key: 'k', fingerprint: 'f', expectedVersion: 1 };
type Asked = { readonly number?: number; readonly facts?: Partial<PaymentFacts>; readonly under?: Plan };
const prepare = (request: GrantRequest, { number = 1, facts = {}, under = plan }: Asked = {}): Decision =>
  decidePreparation(
    request,
    { kind: 'prepareTranche', by: people.finance, ...envelope, body: { number, facts: { ...paymentFacts(nowMs), ...facts } } },
    { plan: under, nowMs },
  ); // prettier-ignore
type Release = Asked & { readonly by?: Actor };
const release = (request: GrantRequest, { number = 1, facts, under = plan, by = people.releaser }: Release = {}) =>
  decideRelease(
    request,
    {
      ...{ kind: 'releaseTranche', by, ...envelope },
      body: { number, ...(facts === undefined ? {} : { facts: { ...paymentFacts(nowMs), ...facts } }) },
    },
    { plan: under, nowMs },
  );
const receive = (request: GrantRequest, number = 1) =>
  decideReceipt(request, { kind: 'confirmReceipt', by: people.samira, ...envelope, body: { number } });
const wordsOf = ({ events, refusal }: Decision): string =>
  refusal
    ? [refusal.code, refusal.rule, refusal.accepted].filter((word) => word !== undefined).join(' ')
    : events.map(({ kind }) => kind).join(' ');

const live = 'req0000000000001-t1-1';

describe('preparing a tranche', () => {
  it.each<[TrancheState, string]>([
    ['ready', 'tranchePrepared'],
    ['rejected', 'tranchePrepared'],
    ['waiting', 'conditionsNotMet tranche-condition'],
    ['unearned', 'conditionsNotMet tranche-unearned'],
    ['prepared', 'alreadyActed tranche-prepared'],
    ['released', `instructionExists one-live-instruction ${live}`],
    ['unknown', `unknownStatus one-live-instruction ${live}`],
    ['settled', `instructionExists one-live-instruction ${live}`],
    ['confirmed', `instructionExists one-live-instruction ${live}`],
  ])('that is %s: %s', (state, answer) => {
    expect(wordsOf(prepare(standing(state)))).toBe(answer);
  });

  it('that is not there names how many there are', () => {
    expect(wordsOf(prepare(standing('ready'), { number: 9 }))).toBe('conditionsNotMet tranche-exists 4');
  });

  it('that waits names the first thing it waits for', () => {
    const told = journeyTo('implementation');
    const second = (): string => wordsOf(prepare(told.request(), { number: 2 }));
    expect(second()).toBe('reportNotAccepted tranche-condition report 1');
    acceptReport(told, 1, '0');
    expect(second()).toBe('conditionsNotMet tranche-condition tranche 1');
    const under: Plan = { ...plan, afterReview: { due: { unit: 'working-days', count: 20 } } };
    expect(wordsOf(prepare(told.request(), { number: 2, under }))).toBe('conditionsNotMet after-review-ratified');
  });

  const tooFresh = { accountChangedAtMs: nowMs - 3 * dayMs + 1 };
  it.each<[string, Partial<PaymentFacts>, string]>([
    ['an account that nobody verified', { accountVerifiedAtMs: null }, 'bankDetailsUnverified'],
    [
      'an account that changed less than three days ago',
      tooFresh,
      `bankDetailsTooFresh account-rest ${new Date(nowMs + 1).toISOString()}`,
    ],
    ['an account that changed three days ago', { accountChangedAtMs: nowMs - 3 * dayMs }, 'tranchePrepared'],
    ['what the registry said ninety days ago', { registryFetchedAtMs: nowMs - 90 * dayMs }, 'tranchePrepared'],
    [
      'what the registry said before that',
      { registryFetchedAtMs: nowMs - 90 * dayMs - 1 },
      'conditionsNotMet registry-data-fresh',
    ],
    [
      'a shared account nobody explained',
      { sharedAccount: 'unexplained' },
      'conditionsNotMet account-shared verifyBankAccount',
    ],
    ['a shared account somebody explained', { sharedAccount: 'explained' }, 'tranchePrepared'],
  ])('on %s: %s', (_what, facts, answer) => {
    expect(wordsOf(prepare(standing('ready'), { facts }))).toBe(answer);
  });

  it('keeps who prepared it, for which account, and what is special about that account', () => {
    const about = { kind: 'tranchePrepared', number: 1, personId: 'finance', accountId: 'account-1' };
    expect(prepare(standing('ready')).events).toEqual([about]);
    expect(prepare(standing('ready'), { facts: { firstPayment: false } }).events).toEqual([about]);
    expect(prepare(standing('ready'), { facts: { firstPayment: true, sharedAccount: 'explained' } }).events).toEqual([
      { ...about, firstPayment: true, sharedAccount: true },
    ]);
  });

  it.each<TrancheState>(['ready', 'rejected', 'prepared'])(
    'that is %s looks at the account and the registry',
    (state) => {
      const moved = { accountId: 'account-2' };
      const answer = (facts: Partial<PaymentFacts>) =>
        wordsOf(prepare(standing(state), { facts: { ...moved, ...facts } }));
      expect(answer({})).toBe('tranchePrepared');
      expect(answer({ accountVerifiedAtMs: null })).toBe('bankDetailsUnverified');
      expect(answer({ registryFetchedAtMs: 0 })).toBe('conditionsNotMet registry-data-fresh');
    },
  );

  it('looks at none of that under a plan that does not watch accounts', () => {
    const facts = { firstPayment: true, sharedAccount: 'unexplained' } as const;
    expect(prepare(standing('ready'), { facts, under: unwatched }).events).toEqual([
      { kind: 'tranchePrepared', number: 1, personId: 'finance', accountId: 'account-1' },
    ]);
  });

  it('again is for another account alone, and only where accounts are watched', () => {
    const facts = { accountId: 'account-2' };
    expect(prepare(standing('prepared'), { facts }).events?.[0]).toMatchObject({ accountId: 'account-2' });
    expect(wordsOf(prepare(standing('prepared'), { facts, under: unwatched }))).toBe('alreadyActed tranche-prepared');
  });
});

describe('releasing a tranche', () => {
  it.each<[TrancheState, string]>([
    ['prepared', 'trancheReleased paymentInstructed'],
    ['ready', 'conditionsNotMet tranche-prepared-first prepareTranche'],
    ['rejected', 'conditionsNotMet tranche-prepared-first prepareTranche'],
    ['waiting', 'conditionsNotMet tranche-prepared-first prepareTranche'],
    ['unearned', 'conditionsNotMet tranche-prepared-first prepareTranche'],
    ['released', 'instructionExists one-live-instruction'],
    ['unknown', 'unknownStatus one-live-instruction'],
    ['settled', 'instructionExists one-live-instruction'],
    ['confirmed', 'instructionExists one-live-instruction'],
  ])('that is %s: %s', (state, answer) => {
    expect(wordsOf(release(standing(state)))).toBe(answer);
  });

  const finance: Actor = { ...people.finance, roles: people.releaser.roles };
  const absent = (personId: string): Actor => ({ ...people.releaser, onBehalfOf: { personId, name: personId } });
  it.each<[string, Partial<Tranche>, Release, string]>([
    ['that is not there', {}, { number: 9 }, 'conditionsNotMet tranche-exists 4'],
    ['in another role', {}, { by: people.finance }, 'notYourRole releasing-role paymentReleaser'],
    ['one prepared oneself', {}, { by: finance }, 'dutyConflict prepare-with-release'],
    ['for who prepared it', {}, { by: absent('finance') }, 'dutyConflict prepare-with-release'],
    ['that nobody prepared by hand', { preparedBy: null }, {}, 'trancheReleased paymentInstructed'],
    ['twice', { releasedBy: ['releaser'] }, {}, 'alreadyActed releasers-distinct'],
    ['after somebody did in the same name', { releasedFor: ['x'] }, { by: absent('x') }, 'alreadyActed releasers-distinct'],
    ['after a deputy did in one’s name', { releasedFor: ['releaser'] }, {}, 'alreadyActed releasers-distinct'],
    ['as the only one of two', { firstPayment: true }, {}, 'trancheReleased'],
    ['as the second of two', { firstPayment: true, releasedBy: ['x'] }, {}, 'trancheReleased paymentInstructed'],
    ['to a moved account', {}, { facts: { accountId: 'account-2' } }, 'conditionsNotMet account-as-prepared prepareTranche'],
    ['to a moved account, unwatched', {}, { facts: { accountId: 'account-2' }, under: unwatched }, 'trancheReleased paymentInstructed'],
    ['to an account no longer verified', {}, { facts: { accountVerifiedAtMs: null } }, 'bankDetailsUnverified'],
    ['on facts that are sound', {}, { facts: {} }, 'trancheReleased paymentInstructed'],
  ])('%s', (_what, change, asked, answer) => {
    expect(wordsOf(release(standing('prepared', change), asked))).toBe(answer);
  }); // prettier-ignore

  it('instructs the bank with what was prepared, under the next number', () => {
    expect(release(standing('prepared')).events).toEqual([
      { kind: 'trancheReleased', number: 1, personId: 'releaser' },
      {
        ...{ kind: 'paymentInstructed', number: 1, instructionId: 'req0000000000001-t1-2', purpose: 'tranche' },
        ...{ amountMinor: '21600000', accountId: 'account-1', replaces: live },
      },
    ]);
    expect(release(standing('prepared', { attempt: 0 })).events?.[1]).toMatchObject({
      ...{ instructionId: live, replaces: null },
    });
  });

  it('names the absent person in whose place it was done', () => {
    expect(release(standing('prepared'), { by: absent('omar') }).events?.[0]).toEqual({
      ...{ kind: 'trancheReleased', number: 1, personId: 'releaser', onBehalfOf: 'omar' },
    });
  });

  it('needs as many as the plan says, approvers for provisional money', () => {
    const provisional: Plan = { ...plan, tranches: { ...plan.tranches, provisional: { number: 1, approvers: 2 } } };
    expect(releaseOf({ number: 1 }, provisional)).toEqual({ role: 'approver', people: 2 });
    expect(releaseOf({ number: 2 }, provisional)).toEqual({ role: 'paymentReleaser', people: 1 });
    expect(releaseOf({ number: 1, firstPayment: false }, plan)).toEqual({ role: 'paymentReleaser', people: 1 });
    expect(firstPaymentReleasers).toBe(2);
    expect(releaseOf({ number: 1, firstPayment: true }, plan)).toEqual({ role: 'paymentReleaser', people: 2 });
    expect(releaseOf({ number: 1, firstPayment: true }, unwatched)).toEqual({ role: 'paymentReleaser', people: 1 });
    expect(wordsOf(release(standing('prepared'), { under: provisional }))).toBe('notYourRole releasing-role approver');
  });
});

describe('a receipt', () => {
  it.each<[TrancheState, string]>([
    ['settled', 'receiptConfirmed'],
    ['confirmed', 'alreadyActed receipt-confirmed'],
    ['released', 'conditionsNotMet tranche-settled'],
    ['waiting', 'conditionsNotMet tranche-settled'],
  ])('of a tranche that is %s: %s', (state, answer) => {
    expect(wordsOf(receive(standing(state)))).toBe(answer);
  });

  it('is of the tranche it names', () => {
    expect(receive(standing('settled')).events).toEqual([{ kind: 'receiptConfirmed', number: 1 }]);
    expect(wordsOf(receive(standing('settled'), 9))).toBe('conditionsNotMet tranche-settled');
  });
});

describe('an account that somebody changed', () => {
  const change = { accountChangedAtMs: nowMs - 3 * dayMs, accountChangedBy: ['releaser'] };
  it('rests for them until the moment it has rested, and not for others', () => {
    const at = (atMs: number, by: Actor = people.releaser) => accountRestFault(by, change, { plan, nowMs: atMs });
    expect(at(nowMs - 1)?.refusal).toEqual({
      ...{ code: 'dutyConflict', rule: 'account-change-with-decision', accepted: new Date(nowMs).toISOString() },
    });
    expect(at(nowMs)).toBeNull();
    expect(at(nowMs - 1, people.secondReleaser)).toBeNull();
    expect(at(nowMs - 1, { ...people.secondReleaser, onBehalfOf: { personId: 'releaser', name: 'releaser' } })).not.toBeNull();
  }); // prettier-ignore

  it('rests for nobody where nobody is known to have changed it, or nobody watches', () => {
    const context = { plan, nowMs: nowMs - 1 };
    expect(accountRestFault(people.releaser, undefined, context)).toBeNull();
    expect(accountRestFault(people.releaser, { accountChangedAtMs: nowMs }, context)).toBeNull();
    expect(accountRestFault(people.releaser, change, { ...context, plan: unwatched })).toBeNull();
  });
});

describe('what stays on a tranche', () => {
  const first = (told: Journey): Tranche | undefined => told.request().tranches[0];
  const preparedWith = (told: Journey, facts: Partial<PaymentFacts>): Journey =>
    told.act(people.finance, 'prepareTranche', { number: 1, facts: { ...paymentFacts(told.nowMs()), ...facts } });

  it('is nothing special where nothing was special', () => {
    const told = preparedWith(journeyTo('implementation', plan), {});
    expect(first(told)).toEqual({
      ...{ number: 1, purpose: 'tranche', amountMinor: '21600000', state: 'prepared', attempt: 0 },
      ...{ preparedBy: 'finance', releasedBy: [], accountId: 'account-1', changedVersion: told.request().version },
    });
  });

  it('is forgotten when it is prepared again for another account', () => {
    const deputy: Actor = {
      ...{ personId: 'nadia', name: 'nadia' },
      roles: [{ role: 'paymentReleaser', onBehalfOf: { personId: 'omar', name: 'omar' } }],
    };
    const told = preparedWith(journeyTo('implementation', plan), { firstPayment: true, sharedAccount: 'explained' });
    told.act(deputy, 'releaseTranche', { number: 1 });
    expect(first(told)).toMatchObject({
      ...{ state: 'prepared', firstPayment: true, sharedAccount: true },
      ...{ releasedBy: ['nadia'], releasedFor: ['omar'] },
    });

    preparedWith(told, { accountId: 'account-2' });
    expect(first(told)).toMatchObject({
      ...{ state: 'prepared', firstPayment: false, sharedAccount: false, accountId: 'account-2' },
      ...{ releasedBy: [], releasedFor: [] },
    });
    expect(first(preparedWith(told, { accountId: 'account-3', firstPayment: true, sharedAccount: 'explained' }))).toMatchObject(
      { firstPayment: true, sharedAccount: true },
    );
  }); // prettier-ignore

  it('is who released it, one after the other, and for whom', () => {
    const three: Plan = { ...plan, tranches: { ...plan.tranches, releasers: 3 } };
    const standIn = (personId: string, absent: string): Actor => ({
      ...{ personId, name: personId },
      roles: [{ role: 'paymentReleaser', onBehalfOf: { personId: absent, name: absent } }],
    });
    const told = preparedWith(journeyTo('implementation', three), {});
    told.act(people.releaser, 'releaseTranche', { number: 1 });
    expect(first(told)).not.toHaveProperty('releasedFor');
    told.act(standIn('nadia', 'omar'), 'releaseTranche', { number: 1 });
    told.act(standIn('salma', 'tarek'), 'releaseTranche', { number: 1 });
    expect(first(told)).toMatchObject({
      ...{ state: 'released', releasedBy: ['releaser', 'nadia', 'salma'], releasedFor: ['omar', 'tarek'], attempt: 1 },
    });
  });

  it('is its number, for the business id of each of its instructions', () => {
    expect(instructionIdOf('r', 2, 3)).toBe('r-t2-3');
  });
});
