// What a request waits for during implementation: tranches and reports by their state, visits, and the committee's after-review.
import { describe, expect, it } from '@jest/globals';
import type { GrantRequest, Report, Tranche, TrancheState } from '../../domain/grant-request.js';
import type { Plan } from '../../domain/plan.js';
import type { Task } from '../../domain/task.js';
import { tasksOf } from '../../domain/task.js';
import { atStage } from '../support/at-stage.js';
import { organisationId } from '../support/people.js';
import { calmPlan } from '../support/plans.js';

const tasks = (request: GrantRequest, plan: Plan = calmPlan): Task[] => tasksOf(request, { plan, nowMs: 0 });
const names = (request: GrantRequest): string[] => tasks(request).map(({ name }) => name);
/** What all tasks of the stage share unless they say otherwise. */
const shared = ({ position }: GrantRequest) => ({
  dueAtMs: position.dueAtMs,
  sinceVersion: position.enteredVersion,
  dueBasis: { fromMs: position.enteredAtMs, period: calmPlan.stages.implementation?.due },
});

describe('a tranche in implementation', () => {
  const start = atStage('implementation');
  const [tranche] = start.tranches;
  if (tranche === undefined) throw new Error('there is a first tranche');
  const inState = (state: TrancheState, change: Partial<Tranche> = {}): GrantRequest => ({
    ...start,
    tranches: [{ ...tranche, state, changedVersion: 99, ...change }],
    reports: [],
  });
  const base = { ...shared(start), number: 1, sinceVersion: 99 };
  const prepare = { name: 'prepare-1', command: 'prepareTranche', role: 'financeOfficer' };
  const receipt = { name: 'receipt-1', command: 'confirmReceipt', role: 'signatory', organisationId };
  const release = { name: 'release-1', command: 'releaseTranche', role: 'paymentReleaser' };

  it.each<[TrancheState, object[]]>([
    ['waiting', []],
    ['ready', [prepare]],
    ['prepared', [release]],
    ['released', []],
    ['unknown', []],
    ['rejected', [prepare]],
    ['settled', [receipt]],
    ['confirmed', []],
    ['unearned', []],
  ])('that is %s waits for people only where they can do something', (state, expected) => {
    expect(tasks(inState(state))).toEqual(expected.map((task) => ({ ...base, ...task })));
  });

  it('waits for approvers where it is paid provisionally', () => {
    const plan: Plan = {
      ...calmPlan,
      tranches: { ...calmPlan.tranches, provisional: { number: 1, approvers: 2 } },
    };
    expect(tasks(inState('prepared'), plan)).toMatchObject([{ name: 'release-1', role: 'approver' }]);
  });

  it('waits for no receipt where the plan asks for none', () => {
    const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, receipt: 'not-asked' } };
    expect(tasks(inState('settled'), plan)).toStrictEqual([]);
  });
});

describe('a report in implementation', () => {
  const start = atStage('implementation');
  const withReports = (...changes: readonly Partial<Report>[]): GrantRequest => ({
    ...start,
    tranches: [],
    reports: start.reports.map((report, index) => ({ ...report, changedVersion: 90 + index, ...changes[index] })),
  });
  const dueMs = (number: number): number => start.reports[number - 1]?.dueAtMs ?? 0;
  const asked = (number: number) => ({
    ...{ name: `report-${number}`, command: 'submitReport', role: 'applicant', organisationId, number },
    ...{ dueAtMs: dueMs(number), sinceVersion: 89 + number },
    dueBasis: { fromMs: start.position.enteredAtMs, period: calmPlan.reports[number - 1]?.due },
  });
  const review = (number: number) => ({
    ...{ ...shared(start), name: `review-report-${number}`, command: 'recordReportReview' },
    ...{ role: 'monitoringOfficer', number, sinceVersion: 89 + number },
  });

  it.each<[Report['state'], object[]]>([
    ['expected', [asked(1)]],
    ['overdue', [asked(1)]],
    ['returned', [asked(1)]],
    ['submitted', [review(1)]],
    ['accepted', [asked(2)]],
  ])('that is %s waits for the one who has to act, and only the first of those still to come', (state, expected) => {
    expect(tasks(withReports({ state }))).toEqual(expected);
  });

  it('asks whether to suspend where that is proposed for it and it is still overdue', () => {
    const overdue = withReports({ state: 'overdue' });
    expect(tasks({ ...overdue, suspensionProposedFor: [1] })).toEqual([
      asked(1),
      {
        ...{ ...shared(start), name: 'propose-suspension-1', command: 'suspend' },
        ...{ role: 'monitoringOfficer', number: 1, sinceVersion: 90 },
      },
    ]);
    expect(names({ ...overdue, suspensionProposedFor: [2] })).toStrictEqual(['report-1']);
    expect(names({ ...withReports({ state: 'returned' }), suspensionProposedFor: [1] })).toStrictEqual(['report-1']);
  });

  it('explains its due time by what was recorded, and not at all where the plan has no such report', () => {
    const dueBasis = { fromMs: 1, period: { unit: 'working-days', count: 2 } } as const;
    expect(tasks(withReports({ dueBasis }))).toMatchObject([{ dueBasis }]);
    expect(tasks(withReports(), { ...calmPlan, reports: [] })[0]).not.toHaveProperty('dueBasis');
  });
});

