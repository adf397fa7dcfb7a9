// Opinions of the directorates: each on its own governorate, once, in time or recorded as missing; an objection stops nothing.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PersonBodies } from '../../domain/command.js';
import type { Plan } from '../../domain/plan.js';
import { decideOpinion, objectingGovernorates } from '../../domain/review/opinion.js';
import { awaitedGovernorates } from '../../domain/review/opinion-state.js';
import type { Extra, Journey } from '../support/journey.js';
import { fileOf, journey, walk } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, strictPlan } from '../support/plans.js';
import { eligible, handedIn } from '../support/strict.js';

type Verdict = PersonBodies['recordOpinion']['verdict'];
const heard = (governorates: readonly string[] = ['EG-C', 'EG-GZ'], plan: Plan = calmPlan): Journey =>
  walk(
    journey(plan).act(people.samira, 'submitRequest', { file: fileOf({ governorates }) }),
    'screening',
    'regional-opinion',
    plan,
  );
const give = (
  told: Journey,
  by: Actor,
  governorate: string,
  verdict: Verdict = 'support',
  extra: Extra = {},
): Journey => told.act(by, 'recordOpinion', { governorate, verdict }, extra);
const ask = (told: Journey, by: Actor, governorate: string, verdict: Verdict = 'support', extra: Extra = {}) =>
  told.ask(by, 'recordOpinion', { governorate, verdict }, extra).refusal;
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;

describe('an opinion', () => {
  const elsewhere = { code: 'notYourGovernorate' };

  it('comes from the directorate of that governorate', () => {
    expect(ask(heard(), people.giza, 'EG-C')).toEqual(elsewhere);
    expect(ask(heard(), people.cairo, 'EG-C')).toBeUndefined();
    const both: Actor = {
      ...people.giza,
      roles: [...people.giza.roles, { role: 'screeningOfficer', governorate: 'EG-C' }],
    };
    expect(ask(heard(), both, 'EG-C')).toEqual(elsewhere);
    expect(ask(heard(), both, 'EG-GZ')).toBeUndefined();
  });

  it('is on a governorate of the project', () => {
    const alexandria: Actor = { ...people.cairo, roles: [{ role: 'directorateOfficer', governorate: 'EG-ALX' }] };
    expect(ask(heard(), alexandria, 'EG-ALX')).toEqual(elsewhere);
  });

  it('is given once', () => {
    const told = give(heard(), people.cairo, 'EG-C', 'object');
    expect(ask(told, people.cairo, 'EG-C')).toEqual({ code: 'alreadyActed', rule: 'opinion-given' });
    expect(told.request().opinions).toEqual({ 'EG-C': 'object' });
  });

  it('has a text where the plan asks for one of that verdict', () => {
    const missing = { code: 'conditionsNotMet', rule: 'remarks-missing', accepted: 'reason' };
    const told = handedIn().act(people.hana, 'recordScreening', eligible);
    expect(ask(told, people.cairo, 'EG-C', 'object')).toEqual(missing);
    expect(ask(told, people.cairo, 'EG-C', 'object', { reason: ' ' })).toEqual(missing);
    expect(ask(told, people.cairo, 'EG-C', 'object', { reason: 'a centre stands there' })).toBeUndefined();
    expect(ask(told, people.cairo, 'EG-C')).toBeUndefined();
    expect(strictPlan.opinions?.textFor).not.toContain('support');
  });

  it('moves the request on when it is the last, whatever it says', () => {
    const told = give(heard(), people.cairo, 'EG-C');
    expect(lastEvents(told)).toStrictEqual([{ kind: 'opinionRecorded', governorate: 'EG-C', verdict: 'support' }]);
    expect(awaitedGovernorates(told.request())).toEqual(['EG-GZ']);
    give(told, people.giza, 'EG-GZ', 'object');
    expect(lastEvents(told)).toMatchObject([
      { kind: 'opinionRecorded', governorate: 'EG-GZ', verdict: 'object' },
      { kind: 'stageEntered', stage: 'technical-review' },
    ]);
    expect(told.request().opinions).toEqual({ 'EG-C': 'support', 'EG-GZ': 'object' });
    expect(objectingGovernorates(told.request())).toEqual(['EG-GZ']);
  });
});

describe('an opinion that is not given in time', () => {
  it('is recorded as missing beside those that were given, and the request goes on', () => {
    const told = give(heard(['EG-C', 'EG-GZ', 'EG-ALX']), people.cairo, 'EG-C').passDeadline();
    expect(lastEvents(told)).toMatchObject([
      { kind: 'opinionsMissing', governorates: ['EG-GZ', 'EG-ALX'] },
      { kind: 'stageEntered', stage: 'technical-review' },
    ]);
    expect(told.request().opinions).toEqual({ 'EG-C': 'support', 'EG-GZ': 'none-in-time', 'EG-ALX': 'none-in-time' });
    expect([awaitedGovernorates(told.request()), objectingGovernorates(told.request())]).toEqual([[], []]);
  });
});

describe('a request without a file', () => {
  it('waits for no directorate', () => {
    expect(awaitedGovernorates({ file: null, opinions: {} })).toEqual([]);
    const request = { ...heard().request(), file: null };
    const envelope = { by: people.cairo, key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const body = { governorate: 'EG-C', verdict: 'support' } as const;
    const answer = decideOpinion(request, { ...envelope, kind: 'recordOpinion', body }, { plan: calmPlan, nowMs: 0 });
    expect(answer.refusal).toEqual({ code: 'notYourGovernorate' });
  });
});
