// The capacity-building cohort: one call, many NGOs; one session decides the batch, each NGO's request for itself. Two tranches, the
// second earned by how many people were trained; one report whose evidence is the attendance. The authority stays on the route: its
// lowest row is for small sums, not for none.
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
  tranches: {
    ...tranches,
    parts: [
      { shareBasisPoints: 8_000, requires: [] },
      {
        shareBasisPoints: 2_000,
        requires: [
          { kind: 'report-accepted', number: 1 },
          { kind: 'tranche-settled', number: 1 },
        ],
        results: { indicator: 'people-trained', target: 20, leastBasisPoints: 5_000 },
      },
    ],
    retentionBasisPoints: 0,
  },
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
    'tranches.parts.1.results.target',
    'tranches.parts.1.results.leastBasisPoints',
    'reports',
    'eligibility',
  ],
};
