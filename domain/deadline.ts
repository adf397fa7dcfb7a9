// Deadlines: which is next, what a passed one does. Lateness is decided by comparing instants, never by whether a timer has fired.
// A ladder without an answer: remind → due → escalate → reroute for stages, remind → due → escalate → propose for reports.
import { stages } from './lifecycle.js';
import type { Period } from './calendar.js';
import type { Fact } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import { dueAfter } from './due.js';
import type { Folds } from './fold.js';
import type { Deadline, GrantRequest, Step } from './grant-request.js';
import { reportDeadlineId } from './grant-request.js';
import { ending, enterNext } from './move.js';
import { holdId } from './approval/deferral.js';
import { releaseFunds } from './overlay.js';
import type { ReportPlan } from './plan.js';
import { refuse } from './refusal.js';
import { closeOpinions } from './review/opinion.js';
import { enoughScores } from './review/scoring.js';

export const nextDeadline = (request: GrantRequest): Deadline | null =>
  request.deadlines.reduce<Deadline | null>(
    (first, deadline) => (first === null || deadline.atMs < first.atMs ? deadline : first),
    null,
  );

/** The key of a deadline's passing: the same deadline can strike only once per entry of its stage. */
export const deadlineKey = (request: GrantRequest, { id, step, atMs }: Deadline): string =>
  `${id}-${step}-${request.position.enteredVersion}-${atMs}`;

const reportPlanOf = (deadlineId: string, { plan }: Context): ReportPlan | undefined =>
  plan.reports.find((_report, index) => deadlineId === reportDeadlineId(index + 1));

const missed = (request: GrantRequest, deadline: Deadline, context: Context): Decision => {
  const { plan } = context;
  const escalateAfter =
    reportPlanOf(deadline.id, context)?.escalateAfter ?? plan.stages[request.position.stage]?.escalateAfter;
  const next = escalateAfter && dueAfter(plan.calendar, deadline.atMs, escalateAfter);
  return happened({
    kind: 'deadlineMissed',
    deadlineId: deadline.id,
    nextAtMs: next?.atMs ?? null,
    ...(next?.basis ? { nextBasis: next.basis } : {}),
  });
};

/** What follows an escalation that brings no answer either; null where the plan has nothing more. */
const lastRung = (request: GrantRequest, { id }: Deadline, context: Context): { step: Step; after: Period } | null => {
  const timing = id === 'stage' ? context.plan.stages[request.position.stage] : undefined;
  if (timing?.rerouteTo && timing.rerouteAfter) return { step: 'reroute', after: timing.rerouteAfter };
  const after = reportPlanOf(id, context)?.proposeSuspensionAfter;
  return after ? { step: 'propose', after } : null;
};

const escalated = (request: GrantRequest, deadline: Deadline, context: Context): Decision => {
  const { id, atMs } = deadline;
  const rung = lastRung(request, deadline, context);
  const next = rung && { id, step: rung.step, ...dueAfter(context.plan.calendar, atMs, rung.after) };
  return happened({ kind: 'deadlineEscalated', deadlineId: id, ...(next ? { next } : {}) });
};

/** The plan that a request was moved to since may ask nobody: then the escalation stands for what nobody answered. */
const rerouted = (request: GrantRequest, { id }: Deadline, { plan }: Context): Decision => {
  const to = plan.stages[request.position.stage]?.rerouteTo;
  return happened(
    to ? { kind: 'deadlineRerouted', deadlineId: id, to } : { kind: 'deadlineEscalated', deadlineId: id },
  );
};

const proposed = (request: GrantRequest, { id }: Deadline): Decision => {
  const report = request.reports.find(({ number }) => id === reportDeadlineId(number));
  return report === undefined
    ? refuse('notThisStage', 'report-deadline', id)
    : happened({ kind: 'suspensionProposed', deadlineId: id, number: report.number });
};

const stageDue = (request: GrantRequest, deadline: Deadline, context: Context): Decision => {
  const { stage } = request.position;
  switch (stages[stage].silence) {
    case 'lapsed':
      return happened(...releaseFunds(request), ending('lapsed'));
    case 'standing':
      return request.appeal ? happened(ending(request.appeal.standing)) : missed(request, deadline, context);
    case 'next':
      return closeOpinions(request, context);
    case 'escalate':
      return stage === 'technical-review' && enoughScores(request, context)
        ? happened(enterNext(stage, context))
        : missed(request, deadline, context);
  }
};

