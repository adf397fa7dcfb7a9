// The ballot on one item, rule by rule: what opens it, which votes count, what closes it and what follows, and committees that stand all the time.
import { describe, expect, it } from '@jest/globals';
import type { Actor } from '../../domain/actor.js';
import type { PersonBodies, PersonCommand, Vote } from '../../domain/command.js';
import { decideClosing } from '../../domain/approval/ballot.js';
import type { Answer } from '../../domain/decide.js';
import { happened } from '../../domain/decision.js';
import type { RequestEvent } from '../../domain/event.js';
import type { Plan } from '../../domain/plan.js';
import type { Journey } from '../support/journey.js';
import { approveBody, fileOf, journey, journeyTo, openWith, walk } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { appealingPlan, calmPlan, earningPlan } from '../support/plans.js';

const [first, second, third, fourth] = members;
if (!first || !second || !third || !fourth) throw new Error('the committee has members');
const { sessions, ballot, longestDeferral, ...withoutSessions } = calmPlan.committee;
const reason = { reason: 'as discussed' };
const opened = (plan: Plan = calmPlan, body: Partial<PersonBodies['openItem']> = {}): Journey =>
  journeyTo('committee', plan).act(people.secretary, 'openItem', { ...openWith(), ...body });
const votes = (told: Journey, ...given: readonly Vote[]): Journey => {
  for (const [index, vote] of given.entries()) told.act(members[index] ?? first, 'castVote', { vote });
  return told;
};
const many = (vote: Vote, count = 8): Vote[] => Array.from({ length: count }, () => vote);
const close = (told: Journey, body: Partial<PersonBodies['closeItem']>, extra = reason, by: Actor = people.chair) =>
  told.ask(by, 'closeItem', { ...approveBody, ...body }, extra);
const kinds = ({ entry }: Answer): string[] => entry?.events.map(({ kind }) => kind) ?? [];
const eventOf = ({ entry }: Answer, kind: RequestEvent['kind']) => entry?.events.find((event) => event.kind === kind);
const ballotOf = (told: Journey) => told.request().ballot;
/** A request for less than the fixed tranche of this plan. */
const tooSmall = (committee: Plan['committee'] = earningPlan.committee): Journey => {
  const plan = { ...earningPlan, committee };
  const told = journey(plan).act(people.samira, 'submitRequest', { file: fileOf({ requestedMinor: '19999999' }) });
  return walk(told, 'screening', 'committee', plan);
};

describe('an item', () => {
  const again = (told: Journey, body: Partial<PersonBodies['openItem']> = {}) =>
    told.ask(people.secretary, 'openItem', { ...openWith(), ...body }).refusal;

  it('is empty when it opens, with everybody who is there', () => {
    const told = opened();
    expect(ballotOf(told)).toEqual({
      ...{ sessionId: 'session-1', present: openWith().present, recused: [], votes: {} },
      ...{ lastVoteVersion: told.request().version, closed: false },
    });
    expect(sessions).toBe('kept');
  });

  it('is opened once, and not while the money for it is being reserved', () => {
    const approved = votes(opened(), ...many('approve')).act(people.chair, 'closeItem', approveBody, reason);
    expect(again(opened())).toEqual({ code: 'alreadyActed', rule: 'item-open' });
    expect(again(approved)).toEqual({ code: 'conditionsNotMet', rule: 'funds-being-reserved' });
  });

  it('opens again once it was put off', () => {
    const deferred = opened().act(people.chair, 'closeItem', { ...approveBody, verdict: 'defer' }, reason);
    expect(again(deferred)).toBeUndefined();
  });

  it('has nobody twice, and enough people without those who are recused', () => {
    const told = journeyTo('committee');
    const { present } = openWith();
    expect(again(told, { present: [...present, ...present.slice(0, 1)] })).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'present-distinct' },
    });
    const few = { code: 'quorumMissing', rule: 'present-without-recused', accepted: '7' };
    expect(again(told, { present: present.slice(0, 6) })).toEqual(few);
    expect(again(told, { present: present.slice(0, 7) })).toBeUndefined();
    expect(again(told, { present: present.slice(0, 7), recused: ['member-1'] })).toEqual(few);
    // Seven of the twelve are from civil society: six of eleven are a majority, five of ten are none.
    expect(again(told, { recused: ['member-1'] })).toBeUndefined();
    expect(again(told, { recused: ['member-1', 'member-2'] })).toEqual(few);
  });

  it('recuses those present whose interest is known, each once', () => {
    const known = (told: Journey): Journey => told.act(first, 'declareInterest', { interest: 'conflict' });
    const told = known(journeyTo('committee')).act(people.secretary, 'openItem', {
      ...{
        ...openWith(),
        recused: [first.personId, second.personId],
        present: [...openWith().present, { personId: 'chair', civilSociety: true }],
      },
    });
    expect(ballotOf(told)?.recused).toEqual(['member-1', 'member-2']);
    const elsewhere = known(journeyTo('committee')).act(people.secretary, 'openItem', openWith(members.slice(1)));
    expect(ballotOf(elsewhere)?.recused).toEqual([]);
  });
});

