// I7 and I9: read model, list fields, tasks and workflow tell what the trail tells, and whatever runs waits for somebody or a timer.
import { describe, expect, it } from '@jest/globals';
import type { BatchEvidence, RequestEvidence } from '../../domain/invariants/evidence.js';
import type { Evidence } from '../../domain/invariants/finding.js';
import { batchComesToAnEnd, somethingComesNext } from '../../domain/invariants/progress.js';
import { batchTellsTheSame, everybodyTellsTheSame } from '../../domain/invariants/projection.js';
import { planOf, storyOf } from '../../domain/invariants/story.js';
import type { BatchState } from '../../domain/money/payment-batch.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { soundBatch } from '../support/batch-evidence.js';
import type { Change } from '../support/broken-evidence.js';
import { edited, firstOf, withFirst, withLive, withRecord, withWorkflow } from '../support/broken-evidence.js';
import { evidenceOf, planHash } from '../support/evidence.js';
import { dayMs, journeyTo, paymentFacts, startMs } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const told = journeyTo('screening');
const screening = evidenceOf(told);
const ended = evidenceOf(journeyTo());
const request = told.request();
const about = { kind: 'request', id: screening.requestId } as const;

type Said = readonly [string, Evidence];
const on = (evidence: RequestEvidence, changes: readonly Change[]): RequestEvidence =>
  changes.reduce((sound, change) => change(sound), evidence);

