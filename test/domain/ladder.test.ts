// What happens while nobody answers: reminder, due time, escalation, rerouting for stages; a proposal to suspend for reports.
import { describe, expect, it } from '@jest/globals';
import { allowedActions } from '../../domain/allowed-action.js';
import type { Plan, StagePlan } from '../../domain/plan.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { dayMs, journeyTo, metChecklist, text } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, ladderPlan } from '../support/plans.js';

const minuteMs = 60_000;
const plan = ladderPlan(minuteMs);
const lastEvents = (told: Journey) => told.entries().at(-1)?.events ?? [];
const tasks = (told: Journey, under: Plan = plan) => tasksOf(told.request(), { plan: under, nowMs: told.nowMs() });
const climb = (told: Journey, rungs: number): Journey => {
  for (let rung = 0; rung < rungs; rung += 1) told.passDeadline();
  return told;
};

describe('a stage that nobody answers', () => {
  it('is reminded, missed, escalated and rerouted, each in time and with an entry of its own', () => {
    const told = journeyTo('screening', plan);
    const entered = told.nowMs();
    climb(told, 4);
    const system = told.entries().filter(({ command }) => command === 'passDeadline');
    expect(system.map(({ atMs, events }) => [(atMs - entered) / minuteMs, events[0]?.kind])).toEqual([
      [1, 'deadlineReminded'],
      [2, 'deadlineMissed'],
      [3, 'deadlineEscalated'],
      [4, 'deadlineRerouted'],
    ]);
    expect(system.every(({ kind, actor }) => kind === 'system' && actor.personId === 'system:clock')).toBe(true);
    expect(told.request().deadlines).toEqual([]);
    expect(told.request().position).toMatchObject({ lateness: 'escalated', reroutedTo: 'committeeSecretary' });
  });

  it('shows its task to the supervisor as well once it is rerouted, and nobody gains a permission by that', () => {
    const told = climb(journeyTo('screening', plan), 3);
    expect(tasks(told).map(({ role }) => role)).toEqual(['screeningOfficer']);
    told.passDeadline();
    expect(tasks(told)).toMatchObject([
      { name: 'screen', command: 'recordScreening', role: 'screeningOfficer' },
      { name: 'rerouted', command: 'recordScreening', role: 'committeeSecretary', rerouted: true },
    ]);
    const answer = { verdict: 'eligible', checklist: metChecklist(plan), points: [], reasonCodes: [] } as const;
    expect(told.ask(people.secretary, 'recordScreening', answer).refusal?.code).toBe('notYourRole');
    told.act(people.hana, 'recordScreening', answer);
    expect(tasks(told).some(({ rerouted }) => rerouted)).toBe(false);
    expect(told.request().position).not.toHaveProperty('reroutedTo');
  });

  it('keeps what was left of every rung through a suspension', () => {
    const told = journeyTo('screening', plan).wait(minuteMs / 2);
    const entered = told.nowMs() - minuteMs / 2;
    told.act(people.monitor, 'suspend', { ground: 'fraud-alarm' }).wait(dayMs).act(people.deputy, 'liftSuspension', {});
    climb(told, 2);
    expect(lastEvents(told)).toMatchObject([{ kind: 'deadlineMissed' }]);
    expect(told.nowMs() - entered).toBe(dayMs + 2 * minuteMs);
  });

  it('is not reminded after it was answered', () => {
    const told = journeyTo('regional-opinion', plan);
    expect(told.request().deadlines.map(({ step }) => step)).toEqual(['due']);
  });
});

const reportPlan: Plan = {
  ...calmPlan,
  reports: calmPlan.reports.map((report) => ({
    ...report,
    due: { unit: 'time', ms: 20 * dayMs } as const,
    remindAfter: { unit: 'time', ms: 15 * dayMs } as const,
    escalateAfter: { unit: 'time', ms: 2 * dayMs } as const,
    proposeSuspensionAfter: { unit: 'time', ms: dayMs } as const,
  })),
};
const report = { number: 1, spentMinor: '0', indicators: [], documentSha256: text };
/** Until a suspension is proposed for the first report: three reports remind, fall due and are escalated. */
const proposed = (): Journey => climb(journeyTo('implementation', reportPlan), 10);

