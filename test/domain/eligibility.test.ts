// Eligibility by the registry, item-level reasons, texts of opinions: what the plan's review rules ask of people.
import { describe, expect, it } from '@jest/globals';
import { publishingFaults } from '../../domain/plan-check/plan-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { RegistryFacts } from '../../domain/registry-facts.js';
import { dayMs, fileOf, journey, journeyTo, metChecklist, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, strictPlan } from '../support/plans.js';
import { eligible, handedIn, soundRegistry } from '../support/strict.js';

const asked = (registry: RegistryFacts) => handedIn().ask(people.hana, 'recordScreening', { ...eligible, registry });

describe('a verdict of eligibility', () => {
  it('is accepted on a sound and fresh word of the registry, which is recorded with it', () => {
    const registry = soundRegistry({ openViolations: 0 });
    const told = handedIn().act(people.hana, 'recordScreening', { ...eligible, registry });
    expect(told.request()).toMatchObject({ position: { stage: 'regional-opinion' }, registry });
    expect(told.entries().at(-1)?.events[0]).toMatchObject({ kind: 'screeningRecorded', registry });
  });

  const refused: readonly (readonly [string, Partial<RegistryFacts>])[] = [
    ['registry-open-violations', { openViolations: 1 }],
    ['registry-licence-suspended', { status: 'suspended' }],
    ['registry-licence-expired', { status: 'licence-expired' }],
    ['registry-licence-expired', { licenceExpiresOn: '2026-02-28' }],
    ['registry-licence-expired', { licenceExpiresOn: 'soon' }],
    ['registry-inspection', { lastInspectionResult: 'unsatisfactory' }],
    ['registry-final-accounts', { finalAccountYears: [2025, 2025] }],
    ['board-number', { board: { members: 6, status: 'active' } }],
    ['board-number', { board: { members: 3, status: 'active' } }],
    ['board-number', { board: { members: 17, status: 'active' } }],
    ['board-dissolved', { board: { members: 7, status: 'dissolved' } }],
    ['registry-stale', { fetchedAtMs: startMs - 181 * dayMs }],
  ];
  it.each(refused)('is refused by %s', (rule, change) => {
    expect(asked(soundRegistry(change)).refusal).toMatchObject({ code: 'conditionsNotMet', rule });
  });

  it('holds on the last day of the licence', () => {
    expect(asked(soundRegistry({ licenceExpiresOn: '2026-03-01' })).refusal).toBeUndefined();
  });

  it('falls back on the word recorded with the submission, and is refused without any', () => {
    expect(handedIn().ask(people.hana, 'recordScreening', eligible).refusal).toBeUndefined();
    const silent = journey(strictPlan).act(people.samira, 'submitRequest', { file: fileOf() });
    expect(silent.ask(people.hana, 'recordScreening', eligible).refusal?.rule).toBe('registry-missing');
  });

  it('asks nothing of the registry under a plan that does not say so', () => {
    const open = { ...eligible, registry: soundRegistry({ openViolations: 3 }) };
    expect(journeyTo('screening').ask(people.hana, 'recordScreening', open).refusal).toBeUndefined();
  });

  it('does not keep an officer from returning or refusing the request', () => {
    const registry = soundRegistry({ openViolations: 3 });
    const points = [{ section: 'project', note: 'mend' }];
    const told = handedIn();
    expect(
      told.ask(people.hana, 'recordScreening', { ...eligible, verdict: 'incomplete', points, registry }).refusal,
    ).toBe(undefined);
    const ineligible = { ...eligible, verdict: 'ineligible', reasonCodes: ['open-violation'], registry } as const;
    expect(told.ask(people.hana, 'recordScreening', ineligible).refusal).toBeUndefined();
  });
});

