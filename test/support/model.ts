// Random people doing random things in random order, half of the time what an open task waits for: one step of the model, and what
// has to hold after it. The tests, the nightly run (`npm run model`) and the measure P22 walk with it.
import fc from 'fast-check';
import type { Actor } from '../../domain/actor.js';
import { tasksOf } from '../../domain/task.js';
import type { PersonBodies, PersonCommandKind } from '../../domain/command.js';
import type { Duty, GrantRequest } from '../../domain/grant-request.js';
import { exclusivePairs } from '../../domain/separation-of-duties.js';
import type { Journey } from './journey.js';
import { fileOf, fullScores, journey, journeyTo, metChecklist, openWith, paymentFacts, text } from './journey.js';
import { members, people, reviewers } from './people.js';
import { calmPlan } from './plans.js';
import type { Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';
import { plannedMinor } from '../../domain/money/tranche-results.js';
import { isInFlight } from '../../domain/money/tranche-state.js';

const standIn = (actor: Actor, absent: Actor): Actor => ({
  ...actor,
  roles: [
    ...actor.roles,
    ...absent.roles.map((held) => ({ ...held, onBehalfOf: { personId: absent.personId, name: absent.name } })),
  ],
});
const standIns = [
  standIn(people.reconciler, people.programmeDirector),
  standIn(people.finance, people.releaser),
  standIn(people.monitor, people.executiveDirector),
];
export const actors = [...Object.values(people), ...reviewers, ...members, ...standIns];
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
  const bodies: Partial<{ [K in PersonCommandKind]: () => PersonBodies[K] }> = {
    recordScreening: () => ({ ...answered, verdict: 'eligible' }),
    resubmit: () => ({ file: fileOf(), answers: answered.points }),
    recordOpinion: () => ({ governorate: 'EG-C', verdict: 'support' }),
    assignReviewers: () => ({
      reviewers: reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name })),
    }),
    declareInterest: () => ({ interest: 'none' }),
    recordScore: () => ({ scores: fullScores(calmPlan) }),
    openItem: () => openWith(),
    castVote: () => ({ vote: 'approve' }),
    closeItem: () => ({
      verdict: 'approve',
      conditions: [],
      castingVote: true,
      answersToObjections: { 'EG-C': 'x' },
      points: [],
    }),
    recordApproval: () => ({ verdict: 'approve' }),
    signAgreement: () => ({ documentSha256: text }),
    countersignAgreement: () => ({ documentSha256: text }),
    prepareTranche: () => ({ number: n, facts: paymentFacts(told.nowMs()) }),
    releaseTranche: () => ({ number: n }),
    confirmReceipt: () => ({ number: n }),
    submitReport: () => ({ number: n, spentMinor: String(n * 20_000_000), indicators: [], documentSha256: text }),
    recordReportReview: () => ({ number: n, verdict: 'accepted', points: [] }),
    liftSuspension: () => ({}),
    agreeRecoveryPlan: () => ({ instalments: [{ amountMinor: dueOf(told), dueAtMs: 1 }] }),
    recordRecovery: () => ({ kind: 'received', amountMinor: dueOf(told) }),
  };
  const body = bodies[kind]?.();
  return body === undefined ? null : { kind, body };
};

const dueOf = (told: Journey): string => told.request().recovery?.dueMinor ?? '0';

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

export type Step = {
  readonly guidedBy: number | null;
  readonly act: Act;
  readonly actor: number;
  readonly machine: 'none' | 'settled' | 'rejected' | 'unknown' | 'deadline';
};
export const step: fc.Arbitrary<Step> = fc.record({
  guidedBy: fc.option(fc.nat({ max: 20 }), { freq: 2 }),
  act,
  actor: fc.nat({ max: actors.length - 1 }),
  machine: fc.constantFrom('none', 'none', 'none', 'none', 'settled', 'rejected', 'unknown', 'deadline'),
});

/** What an invariant would say if it were broken; null when all is well. */
const breach = (told: Journey): string | null => {
  const request = told.request();
  const sum = request.tranches.reduce((total, tranche) => total + BigInt(plannedMinor(tranche)), 0n);
  if (request.tranches.length > 0 && sum !== BigInt(request.award?.amountMinor ?? '-1'))
    return 'tranches differ from the award';
  if (request.tranches.some(({ preparedBy, releasedBy }) => preparedBy !== null && releasedBy.includes(preparedBy)))
    return 'one person prepared and released';
  const combined = combinedDuties(request);
  if (combined) return `one person combined ${combined.join(' and ')}`;
  return stuck(request, told) ? `nobody and nothing moves ${request.position.stage}` : null;
};

/** Two duties that one person has done and may not combine. */
const combinedDuties = ({ acts }: GrantRequest): readonly Duty[] | undefined => {
  const done = new Map<string, Set<Duty>>();
  for (const { personId, duty } of acts) done.set(personId, (done.get(personId) ?? new Set()).add(duty));
  const several = [...done.values()].filter((duties) => duties.size > 1);
  return exclusivePairs.find(([one, other]) => several.some((duties) => duties.has(one) && duties.has(other)));
};

const stuck = (request: GrantRequest, told: Journey): boolean => {
  if (request.outcome || request.file === null || request.award?.funds === 'asked') return false;
  if (request.tranches.some(isInFlight)) return false; // the bank is the next to speak
  return tasksOf(request, { plan: calmPlan, nowMs: told.nowMs() }).length === 0 && request.deadlines.length === 0;
};

/** A rule that changes the state it was given would throw. */
const frozen = <T>(value: T): T => {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  Object.values(value).forEach(frozen);
  return value;
};

/** Takes one step; the answer says what broke, null when all is well. */
export const play = (told: Journey, { act, actor, machine, guidedBy }: Step): string | null => {
  const owner = guidedBy === null ? null : guided(told, guidedBy);
  const by = owner?.by ?? actors[actor];
  if (by === undefined) return 'nobody acts';
  const { kind, body } = owner?.act ?? act;
  frozen(told.request());
  told.attempt(by, kind, body, { reason: 'model' });
  if (told.request().award?.funds === 'asked') told.reserve();
  const inFlight = told.request().tranches.find(({ state }) => state === 'released');
  if (inFlight && (machine === 'settled' || machine === 'rejected' || machine === 'unknown') && !told.request().outcome)
    told.pay(inFlight.number, machine);
  if (machine === 'deadline' && told.request().file && told.request().deadlines.length > 0) told.passDeadline();
  return breach(told);
};

/** Where a sequence may begin: at nothing, or at a stage reached the plain way. */
export const starts: readonly (Stage | undefined)[] = [
  undefined,
  ...stageNames.filter((stage) => !['draft', 'correction', 'recovery'].includes(stage)),
];

export const sequence = fc.record({
  start: fc.constantFrom(...starts),
  steps: fc.array(step, { minLength: 5, maxLength: 40 }),
});
export type Sequence = { readonly start: Stage | undefined; readonly steps: readonly Step[] };

/** Walks a sequence; throws at the first breach. The journey afterwards. */
export const walkSequence = ({ start, steps }: Sequence): Journey => {
  const told = start === undefined ? journey() : journeyTo(start);
  for (const one of steps) {
    const broken = play(told, one);
    if (broken !== null) throw new Error(broken);
  }
  return told;
};
