// A request's story in memory: acts in order through `decide`, the state and the entries they leave. For tests of rules and of storage.
import type { Actor } from '../../domain/actor.js';
import { treasury, bank, clock } from '../../domain/actor.js';
import type { Entry } from '../../domain/audit-entry.js';
import type {
  Command,
  Fact,
  IndicatorActual,
  PaymentStatus,
  PersonBodies,
  PersonCommand,
  PersonCommandKind,
  RequestFile,
} from '../../domain/command.js';
import { personCommand } from '../../domain/command.js';
import { nextDeadline, deadlineKey } from '../../domain/deadline.js';
import type { Answer } from '../../domain/decide.js';
import { decide } from '../../domain/decide.js';
import type { GrantRequest } from '../../domain/grant-request.js';
import { emptyRequest } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';
import { trancheNumbered } from '../../domain/money/tranche-state.js';
import { liveInstructionOf } from '../../domain/money/tranche.js';
import type { Plan } from '../../domain/plan.js';
import { members, organisationId, people, peopleByLevel, reviewers } from './people.js';
import { planAfter } from '../../domain/plan-migration.js';
import { calmPlan } from './plans.js';

export const dayMs = 86_400_000;
export const startMs = Date.UTC(2026, 2, 1, 8);
export const text = 'c'.repeat(64);

export const fileOf = (change: Partial<RequestFile> = {}): RequestFile => ({
  organisationId,
  programmeCode: 'disability',
  callId: 'call-disability-2026',
  fundingSource: 'state-budget',
  fiscalYear: '2025/2026',
  governorates: ['EG-C'],
  requestedMinor: '60000000',
  snapshot: { id: 'snapshot-1', sha256: text },
  sections: { project: 'a', budget: 'b' },
  ...change,
});

export const metChecklist = (plan: Plan) => plan.checklist.map((item) => ({ item, answer: 'met' }) as const);
export const fullScores = (plan: Plan, score = 8) =>
  Object.fromEntries(plan.review.criteria.map(({ code }) => [code, score]));

export type Extra = Partial<Pick<PersonCommand, 'key' | 'fingerprint' | 'expectedVersion' | 'reason' | 'evidence'>>;

export type Journey = {
  readonly request: () => GrantRequest;
  readonly entries: () => readonly Entry[];
  /** Everything accepted so far, in order, as it was sent. */
  readonly commands: () => readonly Command[];
  readonly nowMs: () => number;
  readonly wait: (ms: number) => Journey;
  /** What the rules would answer; changes nothing. */
  readonly ask: <K extends PersonCommandKind>(by: Actor, kind: K, body: PersonBodies[K], extra?: Extra) => Answer;
  /** Acts and fails the test when refused. */
  /** Takes what is accepted; the answer says whether it was. */
  readonly attempt: <K extends PersonCommandKind>(by: Actor, kind: K, body: PersonBodies[K], extra?: Extra) => Answer;
  readonly act: <K extends PersonCommandKind>(by: Actor, kind: K, body: PersonBodies[K], extra?: Extra) => Journey;
  readonly tell: (fact: Fact) => Journey;
  readonly askFact: (fact: Fact) => Answer;
  readonly pay: (number: number, status: PaymentStatus) => Journey;
  readonly passDeadline: () => Journey;
  readonly reserve: (cumulativeMinor?: string) => Journey;
};

