// The committee on one item: opened in a session only, recusal while the ballot is open, ties, secret ballots, deferral with a date.
import { describe, expect, it } from '@jest/globals';
import { sittingsOf } from '../../domain/approval/sitting.js';
import { majorityOf, quorumOf, tallyOf } from '../../domain/approval/quorum.js';
import { allowedActions } from '../../domain/allowed-action.js';
import type { Vote } from '../../domain/command.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan } from '../../domain/plan.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { approveBody, dayMs, journeyTo, openWith, startMs } from '../support/journey.js';
import { members, people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const reason = 'as discussed';
const [first, second, third] = members;
if (first === undefined || second === undefined || third === undefined) throw new Error('the committee has members');

const open = (seats = [people.chair, ...members], plan: Plan = calmPlan): Journey => {
  const seated = seats.map(({ personId, roles }) => ({
    personId,
    civilSociety: roles.some((held) => 'civilSociety' in held && held.civilSociety === true),
  }));
  return journeyTo('committee', plan).act(people.secretary, 'openItem', { ...openWith(), present: seated });
};
const vote = (told: Journey, count: number, given: Vote, from = 0): Journey => {
  for (const member of members.slice(from, from + count)) told.act(member, 'castVote', { vote: given });
  return told;
};
const ballotOf = (told: Journey) => {
  const { ballot } = told.request();
  if (ballot === null) throw new Error('no ballot');
  return ballot;
};
const tasksNow = (told: Journey): string[] =>
  tasksOf(told.request(), { plan: calmPlan, nowMs: told.nowMs() }).map(({ name }) => name);

describe('opening an item', () => {
  const { session, ...withoutSession } = openWith();

  it('needs a session where the plan keeps sessions', () => {
    const asked = journeyTo('committee').ask(people.secretary, 'openItem', withoutSession);
    expect(asked.refusal).toEqual({ code: 'conditionsNotMet', rule: 'session-not-open', accepted: 'openSession' });
  });

  it('goes by the seats that are sent where the plan does not', () => {
    const { sessions, ballot, longestDeferral, ...committee } = calmPlan.committee;
    const older: Plan = { ...calmPlan, committee };
    const told = journeyTo('committee', older).act(people.secretary, 'openItem', withoutSession);
    expect(ballotOf(told).present).toHaveLength(12);
    expect([sessions, ballot, longestDeferral?.unit]).toEqual(['kept', 'by-session', 'time']);
  });

  it('records which session it was', () => {
    const opened = open().entries().at(-1)?.events[0];
    expect(opened).toMatchObject({ kind: 'itemOpened', sessionId: 'session-1', session });
  });
});

describe('a member who declares an interest while the ballot is open', () => {
  const told = vote(open(), 8, 'approve').act(first, 'declareInterest', { interest: 'conflict' });

  it('is out of the tally and out of the quorum', () => {
    expect(tallyOf(ballotOf(told))).toEqual({ approve: 7, reject: 0, abstain: 0 });
    expect(quorumOf(ballotOf(told), calmPlan)).toMatchObject({ present: 13, recused: 1, counted: 12, stands: true });
  });

  it('makes the chair look again before closing', () => {
    const asked = told.ask(people.chair, 'closeItem', approveBody, {
      reason,
      expectedVersion: told.request().version - 1,
    });
    expect(asked.refusal?.code).toBe('staleVersion');
  });

  it('leaves too few votes to close with, but the item can be put off', () => {
    const fewer = told.act(second, 'declareInterest', { interest: 'conflict' });
    expect(fewer.ask(people.chair, 'closeItem', approveBody, { reason }).refusal).toMatchObject({
      code: 'quorumMissing',
      rule: 'votes-cast',
    });
    const deferred = fewer.act(people.chair, 'closeItem', { ...approveBody, verdict: 'defer' }, { reason });
    expect(deferred.request()).toMatchObject({ position: { stage: 'committee' }, ballot: { closed: true } });
  });
});

it('does not change a ballot that is closed when a member declares an interest later', () => {
  const told = vote(open(), 8, 'approve').act(people.chair, 'closeItem', approveBody, { reason }).reserve();
  const before = told.request().ballot;
  told.act(first, 'declareInterest', { interest: 'conflict' });
  expect(told.request().ballot).toEqual(before);
  expect(tallyOf(ballotOf(told)).approve).toBe(8);
});

describe('the quorum in numbers', () => {
  const present = openWith().present;

  it('says who counts, how many are from civil society, and what the recusals cost', () => {
    expect(quorumOf({ present, recused: ['member-1', 'member-2', 'elsewhere'] }, calmPlan)).toEqual({
      ...{ present: 12, recused: 2, counted: 10, civilSociety: 5, needed: 7, stands: false, standsWithRecused: true },
    });
    expect(quorumOf({ present: present.slice(6), recused: [] }, calmPlan)).toMatchObject({
      ...{ counted: 6, civilSociety: 1, stands: false, standsWithRecused: false },
    });
  });

  it('asks for a majority of civil society only where the plan does', () => {
    const plan: Plan = { ...calmPlan, committee: { ...calmPlan.committee, civilSocietyMajority: false, quorum: 6 } };
    expect(quorumOf({ present: present.slice(6), recused: [] }, plan).stands).toBe(true);
    expect(quorumOf({ present: present.slice(7), recused: [] }, plan).stands).toBe(false);
  });

  it('has a majority for, against, or none', () => {
    const tally = (approve: number, reject: number) => majorityOf({ approve, reject, abstain: 9 });
    expect([tally(2, 1), tally(1, 2), tally(2, 2)]).toEqual(['approve', 'reject', null]);
  });
});

describe('a tie', () => {
  const tied = (seats?: Parameters<typeof open>[0]): Journey => vote(vote(open(seats), 4, 'approve'), 4, 'reject', 4);
  const casting = { ...approveBody, castingVote: true };

  it('goes to the casting vote of a chair who is present', () => {
    expect(tied().ask(people.chair, 'closeItem', approveBody, { reason }).refusal?.rule).toBe('tie-needs-casting-vote');
    const told = tied().act(people.chair, 'closeItem', casting, { reason });
    expect(told.request().award?.funds).toBe('asked');
  });

  it('is not broken by a chair who is absent or recused, nor by a member', () => {
    expect(tied(members).ask(people.chair, 'closeItem', casting, { reason }).refusal?.code).toBe('notPresent');
    const told = journeyTo('committee').act(people.secretary, 'openItem', {
      ...openWith([people.chair, ...members]),
      recused: ['chair'],
    });
    vote(vote(told, 4, 'approve'), 4, 'reject', 4);
    expect(told.ask(people.chair, 'closeItem', casting, { reason }).refusal?.code).toBe('recused');
    expect(told.ask(first, 'closeItem', casting, { reason }).refusal?.code).toBe('notYourRole');
  });
});

describe('a secret ballot', () => {
  const openSecretly = (plan: Plan, ballot: 'open' | 'secret') =>
    journeyTo('committee', plan).act(people.secretary, 'openItem', {
      ...openWith(),
      session: { version: 3, ballot, atMs: startMs },
    });
  const withBallot = (ballot: 'open' | 'secret' | 'by-session'): Plan => ({
    ...calmPlan,
    committee: { ...calmPlan.committee, ballot },
  });

  it.each([
    ['secret', 'open', true],
    ['by-session', 'secret', true],
    ['by-session', 'open', undefined],
    ['open', 'secret', undefined],
  ] as const)('plan %s, session %s', (plan, session, secret) => {
    const told = openSecretly(withBallot(plan), session).act(first, 'castVote', { vote: 'reject' });
    expect(ballotOf(told).secret).toBe(secret);
    expect(told.entries().at(-1)?.events).toStrictEqual([
      {
        ...{ kind: 'voteCast', personId: 'member-1', vote: 'reject', ...(secret ? { secret } : {}) },
        seat: { personId: 'member-1', civilSociety: true },
      },
    ]);
  });

  it('cannot be left to a session where none is kept', () => {
    const { sessions, ...committee } = withBallot('by-session').committee;
    expect(sessions).toBe('kept');
    expect(planFaults({ ...calmPlan, committee }).map(({ path }) => path)).toEqual(['committee.ballot']);
    const standing = { ...calmPlan.committee, opening: 'standing' } as const;
    expect(planFaults({ ...calmPlan, committee: standing }).map(({ path }) => path)).toEqual(['committee.sessions']);
  });
});

describe('a deferral with a date', () => {
  const deferred = (days: number) => {
    const told = vote(open(), 8, 'approve');
    const body = { ...approveBody, verdict: 'defer', deferUntilMs: told.nowMs() + days * dayMs } as const;
    return { told, body, ask: () => told.ask(people.chair, 'closeItem', body, { reason }) };
  };

  it('waits for nobody until then, and the time of the stage runs from then', () => {
    const { told, body } = deferred(40);
    told.act(people.chair, 'closeItem', body, { reason });
    expect(tasksNow(told)).toEqual([]);
    expect(told.request().position.dueAtMs).toBe(body.deferUntilMs + 30 * dayMs);
    const early = told.wait(40 * dayMs - 1).ask(people.secretary, 'openItem', openWith());
    const accepted = new Date(body.deferUntilMs).toISOString();
    expect(early.refusal).toEqual({ code: 'conditionsNotMet', rule: 'deferred-until', accepted });
    expect(told.request().deadlines.find(({ id }) => id === 'hold')).toEqual({
      ...{ id: 'hold', step: 'due', atMs: body.deferUntilMs },
    });
    const actions = allowedActions(told.request(), people.secretary, { plan: calmPlan, nowMs: told.nowMs() });
    expect(actions.find(({ command }) => command === 'openItem')?.allowed).toBe(false);

    told.passDeadline();
    expect(told.entries().at(-1)).toMatchObject({ command: 'passDeadline', events: [{ kind: 'holdEnded' }] });
    expect(tasksNow(told)).toEqual(['open']);
  });

  it('is not for a plan that knows none', () => {
    const { longestDeferral, ...committee } = calmPlan.committee;
    const told = vote(open(undefined, { ...calmPlan, committee }), 8, 'approve');
    const body = { ...approveBody, verdict: 'defer' as const, deferUntilMs: told.nowMs() + dayMs };
    expect(told.ask(people.chair, 'closeItem', body, { reason }).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'deferral-without-date' },
    });
    expect(longestDeferral).toBeDefined();
  });

  it('counts by the instant, even when the timer has not struck', () => {
    const { told, body } = deferred(40);
    told
      .act(people.chair, 'closeItem', body, { reason })
      .wait(40 * dayMs)
      .act(people.secretary, 'openItem', openWith());
    expect(told.request().deadlines.map(({ id }) => id)).toEqual(['stage']);
  });

  it('stands still while the request is suspended', () => {
    const { told, body } = deferred(40);
    told.act(people.chair, 'closeItem', body, { reason }).act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    told.wait(10 * dayMs).act(people.deputy, 'liftSuspension', {});
    expect(told.request().deadlines.find(({ id }) => id === 'hold')?.atMs).toBe(body.deferUntilMs + 10 * dayMs);
  });

  it('has to be ahead, and not farther than the plan allows', () => {
    const within = (from: number) => ({
      ...{ code: 'conditionsNotMet', rule: 'deferral-within', accepted: new Date(from + 90 * dayMs).toISOString() },
    });
    expect(deferred(0).ask().refusal).toEqual(within(startMs));
    expect(deferred(91).ask().refusal).toEqual(within(startMs));
    expect([deferred(1 / dayMs).ask().refusal, deferred(90).ask().refusal]).toEqual([undefined, undefined]);
    const { told } = deferred(1);
    const dated = { ...approveBody, deferUntilMs: told.nowMs() + dayMs };
    expect(told.ask(people.chair, 'closeItem', dated, { reason }).refusal?.rule).toBe('date-only-to-defer');
  });
});