describe('a vote', () => {
  const vote = (told: Journey, by: Actor, given: Vote = 'approve') => told.ask(by, 'castVote', { vote: given });

  it('needs an open item', () => {
    expect(vote(journeyTo('committee'), first).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'item-not-open', accepted: 'openItem' },
    });
    const deferred = opened().act(people.chair, 'closeItem', { ...approveBody, verdict: 'defer' }, reason);
    expect(vote(deferred, first).refusal).toEqual({ code: 'ballotClosed' });
  });

  it('is for those present and not recused', () => {
    const told = opened(calmPlan, { present: openWith().present.slice(0, 9), recused: [second.personId] });
    expect(vote(told, people.chair).refusal).toEqual({ code: 'notPresent' });
    expect(vote(told, second).refusal).toEqual({ code: 'recused' });
    expect(vote(told, first).refusal).toBeUndefined();
  });

  it('may be changed until the ballot closes, and counts once', () => {
    const told = votes(opened(), 'approve', 'reject');
    expect(vote(told, first).refusal).toEqual({ code: 'alreadyActed', rule: 'same-vote' });
    told.act(first, 'castVote', { vote: 'abstain' });
    expect(ballotOf(told)).toMatchObject({
      ...{ votes: { 'member-1': 'abstain', 'member-2': 'reject' }, lastVoteVersion: told.request().version },
    });
    expect(ballotOf(told)?.present).toEqual(openWith().present);
  });

  it('has the seat that was recorded when the item opened', () => {
    const seat = { personId: 'member-1', civilSociety: false };
    const told = opened(calmPlan, {
      present: [
        ...openWith(members.slice(1)).present,
        seat,
        { personId: 'chair', civilSociety: true },
        { personId: 'guest', civilSociety: true },
      ],
    });
    expect(vote(told, first).entry?.events).toEqual([
      { kind: 'voteCast', personId: 'member-1', vote: 'approve', seat },
    ]);
  });
});

