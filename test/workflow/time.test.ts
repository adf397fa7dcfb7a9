// Time on a real server: every rung of the ladder by its own timer, suspension, a change of the calendar, lateness by instant, replay.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { calendarChangedSignal, calendarWorkflowIdOf, workflowIdOf } from '../../workflows/contract.js';
import type { Plan } from '../../domain/plan.js';
import type { Engine, LiveRequest, RunningWorker } from '../support/engine.js';
import { connectEngine, openRequest, quietRuntime, unheardSinks, workflowBundle } from '../support/engine.js';
import { eventually } from '../support/eventually.js';
import { fileOf, metChecklist } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, hastyPlan, ladderPlan } from '../support/plans.js';

let engine: Engine;
let worker: RunningWorker;
beforeAll(async () => {
  quietRuntime();
  engine = await connectEngine();
  worker = await engine.startWorker();
});
afterAll(() => engine.close());

const submitted = async (plan: Plan): Promise<LiveRequest> => {
  const request = await openRequest(engine, plan);
  await request.act(people.samira, 'submitRequest', { file: fileOf() });
  return request;
};
const entriesOf = (request: LiveRequest) => engine.storage.entries.get(request.id) ?? [];
const happenings = (request: LiveRequest) =>
  entriesOf(request).flatMap(({ atMs, events }) => events.map((event) => ({ atMs, kind: event.kind })));
const replays = async (request: LiveRequest): Promise<void> => {
  const bundle = await workflowBundle();
  await Worker.runReplayHistory(
    { workflowBundle: bundle, sinks: unheardSinks },
    await request.history(),
    workflowIdOf(request.id),
  );
};
const recordedAs = (request: LiveRequest, kind: string): Promise<void> =>
  eventually(`${kind} is recorded`, () => happenings(request).some((one) => one.kind === kind));
const passed = (atMs: number): Promise<void> => eventually('the instant has passed', () => Date.now() > atMs);
const incomplete = {
  verdict: 'incomplete',
  checklist: metChecklist(calmPlan),
  points: [{ section: 'budget', note: 'sums' }],
  reasonCodes: [],
} as const;

describe('a stage that nobody answers, on a real server', () => {
  const rungMs = 1_200;

  it('is reminded, missed, escalated and rerouted by timers, later by a suspension in between', async () => {
    const request = await submitted(ladderPlan(rungMs));
    await request.act(people.monitor, 'suspend', { ground: 'fraud-alarm' });
    const { suspension, position } = await request.state();
    const leftMs = suspension?.remaining.find(({ step }) => step === 'due')?.leftMs ?? 0;
    expect(leftMs).toBeGreaterThan(0);
    await passed(position.dueAtMs);
    const { version } = await request.act(people.deputy, 'liftSuspension', {});
    await recordedAs(request, 'deadlineRerouted');

    const liftedAtMs = entriesOf(request)[version - 1]?.atMs ?? 0;
    const ladder = happenings(request).filter(({ kind }) => kind.startsWith('deadline'));
    expect(ladder.map(({ kind }) => kind)).toEqual([
      ...['deadlineReminded', 'deadlineMissed', 'deadlineEscalated', 'deadlineRerouted'],
    ]);
    ladder.forEach(({ atMs }, rung) => {
      expect(atMs).toBeGreaterThanOrEqual(liftedAtMs + leftMs + (rung - 1) * rungMs);
    });
    expect((await request.state()).position.reroutedTo).toBe('committeeSecretary');
    await replays(request);
  }, 40_000);
});

describe('a calendar that changes while a request waits, on a real server', () => {
  const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const dayMs = 86_400_000;

  it('moves the open deadline, so that its timer finds nothing due, and is told only once', async () => {
    const dueMs = 1_500;
    const plan = hastyPlan({});
    const request = await submitted({
      ...plan,
      stages: {
        ...plan.stages,
        screening: {
          due: { unit: 'working-hours', count: dueMs / 3_600_000 },
          escalateAfter: { unit: 'time', ms: dayMs },
        },
      },
    });
    const { dueAtMs } = (await request.state()).position;
    const declaredDays = [dayOf(Date.now()), dayOf(Date.now() + dayMs)];
    const signal = { key: calendarWorkflowIdOf(1), version: 1, declaredDays, removedDays: [] };
    const handle = engine.client.workflow.getHandle(workflowIdOf(request.id));
    await handle.signal(calendarChangedSignal, signal);
    await handle.signal(calendarChangedSignal, signal);
    await recordedAs(request, 'deadlinesMoved');
    await passed(dueAtMs + 500);

    const { position, version } = await request.state();
    expect(position.lateness).toBeNull();
    expect(position.dueAtMs).toBe(Date.parse(declaredDays[1] ?? '') + dayMs + dueMs);
    expect(version).toBe(2);
    await replays(request);
  }, 40_000);

  it('reaches every open request page by page, and those that came in meanwhile on the second look', async () => {
    const ids = Array.from({ length: 205 }, (_, index) => `open-${String(index).padStart(3, '0')}`);
    engine.storage.open.push(...ids);
    const change = { version: 77, declaredDays: ['2026-03-03'], removedDays: [] };
    const handle = await engine.client.workflow.start('calendarChange', {
      workflowId: calendarWorkflowIdOf(Date.now()),
      taskQueue: engine.taskQueue,
      args: [{ change, lookAgainMs: 300 }],
    });
    await eventually('the first look is through', () => engine.storage.toldOfCalendar.length >= ids.length);
    engine.storage.open.push('open-999');
    expect(await handle.result()).toEqual({ told: 2 * ids.length + 1 });
    expect(engine.storage.toldOfCalendar).toEqual([...ids, ...ids, 'open-999']);
  }, 40_000);
});

describe('a decision and a due time in the same moment, on a real server', () => {
  it('is refused as late when it arrives after the instant, even before the timer could strike', async () => {
    const request = await submitted(hastyPlan({ correction: 1_500 }));
    await request.act(people.hana, 'recordScreening', incomplete);
    const { position, version } = await request.state();
    await eventually('what was decided is recorded', async () => (await request.unrecorded()) === 0);
    await worker.stop();
    // Sent while no worker runs: when one comes back, command and timer lie there together.
    const expectedVersion = version;
    await passed(position.dueAtMs);
    const late = request
      .act(people.samira, 'resubmit', { file: fileOf(), answers: incomplete.points }, { expectedVersion })
      .then(
        () => 'was accepted',
        (error: unknown) => error,
      );
    worker = await engine.startWorker();
    const error = await late;
    if (!(error instanceof WorkflowUpdateFailedError)) throw new Error(String(error));
    expect(error.cause instanceof ApplicationFailure ? error.cause.type : error.cause).toBe('pastDeadline');
    expect(await request.result()).toMatchObject({ outcome: 'lapsed' });
    await replays(request);
  }, 40_000);
});
