// Submission and correction: what a file has to say, what may be asked to be mended and how often, and what an answer changes.
import { describe, expect, it } from '@jest/globals';
import { treasury } from '../../domain/actor.js';
import type { CorrectionPoint, PersonBodies, RequestFile } from '../../domain/command.js';
import { decide } from '../../domain/decide.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import type { Journey } from '../support/journey.js';
import { fileOf, journey, journeyTo, metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { decideResubmission } from '../../domain/review/submission.js';
import { fieldOf, soundRegistry } from '../support/strict.js';
import { eligibleUnder, screened } from '../support/variants.js';

const lastEvents = (told: Journey) => told.entries().at(-1)?.events;
const incomplete = (points: readonly CorrectionPoint[], plan: Plan = calmPlan): PersonBodies['recordScreening'] => ({
  ...eligibleUnder(plan),
  ...{ verdict: 'incomplete', points },
});
const budget = { section: 'budget', note: 'sums' };
const asked = (points: readonly CorrectionPoint[] = [budget], plan: Plan = calmPlan): Journey =>
  journeyTo('screening', plan).act(people.hana, 'recordScreening', incomplete(points));
const answer = (
  told: Journey,
  answers: readonly CorrectionPoint[] = [budget],
  change: Partial<RequestFile> = {},
): Journey => told.act(people.samira, 'resubmit', { file: fileOf(change), answers });

describe('a submission', () => {
  const ask = (change: Partial<RequestFile>) =>
    journey().ask(people.samira, 'submitRequest', { file: fileOf(change) }).refusal;

  it('asks for some money, for somewhere', () => {
    expect(ask({ requestedMinor: '0' })).toEqual({ code: 'conditionsNotMet', rule: 'amount-is-zero' });
    expect(ask({ governorates: [] })).toEqual({ code: 'conditionsNotMet', rule: 'no-governorate' });
    expect(ask({ requestedMinor: '1' })).toBeUndefined();
  });

  it('is recorded with what the API found beside the file, and with no trace of what it did not look for', () => {
    const bare = journey().act(people.samira, 'submitRequest', { file: fileOf() });
    expect(lastEvents(bare)?.[0]).toStrictEqual({ kind: 'requestSubmitted', file: fileOf() });
    expect(lastEvents(bare)?.[1]).toMatchObject({ kind: 'stageEntered', stage: 'screening' });
    expect(['registry', 'calendarChange'].some((name) => name in bare.request())).toBe(false);
    const registry = soundRegistry();
    const calendarChange = { version: 1, declaredDays: [], removedDays: [] };
    const facts = { registry, calendarChange };
    const full = journey().act(people.samira, 'submitRequest', { file: fileOf(), ...facts });
    expect(lastEvents(full)?.[0]).toStrictEqual({ kind: 'requestSubmitted', file: fileOf(), ...facts });
    expect(full.request()).toMatchObject({ file: fileOf(), ...facts });
  });
});

describe('a correction that is asked', () => {
  const ask = (points: readonly CorrectionPoint[], told: Journey = journeyTo('screening')) =>
    told.ask(people.hana, 'recordScreening', incomplete(points)).refusal;

  it('says what to mend, and where', () => {
    expect(ask([])).toEqual({ code: 'conditionsNotMet', rule: 'correction-without-points' });
    const unknown = { code: 'conditionsNotMet', rule: 'point-unknown-item', accepted: calmPlan.checklist.join(' ') };
    expect(ask([budget, { ...budget, item: 'charm' }])).toEqual(unknown);
    expect(ask([budget, { ...budget, item: 'active-board' }])).toBeUndefined();
    const told = asked();
    expect(lastEvents(told)?.[1]).toStrictEqual({ kind: 'correctionAsked', returnTo: 'screening', points: [budget] });
    expect(told.request()).toMatchObject({
      ...{ position: { stage: 'correction' }, correction: { rounds: 1, returnTo: 'screening', points: [budget] } },
    });
  });

  it('is asked as often as the plan says, and then no more', () => {
    const plan = { ...calmPlan, correctionRounds: 2 };
    const told = answer(asked([budget], plan));
    expect(told.request().correction).toEqual({ rounds: 1, returnTo: null, points: [] });
    told.act(people.hana, 'recordScreening', incomplete([budget]));
    answer(told);
    expect(ask([budget], told)).toEqual({ code: 'roundsExhausted', rule: 'correction-rounds', accepted: '2' });
  });
});

describe('an answer to a correction', () => {
  const ask = (told: Journey, body: Partial<PersonBodies['resubmit']>) =>
    told.ask(people.samira, 'resubmit', { file: fileOf(), answers: [budget], ...body }).refusal;
  const other = { code: 'conditionsNotMet', rule: 'another-call-or-organisation' };

  it.each<[string, Partial<RequestFile>]>([
    ['organisation', { organisationId: 'ngo-other' }],
    ['programme', { programmeCode: 'capacity' }],
    ['call', { callId: 'call-2027' }],
    // Written without a mark between them, these would be the same.
    ['programme and call', { programmeCode: 'disabilityc', callId: 'all-disability-2026' }],
  ])('stays with the %s it was made for', (_what, change) => {
    expect(ask(asked(), { file: fileOf(change) })).toEqual(other);
  });

  it('takes up every point: by its section, its field and its item, as far as the point names them', () => {
    const field = { section: 'project', field: 'months', note: 'too few' };
    const item = { section: 'budget', item: 'active-board', note: 'who' };
    const told = asked([budget, field, item]);
    const unanswered = (accepted: string) => ({ code: 'conditionsNotMet', rule: 'points-unanswered', accepted });
    expect(ask(told, { answers: [] })).toEqual(unanswered('budget project/months budget/active-board'));
    expect(ask(told, { answers: [budget, item] })).toEqual(unanswered('project/months'));
    expect(ask(told, { answers: [budget, field] })).toEqual(unanswered('budget/active-board'));
    expect(ask(told, { answers: [field, item] })).toBeUndefined();
    expect(ask(asked(), { answers: [{ ...budget, field: 'lines' }] })).toBeUndefined();
    expect(ask(asked(), { answers: [{ ...budget, section: 'project' }] })).toEqual(unanswered('budget'));
    expect(ask(told, { answers: [{ ...field, section: 'budget' }, item] })).toEqual(unanswered('project/months'));
    expect(ask(told, { answers: [{ ...field, field: 'titleAr' }, item] })).toEqual(unanswered('project/months'));
    expect(ask(told, { answers: [field, { ...item, item: 'qualified-staff' }] })).toEqual(
      unanswered('budget/active-board'),
    );
  });

  it('shows which sections changed, came or went, in their order, and goes back to who asked', () => {
    const sections = { zakat: 'new', budget: 'b2', annex: 'new' };
    const told = answer(asked(), [budget], { sections });
    expect(lastEvents(told)).toMatchObject([
      { kind: 'requestResubmitted', answers: [budget], changedSections: ['annex', 'budget', 'project', 'zakat'] },
      { kind: 'stageEntered', stage: 'screening' },
    ]);
    expect(told.request().file).toEqual(fileOf({ sections }));
    const same = answer(asked());
    expect(lastEvents(same)?.[0]).toStrictEqual({
      ...{ kind: 'requestResubmitted', file: fileOf(), answers: [budget], changedSections: [] },
    });
    expect('fundsRefusedBy' in same.request()).toBe(false);
  });

  it('keeps the changed fields where they are known', () => {
    const changedFields = [fieldOf('budget/lines')];
    const told = asked().act(people.samira, 'resubmit', { file: fileOf(), answers: [budget], changedFields });
    expect(lastEvents(told)?.[0]).toMatchObject({ changedFields });
  });

  it('asks the treasury anew: what stopped the award may be what was mended', () => {
    const told = screened();
    const key = told.request().award?.decisionKey ?? '';
    told.tell({
      ...{ kind: 'reportReservation', by: treasury, key },
      body: { outcome: 'refused', missingMinor: '0', rule: 'source-period' },
    });
    expect(told.request().fundsRefusedBy).toBe('source-period');
    told.act(people.hana, 'recordScreening', incomplete([budget], reliefFastLane));
    expect(told.request().fundsRefusedBy).toBe('source-period');
    expect(answer(told).request().fundsRefusedBy).toBeNull();
  });

  it('is refused where nobody asked', () => {
    const there = asked();
    const request: GrantRequest = { ...there.request(), correction: { rounds: 1, returnTo: null, points: [] } };
    const command = {
      kind: 'resubmit',
      body: { file: fileOf(), answers: [budget] },
      ...{ by: people.samira, key: 'k', fingerprint: 'f', expectedVersion: request.version },
    } as const;
    const refusal = { code: 'notThisStage', rule: 'no-correction-asked' };
    const context = { plan: calmPlan, nowMs: there.nowMs() };
    expect(decide(request, command, context).refusal).toEqual(refusal);
    expect(decideResubmission({ ...there.request(), file: null }, command, context).refusal).toEqual(refusal);
  });

  it('leaves the checklist as it was given', () => {
    expect(answer(asked()).request().screening).toEqual({ checklist: metChecklist(calmPlan) });
  });
});
