// Screening: what a checklist has to answer, which answers stand after a correction, and what each verdict leads to.
import { describe, expect, it } from '@jest/globals';
import type { ChecklistAnswer, PersonBodies } from '../../domain/command.js';
import { happened } from '../../domain/decision.js';
import { ending } from '../../domain/move.js';
import type { Plan } from '../../domain/plan.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { decideScreening, standingAnswers } from '../../domain/review/screening.js';
import type { Journey } from '../support/journey.js';
import { fileOf, journeyTo, metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { appealingPlan, calmPlan, strictPlan } from '../support/plans.js';
import { before, handedIn, point, soundRegistry } from '../support/strict.js';
import { eligibleUnder, proof, submitted } from '../support/variants.js';

type Body = PersonBodies['recordScreening'];
const bodyOf = (change: Partial<Body> = {}, plan: Plan = calmPlan): Body => ({ ...eligibleUnder(plan), ...change });
const ask = (change: Partial<Body> = {}, told: Journey = journeyTo('screening')) =>
  told.ask(people.hana, 'recordScreening', bodyOf(change)).refusal;
const screen = (change: Partial<Body> = {}, plan: Plan = calmPlan): Journey =>
  journeyTo('screening', plan).act(people.hana, 'recordScreening', bodyOf(change, plan));
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;

/** The checklist with some items answered otherwise. */
const answered = (answer: ChecklistAnswer['answer'], ...items: string[]): ChecklistAnswer[] =>
  metChecklist(calmPlan).map((one) => (items.includes(one.item) ? { ...one, answer } : one));
const points = [{ section: 'project', note: 'mend' }];

describe('a checklist', () => {
  const { checklist: items } = calmPlan;
  const incomplete = { code: 'conditionsNotMet', rule: 'checklist-incomplete' };

  it('answers every item, whatever the verdict, and names all that are missing', () => {
    const checklist = metChecklist(calmPlan).slice(2);
    const accepted = 'registered-under-law purpose-within-statute';
    expect(ask({ checklist })).toEqual({ ...incomplete, accepted });
    expect(ask({ checklist, verdict: 'incomplete', points })).toEqual({ ...incomplete, accepted });
    expect(ask({ checklist: [] })?.accepted).toBe(items.join(' '));
  });

  it('answers nothing else', () => {
    const checklist = [...metChecklist(calmPlan), { item: 'charm', answer: 'met' } as const];
    expect(ask({ checklist })).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'checklist-unknown-item', accepted: items.join(' ') },
    });
  });

  it('with an item that is not met keeps from eligible alone; one that does not apply keeps from nothing', () => {
    const notMet = answered('not-met', 'active-board');
    expect(ask({ checklist: notMet })).toEqual({ code: 'conditionsNotMet', rule: 'checklist-not-met' });
    expect(ask({ checklist: notMet, verdict: 'incomplete', points })).toBeUndefined();
    expect(ask({ checklist: notMet, verdict: 'ineligible', reasonCodes: ['board'] })).toBeUndefined();
    expect(ask({ checklist: answered('not-applicable', 'active-board') })).toBeUndefined();
  });
});

