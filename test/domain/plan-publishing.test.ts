// Four eyes over plans and calls: what keeps a draft from being published or opened, each reason by its name.
import { describe, expect, it } from '@jest/globals';
import type { Opening } from '../../domain/call-opening.js';
import { openingFault } from '../../domain/call-opening.js';
import type { Publication } from '../../domain/plan-publishing.js';
import { draftFault, publicationFault } from '../../domain/plan-publishing.js';
import { people } from '../support/people.js';

const draft = { version: 3, lastEditedBy: people.administrator.personId, finished: false };
const nowMs = Date.UTC(2026, 2, 1);
const publication: Publication = {
  by: people.otherAdministrator,
  expectedVersion: 3,
  effectiveFromMs: nowMs,
  nowMs,
  faults: [],
  versionTaken: false,
};
const opening: Opening = {
  by: people.otherAdministrator,
  expectedVersion: 3,
  nowMs,
  opensAtMs: nowMs,
  closesAtMs: nowMs + 60_000,
  planEffectiveFromMs: nowMs,
  programmeKnown: true,
  availableMinor: '500',
  ceilingMinor: '100',
  budgetMinor: '500',
};

describe('a draft', () => {
  it('may be edited by any administrator who saw its newest version, until it is finished', () => {
    expect(draftFault(draft, people.administrator, 3)).toBeNull();
    expect(draftFault(draft, people.hana, 3)?.refusal.code).toBe('notYourRole');
    expect(draftFault(draft, people.administrator, 2)?.refusal).toMatchObject({ code: 'staleVersion', accepted: '3' });
    expect(draftFault({ ...draft, finished: true }, people.administrator, 3)?.refusal.code).toBe('alreadyActed');
  });
});

describe('a publication', () => {
  it('is made by a second administrator', () => {
    expect(publicationFault(draft, publication)).toBeNull();
    expect(publicationFault(draft, { ...publication, by: people.administrator })?.refusal).toEqual({
      code: 'dutyConflict',
      rule: 'second-administrator',
    });
  });

  it.each([
    ['effective-from-not-past', { effectiveFromMs: nowMs - 1 }],
    ['closure', { faults: [{ path: 'closure', en: 'x', ar: 'x' }] }],
    ['plan-version-free', { versionTaken: true }],
    ['draft-version', { expectedVersion: 2 }],
  ])('is refused by the rule %s', (rule, change) => {
    expect(publicationFault(draft, { ...publication, ...change })?.refusal.rule).toBe(rule);
  });
});

describe('the opening of a call', () => {
  it('is made by a second administrator', () => {
    expect(openingFault(draft, opening)).toBeNull();
    expect(openingFault(draft, { ...opening, by: people.administrator })?.refusal.rule).toBe('second-administrator');
  });

  it.each([
    ['programme-known', { programmeKnown: false }],
    ['closes-after-opening', { closesAtMs: nowMs }],
    ['closing-ahead', { opensAtMs: nowMs - 100, closesAtMs: nowMs }],
    ['plan-published', { planEffectiveFromMs: null }],
    ['plan-in-force-at-opening', { planEffectiveFromMs: nowMs + 1 }],
    ['envelope-known', { availableMinor: null }],
    ['ceiling-within-budget', { ceilingMinor: '501' }],
    ['ceiling-within-budget', { ceilingMinor: '0' }],
    ['budget-within-envelope', { availableMinor: '499' }],
  ])('is refused by the rule %s', (rule, change) => {
    expect(openingFault(draft, { ...opening, ...change })?.refusal.rule).toBe(rule);
  });
});