describe('the sittings that the audit trail tells of', () => {
  it('have who was there, who was recused, the votes that stand and the closing', () => {
    const told = vote(open(), 8, 'approve').act(first, 'castVote', { vote: 'reject' });
    told.act(third, 'declareInterest', { interest: 'conflict' });
    const body = { ...approveBody, amountMinor: '50000000', conditions: ['offers first'] };
    told.act(people.chair, 'closeItem', body, { reason });

    const [sitting, ...others] = sittingsOf(told.entries(), 'session-1');
    expect(others).toEqual([]);
    expect(sitting).toMatchObject({
      recused: [],
      recusedDuring: [third.personId],
      secret: false,
      closing: {
        ...{ verdict: 'approve', tally: { approve: 6, reject: 1, abstain: 0 }, byPersonId: 'chair', reason },
        ...{ amountMinor: '50000000', conditions: ['offers first'], untilMs: null },
      },
    });
    expect(sitting?.votes[first.personId]).toBe('reject');
    expect(sittingsOf(told.entries(), 'session-2')).toEqual([]);
  });

  it('are two when an item was put off and taken up again', () => {
    const told = vote(open(), 8, 'approve').act(
      people.chair,
      'closeItem',
      { ...approveBody, verdict: 'defer' },
      { reason },
    );
    vote(told.act(people.secretary, 'openItem', openWith()), 8, 'reject');
    told.act(people.chair, 'closeItem', { ...approveBody, verdict: 'reject' }, { reason });
    expect(sittingsOf(told.entries(), 'session-1').map(({ closing }) => closing?.verdict)).toEqual(['defer', 'reject']);
  });
});
