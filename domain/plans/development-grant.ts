// The reference plan: a development grant with every stage. Numbers listed under `assumptions` are not confirmed by the Fund.
import type { Role } from '../actor.js';
import type { Plan } from '../plan.js';
import { egyptianCalendar } from './calendar-egypt.js';
import { eligibility, opinions, voiding } from './development-grant-review.js';
import { scoreSheetTexts } from './score-sheet-texts.js';

const days = (count: number) => ({ unit: 'working-days', count }) as const;
const dayMs = 86_400_000;
const time = (count: number) => ({ unit: 'time', ms: count * dayMs }) as const;
/** Reminded two working days before it is due. */
const stage = (due: number) => ({ due: days(due), escalateAfter: days(3), remindAfter: days(due - 2) });
const supervised = (due: number, rerouteTo: Role) => ({ ...stage(due), rerouteAfter: days(5), rerouteTo });
const report = (kind: 'progress' | 'final', due: number) => ({
  ...{ kind, due: time(due), remindAfter: time(due - 14) },
  ...{ escalateAfter: days(10), proposeSuspensionAfter: days(10) },
});
const pounds = (amount: bigint): string => (amount * 100n).toString();
const level = (name: string, people = 1) => ({ level: name, people });

const criterion = (code: keyof typeof scoreSheetTexts, weight: number) => ({
  code,
  weight,
  max: 10,
  ...scoreSheetTexts[code],
});

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
    screening: supervised(5, 'administrator'),
    correction: stage(10),
    'regional-opinion': stage(10),
    'technical-review': supervised(15, 'committeeSecretary'),
    committee: supervised(20, 'committeeChair'),
    authority: supervised(5, 'administrator'),
    agreement: stage(15),
    'appeal-window': { due: time(30), escalateAfter: days(3) },
    appeal: stage(20),
    implementation: { due: time(540), escalateAfter: days(10) },
    'final-review': supervised(30, 'administrator'),
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
      criterion('need-and-targeting', 30),
      criterion('design-and-feasibility', 25),
      criterion('capacity-and-record', 20),
      criterion('budget-and-value', 15),
      criterion('sustainability', 10),
    ],
    suggestion: { expertise: 60, perOpenTask: 10, perEarlierReview: 20, deviationNeedsReason: true },
  },
  committee: {
    opening: 'by-secretary',
    closing: 'by-chair',
    quorum: 7,
    civilSocietyMajority: true,
    seats: { total: 12, civilSociety: 7 },
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
  authorityPeopleChecked: true,
  supervision: { levels: ['executive-director'] },
  agreement: { countersigned: true },
  appeal: {
    panel: { level: 'appeal-panel', people: 3 },
    sendBackTo: ['screening', 'technical-review', 'committee'],
  },
  tranches: {
    parts: [
      { shareBasisPoints: 4_000, requires: [] },
      {
        shareBasisPoints: 3_500,
        requires: [
          { kind: 'report-accepted', number: 1 },
          { kind: 'tranche-settled', number: 1 },
          { kind: 'spent-share', basisPoints: 5_000 },
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
    firstPaymentReleasers: 2,
    receipt: 'confirmed',
    accountRest: { unit: 'time', ms: 3 * dayMs },
    registryFreshness: time(90),
    voterMayRelease: false,
  },
  reports: [report('progress', 120), report('progress', 240), report('final', 400)],
  closure: { signoffs: ['monitoringOfficer', 'financeOfficer'] },
  recovery: { longest: time(730), remindBeforeMs: 14 * dayMs, writeOff: 'by-authority' },
  eligibility,
  opinions,
  voiding,
  assumptions: [
    'stages',
    'checklist',
    'correctionRounds',
    'review',
    'committee.quorum',
    'committee.civilSocietyMajority',
    'committee.seats',
    'committee.ballot',
    'committee.longestDeferral',
    'authority',
    'supervision',
    'appeal',
    'tranches',
    'tranches.parts.1.requires.2.basisPoints',
    'reports',
    'recovery',
    'eligibility',
    'opinions',
    'voiding',
  ],
};