describe('a verdict of screening', () => {
  it('of ineligible gives its reasons by code, the others need none', () => {
    expect(ask({ verdict: 'ineligible' })).toEqual({ code: 'conditionsNotMet', rule: 'reason-code-missing' });
    expect(ask({ verdict: 'incomplete', points })).toBeUndefined();
    expect(ask()).toBeUndefined();
  });

  it('of eligible goes on to the directorates', () => {
    const told = screen();
    expect(lastEvents(told)).toMatchObject([
      { kind: 'screeningRecorded', verdict: 'eligible' },
      { kind: 'stageEntered', stage: 'regional-opinion' },
    ]);
  });

  it('of ineligible ends the request, or opens the time for an appeal where the plan gives one', () => {
    const ineligible = { verdict: 'ineligible', reasonCodes: ['outside-the-statute'] } as const;
    expect(lastEvents(screen(ineligible))).toEqual([
      { kind: 'screeningRecorded', checklist: metChecklist(calmPlan), ...ineligible },
      { kind: 'requestEnded', outcome: 'ineligible' },
    ]);
    expect(lastEvents(screen(ineligible, appealingPlan))?.slice(1)).toMatchObject([
      { kind: 'appealOpened', standing: 'ineligible', at: 'screening' },
      { kind: 'stageEntered', stage: 'appeal-window' },
    ]);
  });

  it('of incomplete asks the applicant for a correction, and is refused where none can be asked', () => {
    const told = screen({ verdict: 'incomplete', points });
    expect(lastEvents(told)).toMatchObject([
      { kind: 'screeningRecorded', verdict: 'incomplete' },
      { kind: 'correctionAsked', returnTo: 'screening', points },
      { kind: 'stageEntered', stage: 'correction' },
    ]);
    expect(ask({ verdict: 'incomplete' })).toEqual({ code: 'conditionsNotMet', rule: 'correction-without-points' });
  });

  it('is recorded with the word of the registry and the risk where they came with it, and without a trace of them where not', () => {
    const told = screen();
    expect(lastEvents(told)?.[0]).toStrictEqual({ kind: 'screeningRecorded', ...recorded });
    expect(told.request().screening).toStrictEqual({ checklist: metChecklist(calmPlan) });
    expect('registry' in told.request()).toBe(false);
    const registry = soundRegistry();
    const full = screen({ registry, risk: 'high' });
    expect(lastEvents(full)?.[0]).toStrictEqual({ kind: 'screeningRecorded', ...recorded, registry, risk: 'high' });
    expect(full.request().screening).toStrictEqual({ checklist: metChecklist(calmPlan), risk: 'high' });
    expect(full.request().registry).toEqual(registry);
  });
  const recorded = { verdict: 'eligible', checklist: metChecklist(calmPlan), reasonCodes: [] };
});

describe('answers that stand after a correction', () => {
  const returned = (plan: Plan = strictPlan): Journey =>
    handedIn({ plan }).act(people.hana, 'recordScreening', {
      ...{ verdict: 'incomplete', points: [{ ...point, item: 'active-board' }], reasonCodes: [] },
      checklist: answered('not-met', 'active-board').map((one) =>
        one.item === 'qualified-staff' ? { ...one, answer: 'not-applicable' } : one,
      ),
    });
  const resubmitted = (plan: Plan = strictPlan, sections = before): Journey =>
    returned(plan).act(people.samira, 'resubmit', {
      ...{ file: fileOf({ governorates: ['EG-C', 'EG-GZ'], sections }) },
      answers: [{ ...point, item: 'active-board' }],
    });
  const standing = (told: Journey, plan: Plan) => standingAnswers(told.request(), plan).map(({ item }) => item);
  const { voiding, ...withoutVoiding } = strictPlan;
  const others = strictPlan.checklist.filter((item) => item !== 'active-board');

  it('are all but those not met, and none before a first screening or under a plan that voids nothing', () => {
    expect(voiding?.length).toBeGreaterThan(0);
    expect(standing(resubmitted(), strictPlan)).toEqual(others);
    expect(standing(handedIn(), strictPlan)).toEqual([]);
    expect(standing(resubmitted(withoutVoiding), withoutVoiding)).toEqual([]);
  });

  it('need not be given again, and are recorded after those that are', () => {
    const told = resubmitted();
    const board = { item: 'active-board', answer: 'met', note: 'new board' } as const;
    told.act(people.hana, 'recordScreening', { ...bodyOf(), checklist: [board] });
    expect(told.request().screening?.checklist.map(({ item }) => item)).toEqual(['active-board', ...others]);
    expect(told.request().screening?.checklist[0]).toEqual(board);
  });

  it('give way to an answer that is given again', () => {
    const told = resubmitted();
    const again = [
      { item: 'active-board', answer: 'met' } as const,
      { item: 'qualified-staff', answer: 'met', note: 'seen' } as const,
    ];
    told.act(people.hana, 'recordScreening', { ...bodyOf(), checklist: again });
    const { checklist = [] } = told.request().screening ?? {};
    expect(checklist).toHaveLength(strictPlan.checklist.length);
    expect(checklist.slice(0, 2)).toEqual(again);
  });

  it('are not those that the correction touched', () => {
    const told = resubmitted(strictPlan, { ...before, project: 'p2' });
    expect(standing(told, strictPlan)).toEqual(others.filter((item) => item !== 'purpose-within-statute'));
  });
});