export const decideDeadline = (request: GrantRequest, fact: Fact<'passDeadline'>, context: Context): Decision => {
  const { deadlineId, atMs } = fact.body;
  const deadline = request.deadlines.find((open) => open.id === deadlineId && open.atMs === atMs);
  if (deadline === undefined || atMs > context.nowMs) return refuse('notThisStage', 'deadline-open', deadlineId);
  if (deadlineId === holdId) return happened({ kind: 'holdEnded' });
  switch (deadline.step) {
    case 'remind':
      return happened({ kind: 'deadlineReminded', deadlineId });
    case 'due':
      return deadlineId === 'stage' ? stageDue(request, deadline, context) : missed(request, deadline, context);
    case 'escalate':
      return escalated(request, deadline, context);
    case 'reroute':
      return rerouted(request, deadline, context);
    case 'propose':
      return proposed(request, deadline);
  }
};

/** Without all rungs of one ladder, or without one of them. */
const without = (request: GrantRequest, id: string, step?: Step): Deadline[] =>
  request.deadlines.filter((open) => open.id !== id || (step !== undefined && open.step !== step));

const reportOverdue = (request: GrantRequest, id: string): GrantRequest['reports'] =>
  request.reports.map((report) =>
    id === reportDeadlineId(report.number) && report.state === 'expected' ? { ...report, state: 'overdue' } : report,
  );

const stageDeadlines = (
  dueAtMs: number,
  basis: Deadline['basis'],
  remind: Omit<Deadline, 'id' | 'step'> | undefined,
) => [
  { id: 'stage', step: 'due' as const, atMs: dueAtMs, ...(basis ? { basis } : {}) },
  ...(remind && remind.atMs < dueAtMs ? [{ id: 'stage', step: 'remind' as const, ...remind }] : []),
];

export const deadlineFolds: Folds<
  | 'stageEntered'
  | 'deadlineReminded'
  | 'deadlineMissed'
  | 'deadlineEscalated'
  | 'deadlineRerouted'
  | 'suspensionProposed'
> = {
  stageEntered: (request, { stage, dueAtMs, dueBasis, remind }, { version, atMs }) => ({
    ...request,
    position: {
      ...{ stage, enteredAtMs: atMs, enteredVersion: version, dueAtMs },
      ...(dueBasis ? { dueBasis } : {}),
      lateness: null,
    },
    deadlines: [
      // An after-review that termination overtook is waited for no longer.
      ...without(request, 'stage').filter(({ id }) => id !== 'after-review'),
      ...stageDeadlines(dueAtMs, dueBasis, remind),
    ],
  }),
  deadlineReminded: (request, { deadlineId }) => ({ ...request, deadlines: without(request, deadlineId, 'remind') }),
  deadlineMissed: (request, { deadlineId, nextAtMs, nextBasis: basis }) => ({
    ...request,
    position: deadlineId === 'stage' ? { ...request.position, lateness: 'late' } : request.position,
    reports: reportOverdue(request, deadlineId),
    deadlines: [
      ...without(request, deadlineId),
      ...(nextAtMs === null
        ? []
        : [{ id: deadlineId, step: 'escalate' as const, atMs: nextAtMs, ...(basis ? { basis } : {}) }]),
    ],
  }),
  deadlineEscalated: (request, { deadlineId, next }) => ({
    ...request,
    position: deadlineId === 'stage' ? { ...request.position, lateness: 'escalated' } : request.position,
    deadlines: [...without(request, deadlineId), ...(next ? [next] : [])],
  }),
  deadlineRerouted: (request, { deadlineId, to }) => ({
    ...request,
    position: { ...request.position, reroutedTo: to },
    deadlines: without(request, deadlineId),
  }),
  suspensionProposed: (request, { deadlineId, number }) => ({
    ...request,
    suspensionProposedFor: [...(request.suspensionProposedFor ?? []), number],
    deadlines: without(request, deadlineId),
  }),
};
