// Random people doing random things in random order: whatever the rules accept, these properties hold at every step.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Actor } from '../../domain/actor.js';
import { tasksOf } from '../../domain/task.js';
import type { PersonBodies, PersonCommandKind } from '../../domain/command.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { exclusivePairs } from '../../domain/separation-of-duties.js';
import { allowedActions } from '../../domain/allowed-action.js';
import type { Journey } from '../support/journey.js';
import {
  fileOf,
  fullScores,
  journey,
  journeyTo,
  metChecklist,
  openWith,
  paymentFacts,
  text,
} from '../support/journey.js';
import { members, people, reviewers } from '../support/people.js';
import { calmPlan } from '../support/plans.js';
import { stageNames } from '../../domain/lifecycle.js';
import { isInFlight } from '../../domain/money/tranche.js';
import { applyEntry } from '../../domain/apply.js';
import { emptyRequest } from '../../domain/grant-request.js';

const actors = [...Object.values(people), ...reviewers, ...members];
const answered = {
  checklist: metChecklist(calmPlan),
  points: [{ section: 'budget', note: 'mend' }],
  reasonCodes: ['late'],
};
const number = fc.integer({ min: 1, max: 4 });

type Act = { readonly kind: PersonCommandKind; readonly body: PersonBodies[PersonCommandKind] };
const acts = <K extends PersonCommandKind>(kind: K, body: fc.Arbitrary<PersonBodies[K]>): fc.Arbitrary<Act> =>
  body.map((made) => ({ kind, body: made }));
const pick = <const T extends readonly [unknown, ...unknown[]]>(...values: T): fc.Arbitrary<T[number]> =>
  fc.constantFrom<T[number]>(...values);

const act: fc.Arbitrary<Act> = fc.oneof(
  acts('submitRequest', fc.constant({ file: fileOf() })),
  acts(
    'recordScreening',
    pick('eligible', 'incomplete', 'ineligible').map((verdict) => ({ ...answered, verdict })),
  ),
  acts('resubmit', fc.constant({ file: fileOf(), answers: answered.points })),
  acts(
    'recordOpinion',
    pick('support', 'object').map((verdict) => ({ governorate: 'EG-C', verdict })),
  ),
  acts(
    'assignReviewers',
    fc.constant({ reviewers: reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name })) }),
  ),
  acts(
    'declareInterest',
    pick('none', 'conflict').map((interest) => ({ interest })),
  ),
  acts(
    'recordScore',
    fc.integer({ min: 0, max: 10 }).map((score) => ({ scores: fullScores(calmPlan, score) })),
  ),
  acts('openItem', fc.constant(openWith())),
  acts(
    'castVote',
    pick('approve', 'approve', 'reject', 'abstain').map((vote) => ({ vote })),
  ),
  acts(
    'closeItem',
    pick('approve', 'reject', 'defer', 'return').map((verdict) => ({
      verdict,
      conditions: [],
      castingVote: true,
      answersToObjections: { 'EG-C': 'answered' },
      points: answered.points,
    })),
  ),
  acts(
    'recordApproval',
    pick('approve', 'approve', 'return', 'reject').map((verdict) => ({ verdict })),
  ),
  acts('signAgreement', fc.constant({ documentSha256: text })),
  acts('countersignAgreement', fc.constant({ documentSha256: text })),
  acts('declineAgreement', fc.constant({})),
  acts(
    'prepareTranche',
    number.map((n) => ({ number: n, facts: paymentFacts(Date.UTC(2026, 2, 1, 8)) })),
  ),
  acts(
    'releaseTranche',
    number.map((n) => ({ number: n })),
  ),
  acts(
    'confirmReceipt',
    number.map((n) => ({ number: n })),
  ),
  acts(
    'submitReport',
    fc.record({ n: number, spent: fc.integer({ min: 0, max: 70_000_000 }) }).map(({ n, spent }) => ({
      number: n,
      spentMinor: String(spent),
      indicators: [],
      documentSha256: text,
    })),
  ),
  acts(
    'recordReportReview',
    fc.record({ n: number, verdict: pick('accepted', 'returned') }).map(({ n, verdict }) => ({
      number: n,
      verdict,
      points: answered.points,
    })),
  ),
  acts('suspend', fc.constant({ ground: 'fraud-alarm' as const })),
  acts('liftSuspension', fc.constant({})),
  acts('withdraw', fc.constant({})),
  acts('terminate', fc.constant({})),
  acts(
    'closeRequest',
    pick('settled', 'not-settled').map((verdict) => ({ verdict, unspentMinor: '0', returnedMinor: '0' })),
  ),
);

/** A plausible body for each command that a task can wait for, so that sequences get far into the life of a request. */
const plausible = (kind: PersonCommandKind, told: Journey, n: number): Act | null => {
  const due = String(told.request().recovery?.dueMinor ?? '0');
  const bodies: Partial<{ [K in PersonCommandKind]: PersonBodies[K] }> = {
    recordScreening: { ...answered, verdict: 'eligible' },
    resubmit: { file: fileOf(), answers: answered.points },
    recordOpinion: { governorate: 'EG-C', verdict: 'support' },
    assignReviewers: {
      reviewers: reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name })),
    },
    declareInterest: { interest: 'none' },
    recordScore: { scores: fullScores(calmPlan) },
    openItem: openWith(),
    castVote: { vote: 'approve' },
    closeItem: {
      verdict: 'approve',
      conditions: [],
      castingVote: true,
      answersToObjections: { 'EG-C': 'x' },
      points: [],
    },
    recordApproval: { verdict: 'approve' },
    signAgreement: { documentSha256: text },
    countersignAgreement: { documentSha256: text },
    prepareTranche: { number: n, facts: paymentFacts(told.nowMs()) },
    releaseTranche: { number: n },
    confirmReceipt: { number: n },
    submitReport: { number: n, spentMinor: String(n * 10_000_000), indicators: [], documentSha256: text },
    recordReportReview: { number: n, verdict: 'accepted', points: [] },
    liftSuspension: {},
    agreeRecoveryPlan: { instalments: [{ amountMinor: due, dueAtMs: 1 }] },
    recordRecovery: { kind: 'received', amountMinor: due },
  };
  const body = bodies[kind];
  return body === undefined ? null : { kind, body };
};

