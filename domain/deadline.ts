// Deadlines: which is next, what a passed one does. Lateness is decided by comparing instants, never by whether a timer has fired.
import { stages } from './lifecycle.js';
import type { Fact } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { Folds } from './fold.js';
import type { Deadline, GrantRequest } from './grant-request.js';
import { ending, enterNext } from './move.js';
import { holdId } from './approval/deferral.js';
import { releaseFunds } from './overlay.js';
import { refuse } from './refusal.js';
import { closeOpinions } from './review/opinion.js';
import { enoughScores } from './review/scoring.js';
import { dueAt } from './calendar.js';

export const nextDeadline = (request: GrantRequest): Deadline | null =>
  request.deadlines.reduce<Deadline | null>(
    (first, deadline) => (first === null || deadline.atMs < first.atMs ? deadline : first),
    null,
  );

/** The key of a deadline's passing: the same deadline can strike only once per entry of its stage. */
export const deadlineKey = (request: GrantRequest, { id, step, atMs }: Deadline): string =>
  `${id}-${step}-${request.position.enteredVersion}-${atMs}`;

const missed = (request: GrantRequest, deadline: Deadline, { plan }: Context): Decision => {
  const timing = plan.stages[request.position.stage];
  const nextAtMs = timing ? dueAt(plan.calendar, deadline.atMs, timing.escalateAfter) : null;
  return happened({ kind: 'deadlineMissed', deadlineId: deadline.id, nextAtMs });
};

const stageDue = (request: GrantRequest, deadline: Deadline, context: Context): Decision => {
  const { stage } = request.position;
  switch (stages[stage].silence) {
    case 'lapsed':
      return happened(...releaseFunds(request), ending('lapsed'));
    case 'next':
      return stage === 'regional-opinion' ? closeOpinions(request, context) : missed(request, deadline, context);
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
  if (deadline.step === 'escalate') return happened({ kind: 'deadlineEscalated', deadlineId });
  return deadlineId === 'stage' ? stageDue(request, deadline, context) : missed(request, deadline, context);
};

const without = (request: GrantRequest, id: string): Deadline[] => request.deadlines.filter((open) => open.id !== id);

const reportOverdue = (request: GrantRequest, id: string): GrantRequest['reports'] =>
  request.reports.map((report) =>
    id === `report-${report.number}` && report.state === 'expected' ? { ...report, state: 'overdue' } : report,
  );

export const deadlineFolds: Folds<'stageEntered' | 'deadlineMissed' | 'deadlineEscalated'> = {
  stageEntered: (request, { stage, dueAtMs }, { version, atMs }) => ({
    ...request,
    position: { stage, enteredAtMs: atMs, enteredVersion: version, dueAtMs, lateness: null },
    deadlines: [...without(request, 'stage'), { id: 'stage', step: 'due', atMs: dueAtMs }],
  }),
  deadlineMissed: (request, { deadlineId, nextAtMs }) => ({
    ...request,
    position: deadlineId === 'stage' ? { ...request.position, lateness: 'late' } : request.position,
    reports: reportOverdue(request, deadlineId),
    deadlines: [
      ...without(request, deadlineId),
      ...(nextAtMs === null ? [] : [{ id: deadlineId, step: 'escalate' as const, atMs: nextAtMs }]),
    ],
  }),
  deadlineEscalated: (request, { deadlineId }) => ({
    ...request,
    position: deadlineId === 'stage' ? { ...request.position, lateness: 'escalated' } : request.position,
    deadlines: without(request, deadlineId),
  }),
};
