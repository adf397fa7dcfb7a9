// The reservation of an award: what the treasury's answer does to the request, and what the terms of a source of money forbid.
import { describe, expect, it } from '@jest/globals';
import { treasury } from '../../domain/actor.js';
import type { FactBodies } from '../../domain/command.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { FundingSource } from '../../domain/money/funding-source.js';
import { brokenTerm, fillingFault, sourceFault, termsOf, transferFault } from '../../domain/money/funding-source.js';
import { decideReservation, fundsFolds } from '../../domain/money/funds.js';
import { decideRefund } from '../../domain/money/refund.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { atStage } from '../support/at-stage.js';
import { startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const award = { amountMinor: '500', conditions: [], decisionKey: 'd1', funds: 'asked', cumulativeMinor: null } as const;
const asking = (change: Partial<GrantRequest> = {}): GrantRequest => ({ ...atStage('committee'), award, ...change });
const answer = (body: FactBodies['reportReservation'], request = asking(), plan = calmPlan, key = 'd1') =>
  decideReservation(
    request,
    { kind: 'reportReservation', by: treasury, key, body },
    { plan, nowMs: startMs },
    ({ cumulativeMinor }) => [{ kind: 'authorityUnresolved', basisMinor: cumulativeMinor }],
  );
const reserved = { outcome: 'reserved', cumulativeMinor: '900' } as const;
const lacking = { outcome: 'refused', missingMinor: '5' } as const;

describe("the treasury's answer", () => {
  it.each<[string, Partial<GrantRequest>, string]>([
    ['when nothing is asked', { award: null }, 'd1'],
    ['when the money is reserved already', { award: { ...award, funds: 'reserved' } }, 'd1'],
    ['when the award has fallen', { award: { ...award, funds: 'released' } }, 'd1'],
    ['to another question', {}, 'd2'],
  ])('is not taken %s', (_when, change, key) => {
    expect(answer(reserved, asking(change), calmPlan, key).refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'no-reservation-asked' },
    });
  });

  it('that the money is there goes on from the sum that counts', () => {
    const onward = { kind: 'authorityUnresolved', basisMinor: '900' };
    expect(answer(reserved).events).toStrictEqual([{ kind: 'fundsReserved', cumulativeMinor: '900' }, onward]);
    expect(answer({ ...reserved, peopleByLevel: { deputy: 1 } }).events).toEqual([
      { kind: 'fundsReserved', cumulativeMinor: '900', peopleByLevel: { deputy: 1 } },
      onward,
    ]);
  });

  it.each([
    [calmPlan, 'committee'],
    [reliefFastLane, 'screening'],
  ])('that it is not brings the request back to where its award is set (%#)', (plan, stage) => {
    const [refused, entered] = answer(lacking, asking(), plan).events ?? [];
    expect([refused, entered]).toMatchObject([
      { kind: 'fundsRefused', missingMinor: '5' },
      { kind: 'stageEntered', stage },
    ]);
    expect(refused).not.toHaveProperty('rule');
    expect(answer({ ...lacking, rule: 'source-period' }, asking(), plan).events?.[0]).toMatchObject({
      rule: 'source-period',
    });
  });
});

describe('an award', () => {
  const moment = { version: 9, atMs: startMs };
  const stopped = asking({ fundsRefusedBy: 'source-period' });

  it('is asked for, and reserved with the sum that counts together', () => {
    const asked = fundsFolds.fundsAsked(
      asking({ award: null }),
      { kind: 'fundsAsked', decisionKey: 'd1', amountMinor: '500', conditions: [] },
      moment,
    );
    expect(asked.award).toEqual(award);
    const after = fundsFolds.fundsReserved(asked, { kind: 'fundsReserved', cumulativeMinor: '900' }, moment);
    expect(after.award).toEqual({ ...award, funds: 'reserved', cumulativeMinor: '900' });
    expect(after).not.toHaveProperty('fundsRefusedBy');
  });

  it('that a term stopped is free of it once it is reserved', () => {
    const after = fundsFolds.fundsReserved(stopped, { kind: 'fundsReserved', cumulativeMinor: '900' }, moment);
    expect(after.fundsRefusedBy).toBeNull();
  });

  it('is gone with its ballot when the money is refused, and the term that stopped it is known', () => {
    const after = fundsFolds.fundsRefused(
      asking(),
      { kind: 'fundsRefused', missingMinor: '0', rule: 'source-sectors' },
      moment,
    );
    expect(after).toEqual({ ...asking(), award: null, ballot: null, fundsRefusedBy: 'source-sectors' });
    const lacked = { kind: 'fundsRefused', missingMinor: '5' } as const;
    expect(fundsFolds.fundsRefused(stopped, lacked, moment).fundsRefusedBy).toBeNull();
    expect(fundsFolds.fundsRefused(asking(), lacked, moment)).toEqual({ ...asking(), award: null, ballot: null });
  });

  it('that screening set leaves there what is missing', () => {
    const { position } = atStage('screening');
    const after = fundsFolds.fundsRefused(asking({ position }), { kind: 'fundsRefused', missingMinor: '5' }, moment);
    expect(after.fundsMissingMinor).toBe('5');
  });

  it('that falls is released with the authority that was found for it', () => {
    const request = { ...atStage('authority') };
    const after = fundsFolds.fundsReleased(
      request,
      { kind: 'fundsReleased', amountMinor: '60000000', from: 'reserved' },
      moment,
    );
    expect(after).toEqual({ ...request, award: { ...request.award, funds: 'released' }, authority: null });
  });

  it('that is not there is not made by an answer or a release', () => {
    const none = asking({ award: null });
    expect(fundsFolds.fundsReserved(none, { kind: 'fundsReserved', cumulativeMinor: '9' }, moment).award).toBeNull();
    const fallen = { kind: 'fundsReleased', amountMinor: '5', from: 'reserved' } as const;
    expect(fundsFolds.fundsReleased(none, fallen, moment).award).toBeNull();
  });
});

