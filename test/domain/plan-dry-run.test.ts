// A draft plan tried on requests of the past: each difference with before and after, and nothing where nothing would differ.
import { describe, expect, it } from '@jest/globals';
import type { GrantRequest } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import { dryRunOf } from '../../domain/plan-dry-run.js';
import { atStage } from '../support/at-stage.js';
import { approveBody, dayMs, journeyTo, openWith } from '../support/journey.js';
import { members, people } from '../support/people.js';
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

  const changesOf = (request: GrantRequest, to: Plan, from: Plan = calmPlan) => dryRunOf(request, from, to).changes;
  const [row, ...rows] = calmPlan.authority;
  if (row === undefined) throw new Error('the matrix has rows');
  const unsplit = { tranches: { ...calmPlan.tranches, retentionBasisPoints: 0 } };

  it('asks the matrix and splits for what was asked for, where nothing was awarded yet', () => {
    const asked = journeyTo('screening').request();
    const renamed = newer({ authority: calmPlan.authority.map((one) => ({ ...one, row: `new-${one.row}` })), ...unsplit });
    expect(asked.award).toBeNull();
    expect(changesOf(asked, renamed)).toEqual([
      { what: 'authority-row', before: 'up-to-5m', after: 'new-up-to-5m' },
      { what: 'tranches', before: '21600000 18900000 13500000 6000000', after: '24000000 21000000 15000000' },
    ]);
  }); // prettier-ignore

  it('asks the matrix and splits for the award, where it is another sum', () => {
    const told = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    told.act(people.chair, 'closeItem', { ...approveBody, amountMinor: '20000000' }, { reason: 'a part of it' });
    const less = told.reserve().request();
    const lower = newer({ authority: [{ ...row, upToMinor: '20000000' }, ...rows.slice(1)], ...unsplit });
    expect(changesOf(less, lower)).toEqual([
      { what: 'tranches', before: '7200000 6300000 4500000 2000000', after: '8000000 7000000 5000000' },
    ]);
    const counted = journeyTo('committee').act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) counted.act(member, 'castVote', { vote: 'approve' });
    counted.act(people.chair, 'closeItem', approveBody, { reason: 'sound' }).reserve('600000000');
    const renamed = newer({ authority: calmPlan.authority.map((one) => ({ ...one, row: `new-${one.row}` })) });
    expect(changesOf(counted.request(), renamed)).toEqual([
      { what: 'authority-row', before: 'up-to-50m', after: 'new-up-to-50m' },
    ]);
  });

  it('names no row where a matrix has none for the sum, or nobody approves by it', () => {
    const lost = { what: 'authority-row', before: 'up-to-5m', after: null };
    expect(changesOf(past, newer({ authority: [] }))).toEqual([lost]);
    const asked = journeyTo('screening').request();
    const unapproved = newer({ route: calmPlan.route.filter((stage) => stage !== 'authority') });
    expect(changesOf(asked, unapproved)).toEqual([lost]);
  });

  it('takes nothing from a draft but what the plans say of all requests', () => {
    const stages = { ...calmPlan.stages, draft: { due: { unit: 'time', ms: 1 }, escalateAfter: { unit: 'time', ms: 1 } } } as const;
    expect(changesOf(atStage('draft'), newer({ stages, authority: [], ...unsplit }))).toEqual([]);
    expect(changesOf(atStage('draft'), newer({ committee: { ...calmPlan.committee, quorum: 9 } }))).toEqual([
      { what: 'quorum', before: '7', after: '9' },
    ]);
  }); // prettier-ignore

  it('says of a vote that was not held nothing, and of a stage without due time that it has none', () => {
    const { committee, ...stages } = calmPlan.stages;
    const standing = journeyTo('committee').request();
    const [change, ...others] = changesOf(standing, newer({ stages }));
    expect(committee).toBeDefined();
    expect([change?.what, change?.after, others]).toEqual(['due-committee', null, []]);
    expect(change?.before).toBe(new Date(standing.position.enteredAtMs + 30 * dayMs).toISOString());
    const quorum = changesOf(standing, newer({ committee: { ...calmPlan.committee, quorum: 13 } }));
    expect(quorum.map(({ what }) => what)).toEqual(['quorum']);
  });

  it('compares no due time of a stage that would not exist', () => {
    const { correction, ...stages } = calmPlan.stages;
    expect(correction).toBeDefined();
    expect(changesOf(atStage('correction'), newer({ stages }))).toEqual([
      { what: 'stage', before: 'correction', after: null },
    ]);
  });

  it('does not say of a request that has ended that it could not be moved', () => {
    const ended = journeyTo().request();
    const to = newer({ code: 'another' });
    expect(dryRunOf(ended, calmPlan, to).migrationRefusal).toBeNull();
    expect(dryRunOf(past, calmPlan, to).migrationRefusal?.rule).toBe('same-code');
  });
});
