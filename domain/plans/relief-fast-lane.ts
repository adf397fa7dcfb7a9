// The relief fast lane: due times in hours that run round the clock, screening and authority only before money, the first tranche
// released provisionally by two approvers, and the committee's after-review. Numbers under `assumptions` are not confirmed.
import type { Plan } from '../plan.js';
import { developmentGrant } from './development-grant.js';

const hours = (count: number) => ({ unit: 'time', ms: count * 3_600_000 }) as const;
const days = (count: number) => hours(count * 24);
/** Reminded at half of the time. */
const stage = (due: number) => ({ due: hours(due), escalateAfter: hours(12), remindAfter: hours(due / 2) });
const supervised = (due: number) => ({ ...stage(due), rerouteAfter: hours(24), rerouteTo: 'administrator' as const });
const report = (kind: 'progress' | 'final', due: number) => ({
  ...{ kind, due: days(due), remindAfter: days(due - 7) },
  ...{ escalateAfter: days(3), proposeSuspensionAfter: days(3) },
});

const { review, committee, authority, eligibility } = developmentGrant;

export const reliefFastLane: Plan = {
  code: 'relief-fast-lane',
  version: '2026-1',
  rules: 1,
  purpose: 'grants',
  calendar: developmentGrant.calendar,
  route: ['screening', 'authority', 'implementation', 'final-review'],
  submitWithin: developmentGrant.submitWithin,
  stages: {
    screening: supervised(24),
    correction: stage(24),
    authority: supervised(12),
    'appeal-window': { due: hours(72), escalateAfter: hours(12) },
    appeal: stage(72),
    implementation: { due: days(120), escalateAfter: days(3) },
    'final-review': supervised(240),
    recovery: { due: days(180), escalateAfter: days(7) },
  },
  checklist: ['registered-under-law', 'purpose-within-statute', 'relevant-experience', 'no-open-violations'],
  correctionRounds: 1,
  review,
  committee,
  authority,
  authorityPeopleChecked: true,
  supervision: { levels: ['executive-director'] },
  award: { by: 'screening' },
  needsAssessment: true,
  afterReview: { due: { unit: 'working-days', count: 20 } },
  agreement: { countersigned: true },
  appeal: { panel: { level: 'appeal-panel', people: 3 }, sendBackTo: ['screening'] },
  tranches: {
    ...developmentGrant.tranches,
    parts: [
      { shareBasisPoints: 5_000, requires: [] },
      { shareBasisPoints: 5_000, requires: [{ kind: 'tranche-settled', number: 1 }] },
    ],
    provisional: { number: 1, approvers: 2 },
  },
  reports: [report('progress', 30), report('final', 90)],
  closure: developmentGrant.closure,
  ...(eligibility ? { eligibility } : {}),
  assumptions: [
    'stages',
    'checklist',
    'correctionRounds',
    'committee.quorum',
    'committee.civilSocietyMajority',
    'committee.seats',
    'authority',
    'supervision',
    'afterReview',
    'appeal',
    'tranches',
    'reports',
    'eligibility',
  ],
};
