// Four eyes over plans and calls: what keeps a draft from being published or opened, each reason by its name.
import { describe, expect, it } from '@jest/globals';
import type { Opening } from '../../domain/call-opening.js';
import { openingFault } from '../../domain/call-opening.js';
import type { Publication } from '../../domain/plan-publishing.js';
import { draftFault, publicationFault, publicationFaults } from '../../domain/plan-publishing.js';
import type { Plan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
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
    expect(draftFault(draft, people.hana, 3)?.refusal).toEqual({
      ...{ code: 'notYourRole', rule: 'roles', accepted: 'administrator' },
    });
    expect(draftFault(draft, people.administrator, 2)?.refusal).toEqual({
      ...{ code: 'staleVersion', rule: 'draft-version', accepted: '3' },
    });
    expect(draftFault({ ...draft, finished: true }, people.administrator, 3)?.refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'draft-finished' },
    });
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
    ['conditionsNotMet', 'effective-from-not-past', '2026-03-01T00:00:00.000Z', { effectiveFromMs: nowMs - 1 }],
    ['planNotApplicable', 'closure', undefined, { faults: [{ path: 'closure', en: 'x', ar: 'x' }] }],
    ['conditionsNotMet', 'plan-version-free', undefined, { versionTaken: true }],
    ['staleVersion', 'draft-version', '3', { expectedVersion: 2 }],
  ])('is refused with %s by the rule %s', (code, rule, accepted, change) => {
    expect(publicationFault(draft, { ...publication, ...change })?.refusal).toEqual({
      ...{ code, rule },
      ...(accepted === undefined ? {} : { accepted }),
    });
  });

  it('is kept back by the plan and by the people there are', () => {
    const paths = (plan: Plan): string[] => publicationFaults(plan, []).map(({ path }) => path);
    const routes = paths(developmentGrant).filter((path) => path === 'route');
    expect(routes).toHaveLength(12);
    expect(paths({ ...developmentGrant, agreement: { countersigned: false } })).toEqual([
      'agreement',
      ...paths(developmentGrant),
    ]);
  });
});

describe('the opening of a call', () => {
  it('is made by a second administrator', () => {
    expect(openingFault(draft, opening)).toBeNull();
    expect(openingFault(draft, { ...opening, by: people.administrator })?.refusal.rule).toBe('second-administrator');
  });

  it.each([
    ['conditionsNotMet', 'programme-known', undefined, { programmeKnown: false }],
    ['conditionsNotMet', 'closes-after-opening', undefined, { closesAtMs: nowMs }],
    ['pastDeadline', 'closing-ahead', '2026-03-01T00:00:00.000Z', { opensAtMs: nowMs - 100, closesAtMs: nowMs }],
    ['planNotApplicable', 'plan-published', undefined, { planEffectiveFromMs: null }],
    ['planNotApplicable', 'plan-in-force-at-opening', '2026-03-01T00:00:00.001Z', { planEffectiveFromMs: nowMs + 1 }],
    ['conditionsNotMet', 'envelope-known', undefined, { availableMinor: null }],
    ['conditionsNotMet', 'ceiling-within-budget', '500', { ceilingMinor: '501' }],
    ['conditionsNotMet', 'ceiling-within-budget', '500', { ceilingMinor: '0' }],
    ['envelopeExceeded', 'budget-within-envelope', '499', { availableMinor: '499' }],
  ])('is refused with %s by the rule %s', (code, rule, accepted, change) => {
    expect(openingFault(draft, { ...opening, ...change })?.refusal).toEqual({
      ...{ code, rule },
      ...(accepted === undefined ? {} : { accepted }),
    });
  });

  it('may let one request take the whole budget, and may come after its opening time', () => {
    expect(openingFault(draft, { ...opening, ceilingMinor: '500' })).toBeNull();
    expect(openingFault(draft, { ...opening, opensAtMs: nowMs - 5, planEffectiveFromMs: nowMs - 5 })).toBeNull();
  });
});
