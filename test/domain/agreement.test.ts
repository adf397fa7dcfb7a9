// The agreement: who signs what in which order, and what concluding it fixes: the money, the tranches, the reports and their deadlines.
import { describe, expect, it } from '@jest/globals';
import {
  afterApproval,
  agreementFolds,
  decideCountersignature,
  decideDeclining,
  decideSignature,
  tranchesOf,
} from '../../domain/approval/agreement.js';
import type { PersonCommand } from '../../domain/command.js';
import type { Answer } from '../../domain/decide.js';
import type { RequestEvent } from '../../domain/event.js';
import type { Plan } from '../../domain/plan.js';
import { atStage } from '../support/at-stage.js';
import type { Journey } from '../support/journey.js';
import { dayMs, journeyTo, startMs, text } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, hastyReportPlan, roundTheClock } from '../support/plans.js';
import { relieved, screened } from '../support/variants.js';

const document = { documentSha256: text };
const signed = (plan: Plan = calmPlan): Journey =>
  journeyTo('agreement', plan).act(people.samira, 'signAgreement', document);
const countersign = (told: Journey): Answer => told.ask(people.fundSignatory, 'countersignAgreement', document);
const kinds = (events: readonly RequestEvent[] = []): string[] => events.map(({ kind }) => kind);
const concluded = ({ entry }: Answer) => {
  const event = entry?.events.find(({ kind }) => kind === 'agreementConcluded');
  if (event?.kind !== 'agreementConcluded') throw new Error('not concluded');
  return event;
};
const context = { plan: calmPlan, nowMs: startMs };
const envelope = { by: people.samira, key: 'k', fingerprint: 'f', expectedVersion: 1, body: document };
const signing: PersonCommand<'signAgreement'> = { ...envelope, kind: 'signAgreement' };
const countersigning: PersonCommand<'countersignAgreement'> = { ...envelope, kind: 'countersignAgreement' };

describe('the tranches of an award', () => {
  const waiting = {
    ...{ state: 'waiting', changedVersion: 0, attempt: 0 },
    ...{ preparedBy: null, releasedBy: [], accountId: null },
  };

  it('are the shares of the plan in its order, and last what is retained', () => {
    expect(tranchesOf(60_000_000n, calmPlan)).toEqual([
      { ...waiting, number: 1, purpose: 'tranche', amountMinor: '21600000' },
      { ...waiting, number: 2, purpose: 'tranche', amountMinor: '18900000' },
      { ...waiting, number: 3, purpose: 'tranche', amountMinor: '13500000' },
      { ...waiting, number: 4, purpose: 'retention', amountMinor: '6000000' },
    ]);
  });

  it('have no last one where nothing is retained', () => {
    const plan: Plan = { ...calmPlan, tranches: { ...calmPlan.tranches, retentionBasisPoints: 0 } };
    expect(tranchesOf(100n, plan).map(({ number, purpose, amountMinor }) => [number, purpose, amountMinor])).toEqual([
      [1, 'tranche', '40'],
      [2, 'tranche', '35'],
      [3, 'tranche', '25'],
    ]);
  });
});

describe('signing', () => {
  it('is recorded with the text that was signed, and waits for the Fund', () => {
    const told = signed();
    expect(told.entries().at(-1)?.events).toEqual([{ kind: 'agreementSigned', documentSha256: text }]);
    expect(told.request().agreement).toEqual({ documentSha256: text, countersigned: false });
    expect(told.request().position.stage).toBe('agreement');
  });

  it('is done once', () => {
    expect(signed().ask(people.samira, 'signAgreement', document).refusal).toEqual({
      ...{ code: 'alreadyActed', rule: 'agreement-signed' },
    });
  });

  it.each([
    ['is asked for', 'asked'],
    ['was let go', 'released'],
  ] as const)('waits while the money %s', (_how, funds) => {
    const request = atStage('agreement');
    const refusal = { code: 'conditionsNotMet', rule: 'funds-reserved' };
    const award = request.award && { ...request.award, funds };
    expect(decideSignature({ ...request, award }, signing, context).refusal).toEqual(refusal);
    expect(decideSignature({ ...request, award: null }, signing, context).refusal).toEqual(refusal);
  });

  it('concludes the agreement where the Fund does not countersign', () => {
    const plan: Plan = { ...calmPlan, agreement: { countersigned: false } };
    const told = signed(plan);
    expect(kinds(told.entries().at(-1)?.events)).toEqual([
      ...['agreementSigned', 'agreementConcluded', 'stageEntered', 'trancheReady'],
    ]);
    expect(told.request()).toMatchObject({
      ...{ position: { stage: 'implementation' }, agreement: { documentSha256: text, countersigned: true } },
    });
  });
});

