// Interests that data show: what connects a person with an NGO, and that no way leads past it, with or without the API's fact.
import { describe, expect, it } from '@jest/globals';
import { interestsBetween } from '../../domain/connection.js';
import { metChecklist, fullScores, journeyTo, openWith } from '../support/journey.js';
import { members, people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const nowMs = Date.UTC(2026, 2, 1);
const ngo = { id: 'ngo', boardHashes: ['a', 'b'], phoneHash: 'p', addressHash: 'd', accountHash: 'i' };

describe('a person and an NGO', () => {
  it.each([
    ['board-member', { nationalIdHash: 'b' }],
    ['employee', { organisationId: 'ngo' }],
    ['employee', { employments: [{ organisationId: 'ngo', fromMs: 0, untilMs: null }] }],
    ['earlier-employment', { employments: [{ organisationId: 'ngo', fromMs: 0, untilMs: nowMs }] }],
    ['same-account', { accountHash: 'i' }],
    ['same-phone', { phoneHash: 'p' }],
    ['same-address', { addressHash: 'd' }],
  ] as const)('are connected: %s', (kind, person) => {
    expect(interestsBetween(person, ngo, nowMs)).toEqual([kind]);
  });

  it('are not connected by what is unknown of both, nor by another NGO', () => {
    expect(interestsBetween({}, { id: 'ngo' }, nowMs)).toEqual([]);
    const elsewhere = [{ organisationId: 'other', fromMs: 0, untilMs: null }];
    expect(interestsBetween({ nationalIdHash: 'c', employments: elsewhere }, ngo, nowMs)).toEqual([]);
    const left = [{ organisationId: 'other', fromMs: 0, untilMs: nowMs }];
    const strange = { accountHash: 'x', phoneHash: 'y', addressHash: 'z', organisationId: 'other', employments: left };
    expect(interestsBetween(strange, ngo, nowMs)).toEqual([]);
    expect(interestsBetween({ nationalIdHash: 'a', phoneHash: 'p' }, { id: 'ngo' }, nowMs)).toEqual([]);
  });

  it.each([
    [null, 'employee'],
    [nowMs + 1, 'employee'],
    [nowMs, 'earlier-employment'],
    [nowMs - 1, 'earlier-employment'],
  ] as const)('are connected by an employment until %p as %s alone', (untilMs, kind) => {
    const employments = [
      { organisationId: 'other', fromMs: 0, untilMs },
      { organisationId: 'ngo', fromMs: 0, untilMs },
    ];
    expect(interestsBetween({ employments }, ngo, nowMs)).toEqual([kind]);
  });

  it('name the strongest connection first', () => {
    expect(interestsBetween({ phoneHash: 'p', nationalIdHash: 'a' }, ngo, nowMs)).toEqual([
      'board-member',
      'same-phone',
    ]);
  });
});

const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;
const [first, second, third, fourth] = reviewers;
if (!first || !second || !third || !fourth) throw new Error('there are four reviewers');
const named = (...chosen: typeof reviewers) => chosen.map(({ personId, name }) => ({ personId, name }));

describe('somebody whose connection the API has found', () => {
  it('is refused at every act on the request, with the connection as the rule', () => {
    const hana = { ...people.hana, interests: ['earlier-employment'] as const };
    const refusal = { code: 'conflictOfInterest', rule: 'earlier-employment' };

    expect(journeyTo('screening').ask(hana, 'recordScreening', eligible).refusal).toEqual(refusal);
    expect(journeyTo('screening').ask(hana, 'suspend', { ground: 'fraud-alarm' }).refusal).toEqual(refusal);
    const prepares = { ...people.finance, interests: ['earlier-employment'] as const };
    const facts = { accountId: 'a', accountVerifiedAtMs: 0, accountChangedAtMs: 0, registryFetchedAtMs: 0 };
    expect(journeyTo('implementation').ask(prepares, 'prepareTranche', { number: 1, facts }).refusal).toEqual(refusal);
  });

  it('may declare it, and may not declare that there is none', () => {
    const hana = { ...people.hana, interests: ['same-phone'] as const };
    const told = journeyTo('screening');

    expect(told.ask(hana, 'declareInterest', { interest: 'none' }).refusal).toEqual({
      code: 'conflictOfInterest',
      rule: 'same-phone',
      accepted: 'conflict',
    });
    told.act(hana, 'declareInterest', { interest: 'conflict' });
    expect(told.ask(people.hana, 'recordScreening', eligible).refusal?.code).toBe('conflictOfInterest');
  });

  it('acts for the own NGO all the same', () => {
    const samira = { ...people.samira, interests: ['board-member'] as const };
    expect(journeyTo('screening').ask(samira, 'withdraw', {}).refusal).toBeUndefined();
  });
});

describe('a reviewer with a connection', () => {
  const interests = [{ personId: first.personId, kinds: ['board-member'] as const }];

  it('is not assigned, and the refusal names the connection', () => {
    const told = journeyTo('technical-review');
    const body = { reviewers: named(first, second, third), interests };
    expect(told.ask(people.secretary, 'assignReviewers', body).refusal).toEqual({
      code: 'conflictOfInterest',
      rule: 'board-member',
    });
  });

  it('stays out once known, also of commands that come without the fact', () => {
    const told = journeyTo('technical-review').act(people.secretary, 'assignReviewers', {
      reviewers: named(second, third, fourth),
      interests,
    });
    expect(told.request().conflicted).toEqual([first.personId]);
    expect(told.entries().at(-1)?.events).toMatchObject([
      { kind: 'interestDerived', personId: first.personId, kinds: ['board-member'] },
      { kind: 'reviewersAssigned' },
    ]);
    expect(told.ask(first, 'recordScore', { scores: fullScores(calmPlan) }).refusal?.code).toBe('conflictOfInterest');
  });

  it('is noted once, and only where a connection was found', () => {
    const told = journeyTo('technical-review').act(first, 'declareInterest', { interest: 'conflict' });
    told.act(people.secretary, 'assignReviewers', {
      reviewers: named(second, third, fourth),
      interests: [...interests, { personId: second.personId, kinds: [] }],
    });
    expect(
      told
        .entries()
        .at(-1)
        ?.events.map(({ kind }) => kind),
    ).toEqual(['reviewersAssigned']);
    expect(told.request().conflicted).toEqual([first.personId]);
  });
});

describe('a committee member with a connection', () => {
  it('is recused when the item is opened, and cannot vote', () => {
    const [member] = members;
    if (!member) throw new Error('the committee has members');
    const told = journeyTo('committee').act(people.secretary, 'openItem', {
      ...openWith(),
      interests: [{ personId: member.personId, kinds: ['same-address'] }],
    });
    expect(told.request().ballot?.recused).toEqual([member.personId]);
    expect(told.ask(member, 'castVote', { vote: 'approve' }).refusal?.code).toBe('conflictOfInterest');
  });

  it('does not count for the quorum', () => {
    const interests = members.slice(0, 6).map(({ personId }) => ({ personId, kinds: ['same-phone'] as const }));
    const body = { ...openWith(), interests };
    expect(journeyTo('committee').ask(people.secretary, 'openItem', body).refusal?.code).toBe('quorumMissing');
  });
});
