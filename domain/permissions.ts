// Who may do what, where: one row per command. The gate of `decide`, the allowed actions shown to people and the
// permission matrix for auditors all read this table.
import type { Actor, Role } from './actor.js';
import { rolesHeldAs } from './actor.js';
import { delegationFault } from './delegation.js';
import type { PersonCommandKind } from './command.js';
import type { Duty, GrantRequest } from './grant-request.js';
import { allowsOverlay, stageNames } from './lifecycle.js';
import type { Outcome, Stage } from './lifecycle.js';
import type { Plan } from './plan.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { dutyConflictOf } from './separation-of-duties.js';

/** `sitting`: where the committee has an item of the request before it. */
type Where = readonly Stage[] | 'withdraw' | 'suspend' | 'terminate' | 'while-suspended' | 'sitting';

type Permission = {
  readonly roles: readonly Role[];
  readonly where: Where;
  /** `organisation`: only for the own NGO; `governorate`: checked by the rule, which knows the governorate; `fund`: any request. */
  readonly scope: 'organisation' | 'governorate' | 'fund';
  readonly duty: Duty | null;
};

const ngo = (roles: readonly Role[], where: Where): Permission => ({
  roles,
  where,
  scope: 'organisation',
  duty: 'apply',
});
const fund = (roles: readonly Role[], where: Where, duty: Duty | null): Permission => ({
  roles,
  where,
  scope: 'fund',
  duty,
});

/** Where officers of the Fund and reviewers are waited for. */
const reassignable = ['screening', 'technical-review', 'implementation', 'final-review', 'recovery'] as const;
const beforeAgreement = ['screening', 'regional-opinion', 'technical-review', 'committee', 'authority'] as const;
const running: readonly Stage[] = stageNames.filter((stage) => stage !== 'draft');
const judging: readonly Role[] = ['screeningOfficer', 'reviewer', 'committeeMember', 'committeeChair', 'approver'];

export const permissions: Readonly<Record<PersonCommandKind, Permission>> = {
  submitRequest: ngo(['signatory'], ['draft']),
  recordScreening: fund(['screeningOfficer'], ['screening'], 'judge-eligibility'),
  resubmit: ngo(['signatory'], ['correction']),
  recordOpinion: {
    roles: ['directorateOfficer'],
    where: ['regional-opinion'],
    scope: 'governorate',
    duty: 'give-opinion',
  },
  assignReviewers: fund(['committeeSecretary'], ['technical-review'], 'run-session'),
  declareInterest: fund(judging, [...beforeAgreement, 'appeal'], null),
  recordScore: fund(['reviewer'], ['technical-review'], 'score'),
  openItem: fund(['committeeSecretary'], 'sitting', 'run-session'),
  castVote: fund(['committeeMember', 'committeeChair'], 'sitting', 'vote'),
  closeItem: fund(['committeeChair'], 'sitting', 'vote'),
  recordApproval: fund(['approver'], ['authority'], 'authorise'),
  resolveAuthority: fund(['administrator'], ['authority'], 'administer'),
  signAgreement: ngo(['signatory'], ['agreement']),
  countersignAgreement: fund(['fundSignatory'], ['agreement'], 'countersign'),
  declineAgreement: ngo(['signatory'], ['agreement']),
  fileAppeal: ngo(['signatory'], ['appeal-window']),
  decideAppeal: fund(['approver'], ['appeal'], 'judge-appeal'),
  prepareTranche: fund(['financeOfficer'], ['implementation'], 'prepare-payment'),
  // Approvers release what is paid provisionally; the rule knows which tranche that is.
  releaseTranche: fund(['paymentReleaser', 'approver'], ['implementation'], 'release-payment'),
  confirmReceipt: ngo(['signatory'], ['implementation']),
  submitReport: ngo(['applicant', 'signatory'], ['implementation']),
  recordReportReview: fund(['monitoringOfficer'], ['implementation'], 'review-report'),
  recordVisit: fund(['monitoringOfficer'], ['implementation'], 'visit'),
  suspend: fund(['monitoringOfficer', 'screeningOfficer', 'financeOfficer'], 'suspend', 'suspend'),
  liftSuspension: fund(['approver', 'monitoringOfficer'], 'while-suspended', 'lift-suspension'),
  withdraw: ngo(['signatory'], 'withdraw'),
  terminate: fund(['approver'], 'terminate', 'authorise'),
  recordRefund: fund(['financeOfficer'], ['implementation'], 'recover'),
  closeRequest: fund(['monitoringOfficer', 'financeOfficer'], ['final-review'], 'close'),
  agreeRecoveryPlan: fund(['financeOfficer'], ['recovery'], 'recover'),
  recordRecovery: fund(['financeOfficer', 'approver'], ['recovery'], 'recover'),
  reassignTask: fund(['committeeSecretary', 'approver'], reassignable, null),
  migratePlan: fund(['administrator'], running, 'administer'),
};

