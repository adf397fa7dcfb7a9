// The after-review: how it opens and is due, what its verdict needs, what ratifying and taking back leave behind.
import { describe, expect, it } from '@jest/globals';
import {
  afterReviewFolds,
  afterReviewIsOpen,
  decideAfterReview,
  openAfterReview,
} from '../../domain/approval/after-review.js';
import type { PersonBodies, PersonCommand, Vote } from '../../domain/command.js';
import { happened } from '../../domain/decision.js';
import type { RequestEvent } from '../../domain/event.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { approveBody, dayMs, journeyTo, openWith, startMs } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { closed, provisionallyPaid, relieved, voted } from '../support/variants.js';

const eventIn = (told: Journey, kind: RequestEvent['kind']) =>
  told
    .entries()
    .at(-1)
    ?.events.find((event) => event.kind === kind);
const close = (told: Journey, body: Partial<PersonBodies['closeItem']>, reason = 'as discussed') =>
  told.ask(people.chair, 'closeItem', { ...approveBody, ...body }, { reason });
const opened = (body: Partial<PersonBodies['openItem']> = {}): Journey =>
  relieved().act(people.secretary, 'openItem', { ...openWith(), ...body });
const votes = (told: Journey, approving: number, rejecting: number): Journey => {
  const given: Vote[] = [...Array<Vote>(approving).fill('approve'), ...Array<Vote>(rejecting).fill('reject')];
  given.forEach((vote, index) => told.act(members[index] ?? people.chair, 'castVote', { vote }));
  return told;
};
const due = ({ deadlines }: GrantRequest) => deadlines.find(({ id }) => id === 'after-review');
const ratifying: PersonCommand<'closeItem'> = {
  ...{ kind: 'closeItem', by: people.chair, key: 'k', fingerprint: 'f', expectedVersion: 1, reason: 'as discussed' },
  body: { ...approveBody, verdict: 'ratify' },
};
/** A plan whose committee awards first and judges once more after the first money. */
const twice: Plan = { ...calmPlan, afterReview: { due: { unit: 'time', ms: 20 * dayMs } } };

describe('the after-review opens', () => {
  it('with a due time of its own, and how it was computed', () => {
    const told = relieved();
    const { afterReview } = told.request();
    const dueBasis = { fromMs: told.nowMs(), period: { unit: 'working-days', count: 20 } };
    expect(afterReview).toEqual({ verdict: null, dueAtMs: afterReview?.dueAtMs, dueBasis });
    expect(eventIn(told, 'afterReviewOpened')).toEqual({
      ...{ kind: 'afterReviewOpened', dueAtMs: afterReview?.dueAtMs, dueBasis },
    });
    expect(due(told.request())).toEqual({
      ...{ id: 'after-review', step: 'due', atMs: afterReview?.dueAtMs, basis: dueBasis },
    });
  });

  it('with the instant alone where its clock runs around the clock', () => {
    const told = journeyTo('implementation', twice);
    const dueAtMs = told.nowMs() + 20 * dayMs;
    expect(eventIn(told, 'afterReviewOpened')).toEqual({ kind: 'afterReviewOpened', dueAtMs });
    expect(told.request().afterReview).toEqual({ verdict: null, dueAtMs });
    expect(due(told.request())).toEqual({ id: 'after-review', step: 'due', atMs: dueAtMs });
  });

  it('once, and only under a plan that asks for it', () => {
    const context = { plan: reliefFastLane, nowMs: startMs };
    const request = atStage('implementation');
    expect(openAfterReview(request, context)).toHaveLength(1);
    expect(openAfterReview(relieved().request(), context)).toEqual([]);
    expect(openAfterReview(request, { ...context, plan: calmPlan })).toEqual([]);
  });

  it('and is open until its verdict', () => {
    const told = relieved();
    expect([afterReviewIsOpen(atStage('implementation')), afterReviewIsOpen(told.request())]).toEqual([false, true]);
    expect(afterReviewIsOpen(closed(voted(told, 'approve'), 'ratify').request())).toBe(false);
  });
});