describe('an item that is not met on a return', () => {
  const ofItems = (change: Partial<Body>, plan: Plan = strictPlan) =>
    handedIn({ plan }).ask(people.hana, 'recordScreening', {
      ...bodyOf({ verdict: 'incomplete', points, checklist: answered('not-met', 'active-board', 'qualified-staff') }),
      ...change,
    }).refusal;
  const missing = (accepted: string) => ({ code: 'conditionsNotMet', rule: 'item-reason-missing', accepted });

  it('says why by a note or by a point of its own', () => {
    expect(ofItems({})).toEqual(missing('active-board qualified-staff'));
    expect(ofItems({ points: [...points, { ...point, item: 'active-board' }] })).toEqual(missing('qualified-staff'));
    const noted = (note: string) =>
      answered('not-met', 'active-board').map((one) => (one.answer === 'not-met' ? { ...one, note } : one));
    expect(ofItems({ checklist: noted(' ') })).toEqual(missing('active-board'));
    expect(ofItems({ checklist: noted('no minutes') })).toBeUndefined();
    expect(ofItems({ checklist: metChecklist(strictPlan) })).toBeUndefined();
  });

  it('says nothing of itself on another verdict, or under a plan that does not ask', () => {
    expect(ofItems({ verdict: 'ineligible', reasonCodes: ['board'] })).toBeUndefined();
    const { eligibility, ...open } = strictPlan;
    expect(ofItems({}, open)).toBeUndefined();
    if (eligibility === undefined) throw new Error('the strict plan asks the registry');
    expect(ofItems({}, { ...strictPlan, eligibility: { ...eligibility, reasonPerItem: false } })).toBeUndefined();
  });
});

describe('a screening that sets the award', () => {
  const body = eligibleUnder(reliefFastLane);
  const need = { code: 'conditionsNotMet', rule: 'needs-assessment', accepted: 'evidence' };

  it('has the need proven for eligible alone', () => {
    const told = submitted();
    expect(told.ask(people.hana, 'recordScreening', body).refusal).toEqual(need);
    expect(told.ask(people.hana, 'recordScreening', body, { evidence: [] }).refusal).toEqual(need);
    expect(told.ask(people.hana, 'recordScreening', body, proof).refusal).toBeUndefined();
    const incomplete = { ...body, verdict: 'incomplete', points } as const;
    expect(told.ask(people.hana, 'recordScreening', incomplete).refusal).toBeUndefined();
  });

  it('sets none that its tranches do not fit in', () => {
    const [first, ...rest] = reliefFastLane.tranches.parts;
    if (first === undefined) throw new Error('the relief plan has tranches');
    const parts = [{ amountMinor: '50000000', requires: [] }, ...rest];
    const fixed = { ...reliefFastLane, tranches: { ...reliefFastLane.tranches, parts } };
    const small = submitted({ plan: fixed, file: { requestedMinor: '50000000' } });
    expect(small.ask(people.hana, 'recordScreening', body, proof).refusal).toMatchObject({
      ...{ code: 'tranchesDoNotAddUp', rule: 'award-carries-tranches' },
    });
    expect(submitted({ plan: fixed }).ask(people.hana, 'recordScreening', body, proof).refusal).toBeUndefined();
    const request = { ...small.request(), file: null };
    const envelope = { by: people.hana, key: 'k', fingerprint: 'f', expectedVersion: request.version, ...proof };
    const fileless = { ...envelope, kind: 'recordScreening', body } as const;
    const noEnds = { askCorrection: () => happened(), askFunds: () => ending('ineligible') };
    const context = { plan: fixed, nowMs: small.nowMs() };
    expect(decideScreening(request, fileless, context, noEnds).refusal?.rule).toBe('award-carries-tranches');
    const ineligible = { ...body, verdict: 'ineligible', reasonCodes: ['too-small'] } as const;
    expect(small.ask(people.hana, 'recordScreening', ineligible).refusal).toBeUndefined();
  });

  it('asks once at a time for the funds, and waits where it is', () => {
    const told = submitted().act(people.hana, 'recordScreening', body, proof);
    expect(lastEvents(told)?.map(({ kind }) => kind)).toEqual(['screeningRecorded', 'fundsAsked']);
    const busy = { code: 'conditionsNotMet', rule: 'funds-being-reserved' };
    expect(told.ask(people.hana, 'recordScreening', body, proof).refusal).toEqual(busy);
    const ineligible = { ...body, verdict: 'ineligible', reasonCodes: ['late'] } as const;
    expect(told.ask(people.hana, 'recordScreening', ineligible).refusal).toEqual(busy);
  });
});
