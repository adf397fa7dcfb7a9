// Entries from before and after a migration recorded in one call: each under its own plan, the read model under the newer one.
import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../domain/plan.js';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { heldRoles } from '../../persistence/held-roles.reads.js';
import { upsertPeople } from '../../persistence/person.repository.js';
import { keepPlan, planHashOf } from '../../persistence/plan-version.model.js';
import { requestById } from '../../persistence/request.reads.js';
import { tasksOfRequest } from '../../persistence/task.reads.js';
import { journeyTo, startMs, walk } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { calmHash, newRequestId, record, useDatabase } from './support.js';

useDatabase();

const newer: Plan = { ...calmPlan, version: '2027-1', review: { ...calmPlan.review, reviewers: 2 } };
const newerHash = planHashOf(newer);
const migrated = (requestId: string) => {
  const told = journeyTo('screening', calmPlan, requestId);
  const body = { plan: newer, planHash: newerHash, fromPlanHash: calmHash };
  told.act(people.administrator, 'migratePlan', body, { reason: 'the board published new rules' });
  return walk(told, 'screening', 'technical-review').entries();
};

describe('a request that was moved to a newer plan', () => {
  it('is recorded with the plan each entry was decided under, and shown under the one that holds', async () => {
    await keepPlan(newer, new Date(startMs));
    const requestId = newRequestId();

    await record(requestId, migrated(requestId));

    const timeline = await timelineOf({ kind: 'request', id: requestId }, 0, 10);
    expect(timeline.map((row) => ('planHash' in row ? row.planHash : null))).toEqual([
      calmHash,
      calmHash,
      newerHash,
      newerHash,
    ]);
    expect(await requestById(requestId)).toMatchObject({ planHash: newerHash, stage: 'technical-review' });
    expect((await tasksOfRequest(requestId)).map(({ name }) => name)).toEqual(['assign']);
  });

  it('is recorded the same whole, one by one, and again', async () => {
    const requestId = newRequestId();
    const entries = migrated(requestId);
    for (const entry of entries) await record(requestId, [entry]);
    const shown = await requestById(requestId);

    await record(requestId, entries, 'run-2');

    expect(await requestById(requestId)).toEqual(shown);
    expect(shown?.planHash).toBe(newerHash);
  });
});

describe('people who hold a role', () => {
  it('count once for each role and level, while it lasts and while their account is not suspended', async () => {
    const always = { from: new Date(0), until: null };
    const personOf = (_id: string, level: string, change: object = {}) => ({
      ...{ _id, nameAr: _id, nameEn: _id, email: `${_id}@test.example`, suspended: false },
      grants: [{ role: 'approver' as const, level, ...always }],
      ...change,
    });
    await upsertPeople([
      personOf('one', 'board-deputy'),
      personOf('two', 'board-deputy'),
      personOf('gone', 'board-deputy', { suspended: true }),
      personOf('over', 'board-chair', {
        grants: [{ role: 'approver', level: 'board-chair', from: new Date(0), until: new Date(1) }],
      }),
    ]);

    expect(await heldRoles(new Date(startMs))).toEqual([{ role: 'approver', level: 'board-deputy', people: 2 }]);
  });
});
