// When implementation is over by itself: every tranche paid or never to come, every report accepted, and the committee's word where it is asked.
import { describe, expect, it } from '@jest/globals';
import { consequencesOf } from '../../domain/consequences.js';
import type { GrantRequest, Report, Tranche } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import { startMs } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';

const plan: Plan = calmPlan;
const unasked: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, receipt: 'not-asked' } };
const reviewed: Plan = { ...calmPlan, afterReview: { due: { unit: 'time', ms: 1 } } };

/** Everything paid, confirmed, reported and accepted, as if nobody had noticed yet. */
const finished = (change: Partial<GrantRequest> = {}): GrantRequest => {
  const request = atStage('final-review');
  return { ...request, position: { ...request.position, stage: 'implementation' }, ...change };
};
const tranche = (number: number, change: Partial<Tranche>): Partial<GrantRequest> => ({
  tranches: finished().tranches.map((one) => (one.number === number ? { ...one, ...change } : one)),
});
const report = (number: number, change: Partial<Report>): Partial<GrantRequest> => ({
  reports: finished().reports.map((one) => (one.number === number ? { ...one, ...change } : one)),
});
const follow = (request: GrantRequest, under: Plan) =>
  consequencesOf(request, { plan: under, nowMs: startMs }).map((event) =>
    event.kind === 'stageEntered' ? `${event.kind} ${event.stage}` : event.kind,
  );

describe('implementation', () => {
  it.each<[string, Partial<GrantRequest>, Plan]>([
    ['everything is confirmed and accepted', {}, plan],
    ['receipts are not asked for and everything is paid', tranche(4, { state: 'settled' }), unasked],
    ['receipts are not asked for and were confirmed all the same', {}, unasked],
    ['a tranche will never come and all others are confirmed', tranche(3, { state: 'unearned' }), plan],
    ['the committee has ratified', { afterReview: { verdict: 'ratify', dueAtMs: 0 } }, reviewed],
  ])('is over when %s', (_when, change, under) => {
    expect(follow(finished(change), under)).toEqual(['stageEntered final-review']);
  });

  it.each<[string, Partial<GrantRequest>, Plan]>([
    ['a receipt is missing', tranche(4, { state: 'settled' }), plan],
    ['a payment is on its way', tranche(4, { state: 'released' }), unasked],
    ['one report is not accepted', report(3, { state: 'submitted' }), plan],
    ['the committee has not judged yet', { afterReview: { verdict: null, dueAtMs: 0 } }, reviewed],
    ['the request is suspended', { suspension: { ground: 'fraud-alarm', byPersonId: 'm', remaining: [] } }, plan],
    ['the request has ended', { outcome: 'terminated' }, plan],
    ['it is not where the request stands', { position: { ...finished().position, stage: 'recovery' } }, plan],
  ])('goes on when %s', (_when, change, under) => {
    expect(follow(finished(change), under)).toStrictEqual([]);
  });

  it('first asks the committee for the after-review that the plan wants', () => {
    expect(follow(finished(), reviewed)).toEqual(['afterReviewOpened']);
  });
});
