// Who may do what, where, after what: written by hand from the law of the product (lifecycle.md §2, §4 and §9), never generated and
// never imported by the product. The matrix test holds the engine's own tables against this one, case by case.
import type { Role } from '../../domain/actor.js';
import type { PersonCommandKind } from '../../domain/command.js';
import type { Duty } from '../../domain/grant-request.js';
import type { Stage } from '../../domain/lifecycle.js';

export type Truth = {
  readonly roles: readonly Role[];
  /** `suspended` alone: only while the request is suspended, at whatever stage. */
  readonly stages: readonly Stage[] | 'suspended';
  /** Also during implementation while the committee's after-review is waited for. */
  readonly inAfterReview?: true;
  /** Only for the person's own organisation. */
  readonly ownOnly?: true;
  /** Having done one of these on the same request bars a person. */
  readonly barredBy: readonly Duty[];
  /** Open to people whose interest is recorded: telling of it. */
  readonly openToConflicted?: true;
  /** No decision on the request: the one thing that those who never decide may do to it. */
  readonly administration?: true;
};

/** Submitting goes with nothing else. */
const everythingOfTheFund: readonly Duty[] = [
  'judge-eligibility',
  'give-opinion',
  'score',
  'run-session',
  'vote',
  'authorise',
  'countersign',
  'prepare-payment',
  'release-payment',
  'review-report',
  'visit',
  'suspend',
  'lift-suspension',
  'close',
  'recover',
  'judge-appeal',
];
const signatory = (...stages: Stage[]): Truth => ({
  roles: ['signatory'],
  stages,
  ownOnly: true,
  barredBy: [...everythingOfTheFund, 'administer'],
});
const votes: readonly Duty[] = [
  'apply',
  'judge-eligibility',
  'run-session',
  'release-payment',
  'judge-appeal',
  'administer',
];

export const truth: Readonly<Record<PersonCommandKind, Truth>> = {
  submitRequest: signatory('draft'),
  resubmit: signatory('correction'),
  signAgreement: signatory('agreement'),
  declineAgreement: signatory('agreement'),
  fileAppeal: signatory('appeal-window'),
  decideAppeal: {
    roles: ['approver'],
    stages: ['appeal'],
    barredBy: ['apply', 'judge-eligibility', 'give-opinion', 'score', 'run-session', 'vote', 'authorise', 'administer'],
  },
  confirmReceipt: signatory('implementation'),
  submitReport: {
    roles: ['applicant', 'signatory'],
    stages: ['implementation'],
    ownOnly: true,
    barredBy: [...everythingOfTheFund, 'administer'],
  },
  withdraw: signatory(
    'screening',
    'correction',
    'regional-opinion',
    'technical-review',
    'committee',
    'authority',
    'agreement',
    'implementation',
  ),
  recordScreening: {
    roles: ['screeningOfficer'],
    stages: ['screening'],
    barredBy: ['apply', 'vote', 'judge-appeal', 'administer'],
  },
  recordOpinion: {
    roles: ['directorateOfficer'],
    stages: ['regional-opinion'],
    barredBy: ['apply', 'judge-appeal', 'administer'],
  },
  assignReviewers: {
    roles: ['committeeSecretary'],
    stages: ['technical-review'],
    barredBy: ['apply', 'vote', 'judge-appeal', 'administer'],
  },
  declareInterest: {
    roles: ['screeningOfficer', 'reviewer', 'committeeMember', 'committeeChair', 'approver'],
    stages: ['screening', 'regional-opinion', 'technical-review', 'committee', 'authority', 'appeal'],
    barredBy: [],
    openToConflicted: true,
  },
  recordScore: {
    roles: ['reviewer'],
    stages: ['technical-review'],
    barredBy: ['apply', 'authorise', 'judge-appeal', 'administer'],
  },
  openItem: {
    roles: ['committeeSecretary'],
    stages: ['committee'],
    inAfterReview: true,
    barredBy: ['apply', 'vote', 'judge-appeal', 'administer'],
  },
  castVote: {
    roles: ['committeeMember', 'committeeChair'],
    stages: ['committee'],
    inAfterReview: true,
    barredBy: votes,
  },
  closeItem: { roles: ['committeeChair'], stages: ['committee'], inAfterReview: true, barredBy: votes },
  recordApproval: {
    roles: ['approver'],
    stages: ['authority'],
    barredBy: ['apply', 'score', 'judge-appeal', 'administer'],
  },
  resolveAuthority: {
    roles: ['administrator'],
    stages: ['authority'],
    barredBy: ['apply', ...everythingOfTheFund],
    administration: true,
  },
  migratePlan: {
    roles: ['administrator'],
    stages: [
      'screening',
      'correction',
      'regional-opinion',
      'technical-review',
      'committee',
      'authority',
      'agreement',
      'appeal-window',
      'appeal',
      'implementation',
      'final-review',
      'recovery',
    ],
    barredBy: ['apply', ...everythingOfTheFund],
    administration: true,
  },
  reassignTask: {
    roles: ['committeeSecretary', 'approver'],
    stages: ['screening', 'technical-review', 'implementation', 'final-review', 'recovery'],
    barredBy: [],
  },
  countersignAgreement: { roles: ['fundSignatory'], stages: ['agreement'], barredBy: ['apply', 'administer'] },
  prepareTranche: {
    roles: ['financeOfficer'],
    stages: ['implementation'],
    barredBy: ['apply', 'release-payment', 'administer'],
  },
  releaseTranche: {
    roles: ['paymentReleaser', 'approver'],
    stages: ['implementation'],
    barredBy: ['apply', 'vote', 'prepare-payment', 'administer'],
  },
  recordVisit: { roles: ['monitoringOfficer'], stages: ['implementation'], barredBy: ['apply', 'administer'] },
  recordReportReview: { roles: ['monitoringOfficer'], stages: ['implementation'], barredBy: ['apply', 'administer'] },
  suspend: {
    roles: ['monitoringOfficer', 'screeningOfficer', 'financeOfficer'],
    stages: [
      'screening',
      'correction',
      'regional-opinion',
      'technical-review',
      'committee',
      'authority',
      'agreement',
      'appeal-window',
      'appeal',
      'implementation',
      'final-review',
    ],
    barredBy: ['apply', 'lift-suspension', 'administer'],
  },
  liftSuspension: {
    roles: ['approver', 'monitoringOfficer'],
    stages: 'suspended',
    barredBy: ['apply', 'suspend', 'administer'],
  },
  terminate: {
    roles: ['approver'],
    stages: ['implementation', 'final-review'],
    barredBy: ['apply', 'score', 'judge-appeal', 'administer'],
  },
  closeRequest: {
    roles: ['monitoringOfficer', 'financeOfficer'],
    stages: ['final-review'],
    barredBy: ['apply', 'administer'],
  },
  agreeRecoveryPlan: { roles: ['financeOfficer'], stages: ['recovery'], barredBy: ['apply', 'administer'] },
  recordRefund: { roles: ['financeOfficer'], stages: ['implementation'], barredBy: ['apply', 'administer'] },
  recordRecovery: { roles: ['financeOfficer', 'approver'], stages: ['recovery'], barredBy: ['apply', 'administer'] },
};

/** Whoever holds one of these decides nothing, whatever else they hold. */
export const neverDecides: readonly Role[] = ['auditor', 'donorObserver', 'administrator', 'operator'];