describe('closing an item', () => {
  it('needs one that is open', () => {
    expect(close(journeyTo('committee'), {}).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'item-not-open', accepted: 'openItem' },
    });
    const deferred = opened().act(people.chair, 'closeItem', { ...approveBody, verdict: 'defer' }, reason);
    expect(close(deferred, {}).refusal).toEqual({ code: 'ballotClosed' });
  });

  it('needs as many votes as the quorum, except to put it off where sessions are kept', () => {
    const few = { code: 'quorumMissing', rule: 'votes-cast', accepted: '7' };
    const six = votes(opened(), ...many('approve', 6));
    expect([close(six, {}).refusal, close(six, { verdict: 'reject' }).refusal]).toEqual([few, few]);
    expect(close(six, { verdict: 'return', points: [{ section: 'budget', note: 'mend' }] }).refusal).toEqual(few);
    expect(close(six, { verdict: 'defer' }).refusal).toBeUndefined();
    expect(close(votes(opened(), ...many('approve', 7)), {}).refusal).toBeUndefined();
    const older = votes(opened({ ...calmPlan, committee: withoutSessions }), ...many('approve', 6));
    expect(close(older, { verdict: 'defer' }).refusal).toEqual(few);
    expect([ballot, longestDeferral?.unit]).toEqual(['by-session', 'time']);
  });

  it('needs a majority of civil society among those who count, whatever was voted', () => {
    const told = votes(opened(), ...many('approve', 12));
    for (const member of [first, second]) told.act(member, 'declareInterest', { interest: 'conflict' });
    expect(close(told, {}).refusal).toEqual({ code: 'quorumMissing', rule: 'votes-cast', accepted: '7' });
  });

  it('needs a reason, and a date only to put it off', () => {
    const told = votes(opened(), ...many('approve'));
    expect(close(told, {}, { reason: ' ' }).refusal).toEqual({ code: 'conditionsNotMet', rule: 'reason-missing' });
    expect(close(told, { deferUntilMs: told.nowMs() + 1 }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'date-only-to-defer', accepted: 'defer' },
    });
  });

  it.each([
    ['approve', many('approve'), 'reject', 'approve'],
    ['reject', many('reject'), 'approve', 'reject'],
    ['reject', [...many('approve', 3), ...many('reject', 4)], 'approve', 'reject'],
    ['approve', [...many('approve', 4), ...many('reject', 3), ...many('abstain', 2)], 'reject', 'approve'],
  ] as const)('follows the ballot: %s', (verdict, given, against, accepted) => {
    const told = votes(opened(), ...given);
    expect(close(told, { verdict }).refusal).toBeUndefined();
    expect(close(told, { verdict: against }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'verdict-follows-ballot', accepted },
    });
    // A casting vote is none where there is a majority.
    expect(close(told, { verdict: against, castingVote: true }).refusal?.rule).toBe('verdict-follows-ballot');
  });

  it('takes the casting vote in a tie: of the chair who is there, where sessions are kept', () => {
    const tie = [...many('approve', 4), ...many('reject', 4)];
    const withChair = [...openWith().present, { personId: 'chair', civilSociety: true }];
    const told = votes(opened(calmPlan, { present: withChair }), ...tie);
    const needed = { code: 'conditionsNotMet', rule: 'tie-needs-casting-vote', accepted: 'castingVote' };
    for (const verdict of ['approve', 'reject'] as const) {
      expect(close(told, { verdict }).refusal).toEqual(needed);
      expect(close(told, { verdict, castingVote: true }).refusal).toBeUndefined();
    }
    expect(close(votes(opened(), ...tie), { castingVote: true }).refusal).toEqual({
      ...{ code: 'notPresent', rule: 'casting-vote' },
    });
    const recused = votes(opened(calmPlan, { present: withChair, recused: ['chair'] }), ...tie);
    expect(close(recused, { castingVote: true }).refusal).toEqual({ code: 'recused', rule: 'casting-vote' });
    const older = votes(opened({ ...calmPlan, committee: withoutSessions }), ...tie);
    expect(close(older, { castingVote: true }).refusal).toBeUndefined();
  });

  it('answers every objection with words', () => {
    const objecting = walkedWithObjections();
    const answered = (answersToObjections: Readonly<Record<string, string>>) =>
      close(objecting, { answersToObjections }).refusal;
    expect(answered({})).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'objection-unanswered', accepted: 'EG-C EG-GZ' },
    });
    expect(answered({ 'EG-C': 'another district', 'EG-GZ': ' ' })?.accepted).toBe('EG-GZ');
    expect(answered({ 'EG-C': 'another district', 'EG-GZ': 'there is need' })).toBeUndefined();
  });
});

/** Two directorates were asked, and both object. */
const walkedWithObjections = (): Journey => {
  const told = journey(calmPlan).act(people.samira, 'submitRequest', {
    file: fileOf({ governorates: ['EG-C', 'EG-GZ'] }),
  });
  walk(told, 'screening', 'regional-opinion');
  for (const [officer, governorate] of [
    [people.cairo, 'EG-C'],
    [people.giza, 'EG-GZ'],
  ] as const)
    told.act(officer, 'recordOpinion', { governorate, verdict: 'object' }, { reason: 'a centre stands there' });
  walk(told, 'technical-review', 'committee');
  return votes(told.act(people.secretary, 'openItem', openWith()), ...many('approve'));
};

