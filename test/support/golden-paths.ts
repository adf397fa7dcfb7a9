// The paths whose histories are kept: each a story that the rules accept, played again on a real server when recorded.
import { treasury } from '../../domain/actor.js';
import type { Plan } from '../../domain/plan.js';
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
import { calmPlan, hastyPlan } from './plans.js';
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
  'continued-as-new': { ...upTo(undefined, same), continueAfterEvents: 60 },
};
