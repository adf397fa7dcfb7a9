// What the technical review reads and keeps: load and earlier reviews of reviewers, the scores of a call, who opened a text.
import { describe, expect, it } from '@jest/globals';
import { accessesTo, recordAccess } from '../../persistence/access-entry.repository.js';
import { interestsOf } from '../../persistence/connections.js';
import { upsertOrganisations } from '../../persistence/organisation.repository.js';
import { personById, upsertPerson } from '../../persistence/person.repository.js';
import { earlierReviews, openReviewTasks, reviewsOfCall } from '../../persistence/review.reads.js';
import { fileOf, fullScores, journeyTo } from '../support/journey.js';
import { organisationId, people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { newRequestId, record, refiled, useDatabase } from './support.js';

useDatabase();

const panel = reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name }));
const underReview = (requestId: string, scoring: number) => {
  const told = journeyTo('technical-review', calmPlan, requestId);
  told.act(people.secretary, 'assignReviewers', { reviewers: panel });
  for (const reviewer of reviewers.slice(0, scoring))
    told
      .act(reviewer, 'declareInterest', { interest: 'none' })
      .act(reviewer, 'recordScore', { scores: fullScores(calmPlan) });
  return told.entries();
};

describe('requests under review', () => {
  it('count as load of those who have not scored, and as earlier reviews of those who have', async () => {
    const [first, second, elsewhere] = [newRequestId(), newRequestId(), newRequestId()];
    await record(first, underReview(first, 1));
    await record(second, underReview(second, 2));
    await record(elsewhere, refiled(underReview(elsewhere, 1), { organisationId: 'ngo-other', callId: 'other-call' }));

    const load = await openReviewTasks(['reviewer-1', 'reviewer-2', 'reviewer-3', 'reviewer-4']);
    expect([...load].sort()).toEqual([
      ['reviewer-2', 2],
      ['reviewer-3', 3],
    ]);
    expect([...(await earlierReviews(organisationId, first))].sort()).toEqual([
      ['reviewer-1', 1],
      ['reviewer-2', 1],
    ]);
    const { programmeCode, callId } = fileOf();
    const reviews = await reviewsOfCall(programmeCode, callId);
    expect(reviews.map(({ review }) => review.scores.length).sort()).toEqual([1, 2]);
    expect(reviews.every(({ position }) => position.stage === 'technical-review')).toBe(true);
  });
});

describe('access entries', () => {
  it('are numbered without gaps, also when people read at the same moment', async () => {
    const requestId = newRequestId();
    const access = { requestId, actor: people.hana, operation: 'readSubmission', object: 's', httpRequestId: 'call' };
    await Promise.all(Array.from({ length: 12 }, () => recordAccess({ ...access, at: new Date() })));

    const rows = await accessesTo(requestId, { afterSeq: 0, limit: 100 });
    expect(rows.map(({ seq }) => seq)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect(rows[0]).toMatchObject({ kind: 'access', actor: { personId: 'hana' } });
    expect(await accessesTo(requestId, { afterSeq: 10, limit: 100 })).toHaveLength(2);
  });
});

describe('connections between documents', () => {
  const person = {
    ...{ _id: 'connected', nameAr: 'م', nameEn: 'M', email: 'm@test.example', suspended: false },
    grants: [],
  };

  it('are found from what was stored, and nothing connects those who are not known', async () => {
    await upsertOrganisations([
      {
        ...{
          _id: 'ngo-1',
          nameAr: 'ج',
          nameEn: 'N',
          kind: 'association',
          governorate: 'EG-C',
          registrationNumber: '1',
        },
        account: { accountId: 'a', ibanMasked: 'EG', verifiedAt: null, changedAt: new Date(0) },
        registry: {
          ...{ status: 'active', fetchedAt: new Date(0), licenceExpiresOn: '2030-01-01' },
          ...{ lastInspectionOn: '2025-01-01', openViolations: 0 },
        },
        addressHash: 'address-1',
        synthetic: true,
      },
    ]);
    const employments = [{ organisationId: 'ngo-1', from: new Date(0), until: new Date(1) }];
    await upsertPerson({ ...person, employments, addressHash: 'address-1', expertise: ['relief'] });

    expect(await personById('connected')).toMatchObject({ expertise: ['relief'], employments });
    expect(await interestsOf(['nobody', 'connected'], 'ngo-1', new Date())).toEqual([
      { personId: 'nobody', kinds: [] },
      { personId: 'connected', kinds: ['earlier-employment', 'same-address'] },
    ]);
    expect(await interestsOf(['connected'], 'no-such-ngo', new Date())).toEqual([{ personId: 'connected', kinds: [] }]);
  });

  it('leave a person without them as it was', async () => {
    await upsertPerson({ ...person, _id: 'plain' });
    expect(Object.keys((await personById('plain')) ?? {})).not.toEqual(
      expect.arrayContaining(['employments', 'expertise']),
    );
  });
});
