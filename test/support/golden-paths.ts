// The paths whose histories are kept: each a story that the rules accept, played again on a real server when recorded.
import { calendarKeeper, registry, treasury } from '../../domain/actor.js';
import type { ConnectionKind } from '../../domain/connection.js';
import type { Plan } from '../../domain/plan.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { earningLess, earningNothing } from './earning.js';
import type { Journey } from './journey.js';
import {
  acceptReport,
  approveBody,
  dayMs,
  fileOf,
  fullScores,
  journey,
  metChecklist,
  openWith,
  paymentFacts,
  payTranche,
  walk,
} from './journey.js';
import { members, people, reviewers } from './people.js';
import { before, correct, fieldOf, returnedByCommittee } from './strict.js';
import { calmPlan, earningPlan, hastyPlan, hastyReportPlan, ladderPlan, strictPlan, workingPlan } from './plans.js';
import { cohortToClosure, reliefRecovered, reliefToClosure, screened } from './variants.js';
import type { Stage } from '../../domain/lifecycle.js';

export type GoldenPath = {
  readonly plan: Plan;
  readonly play: (id: string, atMs: number) => Journey;
  /** Sums by which the envelope falls short, one for each reservation to refuse. */
  readonly refusals?: readonly string[];
  readonly continueAfterEvents?: number;
};

const upTo = (stage: Stage | undefined, then: (told: Journey) => Journey, plan: Plan = calmPlan): GoldenPath => ({
  plan,
  play: (id, atMs) => then(walk(journey(plan, id, atMs), 'draft', stage, plan)),
});
const answered = { checklist: metChecklist(calmPlan), points: [], reasonCodes: [] };
const points = [{ section: 'budget', note: 'the sums differ' }];
const same = (told: Journey): Journey => told;

const incomplete = (told: Journey): Journey =>
  told.act(people.hana, 'recordScreening', { ...answered, verdict: 'incomplete', points });
const decided = (told: Journey, vote: 'approve' | 'reject', change: object): Journey => {
  told.act(people.secretary, 'openItem', openWith());
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote });
  return told.act(people.chair, 'closeItem', { ...approveBody, ...change }, { reason: 'as discussed' });
};
const prepareAndRelease = (told: Journey): Journey =>
  told
    .act(people.finance, 'prepareTranche', { number: 1, facts: paymentFacts(told.nowMs()) })
    .act(people.releaser, 'releaseTranche', { number: 1 });
const owing = (told: Journey): Journey => {
  for (const number of [1, 2, 3]) {
    payTranche(told, number);
    acceptReport(told, number, ['20000000', '40000000', '50000000'][number - 1] ?? '0');
  }
  return payTranche(told, 4)
    .act(people.monitor, 'closeRequest', { verdict: 'not-settled', unspentMinor: '10000000', returnedMinor: '4000000' })
    .act(people.finance, 'agreeRecoveryPlan', { instalments: [{ amountMinor: '6000000', dueAtMs: dayMs }] });
};
const widelyScored = (told: Journey): Journey => {
  const panel = reviewers.slice(0, 3).map(({ personId, name }) => ({ personId, name }));
  told.act(people.secretary, 'assignReviewers', { reviewers: panel });
  reviewers.slice(0, 3).forEach((reviewer, index) => {
    told.act(reviewer, 'declareInterest', { interest: 'none' });
    told.act(reviewer, 'recordScore', { scores: fullScores(calmPlan, index === 0 ? 1 : 9) });
  });
  return told;
};

