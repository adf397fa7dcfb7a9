// A draft plan tried on requests of the past: each difference with before and after, and nothing where nothing would differ.
import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../domain/plan.js';
import { dryRunOf } from '../../domain/plan-dry-run.js';
import { journeyTo } from '../support/journey.js';
import { calmPlan } from '../support/plans.js';

const newer = (change: Partial<Plan>): Plan => ({ ...calmPlan, version: '2027-1', ...change });
const past = journeyTo('agreement').request();

describe('the dry run of a plan', () => {
  it('says nothing about a request for which nothing would differ', () => {
    expect(dryRunOf(past, calmPlan, newer({}))).toEqual({
      requestId: past.id,
      stage: 'agreement',
      migrationRefusal: null,
      changes: [],
    });
  });

  it('names stages it passed that would not exist, and that it could not be moved', () => {
    const to = newer({ route: calmPlan.route.filter((stage) => stage !== 'regional-opinion') });
    expect(dryRunOf(past, calmPlan, to)).toMatchObject({
      migrationRefusal: { code: 'planNotApplicable', rule: 'stages-so-far-exist', accepted: 'regional-opinion' },
      changes: [{ what: 'stage', before: 'regional-opinion', after: null }],
    });
  });

  it('names another row, quorum, number of reviewers, due time and split of the award', () => {
    const [row, ...rows] = calmPlan.authority;
    if (row === undefined) throw new Error('the matrix has rows');
    const to = newer({
      authority: [{ ...row, row: 'up-to-1m', upToMinor: '100000000' }, ...rows.slice(1)],
      committee: { ...calmPlan.committee, quorum: 12 },
      review: { ...calmPlan.review, reviewers: 4 },
      stages: {
        ...calmPlan.stages,
        committee: { due: { unit: 'time', ms: 0 }, escalateAfter: { unit: 'time', ms: 1 } },
      },
      tranches: { ...calmPlan.tranches, retentionBasisPoints: 0 },
    });
    const { changes } = dryRunOf(past, calmPlan, to);
    expect(changes.map(({ what }) => what)).toEqual([
      'authority-row',
      'quorum',
      'scores-of-reviewers',
      'tranches',
      'due-committee',
    ]);
    expect(changes[0]).toEqual({ what: 'authority-row', before: 'up-to-5m', after: 'up-to-1m' });
    expect(changes[3]).toEqual({
      what: 'tranches',
      before: '21600000 18900000 13500000 6000000',
      after: '24000000 21000000 15000000',
    });
  });

  it('says that a vote of the past would not have had its quorum', () => {
    const to = newer({ committee: { ...calmPlan.committee, quorum: 13 } });
    expect(dryRunOf(past, calmPlan, to).changes).toContainEqual({
      what: 'ballot-quorum',
      before: 'stands',
      after: 'missing',
    });
  });
});
