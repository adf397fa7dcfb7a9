// A running request on a real server goes on under a newer plan: for every decision after it, across continue-as-new, and on replay.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import type { Plan } from '../../domain/plan.js';
import { workflowIdOf } from '../../workflows/contract.js';
import type { Engine, LiveRequest } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime, unheardSinks, workflowBundle } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { foldAgain } from '../support/fold.js';
import { readHistory } from '../support/history.js';
import { approveBody, fileOf, journey, metChecklist, openWith, walk } from '../support/journey.js';
import { members, people, peopleByLevel } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const [oldHash, newHash] = ['a'.repeat(64), 'b'.repeat(64)];
const newer: Plan = {
  ...calmPlan,
  version: '2027-1',
  route: calmPlan.route.filter((stage) => stage !== 'regional-opinion'),
};
const body = { plan: newer, planHash: newHash, fromPlanHash: oldHash, peopleByLevel };
const reason = { reason: 'the board published new rules' };
const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;

const refusalOf = async (refused: Promise<unknown>): Promise<string> => {
  const error: unknown = await refused.then(
    () => new Error('was accepted'),
    (why: unknown) => why,
  );
  if (!(error instanceof WorkflowUpdateFailedError)) throw error;
  return error.cause instanceof ApplicationFailure ? (error.cause.type ?? 'none') : 'not an application failure';
};

describe('a request that is moved to a newer plan while it runs', () => {
  let engine: Engine;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    await engine.startWorker();
  });
  afterAll(() => engine.close());

  /** Replays what the server kept, and runs its inputs through today's rules again. */
  const expectSameStory = async (request: LiveRequest): Promise<void> => {
    await eventually('everything is recorded', async () => (await request.unrecorded()) === 0);
    const history = await request.history();
    const replayed = Worker.runReplayHistory(
      { workflowBundle: await workflowBundle(), sinks: unheardSinks },
      history,
      workflowIdOf(request.id),
    );
    await expect(replayed).resolves.toBeUndefined();
    expect(foldAgain(readHistory(history))).toEqual([]);
    expect(await request.state()).toEqual(request.recorded());
  };
  const entriesOf = ({ id }: LiveRequest) => engine.storage.entries.get(id) ?? [];

  it('skips the stage that the new plan leaves out, marks later entries with the new plan, and replays', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    const migrated = await request.act(people.administrator, 'migratePlan', body, reason);
    const screened = await request.act(people.hana, 'recordScreening', eligible);

    expect([migrated.status, screened.status]).toEqual(['screening', 'technical-review']);
    await eventually('all three are recorded', () => request.recorded().version === 3);
    expect(entriesOf(request).map(({ planHash }) => planHash)).toEqual([undefined, undefined, newHash]);
    await expectSameStory(request);
  });

  it('leaves a refused migration without a trace', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    const other = { ...body, plan: { ...newer, code: 'relief' } };

    expect(await refusalOf(request.act(people.administrator, 'migratePlan', other, reason))).toBe('planNotApplicable');
    expect(await refusalOf(request.act(people.hana, 'migratePlan', body, reason))).toBe('notYourRole');
    expect((await request.act(people.hana, 'recordScreening', eligible)).status).toBe('regional-opinion');
  });

  it('stays under the new plan when it continues as new', async () => {
    const request = await openRequest(engine, calmPlan, { unrecordedEntries: 200, continueAfterEvents: 30 });
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    await request.act(people.administrator, 'migratePlan', body, reason);
    const first = readHistory(await request.history()).input;
    for (let round = 0; round < 8; round += 1) {
      await request.act(people.hana, 'suspend', { ground: 'fraud-alarm' });
      await request.act(people.monitor, 'liftSuspension', {});
    }
    await eventually('all are recorded', () => request.recorded().version === 18);
    const { input } = readHistory(await request.history());
    const screened = await request.act(people.hana, 'recordScreening', eligible);

    expect([first.plan.version, input.plan.version, input.planHash]).toEqual(['2026-1', '2027-1', 'test']);
    expect(input.carried?.request.plan?.hash).toBe(newHash);
    // Under the old plan it would have gone to the regional opinions.
    expect(screened.status).toBe('technical-review');
  });

  it('mends a request that no row of the old matrix fitted', async () => {
    const rowless: Plan = { ...calmPlan, authority: [] };
    const told = walk(journey(rowless), 'draft', 'committee', rowless).act(people.secretary, 'openItem', openWith());
    for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
    told.act(people.chair, 'closeItem', approveBody, { reason: 'sound' }).reserve();
    const request = await openRequest(engine, rowless, undefined, told.request().id);
    await request.follow(told);
    const waiting = (await request.state()).authority;

    await request.act(
      people.administrator,
      'migratePlan',
      { ...body, plan: { ...calmPlan, version: '2027-1' } },
      reason,
    );
    const approved = await request.act(people.programmeDirector, 'recordApproval', { verdict: 'approve' });

    expect(waiting?.row).toBeNull();
    expect(approved.status).toBe('authority');
    expect((await request.state()).authority).toMatchObject({
      row: 'up-to-5m',
      approvals: [{ level: 'programme-director' }],
    });
    await expectSameStory(request);
  });
});