/** A reviewer and a member of the committee whom data connect with the NGO: one is not assigned, the other recused. */
const connectedPeopleLeftOut = (told: Journey): Journey => {
  const panel = reviewers.slice(1, 4).map(({ personId, name }) => ({ personId, name }));
  const suggested = panel.map(({ personId }) => personId);
  const connected = (person: string | undefined, kind: ConnectionKind) => [{ personId: person ?? '', kinds: [kind] }];
  const interests = connected(reviewers[0]?.personId, 'board-member');
  told.act(people.secretary, 'assignReviewers', { reviewers: panel, suggested, interests });
  for (const reviewer of reviewers.slice(1, 4)) {
    const looked = { ...reviewer, interests: [] };
    told.act(looked, 'declareInterest', { interest: 'none' });
    told.act(looked, 'recordScore', { scores: fullScores(calmPlan) });
  }
  told.act(people.secretary, 'openItem', {
    ...openWith(),
    interests: connected(members[11]?.personId, 'earlier-employment'),
  });
  for (const member of members.slice(0, 8)) told.act(member, 'castVote', { vote: 'reject' });
  return told.act(people.chair, 'closeItem', { ...approveBody, verdict: 'reject' }, { reason: 'as discussed' });
};
const passDeadlines = (told: Journey, times: number): Journey => {
  for (let time = 0; time < times; time += 1) told.passDeadline();
  return told;
};
/** Two days in a row, then three: at least one working day is among each of them. */
const holidayFact = (told: Journey, version: number) => {
  const days = [1, 2, 3].map((ahead) => new Date(told.nowMs() + ahead * dayMs).toISOString().slice(0, 10));
  const body = { version, declaredDays: days.slice(0, version + 1), removedDays: [] };
  return { kind: 'calendarChanged', by: calendarKeeper, key: `calendar-${version}`, body } as const;
};