describe('the sum that is awarded', () => {
  it.each(['60000001', '0', '-5', '01', '1e7', ''])('is not %s', (amountMinor) => {
    expect(close(votes(opened(), ...many('approve')), { amountMinor }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'award-within-request', accepted: '60000000' },
    });
  });

  it('is what was asked for, or less where the committee says so', () => {
    const told = votes(opened(), ...many('approve'));
    const conditions = ['offers first'];
    const decisionKey = `${told.request().id}-d${told.request().version + 1}`;
    const asked = (amountMinor: string) => ({ kind: 'fundsAsked', decisionKey, amountMinor, conditions });
    expect(eventOf(close(told, { conditions }), 'fundsAsked')).toEqual(asked('60000000'));
    for (const amountMinor of ['60000000', '1'])
      expect(eventOf(close(told, { conditions, amountMinor }), 'fundsAsked')).toEqual(asked(amountMinor));
  });

  it('is nothing where nothing was asked for', () => {
    const request = { ...votes(opened(), ...many('approve')).request(), file: null };
    const command: PersonCommand<'closeItem'> = {
      ...{ kind: 'closeItem', by: people.chair, key: 'k', fingerprint: 'f', expectedVersion: 1, ...reason },
      body: { ...approveBody, amountMinor: '1' },
    };
    const review = { objections: [], askCorrection: () => happened() };
    expect(decideClosing(request, command, { plan: calmPlan, nowMs: 0 }, review).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'award-within-request', accepted: '0' },
    });
  });

  it('carries the tranches of the plan', () => {
    const told = votes(tooSmall().act(people.secretary, 'openItem', openWith()), ...many('approve'));
    expect(close(told, {}).refusal?.code).toBe('tranchesDoNotAddUp');
    expect(close(told, { amountMinor: '19999999' }).refusal?.code).toBe('tranchesDoNotAddUp');
    const against = votes(tooSmall().act(people.secretary, 'openItem', openWith()), ...many('reject'));
    expect(close(against, { verdict: 'reject' }).refusal).toBeUndefined();
  });
});

describe('a committee without sessions', () => {
  const { session, ...withoutSession } = openWith();

  it('records no session, and has no secret ballot that a session would have to name', () => {
    const plan: Plan = { ...calmPlan, committee: { ...withoutSessions, ballot: 'by-session' } };
    const told = journeyTo('committee', plan).act(people.secretary, 'openItem', withoutSession);
    const event = told.entries().at(-1)?.events[0];
    expect(event).toMatchObject({ kind: 'itemOpened', sessionId: 'session-1' });
    expect(event).not.toHaveProperty('session');
    expect(event).not.toHaveProperty('secret');
    expect(session.version).toBe(3);
  });
});

describe('what follows from closing', () => {
  const tally = { approve: 8, reject: 0, abstain: 0 };

  it('is on record with the tally, the casting vote and the answers', () => {
    const answer = close(walkedWithObjections(), { answersToObjections: { 'EG-C': 'a', 'EG-GZ': 'b' } });
    expect(eventOf(answer, 'itemClosed')).toEqual({
      ...{ kind: 'itemClosed', verdict: 'approve', tally, castingVote: false },
      answersToObjections: { 'EG-C': 'a', 'EG-GZ': 'b' },
    });
    expect(answer.after?.ballot?.closed).toBe(true);
  });

  it.each([
    ['approve', 'approve', ['itemClosed', 'fundsAsked']],
    ['reject', 'reject', ['itemClosed', 'requestEnded']],
    ['defer', 'approve', ['itemClosed', 'stageEntered']],
    ['return', 'approve', ['itemClosed', 'correctionAsked', 'stageEntered']],
  ] as const)('%s', (verdict, vote, events) => {
    const points = verdict === 'return' ? [{ section: 'budget', note: 'mend' }] : [];
    expect(kinds(close(votes(opened(), ...many(vote)), { verdict, points }))).toEqual(events);
  });

  it.each(['ratify', 'recover'] as const)('is never %s: that is for an after-review', (verdict) => {
    expect(close(votes(opened(), ...many('approve')), { verdict }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'after-review-open' },
    });
  });

  it('is the end as rejected, or a correction that comes back to the committee', () => {
    const rejected = close(votes(opened(), ...many('reject')), { verdict: 'reject' });
    expect(rejected.after?.outcome).toBe('rejected');
    const points = [{ section: 'budget', note: 'mend' }];
    const returned = close(votes(opened(), ...many('approve')), { verdict: 'return', points });
    expect(eventOf(returned, 'correctionAsked')).toEqual({ kind: 'correctionAsked', returnTo: 'committee', points });
    expect(close(votes(opened(), ...many('approve')), { verdict: 'return' }).refusal?.rule).toBe(
      'correction-without-points',
    );
  });
});

