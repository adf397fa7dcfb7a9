// Closure: what is unspent is the same number for everybody, comes back or is owed, and both sides sign before a request is over.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PersonBodies } from '../../domain/command.js';
import { decideClosure } from '../../domain/closure/closing.js';
import type { Journey } from '../support/journey.js';
import { owing, unspent } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

type Body = PersonBodies['closeRequest'];
/** Ten million piastres are unspent, all of them returned. */
const bodyOf = (change: Partial<Body> = {}): Body => ({
  ...{ verdict: 'settled', unspentMinor: '10000000', returnedMinor: '10000000' },
  ...change,
});
const ask = (told: Journey, by: Actor, change: Partial<Body> = {}) =>
  told.ask(by, 'closeRequest', bodyOf(change)).refusal;
const sign = (told: Journey, by: Actor): Journey => told.act(by, 'closeRequest', bodyOf());
const lastEvents = (told: Journey) => told.entries().at(-1)?.events;

describe('the closing of a request', () => {
  it('names what is unspent to the piastre, and no more than that as returned', () => {
    const told = unspent();
    const wrong = (rule: string) => ({ code: 'tranchesDoNotAddUp', rule, accepted: '10000000' });
    expect(ask(told, people.monitor, { unspentMinor: '9999999', returnedMinor: '9999999' })).toEqual(wrong('unspent'));
    expect(ask(told, people.monitor, { unspentMinor: '10000001' })).toEqual(wrong('unspent'));
    expect(ask(told, people.monitor, { returnedMinor: '10000001' })).toEqual(wrong('returned-within-unspent'));
    expect(ask(told, people.monitor)).toBeUndefined();
  });

  it('is settled when everything came back, and says how much is missing when not', () => {
    expect(ask(unspent(), people.finance, { returnedMinor: '9999999' })).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'unspent-returned', accepted: '1' },
    });
  });

  it('is signed once for each role, by monitoring and finance in either order; the last signature ends the request', () => {
    const told = sign(unspent(), people.monitor);
    const signed = (role: string) => ({ kind: 'closureSigned', role, unspentMinor: '10000000' });
    expect(lastEvents(told)).toEqual([signed('monitoringOfficer')]);
    expect(told.request()).toMatchObject({
      ...{ outcome: null, closure: { signed: ['monitoringOfficer'], unspentMinor: '10000000' } },
    });
    expect(ask(told, people.monitor)).toEqual({ code: 'alreadyActed', rule: 'signed-for-this-role' });
    sign(told, people.finance);
    expect(lastEvents(told)).toEqual([
      signed('financeOfficer'),
      { kind: 'unspentReturned', amountMinor: '10000000' },
      { kind: 'requestEnded', outcome: 'closed' },
    ]);
    expect(told.request().closure?.signed).toEqual(['monitoringOfficer', 'financeOfficer']);
    const other = sign(sign(unspent(), people.finance), people.monitor);
    expect(other.request()).toMatchObject({
      ...{ outcome: 'closed', closure: { signed: ['financeOfficer', 'monitoringOfficer'] } },
    });
  });

  it('is open to the signing roles of the plan alone', () => {
    const request = unspent().request();
    const envelope = { key: 'k', fingerprint: 'f', expectedVersion: request.version };
    const command = { ...envelope, kind: 'closeRequest', by: people.hana, body: bodyOf() } as const;
    const decision = decideClosure(request, command, { plan: calmPlan, nowMs: 0 }, 10_000_000n);
    expect(decision.refusal).toEqual({ code: 'alreadyActed', rule: 'signed-for-this-role' });
  });
});

describe('a closing that is not settled', () => {
  it('leaves something owed', () => {
    expect(ask(unspent(), people.monitor, { verdict: 'not-settled' })).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'something-owed' },
    });
  });

  it('takes what came back, and opens the recovery of the rest', () => {
    const told = owing();
    expect(lastEvents(told)).toMatchObject([
      { kind: 'closureSigned', role: 'monitoringOfficer', unspentMinor: '10000000' },
      { kind: 'unspentReturned', amountMinor: '4000000' },
      { kind: 'recoveryOpened', dueMinor: '6000000', then: 'closed' },
      { kind: 'stageEntered', stage: 'recovery' },
    ]);
    expect(told.request().recovery).toEqual({
      ...{ dueMinor: '6000000', receivedMinor: '0', then: 'closed', instalments: [] },
    });
  });
});