describe('reasons for each item on a return', () => {
  const checklist = metChecklist(strictPlan).map(({ item }) => ({
    item,
    answer: item === 'active-board' ? ('not-met' as const) : ('met' as const),
  }));
  const returned = { ...eligible, checklist, verdict: 'incomplete' } as const;
  const board = { section: 'project', field: 'summaryAr', item: 'active-board', note: 'name the board' };

  it('are asked for each item that is not met', () => {
    const bare = handedIn().ask(people.hana, 'recordScreening', {
      ...returned,
      points: [{ section: 'project', note: 'x' }],
    });
    expect(bare.refusal).toMatchObject({ rule: 'item-reason-missing', accepted: 'active-board' });
    expect(handedIn().ask(people.hana, 'recordScreening', { ...returned, points: [board] }).refusal).toBeUndefined();
    const noted = checklist.map((answer) => ({ ...answer, note: 'the minutes are missing' }));
    const points = [{ section: 'project', note: 'x' }];
    expect(handedIn().ask(people.hana, 'recordScreening', { ...returned, checklist: noted, points }).refusal).toBe(
      undefined,
    );
  });

  it('name only items of the checklist', () => {
    const points = [board, { ...board, item: 'invented' }];
    expect(handedIn().ask(people.hana, 'recordScreening', { ...returned, points }).refusal?.rule).toBe(
      'point-unknown-item',
    );
  });

  it('are answered one by one: an answer about the section does not answer for the item', () => {
    const told = handedIn().act(people.hana, 'recordScreening', { ...returned, points: [board] });
    const answer = (answers: readonly { section: string; note: string; item?: string; field?: string }[]) =>
      told.ask(people.samira, 'resubmit', { file: fileOf(), answers });
    expect(answer([{ section: 'project', note: 'done' }]).refusal).toMatchObject({
      rule: 'points-unanswered',
      accepted: 'project/summaryAr/active-board',
    });
    const { item, field, ...about } = board;
    expect(answer([{ ...about, field, note: 'done' }]).refusal?.rule).toBe('points-unanswered');
    expect(answer([{ ...about, item, note: 'done' }]).refusal?.rule).toBe('points-unanswered');
    expect(answer([{ ...board, note: 'done' }]).refusal).toBeUndefined();
  });
});

describe("a directorate's opinion", () => {
  const heard = () => handedIn().act(people.hana, 'recordScreening', eligible);
  const give = (verdict: 'support' | 'support-with-remarks' | 'object', reason?: string) =>
    heard().ask(
      people.cairo,
      'recordOpinion',
      { governorate: 'EG-C', verdict },
      reason === undefined ? {} : { reason },
    );

  it('needs a text when it supports with remarks or objects', () => {
    for (const verdict of ['support-with-remarks', 'object'] as const) {
      expect(give(verdict).refusal?.rule).toBe('remarks-missing');
      expect(give(verdict, '  ').refusal?.rule).toBe('remarks-missing');
      expect(give(verdict, 'a centre stands there already').entry?.reason).toBe('a centre stands there already');
    }
    expect(give('support').refusal).toBeUndefined();
  });

  it('needs none under a plan that does not say so', () => {
    const told = journeyTo('regional-opinion', calmPlan);
    expect(told.ask(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'object' }).refusal).toBeUndefined();
  });
});

describe('the review rules of a plan', () => {
  it('are sound in the reference plan, where they are named as assumptions', () => {
    expect(publishingFaults(developmentGrant)).toEqual([]);
    expect(developmentGrant.assumptions).toEqual(expect.arrayContaining(['eligibility', 'opinions', 'voiding']));
  });

  it('are refused when a row names what is not there, or a board that cannot be', () => {
    const row = { changed: 'budget', checklist: ['invented'], criteria: [], opinions: 'kept' } as const;
    const eligibility = strictPlan.eligibility && {
      ...strictPlan.eligibility,
      board: { least: 9, most: 5, odd: true },
    };
    const faults = publishingFaults({
      ...developmentGrant,
      voiding: [row, row],
      ...(eligibility ? { eligibility } : {}),
    });
    expect(faults.map(({ path }) => path)).toEqual([
      'eligibility.board',
      'voiding.budget',
      'voiding.budget',
      'voiding',
    ]);
  });
});
