// The connections planted in the sample, from the documents that the database keeps: found by hash alone, and nobody else connected.
import { describe, expect, it } from '@jest/globals';
import { organisationDocument, personDocument } from '../../cli/seeding/sample-documents.js';
import { interestsBetween } from '../../domain/connection.js';
import { rankReviewers } from '../../domain/review/suggestion.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import { organisationConnections, personConnections } from '../../persistence/connections.js';
import { planted } from '../../sample/organisation-rows.js';
import { reviewerOnBoard } from '../../sample/organisations.js';
import { generateSampleData } from '../../sample/sample-data.js';
import { journeyTo } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';

const nowMs = Date.UTC(2026, 2, 1);

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
