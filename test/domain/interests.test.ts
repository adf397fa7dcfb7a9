// Interests that data show: what connects a person with an NGO, and that no way leads past it, with or without the API's fact.
import { describe, expect, it } from '@jest/globals';
import { organisationDocument, personDocument } from '../../cli/seeding/sample-documents.js';
import { interestsBetween } from '../../domain/connection.js';
import { rankReviewers } from '../../domain/review/suggestion.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import { organisationConnections, personConnections } from '../../persistence/connections.js';
import { planted } from '../../sample/organisation-rows.js';
import { reviewerOnBoard } from '../../sample/organisations.js';
import { generateSampleData } from '../../sample/sample-data.js';
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

describe('the planted cases of the sample', () => {
  const full = generateSampleData({ size: 'full' });
  const documents = full.organisations.map((organisation) => organisationDocument(organisation, full, 'today'));
  const numbered = (number: number): OrganisationDocument => {
    const found = full.organisations.findIndex((organisation) => organisation.number === number);
    const document = documents[found];
    if (document === undefined) throw new Error(`no organisation ${number}`);
    return document;
  };
  const connected = numbered(planted.reviewerOnBoard);
  const candidates = full.people
    .filter(({ grants }) => grants.some(({ role }) => role === 'reviewer'))
    .map(personDocument)
    .map((person) => ({
      personId: person._id,
      expertise: person.expertise ?? [],
      openTasks: 0,
      earlierReviews: 0,
      interests: interestsBetween(personConnections(person), organisationConnections(connected), nowMs),
    }));

  it('never suggest the reviewer who sits on the board of NGO 7', () => {
    const ranked = rankReviewers(journeyTo('technical-review').request(), candidates, calmPlan);

    expect(ranked.filter(({ suggested }) => suggested).map(({ personId }) => personId)).toEqual([
      'reviewer-disability-2',
      'reviewer-disability-3',
      'reviewer-capacity-building-1',
    ]);
    expect(ranked.find(({ personId }) => personId === reviewerOnBoard)).toMatchObject({
      points: null,
      suggested: false,
      reasons: [{ code: 'connected', kinds: ['board-member'] }],
    });
  });

  it('connect that reviewer with NGO 7 alone, and nobody else of the Fund with any NGO', () => {
    const fund = full.people.filter(({ organisationId }) => organisationId === undefined).map(personDocument);
    const pairs = fund.flatMap((person) =>
      documents.flatMap((organisation) =>
        interestsBetween(personConnections(person), organisationConnections(organisation), nowMs).map(
          (kind) => `${person._id} ${organisation._id} ${kind}`,
        ),
      ),
    );
    expect(pairs).toEqual([`${reviewerOnBoard} ${connected._id} board-member`]);
  });

  it('show the account that 20 and 21 share and the board member of 4 and 5, by hash alone', () => {
    const [a, b] = planted.sharedIban.map(numbered);
    const [c, d] = planted.sharedBoardMember.map(numbered);
    const shared = c?.boardHashes?.filter((hash) => d?.boardHashes?.includes(hash));

    expect(a?.accountHash).toBe(b?.accountHash);
    expect(shared).toHaveLength(1);
    const stored = JSON.stringify([...documents, ...full.people.map(personDocument)]);
    for (const { board, iban } of full.organisations)
      for (const clear of [iban, ...board.map(({ nationalId }) => nationalId)]) expect(stored).not.toContain(clear);
  });
});