export const goldenPaths: Readonly<Record<string, GoldenPath>> = {
  'plain-to-closure': upTo(undefined, same),
  'correction-and-back': upTo('screening', (told) =>
    incomplete(told)
      .act(people.samira, 'resubmit', {
        file: fileOf({ sections: { project: 'a', budget: 'mended' } }),
        answers: points,
      })
      .act(people.hana, 'recordScreening', { ...answered, verdict: 'ineligible', reasonCodes: ['expired-licence'] }),
  ),
  'correction-lapsed': upTo('screening', (told) => incomplete(told).passDeadline(), hastyPlan({ correction: 700 })),
  'opinion-silent-then-withdrawn': upTo(
    'regional-opinion',
    (told) => told.passDeadline().act(people.samira, 'withdraw', {}, { reason: 'other funds were found' }),
    hastyPlan({ 'regional-opinion': 700 }),
  ),
  'screening-late-then-escalated': upTo(
    'screening',
    (told) => told.passDeadline().passDeadline().act(people.samira, 'withdraw', {}),
    hastyPlan({ screening: 600 }, 600),
  ),
  'scores-differ-widely': upTo('technical-review', (told) => widelyScored(told).act(people.samira, 'withdraw', {})),
  'connected-people-left-out': upTo('technical-review', connectedPeopleLeftOut),
  'committee-rejects': upTo('committee', (told) => decided(told, 'reject', { verdict: 'reject' })),
  'committee-defers-then-returns': upTo('committee', (told) =>
    decided(decided(told, 'approve', { verdict: 'defer' }), 'approve', { verdict: 'return', points }).act(
      people.samira,
      'withdraw',
      {},
    ),
  ),
  'committee-defers-to-a-date': upTo('committee', (told) =>
    decided(told, 'approve', { verdict: 'defer', deferUntilMs: told.nowMs() + 6_000 })
      .passDeadline()
      .act(people.secretary, 'openItem', {
        ...openWith(),
        session: { version: 4, ballot: 'secret', atMs: told.nowMs() },
      })
      .act(people.samira, 'withdraw', {}),
  ),
  'envelope-falls-short': {
    ...upTo('committee', (told) => {
      decided(told, 'approve', {});
      const key = told.request().award?.decisionKey ?? '';
      told.tell({ kind: 'reportReservation', by: treasury, key, body: { outcome: 'refused', missingMinor: '5' } });
      return decided(told, 'reject', { verdict: 'reject' });
    }),
    refusals: ['5'],
  },
  'authority-returns-then-rejects': upTo('authority', (told) => {
    told.act(people.programmeDirector, 'recordApproval', { verdict: 'return' });
    decided(told, 'approve', {}).reserve();
    return told.act(people.programmeDirector, 'recordApproval', { verdict: 'reject' });
  }),
  'agreement-declined': upTo('agreement', (told) => told.act(people.samira, 'declineAgreement', {})),
  'agreement-lapsed': upTo('agreement', (told) => told.passDeadline(), hastyPlan({ agreement: 900 })),
  'suspended-and-lifted': upTo('implementation', (told) =>
    told
      .act(people.monitor, 'suspend', { ground: 'flagged-visit' })
      .act(people.deputy, 'liftSuspension', {})
      .act(people.samira, 'withdraw', {}),
  ),
  'payment-rejected-then-replaced': upTo('implementation', (told) =>
    prepareAndRelease(prepareAndRelease(told).pay(1, 'rejected')).pay(1, 'settled').act(people.deputy, 'terminate', {}),
  ),
  'payment-unknown-then-settled': upTo('implementation', (told) =>
    prepareAndRelease(told).pay(1, 'unknown').pay(1, 'settled').act(people.samira, 'confirmReceipt', { number: 1 }),
  ),
  'recovered-to-closure': upTo('implementation', (told) =>
    owing(told).act(people.finance, 'recordRecovery', { kind: 'received', amountMinor: '6000000' }),
  ),
  'written-off': upTo('implementation', (told) =>
    owing(told).act(people.executiveDirector, 'recordRecovery', { kind: 'written-off', amountMinor: '6000000' }),
  ),
  'registry-finding-then-lifted': upTo('screening', (told) =>
    told
      .tell({
        kind: 'registryStatusChanged',
        by: registry,
        key: 'registry-ngo-mashael-3',
        body: { finding: 'open-violation', reportedBy: people.monitor.personId },
      })
      .act(people.deputy, 'liftSuspension', {}, { reason: 'the violation was closed' })
      .act(people.samira, 'withdraw', {}),
  ),
  'budget-corrected-and-scored-again': {
    plan: strictPlan,
    play: (id, atMs) => {
      const told = returnedByCommittee({ id, atMs });
      correct(told, { sections: { ...before, budget: 'l2' } }, [fieldOf('budget/lines/training/quantity')]);
      for (const reviewer of reviewers.slice(0, 3))
        told.act(reviewer, 'recordScore', { scores: { 'budget-and-value': 5 } });
      return told.act(people.samira, 'withdraw', {});
    },
  },
  'screening-reminded-then-rerouted': upTo(
    'screening',
    (told) => passDeadlines(told, 4).act(people.samira, 'withdraw', {}),
    ladderPlan(700),
  ),
  'report-overdue-then-suspended': upTo(
    'implementation',
    (told) =>
      passDeadlines(told, 4)
        .act(people.monitor, 'suspend', { ground: 'overdue-report' })
        .act(people.deputy, 'liftSuspension', {})
        .act(people.samira, 'withdraw', {}),
    hastyReportPlan(700),
  ),
  'calendar-changed-while-suspended': upTo(
    'screening',
    (told) =>
      told
        .tell(holidayFact(told, 1))
        .act(people.monitor, 'suspend', { ground: 'fraud-alarm' })
        .tell(holidayFact(told, 2))
        .act(people.deputy, 'liftSuspension', {})
        .act(people.samira, 'withdraw', {}),
    workingPlan(5),
  ),
  'relief-ratified-to-closure': {
    plan: reliefFastLane,
    play: (id, atMs) => reliefToClosure({ id, atMs }),
  },
  'relief-recovered': { plan: reliefFastLane, play: (id, atMs) => reliefRecovered({ id, atMs }) },
  'relief-funds-missing-then-withdrawn': {
    plan: reliefFastLane,
    play: (id, atMs) => {
      const told = screened({ id, atMs });
      const key = told.request().award?.decisionKey ?? '';
      told.tell({ kind: 'reportReservation', by: treasury, key, body: { outcome: 'refused', missingMinor: '5' } });
      return told.act(people.samira, 'withdraw', {});
    },
    refusals: ['5'],
  },
  'capacity-cohort-to-closure': {
    plan: capacityCohort,
    play: (id, atMs) => cohortToClosure({ id, atMs }),
  },
  'tranche-earned-by-results': upTo('implementation', earningLess, earningPlan),
  'tranche-unearned-to-closure': upTo('implementation', earningNothing, earningPlan),
  'continued-as-new': { ...upTo(undefined, same), continueAfterEvents: 60 },
};
