// I1 and I2: every acknowledged decision stands exactly once in history, audit and read model; what was refused left nothing.
import type { AcceptedUpdate, OperationEvidence, RequestEvidence, WorkflowEvidence } from './evidence.js';
import type { Finding } from './finding.js';
import { found } from './finding.js';

type Row = RequestEvidence['chain'][number];

type Rows = readonly [Row, ...Row[]];
const keyed = (chain: readonly Row[]): ReadonlyMap<string, Rows> => {
  const rows = new Map<string, Rows>();
  for (const row of chain) {
    if (row.kind !== 'decision' || row.key === undefined) continue;
    const earlier = rows.get(row.key);
    rows.set(row.key, earlier ? [...earlier, row] : [row]);
  }
  return rows;
};

/** Answered with a version; after a continue-as-new a repeated key is accepted again and gets its first answer. */
const acknowledged = ({ updates }: WorkflowEvidence): Map<string, AcceptedUpdate> => {
  const firsts = new Map<string, AcceptedUpdate>();
  for (const update of updates) if (update.version !== null && !firsts.has(update.key)) firsts.set(update.key, update);
  return firsts;
};

const updateFindings = (requestId: string, update: AcceptedUpdate, rows: readonly Row[]): Finding[] => {
  const subject = { kind: 'request', id: requestId } as const;
  const { key, command, version } = update;
  const [row, second] = rows;
  if (row === undefined) return [found('decisionNotRecorded', subject, { key, command, version })];
  if (second !== undefined) return [];
  const same = row.seq === version && row.command === command && row.fingerprint === update.fingerprint;
  return same ? [] : [found('decisionDiffers', subject, { key, command, version, recordedAs: row.seq })];
};

const historyFindings = (evidence: RequestEvidence, workflow: WorkflowEvidence): Finding[] => {
  const rows = keyed(evidence.chain);
  const last = evidence.chain.at(-1)?.seq ?? 0;
  const answered = acknowledged(workflow);
  // What waits to be recorded is not lost: I9 looks at it.
  const due = [...answered.values()].filter(({ version }) => workflow.live.unrecorded === 0 || (version ?? 0) <= last);
  const strangers = workflow.complete ? [...rows.entries()].filter(([key]) => !hasUpdate(workflow, key)) : [];
  return [
    ...due.flatMap((update) => updateFindings(evidence.requestId, update, rows.get(update.key) ?? [])),
    ...strangers.map(([key, [{ seq, command }]]) =>
      found('decisionWithoutHistory', aboutRequest(evidence), { key, seq, command }),
    ),
  ];
};

const hasUpdate = ({ updates }: WorkflowEvidence, key: string): boolean =>
  updates.some((update) => update.key === key && !update.failed);

const aboutRequest = ({ requestId }: RequestEvidence) => ({ kind: 'request', id: requestId }) as const;

export const decisionsStandOnce = (evidence: RequestEvidence): Finding[] => {
  const { chain, record, workflow } = evidence;
  const subject = aboutRequest(evidence);
  const last = chain.at(-1)?.seq ?? 0;
  const twice = [...keyed(chain).entries()].filter(([, rows]) => rows.length > 1);
  return [
    ...twice.map(([key, rows]) =>
      found('decisionRecordedTwice', subject, { key, seqs: rows.map(({ seq }) => seq).join(' ') }),
    ),
    ...(record !== null && record.version < last
      ? [found('decisionNotProjected', subject, { recorded: last, readModel: record.version })]
      : []),
    ...(workflow === null ? [] : historyFindings(evidence, workflow)),
  ];
};

const failedFindings = (evidence: RequestEvidence, workflow: WorkflowEvidence): Finding[] => {
  const rows = keyed(evidence.chain);
  const subject = aboutRequest(evidence);
  const answered = acknowledged(workflow);
  return [
    ...workflow.updates
      .filter(({ failed, key }) => failed && rows.has(key) && !hasUpdate(workflow, key))
      .map(({ key, command }) => found('refusedYetApplied', subject, { key, command })),
    ...workflow.updates
      .filter(({ key, fingerprint, version }) => version !== null && answered.get(key)?.fingerprint !== fingerprint)
      .map(({ key, command }) => found('keyWithOtherContent', subject, { key, command })),
  ];
};

export const refusalsLeftNothing = (evidence: RequestEvidence): Finding[] => {
  const gap = evidence.attempts.findIndex((seq, index) => seq !== index + 1);
  return [
    ...(gap < 0 ? [] : [found('attemptMissing', aboutRequest(evidence), { seq: gap + 1 })]),
    ...(evidence.workflow === null ? [] : failedFindings(evidence, evidence.workflow)),
  ];
};

/** A call that was answered stands under its key exactly once; one whose answer never came, at most once. */
export const operationFindings = (operation: OperationEvidence): Finding[] => {
  const { id, kind, fingerprint, subject, state, recorded } = operation;
  const about = { kind: 'operation', id } as const;
  const evidence = { command: kind, about: `${subject.kind} ${subject.id}` };
  const [row, second] = recorded;
  if (second !== undefined) return [found('decisionRecordedTwice', about, evidence)];
  if (row === undefined) return state === 'succeeded' ? [found('acknowledgedLost', about, evidence)] : [];
  return row.fingerprint === fingerprint ? [] : [found('keyWithOtherContent', about, { ...evidence, seq: row.seq })];
};