describe('visits in implementation', () => {
  const start = { ...atStage('implementation'), reports: [] };
  const [first] = calmPlan.tranches.parts;
  if (first === undefined) throw new Error('the calm plan has parts');
  const plan: Plan = {
    ...calmPlan,
    tranches: { ...calmPlan.tranches, parts: [{ ...first, requires: [{ kind: 'visit-passed', number: 1 }] }] },
  };
  const waiting = start.tranches.slice(0, 1).map((tranche) => ({ ...tranche, state: 'waiting' as const }));
  const visited = (severity: 'minor' | 'severe') =>
    [
      {
        number: 1,
        visitedOn: '2026-03-01',
        verdict: 'failed',
        findings: [{ severity, note: 'n' }],
        changedVersion: 77,
      },
    ] as const;
  const role = 'monitoringOfficer';
  const visit = { ...shared(start), name: 'visit', command: 'recordVisit', role };
  const propose = { ...shared(start), name: 'propose-suspension-visit', command: 'suspend', role };

  it.each<[string, Partial<GrantRequest>, object[]]>([
    ['no tranche waits for one', { tranches: [] }, []],
    ['a tranche waits for one', { tranches: waiting }, [visit]],
    ['the latest one failed', { tranches: waiting, visits: visited('minor') }, [{ ...visit, sinceVersion: 77 }]],
    [
      'the latest one found something severe',
      { tranches: [], visits: visited('severe') },
      [{ ...propose, sinceVersion: 77 }],
    ],
    ['a lesser finding asks for nothing', { tranches: [], visits: visited('minor') }, []],
  ])('are waited for: %s', (_when, change, expected) => {
    expect(tasks({ ...start, ...change }, plan)).toEqual(expected);
  });
});

describe('an after-review in implementation', () => {
  const quiet = { ...atStage('implementation'), reports: [], tranches: [] };
  const dueBasis = { fromMs: 1, period: { unit: 'working-days', count: 20 } } as const;

  it('asks the committee, by its own due time', () => {
    expect(tasks({ ...quiet, afterReview: { verdict: null, dueAtMs: 5, dueBasis } })).toEqual([
      { ...shared(quiet), name: 'open', command: 'openItem', role: 'committeeSecretary', dueAtMs: 5, dueBasis },
    ]);
    const [plain] = tasks({ ...quiet, afterReview: { verdict: null, dueAtMs: 5 } });
    expect(plain).toEqual({
      ...{ name: 'open', command: 'openItem', role: 'committeeSecretary', dueAtMs: 5 },
      sinceVersion: quiet.position.enteredVersion,
    });
  });

  it('asks nobody when it is decided or was never opened', () => {
    expect(tasks({ ...quiet, afterReview: { verdict: 'ratify', dueAtMs: 5 } })).toStrictEqual([]);
    expect(tasks(quiet)).toStrictEqual([]);
  });
});
