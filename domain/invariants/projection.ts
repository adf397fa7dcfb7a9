// I7: the read model, its list fields and its tasks, and the workflow all tell what the audit trail tells.
import { nextDeadline } from '../deadline.js';
import type { GrantRequest } from '../grant-request.js';
import { phaseOf, statusOf } from '../lifecycle.js';
import type { BatchEntry, PaymentBatch } from '../money/payment-batch.js';
import { foldBatchEntry, newBatch } from '../money/payment-batch.js';
import { tasksOf } from '../task.js';
import type { BatchEvidence, RecordedRequest, RequestEvidence } from './evidence.js';
import type { Breach, Finding } from './finding.js';
import { at, firstDifference, found, jsonText } from './finding.js';
import type { Told } from './story.js';
import { planOf } from './story.js';

const about = ({ requestId }: RequestEvidence) => ({ kind: 'request', id: requestId }) as const;

/** What lists filter and sort by; instants as ISO text. */
const fieldsOf = (request: GrantRequest): Readonly<Record<string, unknown>> => {
  const { file, award, position, outcome, suspension } = request;
  const due = nextDeadline(request);
  return {
    status: statusOf(request),
    phase: phaseOf(position.stage),
    stage: position.stage,
    lateness: position.lateness,
    suspended: suspension !== null,
    outcome,
    organisationId: file?.organisationId,
    programmeCode: file?.programmeCode,
    callId: file?.callId,
    governorates: file?.governorates,
    requestedMinor: file?.requestedMinor,
    awardMinor: award?.amountMinor ?? null,
    amountOrder: BigInt(award?.amountMinor ?? file?.requestedMinor ?? 0),
    nextDueAt: due === null ? null : new Date(due.atMs).toISOString(),
  };
};

const fieldFindings = (evidence: RequestEvidence, { fields: is }: RecordedRequest, request: GrantRequest): Finding[] =>
  Object.entries(fieldsOf(request))
    .filter(([name, should]) => jsonText(is[name]) !== jsonText(should))
    .map(([field, should]) =>
      found('fieldDiffers', about(evidence), { field, is: jsonText(is[field]), should: jsonText(should) }),
    );

const shown = ({
  name,
  command,
  role,
  personId,
  level,
  governorate,
  organisationId,
}: RequestEvidence['tasks'][number]) => jsonText({ name, command, role, personId, level, governorate, organisationId });

const taskFindings = (evidence: RequestEvidence, { entry, after }: Told): Finding[] => {
  const plan = planOf(evidence, after.plan?.hash ?? evidence.chain[0]?.planHash);
  if (plan === null) return [];
  const should = tasksOf(after, { plan, nowMs: entry.atMs }).map(shown);
  const is = evidence.tasks.map(shown);
  const missing = should.filter((task) => !is.includes(task));
  const strange = is.filter((task) => !should.includes(task));
  return [
    ...missing.map((task) => found('tasksDiffer', about(evidence), { missing: task })),
    ...strange.map((task) => found('tasksDiffer', about(evidence), { unexpected: task })),
  ];
};

type Compared = { readonly is: unknown; readonly should: unknown };
const differences = (breach: Breach, subject: Finding['subject'], { is, should }: Compared): Finding[] => {
  const path = firstDifference(is, should);
  return path === null ? [] : [found(breach, subject, { path, is: at(is, path), should: at(should, path) })];
};

export const everybodyTellsTheSame = (evidence: RequestEvidence, story: readonly Told[]): Finding[] => {
  const { record, workflow } = evidence;
  const last = story.at(-1);
  if (last === undefined) {
    const exists = record !== null || (workflow?.live.request.version ?? 0) > 0;
    return exists ? [found('stateDiffers', about(evidence), { entries: 0 })] : [];
  }
  const live = workflow !== null && workflow.live.unrecorded === 0 ? workflow.live.request : null;
  return [
    ...(record === null
      ? [found('recordMissing', about(evidence), { entries: story.length })]
      : [
          ...differences('stateDiffers', about(evidence), { is: record.state, should: last.after }),
          ...fieldFindings(evidence, record, last.after),
          ...taskFindings(evidence, last),
        ]),
    ...(live === null ? [] : differences('workflowDiffers', about(evidence), { is: live, should: last.after })),
  ];
};

const foldedBatch = (batchId: string, entries: readonly BatchEntry[]): PaymentBatch | null => {
  const [first] = entries;
  return first === undefined ? null : entries.reduce(foldBatchEntry, newBatch(batchId, first.actor));
};

export const batchTellsTheSame = ({ batchId, chain, record }: BatchEvidence): Finding[] => {
  const subject = { kind: 'batch', id: batchId } as const;
  const folded = foldedBatch(batchId, chain);
  if (folded === null) return [];
  return record === null
    ? [found('recordMissing', subject, { entries: chain.length })]
    : differences('stateDiffers', subject, { is: record.state, should: folded });
};
