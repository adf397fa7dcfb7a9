// The reference plan: a development grant with every stage. Numbers listed under `assumptions` are not confirmed by the Fund.
import type { Plan } from '../plan.js';
import { egyptianCalendar } from './calendar-egypt.js';

const days = (count: number) => ({ unit: 'working-days', count }) as const;
const dayMs = 86_400_000;
const time = (count: number) => ({ unit: 'time', ms: count * dayMs }) as const;
const stage = (due: number) => ({ due: days(due), escalateAfter: days(3) });
const pounds = (amount: bigint): string => (amount * 100n).toString();
const level = (name: string, people = 1) => ({ level: name, people });

const director = [level('programme-director'), level('executive-director')];

export const developmentGrant: Plan = {
  code: 'development-grant',
  version: '2026-1',
  rules: 1,
  purpose: 'grants',
  calendar: egyptianCalendar,
  route: [
    'screening',
    'regional-opinion',
    'technical-review',
    'committee',
    'authority',
    'agreement',
    'implementation',
    'final-review',
  ],
  submitWithin: { unit: 'time', ms: 600_000 },
  stages: {
    screening: stage(5),
    correction: stage(10),
    'regional-opinion': stage(10),
    'technical-review': stage(15),
    committee: stage(20),
    authority: stage(5),
    agreement: stage(15),
    implementation: { due: time(540), escalateAfter: days(10) },
    'final-review': stage(30),
    recovery: { due: time(365), escalateAfter: days(10) },
  },
  checklist: [
    'registered-under-law',
    'purpose-within-statute',
    'relevant-experience',
    'active-board',
    'qualified-staff',
    'two-years-of-final-accounts',
    'satisfactory-inspection',
    'no-open-violations',
  ],
  correctionRounds: 3,
  review: {
    assignment: 'by-officer',
    reviewers: 3,
    enoughScores: 2,
    spreadThreshold: 3_000,
    declareFirst: true,
    criteria: [
      { code: 'need-and-targeting', weight: 30, max: 10 },
      { code: 'design-and-feasibility', weight: 25, max: 10 },
      { code: 'capacity-and-record', weight: 20, max: 10 },
      { code: 'budget-and-value', weight: 15, max: 10 },
      { code: 'sustainability', weight: 10, max: 10 },
    ],
  },
  committee: {
    opening: 'by-secretary',
    closing: 'by-chair',
    quorum: 7,
    civilSocietyMajority: true,
    sessions: 'kept',
    ballot: 'by-session',
    longestDeferral: time(90),
  },
  authority: [
    { row: 'up-to-250k', aboveMinor: '0', upToMinor: pounds(250_000n), levels: director },
    {
      row: 'up-to-5m',
      aboveMinor: pounds(250_000n),
      upToMinor: pounds(5_000_000n),
      levels: [...director, level('board-deputy')],
    },
    {
      row: 'up-to-50m',
      aboveMinor: pounds(5_000_000n),
      upToMinor: pounds(50_000_000n),
      levels: [...director, level('board-deputy', 2), level('board-chair')],
    },
    {
      row: 'above-50m',
      aboveMinor: pounds(50_000_000n),
      upToMinor: pounds(10_000_000_000n),
      levels: [...director, level('board-deputy', 2), level('board-chair'), level('minister-delegate')],
    },
  ],
  agreement: { countersigned: true },
  tranches: {
    parts: [
      { shareBasisPoints: 4_000, requires: [] },
      {
        shareBasisPoints: 3_500,
        requires: [
          { kind: 'report-accepted', number: 1 },
          { kind: 'tranche-settled', number: 1 },
        ],
      },
      {
        shareBasisPoints: 2_500,
        requires: [
          { kind: 'report-accepted', number: 2 },
          { kind: 'tranche-settled', number: 2 },
        ],
      },
    ],
    retentionBasisPoints: 1_000,
    preparation: 'by-finance-officer',
    releasers: 1,
    receipt: 'confirmed',
    accountRest: { unit: 'time', ms: 3 * dayMs },
    registryFreshness: time(90),
    voterMayRelease: false,
  },
  reports: [
    { kind: 'progress', due: time(120) },
    { kind: 'progress', due: time(240) },
    { kind: 'final', due: time(400) },
  ],
  closure: { signoffs: ['monitoringOfficer', 'financeOfficer'] },
  assumptions: [
    'stages',
    'checklist',
    'correctionRounds',
    'review',
    'committee.quorum',
    'committee.civilSocietyMajority',
    'committee.ballot',
    'committee.longestDeferral',
    'authority',
    'tranches',
    'reports',
  ],
};