export const journey = (submittedUnder: Plan = calmPlan, id = 'req0000000000001', atMs = startMs): Journey => {
  let plan = submittedUnder;
  let now = atMs;
  let request = emptyRequest(id, now, now + 60_000);
  const entries: Entry[] = [];
  const commands: Command[] = [];
  const context = () => ({ plan, nowMs: now });
  const judge = (command: Command): Answer => decide(request, command, context(), `update-${request.version + 1}`);
  const attempt = (command: Command): Answer => {
    const answer = judge(command);
    if (answer.refusal) return answer;
    if (answer.entry) {
      entries.push(answer.entry);
      plan = planAfter(plan, command);
    }
    commands.push(command);
    request = answer.after;
    return answer;
  };
  const take = (command: Command): Journey => {
    const { refusal } = attempt(command);
    if (refusal) throw new Error(`${command.kind} was refused: ${JSON.stringify(refusal)}`);
    return self;
  };
  const commandOf = <K extends PersonCommandKind>(by: Actor, kind: K, body: PersonBodies[K], extra: Extra = {}) =>
    personCommand(kind, body, {
      by,
      key: `key-${kind}-${by.personId}-${request.version}`,
      fingerprint: `print-${JSON.stringify(body)}`,
      expectedVersion: request.version,
      ...extra,
    });
  const self: Journey = {
    request: () => request,
    entries: () => entries,
    commands: () => commands,
    nowMs: () => now,
    wait: (ms) => {
      now += ms;
      return self;
    },
    ask: (by, kind, body, extra) => judge(commandOf(by, kind, body, extra)),
    attempt: (by, kind, body, extra) => attempt(commandOf(by, kind, body, extra)),
    act: (by, kind, body, extra) => take(commandOf(by, kind, body, extra)),
    tell: (fact) => take(fact),
    askFact: (fact) => judge(fact),
    pay: (number, status) => {
      const tranche = trancheNumbered(request, number);
      if (tranche === undefined) throw new Error(`no tranche ${number}`);
      const instructionId = liveInstructionOf(request, tranche);
      const key = `${instructionId}-${status}`;
      return take({ kind: 'paymentStatusReported', by: bank, key, body: { instructionId, number, status } });
    },
    passDeadline: () => {
      const deadline = nextDeadline(request);
      if (deadline === null) throw new Error('no deadline is open');
      now = Math.max(now, deadline.atMs);
      const body = { deadlineId: deadline.id, atMs: deadline.atMs };
      return take({ kind: 'passDeadline', by: clock, key: deadlineKey(request, deadline), body });
    },
    reserve: (cumulativeMinor) => {
      const { award } = request;
      if (award === null) throw new Error('no award asks for funds');
      const body = {
        outcome: 'reserved',
        cumulativeMinor: cumulativeMinor ?? award.amountMinor,
        peopleByLevel,
      } as const;
      return take({ kind: 'reportReservation', by: treasury, key: award.decisionKey, body });
    },
  };
  return self;
};

export const paymentFacts = (nowMs: number) => ({
  accountId: 'account-1',
  accountVerifiedAtMs: nowMs - 200 * dayMs,
  accountChangedAtMs: nowMs - 200 * dayMs,
  registryFetchedAtMs: nowMs - dayMs,
});

const review = (told: Journey, plan: Plan): void => {
  const panel = reviewers.slice(0, plan.review.reviewers);
  told.act(people.secretary, 'assignReviewers', { reviewers: panel.map(({ personId, name }) => ({ personId, name })) });
  for (const reviewer of panel) told.act(reviewer, 'declareInterest', { interest: 'none' });
  for (const reviewer of panel) told.act(reviewer, 'recordScore', { scores: fullScores(plan) });
};

export const openWith = (seats = members) => ({
  sessionId: 'session-1',
  present: seats.map(({ personId, roles }) => ({ personId, civilSociety: roles[0]?.civilSociety === true })),
  recused: [],
  session: { version: 3, ballot: 'open' as const, atMs: startMs },
});
export const approveBody = {
  verdict: 'approve',
  conditions: [],
  castingVote: false,
  answersToObjections: {},
  points: [],
} as const;

const vote = (told: Journey): void => {
  told.act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'approve' });
  told.act(people.chair, 'closeItem', approveBody, { reason: 'sound and needed' });
};

const authorise = (told: Journey): void => {
  for (const approver of [people.programmeDirector, people.executiveDirector, people.deputy])
    told.act(approver, 'recordApproval', { verdict: 'approve' });
};