describe('what is read of a request', () => {
  const saidOf = (evidence: RequestEvidence, ...changes: readonly Change[]): Said[] => {
    const given = on(evidence, changes);
    const findings = everybodyTellsTheSame(given, storyOf(given));
    for (const { subject } of findings) expect(subject).toEqual(about);
    return findings.map(({ breach, evidence: seen }) => [breach, seen] as const);
  };

  it.each([
    ['at screening', screening],
    ['with a payment under way', evidenceOf(journeyTo('implementation'))],
    ['when it has ended', ended],
    ['while suspended', evidenceOf(journeyTo('screening').act(people.monitor, 'suspend', { ground: 'fraud-alarm' }))],
    ['when late', evidenceOf(journeyTo('screening').passDeadline())],
  ])('is what the trail tells %s', (_when, evidence) => {
    expect(saidOf(evidence)).toEqual([]);
  });

  it('differs in its state: the first place, and what stands there', () => {
    const changed = { ...request, accountedMinor: '5', position: { ...request.position, stage: 'committee' as const } };
    expect(saidOf(screening, withRecord({ state: changed }))).toEqual([
      ['stateDiffers', { path: 'accountedMinor', is: '"5"', should: '"0"' }],
    ]);
    expect(saidOf(screening, withLive({ request: changed }))).toEqual([
      ['workflowDiffers', { path: 'accountedMinor', is: '"5"', should: '"0"' }],
    ]);
  });

  it('may be ahead in the workflow while entries wait to be recorded, or gone from it', () => {
    const changed = { ...request, accountedMinor: '5' };
    expect(saidOf(screening, withLive({ request: changed, unrecorded: 1 }))).toEqual([]);
    expect(saidOf(screening, edited({ workflow: null }))).toEqual([]);
  });

  it('is not there', () => {
    expect(saidOf(screening, edited({ record: null }))).toEqual([['recordMissing', { entries: 1 }]]);
  });

  it('is there without any trail', () => {
    const nothing = edited({ chain: [] });
    const entries: Said[] = [['stateDiffers', { entries: 0 }]];
    expect(saidOf(screening, nothing)).toEqual(entries);
    expect(saidOf(screening, nothing, edited({ record: null }))).toEqual(entries);
    expect(saidOf(screening, nothing, edited({ workflow: null }))).toEqual(entries);
    expect(saidOf(screening, nothing, edited({ record: null, workflow: null }))).toEqual([]);
    const opened = withLive({ request: emptyRequest('r', 0, 0) });
    expect(saidOf(screening, nothing, edited({ record: null }), opened)).toEqual([]);
  });

  it.each<[string, unknown, string, string]>([
    ['status', 'closed', '"closed"', '"screening"'],
    ['phase', 'closure', '"closure"', '"review"'],
    ['stage', 'committee', '"committee"', '"screening"'],
    ['lateness', 'late', '"late"', 'null'],
    ['suspended', true, 'true', 'false'],
    ['outcome', 'closed', '"closed"', 'null'],
    ['organisationId', 'ngo-other', '"ngo-other"', '"ngo-mashael"'],
    ['programmeCode', 'x', '"x"', '"disability"'],
    ['callId', 'x', '"x"', '"call-disability-2026"'],
    ['governorates', ['EG-GZ'], '["EG-GZ"]', '["EG-C"]'],
    ['requestedMinor', '1', '"1"', '"60000000"'],
    ['awardMinor', '1', '"1"', 'null'],
    ['amountOrder', 1n, '"1"', '"60000000"'],
    ['nextDueAt', null, 'null', '"2026-03-31T08:00:00.000Z"'],
    ['status', undefined, 'undefined', '"screening"'],
  ])('differs in the field %s', (field, value, is, should) => {
    const fields = { ...screening.record?.fields, [field]: value };
    expect(saidOf(screening, withRecord({ fields }))).toEqual([['fieldDiffers', { field, is, should }]]);
  });

  it('orders by the award once there is one, and knows no due time when it has ended', () => {
    const fields = { ...ended.record?.fields, awardMinor: '1', amountOrder: 1n, nextDueAt: 'x', phase: 'x' };
    expect(saidOf(ended, withRecord({ fields }))).toEqual([
      ['fieldDiffers', { field: 'phase', is: '"x"', should: '"closure"' }],
      ['fieldDiffers', { field: 'awardMinor', is: '"1"', should: '"60000000"' }],
      ['fieldDiffers', { field: 'amountOrder', is: '"1"', should: '"60000000"' }],
      ['fieldDiffers', { field: 'nextDueAt', is: '"x"', should: 'null' }],
    ]);
  });

  it('knows nothing of the NGO where the trail lacks the submission', () => {
    const [row] = screening.chain;
    if (row === undefined) throw new Error('no entry');
    const chain = [{ ...row, events: row.events.filter(({ kind }) => kind !== 'requestSubmitted') }];
    const [state, ...fields] = saidOf(screening, edited({ chain }));
    expect(state?.[0]).toBe('stateDiffers');
    expect(fields).toEqual([
      ['fieldDiffers', { field: 'organisationId', is: '"ngo-mashael"', should: 'undefined' }],
      ['fieldDiffers', { field: 'programmeCode', is: '"disability"', should: 'undefined' }],
      ['fieldDiffers', { field: 'callId', is: '"call-disability-2026"', should: 'undefined' }],
      ['fieldDiffers', { field: 'governorates', is: '["EG-C"]', should: 'undefined' }],
      ['fieldDiffers', { field: 'requestedMinor', is: '"60000000"', should: 'undefined' }],
      ['fieldDiffers', { field: 'amountOrder', is: '"60000000"', should: '"0"' }],
      ['workflowDiffers', { path: 'file', is: state?.[1]['is'] ?? null, should: 'null' }],
    ]);
  });

  const task = '{"command":"recordScreening","name":"screen","role":"screeningOfficer"}';
  it.each<[string, Partial<RequestEvidence['tasks'][number]>]>([
    ['name', { name: 'x' }],
    ['command', { command: 'withdraw' }],
    ['role', { role: 'reviewer' }],
    ['personId', { personId: 'hana' }],
    ['level', { level: 'x' }],
    ['governorate', { governorate: 'EG-C' }],
    ['organisationId', { organisationId: 'x' }],
  ])('has a task with another %s, so one is missing and one too many', (_field, change) => {
    const differing = saidOf(screening, edited({ tasks: withFirst(screening.tasks, change) }));
    const shown = (tasks: readonly unknown[]): unknown[] => tasks.map((text): unknown => JSON.parse(String(text)));
    expect(differing.map(([breach]) => breach)).toEqual(['tasksDiffer', 'tasksDiffer']);
    expect(shown(differing.flatMap(([, seen]) => seen['missing'] ?? []))).toEqual([JSON.parse(task)]);
    expect(shown(differing.flatMap(([, seen]) => seen['unexpected'] ?? []))).toEqual([
      { ...JSON.parse(task), ...change },
    ]);
  });

  it('has tasks by the plan it runs under; where nobody has that plan nothing is said of them', () => {
    expect(saidOf(screening, edited({ tasks: [] }))).toEqual([['tasksDiffer', { missing: task }]]);
    expect(saidOf(screening, edited({ tasks: [], plans: {} }))).toEqual([]);
    const plan = { ...calmPlan, version: '99.0.0' };
    const migrated = journeyTo('screening').act(
      people.administrator,
      'migratePlan',
      { plan, planHash: 'b'.repeat(64), fromPlanHash: 'a'.repeat(64) },
      { reason: 'the rules changed' },
    );
    const evidence = evidenceOf(migrated);
    expect(migrated.request().plan?.hash).toBe('b'.repeat(64));
    expect(saidOf(evidence, edited({ tasks: [] }))).toEqual([]);
    expect(saidOf(evidence, edited({ tasks: [], plans: { ['b'.repeat(64)]: plan } }))).toEqual([
      ['tasksDiffer', { missing: task }],
    ]);
  });
});

