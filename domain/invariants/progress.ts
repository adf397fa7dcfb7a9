// I9: every running request waits for somebody or for a timer that will fire; nothing is stuck.
import { nextDeadline } from '../deadline.js';
import type { GrantRequest } from '../grant-request.js';
import { isInFlight } from '../money/tranche-state.js';
import { tasksOf } from '../task.js';
import type { BatchEvidence, RequestEvidence, WorkflowEvidence } from './evidence.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';
import type { Told } from './story.js';
import { planOf } from './story.js';

/** A timer strikes within moments; a worker that starts anew, or a server that was busy, gets this long. */
const strikeWithinMs = 120_000;
/** Ordinary trouble is over after a few attempts. */
const tooManyAttempts = 8;

const about = ({ requestId }: RequestEvidence) => ({ kind: 'request', id: requestId }) as const;

const awaitsNobody = (evidence: RequestEvidence, request: GrantRequest): boolean => {
  const plan = planOf(evidence, request.plan?.hash ?? evidence.chain[0]?.planHash);
  // The treasury, or the bank, is the next to speak.
  if (plan === null || request.award?.funds === 'asked' || request.tranches.some(isInFlight)) return false;
  return request.deadlines.length === 0 && tasksOf(request, { plan, nowMs: evidence.nowMs }).length === 0;
};

const runningFindings = (evidence: RequestEvidence, request: GrantRequest): Finding[] => {
  const due = nextDeadline(request);
  const late = due !== null && due.atMs + strikeWithinMs < evidence.nowMs;
  return [
    ...(awaitsNobody(evidence, request)
      ? [found('nobodyNext', about(evidence), { stage: request.position.stage })]
      : []),
    ...(late
      ? [
          found('dueTimePassed', about(evidence), {
            deadline: `${due.id} ${due.step}`,
            at: new Date(due.atMs).toISOString(),
          }),
        ]
      : []),
  ];
};

const machineFindings = (evidence: RequestEvidence, workflow: WorkflowEvidence): Finding[] => {
  const { live, activityAttempts, taskAttempts } = workflow;
  const attempts = Math.max(activityAttempts, taskAttempts);
  return [
    ...(live.recordingFault === null && live.unrecorded === 0
      ? []
      : [found('recordingStopped', about(evidence), { fault: live.recordingFault, unrecorded: live.unrecorded })]),
    ...(attempts < tooManyAttempts ? [] : [found('taskFailing', about(evidence), { activityAttempts, taskAttempts })]),
  ];
};

export const somethingComesNext = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => {
  const { workflow } = evidence;
  const recorded = story.at(-1)?.after ?? evidence.record?.state;
  const request = workflow?.live.request ?? recorded;
  if (request === undefined || request.version === 0) return [];
  const over = request.outcome !== null;
  if (workflow === null)
    return over ? [] : [found('workflowMissing', about(evidence), { stage: request.position.stage })];
  return [
    ...(over || workflow.open ? [] : [found('workflowEnded', about(evidence), { stage: request.position.stage })]),
    ...(over ? [] : runningFindings(evidence, request)),
    ...machineFindings(evidence, workflow),
  ];
};

const over = ['empty', 'withdrawn', 'completed'];

export const batchComesToAnEnd = ({ batchId, record, open }: BatchEvidence): Finding[] => {
  if (record === null || over.includes(record.state.state) || open === true) return [];
  const breach = open === null ? 'workflowMissing' : 'workflowEnded';
  return [found(breach, { kind: 'batch', id: batchId }, { state: record.state.state })];
};