const free: FundingSource = { code: 'state-budget', nameAr: 'الموازنة', nameEn: 'State budget' };
const donor: FundingSource = { ...free, code: 'gift', donor: 'a foundation' };

describe('the terms of a source', () => {
  it('are told in one order, without those that bind nothing', () => {
    const terms = { untilMs: 2, fromMs: 1, governorates: ['EG-C'], sectors: ['care'], programmes: ['relief'] };
    expect(JSON.stringify(termsOf({ ...free, ...terms }))).toBe(
      '{"programmes":["relief"],"sectors":["care"],"governorates":["EG-C"],"fromMs":1,"untilMs":2}',
    );
    expect(termsOf(free)).toStrictEqual({});
    for (const [name, term] of Object.entries(terms))
      expect(termsOf({ ...free, [name]: term })).toStrictEqual({ [name]: term });
  });

  it('allow everything where there are none', () => {
    const use = { programmeCode: 'relief', governorates: ['EG-C'], atMs: 0 };
    expect([brokenTerm(free, use), sourceFault(free, use), fillingFault(free, use)]).toEqual([null, null, null]);
    expect(brokenTerm({ fromMs: 1 }, { ...use, atMs: 1e15 })).toBeNull();
    expect(brokenTerm({ untilMs: 1 }, { ...use, atMs: -1e15 })).toBeNull();
  });

  it('name the source in the refusal', () => {
    const bound = { ...donor, programmes: ['relief'] };
    expect(fillingFault(bound, { programmeCode: 'housing' })?.refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'source-programmes', accepted: 'gift' },
    });
    expect(sourceFault(bound, { programmeCode: 'housing', governorates: [], atMs: 0 })?.refusal.accepted).toBe('gift');
  });

  it.each<[string, FundingSource, FundingSource, string | null]>([
    ['between sources of nobody in particular', free, { ...free, code: 'fines' }, null],
    ['within one source', donor, donor, null],
    ['away from a donor', donor, free, 'gift'],
    ['into the money of a donor', free, donor, 'gift'],
    ['from one donor to another', donor, { ...donor, code: 'legacy' }, 'gift'],
  ])('on a transfer %s', (_way, from, to, bound) => {
    expect(transferFault(from, to)?.refusal ?? null).toEqual(
      bound === null ? null : { code: 'conditionsNotMet', rule: 'source-of-donor', accepted: bound },
    );
  });
});

describe('a refund while the project goes on', () => {
  const evidence = [{ fileId: 'credit-note', sha256: 'c'.repeat(64) }];
  const refund = (amountMinor: string, extra: { readonly reason?: string; readonly evidence?: typeof evidence }) =>
    decideRefund(
      {
        ...{ kind: 'recordRefund', by: people.finance, key: 'k', fingerprint: 'f', expectedVersion: 1 },
        ...{ body: { amountMinor }, ...extra },
      },
      10n,
    );
  const sound = { reason: 'a saving', evidence };
  it('is recorded up to what was paid and is not accounted for', () => {
    expect(refund('10', sound).events).toEqual([{ kind: 'refundReceived', amountMinor: '10' }]);
    expect(refund('1', sound).events).toEqual([{ kind: 'refundReceived', amountMinor: '1' }]);
  });

  it.each([
    ['more than that', '11', sound, { code: 'tranchesDoNotAddUp', rule: 'refund-within-unspent', accepted: '10' }],
    ['nothing', '0', sound, { code: 'tranchesDoNotAddUp', rule: 'refund-within-unspent', accepted: '10' }],
    ['a sum without a reason', '1', { evidence }, { code: 'conditionsNotMet', rule: 'reason-missing' }],
    ['a sum without a document', '1', { reason: 'a saving' }, { code: 'conditionsNotMet', rule: 'refund-evidence' }],
    [
      'a sum with no document',
      '1',
      { reason: 'a saving', evidence: [] },
      { code: 'conditionsNotMet', rule: 'refund-evidence' },
    ],
  ])('is refused of %s', (_what, amountMinor, extra, refusal) => {
    expect(refund(amountMinor, extra).refusal).toEqual(refusal);
  });
});
