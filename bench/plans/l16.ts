// The reference lifecycle's plan (L16): every step that is a person's kept to one act, so that shapes of engines can be compared.
// Made for measuring: it skips people that real money needs, and can never be published.
import type { Stage } from '../../domain/lifecycle.js';
import type { Plan, StagePlan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';

const dayMs = 86_400_000;
const days = (count: number) => ({ unit: 'time', ms: count * dayMs }) as const;
/** Far away: no deadline strikes while a measurement runs. */
const calm: StagePlan = { due: days(30), escalateAfter: days(30) };
const stages: readonly Stage[] = [
  'screening',
  'correction',
  'technical-review',
  'committee',
  'agreement',
  'implementation',
  'final-review',
  'recovery',
];
const roundTheClock = { weekend: [], holidays: [], offsets: [{ fromMs: 0, minutes: 0 }], dayEndsAtMinute: 1440 };

/** The account that every measured lifecycle is paid on. */
export const benchAccountId = 'bench-account';

export const l16Plan: Plan = {
  code: 'bench-l16',
  version: '1',
  rules: 1,
  purpose: 'measurement',
  calendar: roundTheClock,
  route: ['screening', 'technical-review', 'committee', 'agreement', 'implementation', 'final-review'],
  submitWithin: { unit: 'time', ms: 600_000 },
  stages: Object.fromEntries(stages.map((stage) => [stage, calm])),
  checklist: [],
  correctionRounds: 3,
  review: {
    assignment: 'open',
    reviewers: 3,
    enoughScores: 3,
    spreadThreshold: 10_000,
    declareFirst: false,
    criteria: developmentGrant.review.criteria,
  },
  committee: { opening: 'standing', closing: 'at-quorum', quorum: 3, civilSocietyMajority: false },
  authority: [],
  agreement: { countersigned: false },
  tranches: {
    parts: [
      { shareBasisPoints: 4_000, requires: [{ kind: 'report-accepted', number: 1 }] },
      { shareBasisPoints: 3_500, requires: [{ kind: 'report-accepted', number: 2 }] },
      { shareBasisPoints: 2_500, requires: [{ kind: 'report-accepted', number: 3 }] },
    ],
    retentionBasisPoints: 0,
    preparation: 'automatic',
    automaticAccountId: benchAccountId,
    releasers: 0,
    receipt: 'not-asked',
    accountRest: days(3),
    registryFreshness: days(90),
    voterMayRelease: false,
  },
  reports: [
    { kind: 'progress', due: days(30) },
    { kind: 'progress', due: days(60) },
    { kind: 'final', due: days(90) },
  ],
  closure: { signoffs: ['monitoringOfficer'] },
  assumptions: [],
};