/** At its stage, and during implementation while an after-review is waited for. */
const sits = ({ position, afterReview }: GrantRequest): boolean =>
  position.stage === 'committee' || (position.stage === 'implementation' && afterReview?.verdict === null);

const isHere = (request: GrantRequest, where: Where): boolean => {
  if (where === 'while-suspended') return request.suspension !== null;
  if (where === 'sitting') return sits(request);
  const { stage } = request.position;
  return typeof where === 'string' ? allowsOverlay(stage, where) : where.includes(stage);
};

const organisationOf = (request: GrantRequest, submitted?: string): string | undefined =>
  request.file?.organisationId ?? submitted;

const roleFault = (
  actor: Actor,
  permission: Permission,
  organisationId: string | undefined,
): { refusal: Refusal } | null => {
  const held = rolesHeldAs(actor, permission.roles);
  if (held.length === 0) return refuse('notYourRole', 'roles', permission.roles.join(' '));
  if (permission.scope !== 'organisation') return null;
  return held.some((role) => role.organisationId !== undefined && role.organisationId === organisationId)
    ? null
    : refuse('notYourOrganisation');
};

const stageFault = (request: GrantRequest, kind: PersonCommandKind, where: Where): { refusal: Refusal } | null => {
  if (request.suspension && where !== 'while-suspended') return refuse('suspended', request.suspension.ground);
  if (isHere(request, where)) return null;
  // A ballot that was closed moved the request on; "closed" explains a late vote better than "not this stage".
  const late = (kind === 'castVote' || kind === 'closeItem') && request.ballot?.closed === true;
  return late ? refuse('ballotClosed') : refuse('notThisStage', request.position.stage, whereText(where));
};

/** To somebody who comes with an appeal "ended" would not say why it is too late. */
export const endedFault = (request: GrantRequest, kind: PersonCommandKind, outcome: Outcome): { refusal: Refusal } => {
  if (kind !== 'fileAppeal' || request.appeal?.standing !== outcome) return refuse('requestEnded', outcome);
  return request.appeal.verdict === null
    ? refuse('appealWindowClosed', outcome)
    : refuse('appealAlreadyDecided', outcome);
};

const whereText = (where: Where): string => {
  if (where === 'sitting') return 'committee';
  return typeof where === 'string' ? where : where.join(' ');
};

/** Declaring an interest stays open to who has one. The NGO's own people are connected with it by their office. */
const interestFault = (request: GrantRequest, kind: PersonCommandKind, actor: Actor): { refusal: Refusal } | null => {
  if (kind === 'declareInterest') return null;
  if (request.conflicted.includes(actor.personId)) return refuse('conflictOfInterest');
  const [found] = permissions[kind].scope === 'organisation' ? [] : (actor.interests ?? []);
  return found === undefined ? null : refuse('conflictOfInterest', found);
};

/**
 * The checks that every command of a person passes before its own rule: ended, role, organisation, suspension, stage,
 * duties that exclude each other, interests. `submittedFor` is the organisation a first submission is made for.
 */
export const mayAct = (
  request: GrantRequest,
  kind: PersonCommandKind,
  actor: Actor,
  plan: Plan,
  submittedFor?: string,
): { refusal: Refusal } | null => {
  const permission = permissions[kind];
  if (request.outcome) return endedFault(request, kind, request.outcome);
  return (
    roleFault(actor, permission, organisationOf(request, submittedFor)) ??
    stageFault(request, kind, permission.where) ??
    dutyConflictOf(request, actor, permission.duty, plan) ??
    interestFault(request, kind, actor) ??
    (kind === 'declareInterest' ? null : delegationFault(request, actor, permission.duty, plan))
  );
};