/** Answers an open task the way its owner would; null when no test person owns it. */
const guided = (told: Journey, choice: number): { by: Actor; act: Act } | null => {
  const tasks = tasksOf(told.request(), { plan: calmPlan, nowMs: told.nowMs() });
  const task = tasks[choice % Math.max(1, tasks.length)];
  const by = actors.find(
    (actor) =>
      (task?.personId === undefined || actor.personId === task.personId) &&
      actor.roles.some((held) => held.role === task?.role && (task.level === undefined || held.level === task.level)),
  );
  const made = task && plausible(task.command, told, task.number ?? 1);
  return by && made ? { by, act: made } : null;
};

type Step = {
  readonly guidedBy: number | null;
  readonly act: Act;
  readonly actor: number;
  readonly machine: 'none' | 'settled' | 'rejected' | 'unknown' | 'deadline';
};
const step: fc.Arbitrary<Step> = fc.record({
  guidedBy: fc.option(fc.nat({ max: 20 }), { freq: 2 }),
  act,
  actor: fc.nat({ max: actors.length - 1 }),
  machine: fc.constantFrom('none', 'none', 'none', 'none', 'settled', 'rejected', 'unknown', 'deadline'),
});

/** What an invariant would say if it were broken; null when all is well. */
const breach = (told: Journey): string | null => {
  const request = told.request();
  const sum = request.tranches.reduce((total, tranche) => total + BigInt(tranche.amountMinor), 0n);
  if (request.tranches.length > 0 && sum !== BigInt(request.award?.amountMinor ?? '-1'))
    return 'tranches differ from the award';
  if (request.tranches.some(({ preparedBy, releasedBy }) => preparedBy !== null && releasedBy.includes(preparedBy)))
    return 'one person prepared and released';
  const combined = exclusivePairs.find(([one, other]) =>
    request.acts.some(
      ({ personId, duty }) =>
        duty === one && request.acts.some((act) => act.personId === personId && act.duty === other),
    ),
  );
  if (combined) return `one person combined ${combined.join(' and ')}`;
  return stuck(request, told) ? `nobody and nothing moves ${request.position.stage}` : null;
};

const stuck = (request: GrantRequest, told: Journey): boolean => {
  if (request.outcome || request.file === null || request.award?.funds === 'asked') return false;
  if (request.tranches.some(isInFlight)) return false; // the bank is the next to speak
  return tasksOf(request, { plan: calmPlan, nowMs: told.nowMs() }).length === 0 && request.deadlines.length === 0;
};

const play = (told: Journey, { act, actor, machine, guidedBy }: Step): void => {
  const owner = guidedBy === null ? null : guided(told, guidedBy);
  const by = owner?.by ?? actors[actor];
  if (by === undefined) return;
  const { kind, body } = owner?.act ?? act;
  const before = JSON.stringify(told.request());
  const answer = told.ask(by, kind, body, { reason: 'model' });
  if (answer.refusal) expect(JSON.stringify(told.request())).toBe(before);
  else told.act(by, kind, body, { reason: 'model' });
  if (told.request().award?.funds === 'asked') told.reserve();
  const inFlight = told.request().tranches.find(({ state }) => state === 'released');
  if (inFlight && (machine === 'settled' || machine === 'rejected' || machine === 'unknown') && !told.request().outcome)
    told.pay(inFlight.number, machine);
  if (machine === 'deadline' && told.request().file && told.request().deadlines.length > 0) told.passDeadline();
};

describe('any sequence of commands by anybody', () => {
  const starts = [
    undefined,
    ...stageNames.filter((stage) => !['draft', 'correction', 'recovery', 'appeal-window', 'appeal'].includes(stage)),
  ];

  it('keeps money, duties and the way forward intact', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.array(step, { minLength: 5, maxLength: 40 }), (start, steps) => {
        const told = start === undefined ? journey() : journeyTo(start);
        const plain = told.entries().length;
        for (const one of steps) {
          play(told, one);
          expect(breach(told)).toBeNull();
        }
        accepted += told.entries().length - plain;
      }),
      { numRuns: 2_000 },
    );
    expect(accepted).toBeGreaterThan(5_000);
  }, 120_000);

  it('folds the recorded entries to the very state the rules had', () => {
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.array(step, { maxLength: 30 }), (start, steps) => {
        const told = start === undefined ? journey() : journeyTo(start);
        for (const one of steps) play(told, one);
        const opened = emptyRequest(told.request().id, Date.UTC(2026, 2, 1, 8), Date.UTC(2026, 2, 1, 8) + 60_000);
        const stored: unknown = JSON.parse(JSON.stringify(told.entries().reduce(applyEntry, opened)));
        expect(stored).toEqual(JSON.parse(JSON.stringify(told.request())));
      }),
      { numRuns: 300 },
    );
  });

  it('offers as allowed only what the gate lets through', () => {
    for (const start of starts.slice(1)) {
      const told = journeyTo(start);
      const context = { plan: calmPlan, nowMs: told.nowMs() };
      for (const actor of actors)
        for (const action of allowedActions(told.request(), actor, context))
          expect(action.allowed === (action.refusal === undefined)).toBe(true);
    }
  });
});
