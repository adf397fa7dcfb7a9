// The capacity-building cohort: one call, many NGOs; one session decides the batch, each NGO's request for itself. One tranche,
// one report whose evidence is the attendance. The authority stays on the route: its lowest row is for small sums, not for none.
import type { Plan } from '../plan.js';
import { developmentGrant } from './development-grant.js';

const days = (count: number) => ({ unit: 'working-days', count }) as const;
const time = (count: number) => ({ unit: 'time', ms: count * 86_400_000 }) as const;

const { stages, review, committee, authority, tranches, eligibility, appeal } = developmentGrant;

export const capacityCohort: Plan = {
  code: 'capacity-cohort',
  version: '2026-1',
  rules: 1,
  purpose: 'grants',
  calendar: developmentGrant.calendar,
  route: ['screening', 'committee', 'authority', 'agreement', 'implementation', 'final-review'],
  submitWithin: developmentGrant.submitWithin,
  stages: { ...stages, implementation: { due: time(180), escalateAfter: days(10) } },
  checklist: ['registered-under-law', 'active-board', 'no-open-violations'],
  correctionRounds: 2,
  review,
  committee,
  authority,
  authorityPeopleChecked: true,
  supervision: { levels: ['executive-director'] },
  agreement: { countersigned: true },
  ...(appeal ? { appeal: { ...appeal, sendBackTo: ['screening', 'committee'] } } : {}),
  tranches: { ...tranches, parts: [{ shareBasisPoints: 10_000, requires: [] }], retentionBasisPoints: 0 },
  reports: [
    {
      ...{ kind: 'final', evidence: 'attendance', due: time(120), remindAfter: time(106) },
      ...{ escalateAfter: days(10), proposeSuspensionAfter: days(10) },
    },
  ],
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
    'appeal',
    'tranches',
    'reports',
    'eligibility',
  ],
};
