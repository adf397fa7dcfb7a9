// What happens while nobody answers: reminder, due time, escalation, rerouting for stages; a proposal to suspend for reports.
import { describe, expect, it } from '@jest/globals';
import { allowedActions } from '../../domain/allowed-action.js';
import type { Plan, StagePlan } from '../../domain/plan.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { tasksOf } from '../../domain/task.js';
import type { Journey } from '../support/journey.js';
import { dayMs, journeyTo, metChecklist, text } from '../support/journey.js';
import { clock } from '../../domain/actor.js';
import { applyEntry } from '../../domain/apply.js';
import { deadlineKey, nextDeadline } from '../../domain/deadline.js';
import { decide } from '../../domain/decide.js';
import type { Deadline, GrantRequest } from '../../domain/grant-request.js';
import { atStage } from '../support/at-stage.js';
import { people } from '../support/people.js';
import { appealingPlan, calmPlan, ladderPlan } from '../support/plans.js';

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

const hours = (count: number) => ({ unit: 'time', ms: count * 3_600_000 }) as const;
/** What the passing of a deadline brings in a state that need not have come about step by step. */
const passing = (request: GrantRequest, deadline: Deadline, under: Plan = calmPlan) => {
  const { id: deadlineId, atMs } = deadline;
  const key = deadlineKey(request, deadline);
  const fact = { kind: 'passDeadline', by: clock, key, body: { deadlineId, atMs } } as const;
  return decide(request, fact, { plan: under, nowMs: atMs });
};
const passed = (request: GrantRequest, deadline: Deadline, under?: Plan): GrantRequest => {
  const { entry } = passing(request, deadline, under);
  if (entry === undefined) throw new Error('the deadline was refused');
  return applyEntry(request, entry);
};

describe('deadlines of one request', () => {
  const open = (id: string, step: Deadline['step'], atMs: number): Deadline => ({ id, step, atMs });

  it('strike one after the other, the earliest first', () => {
    const request = atStage('screening');
    expect(nextDeadline({ ...request, deadlines: [] })).toBeNull();
    const deadlines = [open('a', 'due', 3), open('b', 'due', 1), open('c', 'due', 2), open('d', 'due', 1)];
    expect(nextDeadline({ ...request, deadlines })).toEqual(open('b', 'due', 1));
  });

  it('have a key each, of the rung, the entry of the stage and the instant', () => {
    expect(deadlineKey(atStage('screening'), open('stage', 'remind', 5))).toBe('stage-remind-1-5');
  });

  it('are refused when they are not open, were moved, or lie ahead', () => {
    const told = journeyTo('screening', plan);
    const [due] = told.request().deadlines;
    if (due === undefined) throw new Error('a stage has a due time');
    const ask = (deadlineId: string, atMs: number) =>
      told.askFact({ kind: 'passDeadline', by: clock, key: 'k', body: { deadlineId, atMs } }).refusal;
    const closed = (accepted: string) => ({ code: 'notThisStage', rule: 'deadline-open', accepted });
    expect(ask('stage', due.atMs)).toEqual(closed('stage'));
    told.wait(due.atMs - told.nowMs());
    expect(ask('stage', due.atMs + 1)).toEqual(closed('stage'));
    expect(ask('report-1', due.atMs)).toEqual(closed('report-1'));
    expect(ask('stage', due.atMs)).toBeUndefined();
  });

  it('that fall on one instant strike each for itself', () => {
    const start = atStage('implementation');
    const deadlines = [open('stage', 'due', 9), open('report-2', 'due', 9), open('report-1', 'due', 9)];
    const after = passed({ ...start, deadlines }, open('report-1', 'due', 9));
    expect(after.reports.map(({ state }) => state)).toEqual(['overdue', 'expected', 'expected']);
    expect(after.deadlines.filter(({ step }) => step === 'due')).toEqual(deadlines.slice(0, 2));
    expect(after.position.lateness).toBeNull();
  });

  it('of reports are told apart by their whole number, and each follows its own plan', () => {
    const twelve: Plan = {
      ...calmPlan,
      reports: Array.from({ length: 12 }, (_, index) => ({
        ...{ kind: 'progress', due: hours(1), escalateAfter: hours(index + 1), proposeSuspensionAfter: hours(1) },
      })),
    };
    const start = atStage('implementation');
    const [report] = start.reports;
    if (report === undefined) throw new Error('there is a report');
    const reports = twelve.reports.map((_, index) => ({ ...report, number: index + 1 }));
    for (const number of [1, 2, 12]) {
      const due = open(`report-${number}`, 'due', 0);
      const late = passed({ ...start, reports, deadlines: [due] }, due, twelve);
      const escalate = { ...due, step: 'escalate', atMs: number * 3_600_000 } as const;
      expect(late.deadlines).toEqual([escalate]);
      const raised = passed(late, escalate, twelve);
      expect(raised.deadlines).toMatchObject([{ id: due.id, step: 'propose' }]);
      const [propose] = raised.deadlines;
      const proposal = propose && passed(raised, propose, twelve);
      expect(proposal).toMatchObject({ suspensionProposedFor: [number], deadlines: [], position: { lateness: null } });
    }
  });

  it('of a report never end or move the stage that the request stands at', () => {
    const due = open('report-1', 'due', 9);
    const after = passed({ ...atStage('agreement'), deadlines: [due] }, due);
    expect(after).toMatchObject({ outcome: null, position: { stage: 'agreement', lateness: null } });
  });

  it('of a report that was returned leave it returned', () => {
    const start = atStage('implementation');
    const due = open('report-1', 'due', 9);
    const reports = start.reports.map((report) => ({ ...report, state: 'returned' as const }));
    const after = passed({ ...start, reports, deadlines: [due] }, due);
    expect(after.reports.map(({ state }) => state)).toEqual(Array(3).fill('returned'));
  });

  it('propose a suspension for a report only', () => {
    const odd = open('stage', 'propose', 9);
    expect(passing({ ...atStage('screening'), deadlines: [odd] }, odd).refusal).toEqual({
      ...{ code: 'notThisStage', rule: 'report-deadline', accepted: 'stage' },
    });
  });

  it('have nothing after them where the plan says nothing about the stage', () => {
    const due = open('stage', 'due', 9);
    const bare: Plan = { ...calmPlan, stages: {} };
    const late = passed({ ...atStage('screening'), deadlines: [due] }, due, bare);
    expect(late).toMatchObject({ deadlines: [], position: { lateness: 'late' } });
    expect(late.deadlines).toHaveLength(0);
    const [escalate, reroute] = [open('stage', 'escalate', 9), open('stage', 'reroute', 9)];
    const raised = passed({ ...late, deadlines: [escalate] }, escalate, bare);
    expect(raised.position.lateness).toBe('escalated');
    expect(raised.deadlines).toHaveLength(0);
    const again = passed({ ...raised, deadlines: [reroute] }, reroute, bare);
    expect(again.position).not.toHaveProperty('reroutedTo');
  });
});