describe('a report that does not come', () => {
  it('is reminded, missed, escalated, and then a suspension is proposed to the monitoring officer', () => {
    const told = journeyTo('implementation', reportPlan);
    const entered = told.nowMs();
    climb(told, 10);
    const first = told
      .entries()
      .flatMap(({ atMs, events }) => events.map((event) => ({ atMs, event })))
      .filter(({ event }) => 'deadlineId' in event && event.deadlineId === 'report-1');
    expect(first.map(({ atMs, event }) => [(atMs - entered) / dayMs, event.kind])).toEqual([
      [15, 'deadlineReminded'],
      [20, 'deadlineMissed'],
      [22, 'deadlineEscalated'],
      [23, 'suspensionProposed'],
    ]);
    expect(tasks(told, reportPlan)).toContainEqual(
      expect.objectContaining({ name: 'propose-suspension-1', command: 'suspend', role: 'monitoringOfficer' }),
    );
    const actions = allowedActions(told.request(), people.monitor, { plan: reportPlan, nowMs: told.nowMs() });
    expect(actions.find(({ command }) => command === 'suspend')).toEqual({
      ...{ command: 'suspend', allowed: true, numbers: [1] },
    });
  });

  it('answers the proposal by coming in', () => {
    const told = proposed().act(people.adel, 'submitReport', report);
    expect(tasks(told, reportPlan).map(({ name }) => name)).not.toContain('propose-suspension-1');
  });

  it('is not proposed again when it came in and was returned', () => {
    const told = proposed()
      .act(people.adel, 'submitReport', report)
      .act(people.monitor, 'recordReportReview', {
        number: 1,
        verdict: 'returned',
        points: [{ section: 'a', note: 'b' }],
      });
    expect(tasks(told, reportPlan).map(({ name }) => name)).toEqual(expect.arrayContaining(['report-1']));
    expect(tasks(told, reportPlan).map(({ name }) => name)).not.toContain('propose-suspension-1');
  });

  it('is answered by the suspension: after it is lifted the proposal does not come back', () => {
    const told = proposed()
      .act(people.monitor, 'suspend', { ground: 'overdue-report' })
      .act(people.deputy, 'liftSuspension', {});
    expect(tasks(told, reportPlan).map(({ name }) => name)).not.toContain('propose-suspension-1');
  });

  it('is due later by the time that a suspension took, and its task says so', () => {
    const told = journeyTo('implementation', reportPlan).act(people.monitor, 'suspend', { ground: 'flagged-visit' });
    const before = told.request().reports[0]?.dueAtMs ?? 0;
    told.wait(5 * dayMs).act(people.deputy, 'liftSuspension', {});
    const task = tasks(told, reportPlan).find(({ command }) => command === 'submitReport');
    expect(task?.dueAtMs).toBe(before + 5 * dayMs);
    expect(task?.dueBasis).toMatchObject({ pausedMs: 5 * dayMs });
  });
});

describe('a plan with a ladder', () => {
  it('is sound in the reference plan', () => {
    expect(planFaults(developmentGrant)).toEqual([]);
    expect(developmentGrant.stages.screening).toMatchObject({ rerouteTo: 'administrator' });
  });

  it('is refused when the rerouting has no role, no time, or a stage that moves on by itself', () => {
    const time = { unit: 'time', ms: 1 } as const;
    const faultsWith = (stage: 'screening' | 'correction', change: Partial<StagePlan>) =>
      planFaults({ ...plan, stages: { ...plan.stages, [stage]: { due: time, escalateAfter: time, ...change } } });
    expect(faultsWith('screening', { rerouteAfter: time })).toHaveLength(1);
    expect(faultsWith('screening', { rerouteTo: 'administrator' })).toHaveLength(1);
    expect(faultsWith('screening', { rerouteAfter: time, rerouteTo: 'administrator' })).toEqual([]);
    expect(faultsWith('correction', { rerouteAfter: time, rerouteTo: 'administrator' })).toHaveLength(1);
  });
});
