// A body for each command: well-formed, enough to be refused for who sends it, when and where.
import type { PersonBodies, PersonCommandKind } from '../../domain/command.js';
import { fileOf, fullScores, metChecklist, openWith, paymentFacts, startMs, text } from './journey.js';
import { calmPlan } from './plans.js';

const points = [{ section: 'budget', note: 'mend' }];

export const bodyOf: { readonly [K in PersonCommandKind]: PersonBodies[K] } = {
  submitRequest: { file: fileOf() },
  recordScreening: { verdict: 'eligible', checklist: metChecklist(calmPlan), points: [], reasonCodes: [] },
  resubmit: { file: fileOf(), answers: points },
  recordOpinion: { governorate: 'EG-C', verdict: 'support' },
  assignReviewers: { reviewers: [{ personId: 'reviewer-1', name: 'reviewer-1' }] },
  declareInterest: { interest: 'none' },
  recordScore: { scores: fullScores(calmPlan) },
  openItem: openWith(),
  castVote: { vote: 'approve' },
  closeItem: { verdict: 'approve', conditions: [], castingVote: false, answersToObjections: {}, points: [] },
  recordApproval: { verdict: 'approve' },
  resolveAuthority: { peopleByLevel: {} },
  reassignTask: { task: 'screen', to: null },
  migratePlan: { plan: { ...calmPlan, version: 'newer' }, planHash: text, fromPlanHash: text },
  fileAppeal: {},
  decideAppeal: { verdict: 'uphold' },
  signAgreement: { documentSha256: text },
  countersignAgreement: { documentSha256: text },
  declineAgreement: {},
  prepareTranche: { number: 1, facts: paymentFacts(startMs) },
  releaseTranche: { number: 1 },
  confirmReceipt: { number: 1 },
  submitReport: { number: 1, spentMinor: '0', indicators: [], documentSha256: text },
  recordReportReview: { number: 1, verdict: 'accepted', points: [] },
  recordVisit: { visitedOn: '2026-01-01', verdict: 'failed', findings: [] },
  suspend: { ground: 'fraud-alarm' },
  liftSuspension: {},
  withdraw: {},
  terminate: {},
  closeRequest: { verdict: 'settled', unspentMinor: '0', returnedMinor: '0' },
  recordRefund: { amountMinor: '1' },
  agreeRecoveryPlan: { instalments: [] },
  recordRecovery: { kind: 'received', amountMinor: '1' },
};