describe('a request that runs', () => {
  const saidOf = (evidence: RequestEvidence, ...changes: readonly Change[]): Said[] => {
    const given = on(evidence, changes);
    const findings = somethingComesNext(given, storyOf(given));
    for (const { subject } of findings) expect(subject).toEqual({ ...about, id: given.requestId });
    return findings.map(({ breach, evidence: seen }) => [breach, seen] as const);
  };
  const inRecord = edited({ chain: [], workflow: null });

  it('needs no workflow once it has ended, but one that is open until then', () => {
    expect(saidOf(ended)).toEqual([]);
    expect(saidOf(ended, edited({ workflow: null }))).toEqual([]);
    expect(
      saidOf(
        ended,
        withWorkflow(() => ({ open: true })),
      ),
    ).toEqual([]);
    expect(saidOf(screening)).toEqual([]);
    expect(saidOf(screening, edited({ workflow: null }))).toEqual([['workflowMissing', { stage: 'screening' }]]);
    expect(
      saidOf(
        screening,
        withWorkflow(() => ({ open: false })),
      ),
    ).toEqual([['workflowEnded', { stage: 'screening' }]]);
  });

  it('is known by its trail, else by what is read of it', () => {
    expect(saidOf(screening, inRecord)).toEqual([['workflowMissing', { stage: 'screening' }]]);
    expect(saidOf(ended, inRecord)).toEqual([]);
    expect(saidOf(screening, inRecord, edited({ record: null }))).toEqual([]);
    expect(saidOf(screening, inRecord, withRecord({ state: emptyRequest('r', 0, 0) }))).toEqual([]);
    expect(
      saidOf(screening, withRecord({ state: ended.record?.state ?? request }), edited({ workflow: null })),
    ).toEqual([['workflowMissing', { stage: 'screening' }]]);
  });

  it('has two minutes to let a due time strike', () => {
    const dueAtMs = startMs + 30 * dayMs;
    const passed = ['dueTimePassed', { deadline: 'stage due', at: '2026-03-31T08:00:00.000Z' }];
    expect(saidOf(screening, edited({ nowMs: dueAtMs + 120_000 }))).toEqual([]);
    expect(saidOf(screening, edited({ nowMs: dueAtMs + 120_001 }))).toEqual([passed]);
    expect(saidOf(ended, edited({ nowMs: dueAtMs * 2 }))).toEqual([]);
  });

  it('waits for a person or a timer', () => {
    const timerless = withLive({ request: { ...request, deadlines: [] } });
    expect(saidOf(screening, timerless)).toEqual([]);
    const closing = { ...request, position: { ...request.position, stage: 'draft' as const } };
    expect(saidOf(screening, withLive({ request: closing }))).toEqual([]);
    const stuck = withLive({ request: { ...closing, deadlines: [] } });
    expect(saidOf(screening, stuck)).toEqual([['nobodyNext', { stage: 'draft' }]]);
    expect(saidOf(screening, stuck, edited({ plans: {} }))).toEqual([]);
    expect(saidOf(screening, stuck, edited({ chain: [] }))).toEqual([]);
  });

  it('waits under the plan it was migrated to', () => {
    const plan = { hash: 'later', version: '2.0.0' };
    const stuck = { ...request, plan, deadlines: [], position: { ...request.position, stage: 'draft' as const } };
    expect(saidOf(screening, withLive({ request: stuck }))).toEqual([]);
    expect(saidOf(screening, withLive({ request: stuck }), edited({ plans: { later: calmPlan } }))).toEqual([
      ['nobodyNext', { stage: 'draft' }],
    ]);
  });

  it('waits for the treasury or the bank, without a person or a timer', () => {
    const paying = journeyTo('implementation');
    paying
      .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(paying.nowMs()) })
      .act(people.releaser, 'releaseTranche', { number: 1 });
    const { tranches, award } = paying.request();
    const alone = { ...request, deadlines: [], position: { ...request.position, stage: 'draft' as const } };
    expect(saidOf(screening, withLive({ request: { ...alone, tranches } }))).toEqual([]);
    const asked = award && { ...award, funds: 'asked' as const };
    expect(saidOf(screening, withLive({ request: { ...alone, award: asked } }))).toEqual([]);
    expect(saidOf(screening, withLive({ request: { ...alone, award } }))).toEqual([['nobodyNext', { stage: 'draft' }]]);
  });

  it.each([
    ['has nothing to record', { unrecorded: 0, recordingFault: null }, false],
    ['waits to record something', { unrecorded: 2, recordingFault: null }, true],
    ['cannot record', { unrecorded: 0, recordingFault: 'ledgerFloor' }, true],
  ])('%s', (_what, live, stopped) => {
    const seen = { fault: live.recordingFault, unrecorded: live.unrecorded };
    expect(saidOf(screening, withLive(live))).toEqual(stopped ? [['recordingStopped', seen]] : []);
    expect(saidOf(ended, withLive(live))).toEqual(stopped ? [['recordingStopped', seen]] : []);
  });

  it.each([
    [7, 7, false],
    [8, 1, true],
    [1, 8, true],
  ])('was tried %i times in an activity and %i times in a task', (activityAttempts, taskAttempts, failing) => {
    const attempts = { activityAttempts, taskAttempts };
    expect(
      saidOf(
        screening,
        withWorkflow(() => attempts),
      ),
    ).toEqual(failing ? [['taskFailing', attempts]] : []);
  });
});