export const payTranche = (told: Journey, number: number): Journey =>
  told
    .act(people.finance, 'prepareTranche', { number, facts: paymentFacts(told.nowMs()) })
    .act(people.releaser, 'releaseTranche', { number })
    .pay(number, 'settled')
    .act(people.samira, 'confirmReceipt', { number });

export const acceptReport = (
  told: Journey,
  number: number,
  spentMinor: string,
  indicators: readonly IndicatorActual[] = [],
): Journey =>
  told
    .act(people.adel, 'submitReport', { number, spentMinor, indicators, documentSha256: text })
    .act(people.monitor, 'recordReportReview', { number, verdict: 'accepted', points: [] });

const implement = (told: Journey): void => {
  payTranche(told, 1);
  acceptReport(told, 1, '20000000');
  payTranche(told, 2);
  acceptReport(told, 2, '40000000');
  payTranche(told, 3);
  acceptReport(told, 3, '60000000');
  payTranche(told, 4);
};

const steps: readonly (readonly [Stage, (told: Journey, plan: Plan) => void])[] = [
  ['draft', (told) => void told.act(people.samira, 'submitRequest', { file: fileOf() })],
  [
    'screening',
    (told, plan) =>
      void told.act(people.hana, 'recordScreening', {
        verdict: 'eligible',
        checklist: metChecklist(plan),
        points: [],
        reasonCodes: [],
      }),
  ],
  [
    'regional-opinion',
    (told) => void told.act(people.cairo, 'recordOpinion', { governorate: 'EG-C', verdict: 'support' }),
  ],
  ['technical-review', review],
  [
    'committee',
    (told) => {
      vote(told);
      told.reserve();
    },
  ],
  ['authority', authorise],
  [
    'agreement',
    (told) =>
      void told
        .act(people.samira, 'signAgreement', { documentSha256: text })
        .act(people.fundSignatory, 'countersignAgreement', { documentSha256: text }),
  ],
  ['implementation', implement],
  [
    'final-review',
    (told) => {
      const body = { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' } as const;
      told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
    },
  ],
];

/** Plays the plain steps of the stages from one up to another; without an end, to the closing. */
export const walk = (told: Journey, from: Stage, to?: Stage, plan: Plan = calmPlan): Journey => {
  let walking = false;
  for (const [stage, play] of steps) {
    if (stage === to) return told;
    walking ||= stage === from;
    if (walking) play(told, plan);
  }
  return told;
};

/** A request that has just arrived at a stage the plain way; without a stage, one that went all the way to its closing. */
export const journeyTo = (stage?: Stage, plan: Plan = calmPlan, id?: string): Journey =>
  walk(journey(plan, id), 'draft', stage, plan);

/** At final review with ten million piastres disbursed and not accounted for. */
export const unspent = (plan: Plan = calmPlan): Journey => {
  const told = journeyTo('implementation', plan);
  for (const [index, spent] of ['20000000', '40000000', '50000000'].entries()) {
    payTranche(told, index + 1);
    acceptReport(told, index + 1, spent);
  }
  return payTranche(told, 4);
};

/** Four million of them came back at once; six are owed. */
export const owing = (plan: Plan = calmPlan): Journey =>
  unspent(plan).act(people.monitor, 'closeRequest', {
    ...{ verdict: 'not-settled', unspentMinor: '10000000', returnedMinor: '4000000' },
  });

/** The rest is to come in two instalments, thirty and sixty days from then. */
export const recovering = (plan: Plan = calmPlan): Journey => {
  const told = owing(plan);
  const dueAtMs = (days: number): number => told.nowMs() + days * dayMs;
  return told.act(people.finance, 'agreeRecoveryPlan', {
    instalments: [
      { amountMinor: '2000000', dueAtMs: dueAtMs(30) },
      { amountMinor: '4000000', dueAtMs: dueAtMs(60) },
    ],
  });
};