describe('countersigning', () => {
  it('comes after the signatory and is about the same text', () => {
    const first = { code: 'conditionsNotMet', rule: 'signatory-signs-first', accepted: 'signAgreement' };
    expect(countersign(journeyTo('agreement')).refusal).toEqual(first);
    const other = { documentSha256: 'd'.repeat(64) };
    expect(signed().ask(people.fundSignatory, 'countersignAgreement', other).refusal).toEqual({
      ...{ code: 'conditionsNotMet', rule: 'same-text', accepted: text },
    });
    const withoutAward = { ...signed().request(), award: null };
    expect(decideCountersignature(withoutAward, countersigning, context).refusal).toEqual(first);
  });

  it('commits the money and fixes tranches and reports, each as changed now', () => {
    const told = signed().act(people.fundSignatory, 'countersignAgreement', document);
    const { version, award, agreement, tranches, reports, position } = told.request();
    expect(kinds(told.entries().at(-1)?.events)).toEqual(['agreementConcluded', 'stageEntered', 'trancheReady']);
    expect([award?.funds, agreement?.countersigned, position.stage]).toEqual(['committed', true, 'implementation']);
    expect([...tranches, ...reports].map(({ changedVersion }) => changedVersion)).toEqual(Array(7).fill(version));
  });

  it('says the sum, the tranches, the reports and their reminders', () => {
    const told = signed();
    const day = (count: number): number => told.nowMs() + count * dayMs;
    const { tranches, reports, reminders, amountMinor } = concluded(countersign(told));
    const report = { state: 'expected', changedVersion: 0, spentMinor: '0' };
    expect(amountMinor).toBe('60000000');
    expect(tranches).toEqual(tranchesOf(60_000_000n, calmPlan));
    expect(reports).toEqual([
      { ...report, number: 1, kind: 'progress', dueAtMs: day(120) },
      { ...report, number: 2, kind: 'progress', dueAtMs: day(240) },
      { ...report, number: 3, kind: 'final', dueAtMs: day(400) },
    ]);
    expect(reminders).toEqual([
      { id: 'report-1', step: 'remind', atMs: day(106) },
      { id: 'report-2', step: 'remind', atMs: day(226) },
      { id: 'report-3', step: 'remind', atMs: day(386) },
    ]);
    expect(countersign(told).after?.deadlines.filter(({ id }) => id.startsWith('report'))).toEqual([
      ...reports.map(({ number, dueAtMs }) => ({ id: `report-${number}`, step: 'due', atMs: dueAtMs })),
      ...(reminders ?? []),
    ]);
    expect(countersign(told).after?.deadlines.some(({ id }) => id === 'stage')).toBe(true);
  });

  it('keeps how a due time in working days was computed', () => {
    const period = { unit: 'working-days', count: 5 } as const;
    const plan: Plan = {
      ...{ ...calmPlan, calendar: { ...roundTheClock, weekend: [5, 6] } },
      reports: [{ kind: 'final', due: period, remindAfter: { unit: 'working-days', count: 3 } }],
    };
    const told = signed(plan);
    const dueBasis = { fromMs: told.nowMs(), period };
    const answer = countersign(told);
    expect(concluded(answer).reports).toMatchObject([{ number: 1, dueBasis }]);
    expect(concluded(answer).reminders).toMatchObject([{ basis: { fromMs: told.nowMs(), period: { count: 3 } } }]);
    const due = answer.after?.deadlines.find(({ id, step }) => id === 'report-1' && step === 'due');
    expect(due).toMatchObject({ basis: dueBasis });
  });

  it('has no reminders where the plan gives none, and one where it gives one', () => {
    const reports = calmPlan.reports.map(({ kind, due }) => ({ kind, due }));
    expect(concluded(countersign(signed({ ...calmPlan, reports })))).not.toHaveProperty('reminders');
    const [one] = hastyReportPlan(1_000).reports;
    const mixed = [...reports.slice(1), ...(one ? [one] : [])];
    const { reminders } = concluded(countersign(signed({ ...calmPlan, reports: mixed })));
    expect(reminders?.map(({ id }) => id)).toEqual(['report-3']);
  });
});

describe('declining', () => {
  it('lets the reserved money go and ends the request', () => {
    const told = journeyTo('agreement').act(people.samira, 'declineAgreement', {});
    expect(told.entries().at(-1)?.events).toEqual([
      { kind: 'agreementDeclined' },
      { kind: 'fundsReleased', amountMinor: '60000000', from: 'reserved' },
      { kind: 'requestEnded', outcome: 'declined' },
    ]);
    expect(told.request()).toMatchObject({ outcome: 'declined', award: { funds: 'released' } });
  });

  it('has no money to let go where there is no award', () => {
    const { events } = decideDeclining({ ...atStage('agreement'), award: null });
    expect(kinds(events)).toEqual(['agreementDeclined', 'requestEnded']);
  });
});

describe('the last approval', () => {
  it('goes on to the agreement, which the money waits for', () => {
    expect(kinds(afterApproval(atStage('authority'), context))).toEqual(['stageEntered']);
  });

  it('commits the money itself where no agreement is on the route', () => {
    const told = relieved();
    expect(kinds(told.entries().at(-1)?.events)).toEqual([
      ...['approvalRecorded', 'awardConcluded', 'stageEntered', 'afterReviewOpened', 'trancheReady'],
    ]);
    const { award, agreement, tranches, version } = told.request();
    expect([award?.funds, agreement]).toEqual(['committed', null]);
    expect(tranches.every(({ changedVersion }) => changedVersion === version)).toBe(true);
    expect(told.entries().at(-1)?.events[1]).toMatchObject({ kind: 'awardConcluded', amountMinor: '60000000' });
  });

  it('commits nothing without an award', () => {
    const request = { ...screened().request(), award: null };
    const plan: Plan = { ...calmPlan, route: ['screening', 'authority', 'implementation', 'final-review'] };
    expect(kinds(afterApproval(request, { plan, nowMs: startMs }))).toEqual(['stageEntered']);
  });

  it('leaves a request without an award without one', () => {
    const event = { kind: 'awardConcluded', amountMinor: '1', tranches: [], reports: [] } as const;
    const request = { ...atStage('authority'), award: null };
    const after = agreementFolds.awardConcluded(request, event, { version: 9, atMs: startMs });
    expect([after.award, after.agreement]).toEqual([null, null]);
    expect(after.deadlines).toEqual(request.deadlines);
  });
});
