// The registry's word on an NGO: what it has to be for a verdict of eligibility, how old, and what of it is kept.
import { describe, expect, it } from '@jest/globals';
import type { EligibilityPlan } from '../../domain/plan-review.js';
import type { RegistryFacts, RegistryWord } from '../../domain/registry-facts.js';
import { registryFindings, wordOf } from '../../domain/registry-facts.js';
import { licenceHolds } from '../../domain/registry.js';
import { eligibilityFault } from '../../domain/review/eligibility.js';
import { dayMs, startMs } from '../support/journey.js';
import { calmPlan, strictPlan } from '../support/plans.js';
import { soundRegistry } from '../support/strict.js';

const { eligibility } = strictPlan;
if (eligibility === undefined) throw new Error('the strict plan asks the registry');
const { finalAccountYears, board, lastInspectionResult, ...bare } = soundRegistry();
const faultOf = (facts: RegistryFacts | undefined, asked: Partial<EligibilityPlan> = {}) =>
  eligibilityFault(facts, { plan: { ...strictPlan, eligibility: { ...eligibility, ...asked } }, nowMs: startMs })
    ?.refusal;
const fault = (change: Partial<RegistryFacts>, asked: Partial<EligibilityPlan> = {}) =>
  faultOf(soundRegistry(change), asked);
const not = (rule: string, accepted?: string) => ({
  ...{ code: 'conditionsNotMet', rule },
  ...(accepted === undefined ? {} : { accepted }),
});

describe('the word of the registry', () => {
  it('is there, and no older than the plan says', () => {
    expect(faultOf(soundRegistry())).toBeUndefined();
    expect(faultOf(undefined)).toEqual(not('registry-missing', 'recordRegistryFacts'));
    expect(fault({ fetchedAtMs: startMs - 180 * dayMs - 1 })).toEqual(not('registry-stale', 'recordRegistryFacts'));
    expect(fault({ fetchedAtMs: startMs - 180 * dayMs })).toBeUndefined();
    expect(eligibilityFault(undefined, { plan: calmPlan, nowMs: startMs })).toBeNull();
  });

  it.each<[string, Partial<RegistryFacts>, object]>([
    ['an open violation', { openViolations: 1 }, not('registry-open-violations', '0')],
    ['a suspended licence', { status: 'suspended' }, not('registry-licence-suspended')],
    ['a licence that ended', { licenceExpiresOn: '2026-02-28' }, not('registry-licence-expired', '2026-02-28')],
    ['a licence called expired', { status: 'licence-expired' }, not('registry-licence-expired', '2030-01-01')],
    ['a bad inspection', { lastInspectionResult: 'unsatisfactory' }, not('registry-inspection', 'satisfactory')],
    ['too few final accounts', { finalAccountYears: [2025, 2025] }, not('registry-final-accounts', '2')],
    ['a dissolved board', { board: { members: 7, status: 'dissolved' } }, not('board-dissolved', 'active')],
    ['a board too small', { board: { members: 3, status: 'active' } }, not('board-number', '5..15 odd')],
    ['a board too large', { board: { members: 17, status: 'active' } }, not('board-number', '5..15 odd')],
    ['an even board', { board: { members: 6, status: 'active' } }, not('board-number', '5..15 odd')],
  ])('keeps from eligible: %s', (_what, change, refusal) => {
    expect(fault(change)).toStrictEqual(refusal);
  });

  it('keeps from eligible where it is silent on the board or the final accounts, not on the inspection', () => {
    const silentOnBoard = { ...bare, finalAccountYears: finalAccountYears ?? [] };
    expect(faultOf(silentOnBoard)).toEqual(not('registry-board-unknown', '5..15 odd'));
    const silentOnAccounts = board === undefined ? bare : { ...bare, board };
    expect(faultOf(silentOnAccounts)).toEqual(not('registry-final-accounts', '2'));
    expect(faultOf(silentOnAccounts, { minimumAccountYears: 1 })).toEqual(not('registry-final-accounts', '1'));
    expect(faultOf({ ...silentOnBoard, ...silentOnAccounts })).toBeUndefined();
    expect(lastInspectionResult).toBe('satisfactory');
  });

  it.each([
    [4, 'conditionsNotMet'],
    [5, undefined],
    [15, undefined],
    [16, 'conditionsNotMet'],
  ])('with a board of %i where any number will do', (members, code) => {
    const any = { board: { least: 5, most: 15, odd: false } };
    const found = fault({ board: { members, status: 'temporary' } }, any);
    expect(found?.code).toBe(code);
    expect(found?.accepted).toBe(code && '5..15');
  });

  it('passes with as many open violations as the plan allows', () => {
    expect(fault({ openViolations: 2 }, { mostOpenViolations: 2 })).toBeUndefined();
    expect(fault({ openViolations: 3 }, { mostOpenViolations: 2 })).toEqual(not('registry-open-violations', '2'));
    for (const members of [5, 15]) expect(fault({ board: { members, status: 'active' } })).toBeUndefined();
  });
});

describe('a licence', () => {
  it('holds to the last instant of its last day, and never without a day', () => {
    const facts = soundRegistry({ licenceExpiresOn: '2026-03-01' });
    const holdsAt = (nowMs: number) => licenceHolds(facts, { plan: calmPlan, nowMs });
    const end = Date.UTC(2026, 2, 2) - 1;
    expect([holdsAt(end - dayMs), holdsAt(end), holdsAt(end + 1)]).toEqual([true, true, false]);
    const soon = soundRegistry({ licenceExpiresOn: 'soon' });
    expect(licenceHolds(soon, { plan: calmPlan, nowMs: 0 })).toBe(false);
  });
});

describe('what is kept of the word', () => {
  it('is the word alone, without who asked and when', () => {
    const { source, fetchedAtMs, registrationNumber, directorate, ...word } = soundRegistry();
    expect(wordOf(soundRegistry())).toStrictEqual(word);
    expect([source, fetchedAtMs, registrationNumber, directorate]).not.toContain(undefined);
  });

  it('has no trace of what the registry did not say', () => {
    const short: RegistryWord = {
      status: 'active',
      ...{ licenceExpiresOn: '2030-01-01', lastInspectionOn: '2025-06-01', openViolations: 0 },
    };
    expect(wordOf(bare)).toStrictEqual(short);
    expect(wordOf({ ...short, finalAccountYears: [2025] })).toStrictEqual({ ...short, finalAccountYears: [2025] });
  });
});

describe('findings of the registry that freeze requests', () => {
  it('are an open violation and a suspended licence; one that merely ran out freezes nothing', () => {
    expect([...registryFindings].sort()).toEqual(['licence-suspended', 'open-violation']);
  });
});