describe('silence at a stage', () => {
  it('leaves technical review where it is with too few scores, marked late', () => {
    const told = journeyTo('technical-review').passDeadline();
    expect(told.request().position).toMatchObject({ stage: 'technical-review', lateness: 'late' });
  });

  it('never moves a request on at a stage that only escalates, however many scores there are', () => {
    const told = journeyTo('committee').passDeadline();
    expect(told.request().position).toMatchObject({ stage: 'committee', lateness: 'late' });
  });

  it('lets a decision stand when nobody appeals', () => {
    const told = journeyTo('screening', appealingPlan).act(people.hana, 'recordScreening', {
      ...{
        verdict: 'ineligible',
        checklist: metChecklist(appealingPlan),
        points: [],
        reasonCodes: ['expired-licence'],
      },
    });
    expect(told.request()).toMatchObject({ outcome: null, position: { stage: 'appeal-window' } });
    expect(told.passDeadline().request()).toMatchObject({ outcome: 'ineligible', deadlines: [] });
    expect(told.request().deadlines).toHaveLength(0);
  });

  it.each([
    [1, ['due', 'remind']],
    [2, ['due']],
    [3, ['due']],
  ])('is reminded of only before the due time, which is two hours away: after %d', (count, steps) => {
    const reminded: Plan = {
      ...calmPlan,
      stages: {
        ...calmPlan.stages,
        screening: { due: hours(2), escalateAfter: hours(1), remindAfter: hours(count) },
      },
    };
    expect(
      journeyTo('screening', reminded)
        .request()
        .deadlines.map(({ step }) => step),
    ).toEqual(steps);
  });

  it('at a stage with rerouting is not what a silent report is answered by', () => {
    const both: Plan = {
      ...reportPlan,
      stages: {
        ...reportPlan.stages,
        implementation: {
          ...{ due: { unit: 'time', ms: 90 * dayMs }, escalateAfter: { unit: 'time', ms: dayMs } },
          ...{ rerouteAfter: { unit: 'time', ms: dayMs }, rerouteTo: 'administrator' },
        },
      },
    };
    const told = climb(journeyTo('implementation', both), 7);
    expect(told.request().deadlines.filter(({ id }) => id === 'report-1')).toMatchObject([{ step: 'propose' }]);
  });

  it('after a move to a plan that asks nobody any more only stays escalated', () => {
    const told = climb(journeyTo('screening', plan), 3);
    const { screening } = calmPlan.stages;
    if (screening === undefined) throw new Error('the calm plan has screening');
    const calmer: Plan = { ...plan, version: 'newer', stages: { ...plan.stages, screening } };
    const moved = { plan: calmer, planHash: 'b'.repeat(64), fromPlanHash: 'a'.repeat(64) };
    told.act(people.administrator, 'migratePlan', moved, { reason: 'fewer people' }).passDeadline();
    expect(lastEvents(told)).toEqual([{ kind: 'deadlineEscalated', deadlineId: 'stage' }]);
    expect(told.request()).toMatchObject({ deadlines: [], position: { lateness: 'escalated' } });
    expect(tasks(told, calmer).map(({ name }) => name)).toEqual(['screen']);
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
