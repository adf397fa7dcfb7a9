// The workflow on a real server: order of entries, refusals without a trace, timers, storage outages, restarts, continue-as-new.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Engine, RunningWorker } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { approveBody, fileOf, journey, metChecklist, openWith, walk } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, hastyPlan } from '../support/plans.js';
import { refusalCodeOf } from '../support/refused.js';
import { retryRecordingSignal, workflowIdOf } from '../../workflows/contract.js';

const eligible = { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] } as const;

describe('a request on a real Temporal server', () => {
  let engine: Engine;
  let worker: RunningWorker;
  beforeAll(async () => {
    quietRuntime();
    engine = await connectEngine();
    worker = await engine.startWorker();
  });
  afterAll(() => engine.close());

  it('acknowledges a decision on acceptance and records it in order', async () => {
    const request = await openRequest(engine, calmPlan);
    const submitted = await request.act(people.samira, 'submitRequest', { file: fileOf() }, { expectedVersion: 0 });
    const screened = await request.act(people.hana, 'recordScreening', eligible);
    expect([submitted.version, screened.version]).toEqual([1, 2]);
    expect(screened.status).toBe('regional-opinion');
    await eventually('both entries are recorded', () => request.recorded().version === 2);
    expect(await request.state()).toEqual(request.recorded());
  });

  it('leaves no event in history for a refused decision', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    await eventually('the submission is recorded and that is known', async () => (await request.unrecorded()) === 0);
    const before = await request.events();
    expect(await refusalCodeOf(request.act(people.samira, 'recordScreening', eligible))).toBe('notYourRole');
    expect(await refusalCodeOf(request.act(people.stranger, 'withdraw', {}))).toBe('notYourOrganisation');
    expect(
      await refusalCodeOf(
        request.act(people.chair, 'closeItem', {
          verdict: 'reject',
          conditions: [],
          castingVote: false,
          answersToObjections: {},
          points: [],
        }),
      ),
    ).toBe('notThisStage');
    expect(await request.events()).toBe(before);
  });

  it('answers the same key with the first answer and refuses it with other content', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    const once = { key: 'the-same-key-0001', fingerprint: 'one', expectedVersion: 1 };
    const first = await request.act(people.hana, 'recordScreening', eligible, once);
    const again = await request.act(people.hana, 'recordScreening', eligible, once);
    expect(again.version).toBe(first.version);
    expect(
      await refusalCodeOf(request.act(people.hana, 'recordScreening', eligible, { ...once, fingerprint: 'two' })),
    ).toBe('keyReusedWithOtherContent');
  });

  it('lapses by its own timer when a correction stays unanswered', async () => {
    const request = await openRequest(engine, hastyPlan({ correction: 400 }));
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    await request.act(people.hana, 'recordScreening', {
      ...eligible,
      verdict: 'incomplete',
      points: [{ section: 'budget', note: 'sums' }],
    });
    expect(await request.result()).toMatchObject({ outcome: 'lapsed' });
    expect(request.recorded().outcome).toBe('lapsed');
  });

  it('wakes a deferred item by its own timer at its date, and not before', async () => {
    const request = await openRequest(engine, calmPlan);
    const told = walk(journey(calmPlan, request.id, Date.now()), 'draft', 'committee');
    await request.follow(told);
    await request.act(people.secretary, 'openItem', openWith());
    const deferral = { ...approveBody, verdict: 'defer', deferUntilMs: Date.now() + 3_000 } as const;
    await request.act(people.chair, 'closeItem', deferral, { reason: 'a study is awaited' });
    expect(await refusalCodeOf(request.act(people.secretary, 'openItem', openWith()))).toBe('conditionsNotMet');

    await eventually('the hold has ended', async () =>
      (await request.state()).deadlines.every(({ id }) => id === 'stage'),
    );
    await request.act(people.secretary, 'openItem', openWith());
    const entries = engine.storage.entries.get(request.id) ?? [];
    const ended = entries.find(({ events }) => events.some(({ kind }) => kind === 'holdEnded'));
    expect(ended).toMatchObject({ command: 'passDeadline' });
    expect(ended?.atMs).toBeGreaterThanOrEqual(deferral.deferUntilMs);
  });

  it('closes as not submitted and records nothing when the submission never lands', async () => {
    const request = await openRequest(engine, { ...calmPlan, submitWithin: { unit: 'time', ms: 200 } });
    expect(await request.result()).toEqual({ outcome: 'not-submitted', version: 0 });
    expect(request.recorded().version).toBe(0);
  });

  it('accepts decisions while storage is out of reach, refuses beyond the limit, and catches up without loss', async () => {
    const request = await openRequest(engine, calmPlan, { unrecordedEntries: 3 });
    await request.act(people.samira, 'submitRequest', { file: fileOf({ governorates: ['EG-C', 'EG-GZ'] }) });
    await eventually('the submission is recorded', () => request.recorded().version === 1);
    engine.storage.mode = 'broken';
    await request.act(people.hana, 'recordScreening', eligible);
    await request.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
    await request.act(people.giza, 'recordOpinion', { governorate: 'EG-GZ', verdict: 'object' });
    expect(await refusalCodeOf(request.act(people.samira, 'withdraw', {}))).toBe('recordingBehind');
    engine.storage.mode = 'sound';
    await eventually('everything accepted is recorded', () => request.recorded().version === 4);
    expect(await request.state()).toEqual(request.recorded());
  });

  it('stops recording loudly on a conflict and goes on when an operator says so', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    await eventually('the submission is recorded', () => request.recorded().version === 1);
    engine.storage.mode = 'conflicting';
    await request.act(people.hana, 'recordScreening', eligible);
    const handle = engine.client.workflow.getHandle(workflowIdOf(request.id));
    const fault = async () => (await handle.query<{ recordingFault: string | null }>('currentState')).recordingFault;
    await eventually('the fault is shown', async () => (await fault()) === 'fingerprintConflict');
    engine.storage.mode = 'sound';
    await handle.signal(retryRecordingSignal, { reason: 'looked into it' });
    await eventually('the kept entry is recorded', () => request.recorded().version === 2);
  });

  it('keeps every decision across a worker restart without a cache', async () => {
    const request = await openRequest(engine, calmPlan);
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    await worker.stop();
    worker = await engine.startWorker({ maxCachedWorkflows: 0 });
    await request.act(people.hana, 'recordScreening', eligible);
    await request.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' });
    await eventually('all three are recorded', () => request.recorded().version === 3);
    expect(await request.state()).toEqual(request.recorded());
  });

  it('continues as new under traffic with nothing lost or doubled', async () => {
    const request = await openRequest(engine, hastyPlan({}), { unrecordedEntries: 200, continueAfterEvents: 30 });
    await request.act(people.samira, 'submitRequest', { file: fileOf() });
    for (let round = 0; round < 12; round += 1) {
      await request.act(people.hana, 'suspend', { ground: 'fraud-alarm' });
      await request.act(people.monitor, 'liftSuspension', {});
    }
    await eventually('all entries are recorded', () => request.recorded().version === 25);
    const { runId } = await engine.client.workflow.getHandle(workflowIdOf(request.id)).describe();
    const entries = engine.storage.entries.get(request.id) ?? [];
    expect(entries.map(({ seq }) => seq)).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
    expect(await request.state()).toEqual(request.recorded());
    expect(runId).not.toBe('');
  });
});