describe('a committee that stands all the time and closes at quorum', () => {
  const committee = { opening: 'standing', closing: 'at-quorum', quorum: 3, civilSocietyMajority: false } as const;
  const standing: Plan = { ...calmPlan, committee };
  const voted = (...given: readonly Vote[]): Journey => votes(journeyTo('committee', standing), ...given);
  const last = (told: Journey, vote: Vote, by: Actor = third) => told.ask(by, 'castVote', { vote });

  it('takes votes without an item being opened, and seats whoever votes by their own role', () => {
    const plain = { ...fourth, roles: [{ role: 'committeeMember' } as const] };
    const told = voted('approve').act(plain, 'castVote', { vote: 'reject' });
    expect(ballotOf(told)).toEqual({
      ...{ sessionId: 'standing', recused: [], closed: false, lastVoteVersion: told.request().version },
      present: [
        { personId: 'member-1', civilSociety: true },
        { personId: 'member-4', civilSociety: false },
      ],
      votes: { 'member-1': 'approve', 'member-4': 'reject' },
    });
    told.act(first, 'castVote', { vote: 'reject' });
    expect(ballotOf(told)?.present).toHaveLength(2);
  });

  it('decides with the vote that makes the quorum', () => {
    expect(kinds(last(voted('approve'), 'approve'))).toEqual(['voteCast']);
    expect(last(voted('approve', 'approve'), 'approve').entry?.events).toMatchObject([
      { kind: 'voteCast' },
      {
        ...{ kind: 'itemClosed', verdict: 'approve', tally: { approve: 3, reject: 0, abstain: 0 } },
        ...{ castingVote: false, answersToObjections: {} },
      },
      { kind: 'fundsAsked', amountMinor: '60000000', conditions: [] },
    ]);
    const rejected = last(voted('reject', 'reject'), 'approve');
    expect(rejected.entry?.events.slice(1)).toMatchObject([
      { kind: 'itemClosed', verdict: 'reject', tally: { approve: 1, reject: 2, abstain: 0 } },
      { kind: 'requestEnded', outcome: 'rejected' },
    ]);
  });

  it.each([
    ['abstentions make the quorum', ['approve', 'abstain'], 'abstain', 'approve'],
    ['a tie goes on', ['approve', 'reject'], 'abstain', null],
    ['nobody for or against goes on', ['abstain', 'abstain'], 'abstain', null],
    ['a changed vote counts as it stands', ['reject', 'approve'], 'reject', 'reject'],
  ] as const)('counts: %s', (_what, given, vote, verdict) => {
    const answer = last(voted(...given), vote);
    expect(eventOf(answer, 'itemClosed')).toEqual(verdict === null ? undefined : expect.objectContaining({ verdict }));
  });

  it('opens the time for an appeal where the plan gives one', () => {
    const plan: Plan = { ...appealingPlan, committee };
    const told = votes(journeyTo('committee', plan), 'reject', 'reject', 'reject');
    expect(told.request()).toMatchObject({ appeal: { standing: 'rejected', at: 'committee' }, outcome: null });
  });

  it('seats its chair as what the chair is', () => {
    const told = journeyTo('committee', standing).act(people.chair, 'castVote', { vote: 'approve' });
    expect(ballotOf(told)?.present).toEqual([{ personId: 'chair', civilSociety: true }]);
  });

  it('ends a tie with one vote more', () => {
    const told = voted('approve', 'reject', 'abstain');
    expect(kinds(last(told, 'approve', fourth))).toEqual(['voteCast', 'itemClosed', 'fundsAsked']);
    expect(kinds(last(told, 'approve'))).toEqual(['voteCast', 'itemClosed', 'fundsAsked']);
  });

  it('takes no vote after that', () => {
    const told = voted('approve', 'approve', 'approve');
    expect(ballotOf(told)?.closed).toBe(true);
    expect(last(told, 'reject', fourth).refusal).toEqual({ code: 'ballotClosed' });
  });

  it('does not carry an award too small for its tranches, but a rejection of it', () => {
    const small = (given: Vote) => last(votes(tooSmall(committee), given, given), given);
    expect(small('approve').refusal?.code).toBe('tranchesDoNotAddUp');
    expect(kinds(small('reject'))).toEqual(['voteCast', 'itemClosed', 'requestEnded']);
  });

  it('may leave the closing to its chair', () => {
    const byChair: Plan = { ...standing, committee: { ...committee, closing: 'by-chair' } };
    const told = votes(journeyTo('committee', byChair), 'approve', 'approve', 'approve');
    expect(ballotOf(told)?.closed).toBe(false);
    expect(kinds(close(told, {}))).toEqual(['itemClosed', 'fundsAsked']);
  });
});