describe('the story of a request', () => {
  it('tells each entry with the state before and after it', () => {
    const story = storyOf(ended);
    expect(story.map(({ after }) => after.version)).toEqual(ended.chain.map(({ seq }) => seq));
    story.slice(1).forEach(({ before }, index) => expect(before).toEqual(story[index]?.after));
    expect(firstOf(story).before).toEqual(emptyRequest(ended.requestId, startMs, startMs));
    expect(storyOf({ requestId: 'r', chain: [] })).toEqual([]);
  });

  it('is decided under the plan with that hash, where somebody has it', () => {
    expect(planOf(screening, planHash)).toBe(calmPlan);
    expect(planOf(screening, 'another')).toBeNull();
    expect(planOf(screening, undefined)).toBeNull();
    expect(planOf({ plans: { undefined: calmPlan } }, undefined)).toBeNull();
  });
});

describe('a bank file that runs', () => {
  const sound = soundBatch();
  const subject = { kind: 'batch', id: 'b' };
  const inState = (state: BatchState): BatchEvidence => ({
    ...sound,
    record: sound.record && { ...sound.record, state: { ...sound.record.state, state } },
  });

  it.each<[BatchState, boolean]>([
    ['building', true],
    ['empty', false],
    ['awaiting-release', true],
    ['released', true],
    ['sent', true],
    ['withdrawn', false],
    ['completed', false],
  ])('%s: needs its workflow: %s', (state, running) => {
    const left = (breach: string) => (running ? [{ invariant: 'I9', breach, subject, evidence: { state } }] : []);
    expect(batchComesToAnEnd({ ...inState(state), open: true })).toEqual([]);
    expect(batchComesToAnEnd({ ...inState(state), open: false })).toEqual(left('workflowEnded'));
    expect(batchComesToAnEnd({ ...inState(state), open: null })).toEqual(left('workflowMissing'));
  });

  it('is read as its trail tells it', () => {
    expect(batchTellsTheSame(sound)).toEqual([]);
    expect(batchTellsTheSame({ ...sound, chain: [] })).toEqual([]);
    expect(batchTellsTheSame(inState('completed'))).toEqual([
      {
        invariant: 'I7',
        breach: 'stateDiffers',
        subject,
        evidence: { path: 'state', is: '"completed"', should: '"sent"' },
      },
    ]);
    expect(batchTellsTheSame({ ...sound, record: null })).toEqual([
      { invariant: 'I7', breach: 'recordMissing', subject, evidence: { entries: 3 } },
    ]);
    expect(batchComesToAnEnd({ ...sound, record: null, open: null })).toEqual([]);
  });
});
