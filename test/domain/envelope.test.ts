// Envelopes by name, those of calls among them, and what the terms of a source of money stop: in the rules, the state and the tasks.
import { describe, expect, it } from '@jest/globals';
import { treasury } from '../../domain/actor.js';
import type { FactBodies } from '../../domain/command.js';
import { callEnvelopeFault, envelopeIdOf, envelopeOfCall, envelopeParts } from '../../domain/money/envelope.js';
import type { FundingSource, Use } from '../../domain/money/funding-source.js';
import { brokenTerm, sourceFault } from '../../domain/money/funding-source.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { approveBody, fileOf, journeyTo, openWith } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { eligibleUnder, proof, screened } from '../support/variants.js';

const call = { programmeCode: 'relief', fundingSource: 'state-budget', fiscalYear: '2026/2027' };
const own = { ...call, ownEnvelope: true as const };

describe('an envelope', () => {
  it('keeps its name where no call has money of its own', () => {
    expect(envelopeIdOf(envelopeOfCall('flood', call))).toBe('relief/state-budget/2026/2027');
    expect(envelopeIdOf(fileOf())).toBe('disability/state-budget/2025/2026');
  });

  it.each([envelopeOfCall('flood', call), envelopeOfCall('flood', own)])(
    'is read back from its name: %j',
    (envelope) => {
      expect(envelopeParts(envelopeIdOf(envelope))).toStrictEqual(envelope);
    },
  );

  it('with less of a name has empty parts', () => {
    expect(envelopeParts('relief')).toStrictEqual({ programmeCode: 'relief', fundingSource: '', fiscalYear: '/' });
  });

  it('of a call is filled only where that call draws on it', () => {
    const ofCall = 'relief/state-budget/2026/2027/flood';
    expect(callEnvelopeFault(ofCall, own)).toBeNull();
    expect(callEnvelopeFault('relief/state-budget/2026/2027', null)).toBeNull();
    expect(callEnvelopeFault(ofCall, null)?.refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'call-known', accepted: 'flood' },
    });
    expect(callEnvelopeFault(ofCall, call)?.refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'envelope-of-call', accepted: 'relief/state-budget/2026/2027' },
    });
    expect(callEnvelopeFault(ofCall, { ...own, programmeCode: 'housing' })?.refusal).toMatchObject({
      ...{ rule: 'envelope-of-call', accepted: 'housing/state-budget/2026/2027/flood' },
    });
  });
});

describe('the terms of a source', () => {
  const gift: FundingSource = {
    ...{ code: 'gift', nameAr: 'هبة', nameEn: 'Gift' },
    ...{ programmes: ['relief'], sectors: ['care'], governorates: ['EG-C', 'EG-GZ'], fromMs: 10, untilMs: 20 },
  };
  const use: Use = { programmeCode: 'relief', sector: 'care', governorates: ['EG-C'], atMs: 10 };

  it.each([
    [{}, null],
    [{ programmeCode: 'housing' }, 'source-programmes'],
    [{ sector: undefined }, 'source-sectors'],
    [{ governorates: ['EG-C', 'EG-ASN'] }, 'source-governorates'],
    [{ atMs: 9 }, 'source-period'],
    [{ atMs: 19 }, null],
    [{ atMs: 20 }, 'source-period'],
  ])('say of %j: %s', (change, term) => {
    expect(brokenTerm(gift, { ...use, ...change })).toBe(term);
    expect(sourceFault(gift, { ...use, ...change })?.refusal.rule ?? null).toBe(term);
  });
});

const answer = (told: Journey, body: FactBodies['reportReservation']): Journey =>
  told.tell({ kind: 'reportReservation', by: treasury, key: told.request().award?.decisionKey ?? '', body });
const stopped = { outcome: 'refused', missingMinor: '0', rule: 'source-governorates' } as const;
const approve = (told: Journey): Journey => {
  told.act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  return told.act(people.chair, 'closeItem', approveBody, { reason: 'as discussed' });
};
const stops = (told: Journey, plan: Plan = calmPlan) =>
  tasksOf(told.request(), { plan, nowMs: told.nowMs() }).map(({ name, stoppedBy }) => [name, stoppedBy]);

describe('an award that a term of its source stops', () => {
  it('opens the item again, and state and task say which term it was', () => {
    const told = answer(approve(journeyTo('committee')), stopped);

    expect(told.request()).toMatchObject({
      ...{ position: { stage: 'committee' }, award: null, ballot: null, fundsRefusedBy: 'source-governorates' },
    });
    expect(stops(told)).toEqual([['open', 'source-governorates']]);
    expect(told.entries().at(-1)?.events[0]).toEqual({
      ...{ kind: 'fundsRefused', missingMinor: '0', rule: 'source-governorates' },
    });
  });

  it('goes on when the terms allow it, and nothing is left of the stop', () => {
    const told = approve(answer(approve(journeyTo('committee')), stopped)).reserve();

    expect(told.request()).toMatchObject({ position: { stage: 'authority' }, fundsRefusedBy: null });
    expect(stops(told).every(([, stop]) => stop === undefined)).toBe(true);
  });

  it('is told apart from one that only lacks money', () => {
    const told = answer(approve(answer(approve(journeyTo('committee')), stopped)), {
      outcome: 'refused',
      missingMinor: '5',
    });

    expect(stops(told)).toEqual([['open', undefined]]);
    const lacking = answer(approve(journeyTo('committee')), { outcome: 'refused', missingMinor: '5' });
    expect('fundsRefusedBy' in lacking.request()).toBe(false);
  });

  it('comes back to screening where screening asks for the money', () => {
    const told = answer(screened(), stopped);

    expect(stops(told, reliefFastLane)).toEqual([['screen-funds-missing', 'source-governorates']]);
    told.act(people.hana, 'recordScreening', eligibleUnder(reliefFastLane), proof);
    expect(told.request().award?.funds).toBe('asked');
  });

  it('is asked anew after the NGO corrected the request', () => {
    const told = answer(approve(journeyTo('committee')), stopped);
    told.act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'reject' });
    const points = [{ section: 'project', note: 'the donor pays in Cairo alone' }];
    const back = told.attempt(
      people.chair,
      'closeItem',
      { ...approveBody, verdict: 'return', points },
      { reason: 'place' },
    );
    expect(back.refusal).toBeUndefined();
    told.act(people.samira, 'resubmit', { file: fileOf({ sections: { project: 'b', budget: 'b' } }), answers: points });

    expect(told.request().fundsRefusedBy).toBeNull();
  });
});