describe('its verdict', () => {
  it('is one of two', () => {
    for (const verdict of ['approve', 'reject', 'defer', 'return'] as const)
      expect(close(voted(relieved(), 'approve'), { verdict }).refusal).toEqual({
        ...{ code: 'conditionsNotMet', rule: 'after-review-verdict', accepted: 'ratify recover' },
      });
  });

  it('needs an item opened for it', () => {
    expect(close(relieved(), { verdict: 'recover' }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'item-not-open', accepted: 'openItem' },
    });
    // The ballot that made the award is another one.
    expect(close(journeyTo('implementation', twice), { verdict: 'ratify' }).refusal).toEqual({ code: 'ballotClosed' });
  });

  it('needs the quorum, of people who count and of votes', () => {
    const few = { code: 'quorumMissing', rule: 'votes-cast', accepted: '7' };
    expect(close(votes(opened(), 6, 0), { verdict: 'ratify' }).refusal).toEqual(few);
    expect(close(votes(opened(), 7, 0), { verdict: 'ratify' }).refusal).toBeUndefined();
    // Five of the ten who are left are from civil society, which is no majority.
    const told = votes(opened(), 12, 0).request();
    const ballot = told.ballot && { ...told.ballot, recused: ['member-1', 'member-2'] };
    const context = { plan: reliefFastLane, nowMs: startMs };
    expect(decideAfterReview({ ...told, ballot }, ratifying, context, () => happened()).refusal).toEqual(few);
  });

  it('needs a reason', () => {
    expect(close(voted(relieved(), 'approve'), { verdict: 'ratify' }, ' ').refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'reason-missing' },
    });
  });

  it.each([
    ['ratify', 4, 3],
    ['recover', 3, 4],
  ] as const)('follows the ballot: %s', (verdict, approving, rejecting) => {
    const told = votes(opened(), approving, rejecting);
    const against = verdict === 'ratify' ? 'recover' : 'ratify';
    expect(close(told, { verdict }).refusal).toBeUndefined();
    expect(close(told, { verdict: against, castingVote: true }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'verdict-follows-ballot', accepted: verdict },
    });
  });

  it('is the casting vote in a tie, either way', () => {
    const tied = votes(opened(), 4, 4);
    for (const verdict of ['ratify', 'recover'] as const) {
      expect(close(tied, { verdict }).refusal).toEqual({
        ...{ code: 'conditionsNotMet', rule: 'tie-needs-casting-vote', accepted: 'castingVote' },
      });
      expect(close(tied, { verdict, castingVote: true }).refusal).toBeUndefined();
    }
  });
});

describe('what follows', () => {
  it('from ratifying is the verdict alone, and nothing is due any more', () => {
    const told = votes(opened(), 6, 2);
    const answersToObjections = { 'EG-C': 'not asked in a relief request' };
    const answer = close(told, { verdict: 'ratify', answersToObjections });
    expect(answer.entry?.events).toEqual([
      {
        ...{ kind: 'itemClosed', verdict: 'ratify', tally: { approve: 6, reject: 2, abstain: 0 } },
        ...{ castingVote: false, answersToObjections: {} },
      },
      { kind: 'afterReviewDecided', verdict: 'ratify' },
    ]);
    const before = told.request();
    expect(answer.after).toMatchObject({
      afterReview: { ...before.afterReview, verdict: 'ratify' },
      ballot: { closed: true },
    });
    expect(answer.after?.deadlines).toEqual(before.deadlines.filter(({ id }) => id !== 'after-review'));
    expect(before.deadlines.length).toBeGreaterThan(1);
  });

  it('from taking back is what ends the request, after the verdict', () => {
    const told = votes(provisionallyPaid(relieved()).act(people.secretary, 'openItem', openWith()), 0, 8);
    expect(close(told, { verdict: 'recover' }).entry?.events.map(({ kind }) => kind)).toEqual([
      ...['itemClosed', 'afterReviewDecided', 'fundsReleased', 'recoveryOpened', 'stageEntered'],
    ]);
  });

  it('is nothing where no after-review was opened', () => {
    const request = atStage('implementation');
    const event = { kind: 'afterReviewDecided', verdict: 'ratify' } as const;
    expect(afterReviewFolds.afterReviewDecided(request, event, { version: 1, atMs: startMs })).toEqual(request);
  });
});
