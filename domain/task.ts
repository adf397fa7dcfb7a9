// Tasks: what the request waits for, derived from its state; each names the command that answers it and who may give it.
import type { PersonCommandKind } from './command.js';
import type { Role } from './actor.js';
import { openInstalment } from './closure/recovery.js';
import type { DueBasis } from './due.js';
import { roundTheClockBasis } from './due.js';
import { isHeld } from './approval/deferral.js';
import type { Context } from './decision.js';
import type { GrantRequest, Report, Tranche } from './grant-request.js';
import { currentLevel } from './level-approvals.js';
import { stages } from './lifecycle.js';
import type { SourceTerm } from './money/funding-source.js';
import { releaseOf } from './money/tranche.js';
import { awaitsVisit } from './money/tranche-conditions.js';
import { hasSevereFinding } from './visit-state.js';
import { awardStage } from './plan.js';
import { awaitedGovernorates } from './review/opinion-state.js';

export type Task = {
  /** Unique within the request, the same for the same piece of work. */
  readonly name: string;
  readonly command: PersonCommandKind;
  readonly role: Role;
  /** Narrows the role: the NGO, the governorate or the level whose people see it. */
  readonly organisationId?: string;
  readonly governorate?: string;
  readonly level?: string;
  /** Set when one person alone is waited for. */
  readonly personId?: string;
  /** Number of the tranche or report it is about. */
  readonly number?: number;
  readonly dueAtMs: number | null;
  /** How the due time was computed; absent while nothing is due. */
  readonly dueBasis?: DueBasis;
  /** The term of the source of money that stopped the last award: the same award would be stopped again. */
  readonly stoppedBy?: SourceTerm;
  /** Set on the second sight of work that nobody answered: its role sees to it, others are still waited for. */
  readonly rerouted?: true;
  /** The version a person must at least have seen to answer it. */
  readonly sinceVersion: number;
};

type Draft = Omit<Task, 'dueAtMs' | 'sinceVersion'> & Partial<Pick<Task, 'sinceVersion' | 'dueAtMs'>>;

/** Scores that differ widely ask for one reviewer more: another piece of work than the first assignment. */
export const extraReviewerTask = 'assign-extra';
const basis = (found: DueBasis | undefined): Pick<Task, 'dueBasis'> => (found ? { dueBasis: found } : {});

const reviewTasks = (request: GrantRequest, { plan }: Context): Draft[] => {
  const { review } = request;
  const wanted = Math.max(review.wanted, plan.review.reviewers);
  if (plan.review.assignment === 'open') return [{ name: 'score', command: 'recordScore', role: 'reviewer' }];
  const missing = wanted - review.assigned.length;
  const scoring = review.assigned
    .filter(({ personId }) => !review.scores.some((score) => score.personId === personId))
    .map(({ personId }): Draft => {
      const declared = !plan.review.declareFirst || review.declared.includes(personId);
      const command = declared ? 'recordScore' : 'declareInterest';
      return { name: `score-${personId}`, command, role: 'reviewer', personId };
    });
  const name = review.widened ? extraReviewerTask : 'assign';
  const assigning: Draft = { name, command: 'assignReviewers', role: 'committeeSecretary' };
  return [...(missing > 0 ? [assigning] : []), ...scoring];
};

/** Nobody is waited for while funds are asked for; when they were refused, that is a piece of work of its own. */
const screeningTasks = ({ award, fundsMissingMinor }: GrantRequest): Draft[] =>
  award?.funds === 'asked'
    ? []
    : [
        {
          name: award === null && fundsMissingMinor !== undefined ? 'screen-funds-missing' : 'screen',
          ...{ command: 'recordScreening', role: 'screeningOfficer' },
        },
      ];

const afterReviewTasks = (request: GrantRequest, context: Context): Draft[] => {
  const { afterReview } = request;
  if (afterReview?.verdict !== null) return [];
  const { dueAtMs, dueBasis } = afterReview;
  return committeeTasks(request, context).map((draft) => ({ ...draft, dueAtMs, ...basis(dueBasis) }));
};

const committeeTasks = (request: GrantRequest, { plan }: Context): Draft[] => {
  const { ballot, award } = request;
  if (award?.funds === 'asked' || isHeld(request)) return [];
  if (plan.committee.opening === 'standing') return [{ name: 'vote', command: 'castVote', role: 'committeeMember' }];
  if (ballot === null || ballot.closed) return [{ name: 'open', command: 'openItem', role: 'committeeSecretary' }];
  const voting = ballot.present
    .filter(({ personId }) => !ballot.recused.includes(personId) && ballot.votes[personId] === undefined)
    .map(
      ({ personId }): Draft => ({ name: `vote-${personId}`, command: 'castVote', role: 'committeeMember', personId }),
    );
  return [
    ...voting,
    { name: 'close', command: 'closeItem', role: 'committeeChair', sinceVersion: ballot.lastVoteVersion },
  ];
};

const authorityTasks = (request: GrantRequest): Draft[] => {
  const level = request.authority?.row == null ? null : currentLevel(request.authority);
  if (level !== null) return [{ name: `approve-${level}`, command: 'recordApproval', role: 'approver', level }];
  // The matrix fails closed: a named task, never a silent pass.
  const mends = request.authority?.rule === 'not-enough-people' ? 'resolveAuthority' : 'migratePlan';
  return [{ name: 'mend-authority', command: mends, role: 'administrator' }];
};

const agreementTasks = (request: GrantRequest): Draft[] =>
  request.agreement
    ? [{ name: 'countersign', command: 'countersignAgreement', role: 'fundSignatory' }]
    : [ngoTask(request, { name: 'sign', command: 'signAgreement', role: 'signatory' })];

const panelTasks = ({ plan }: Context): Draft[] =>
  plan.appeal === undefined
    ? []
    : [{ name: 'judge-appeal', command: 'decideAppeal', role: 'approver', level: plan.appeal.panel.level }];

const ngoTask = (request: GrantRequest, draft: Draft): Draft =>
  request.file ? { ...draft, organisationId: request.file.organisationId } : draft;

const trancheTask = (request: GrantRequest, tranche: Tranche, { plan }: Context): Draft[] => {
  const { number, changedVersion: sinceVersion } = tranche;
  switch (tranche.state) {
    case 'ready':
    case 'rejected':
      return [{ name: `prepare-${number}`, command: 'prepareTranche', role: 'financeOfficer', number, sinceVersion }];
    case 'prepared':
      return [
        {
          ...{ name: `release-${number}`, command: 'releaseTranche', role: releaseOf(tranche, plan).role },
          ...{ number, sinceVersion },
        },
      ];
    case 'settled':
      return plan.tranches.receipt === 'confirmed'
        ? [
            ngoTask(request, {
              name: `receipt-${number}`,
              command: 'confirmReceipt',
              role: 'signatory',
              number,
              sinceVersion,
            }),
          ]
        : [];
    case 'waiting':
    case 'released':
    case 'unknown':
    case 'confirmed':
    case 'unearned':
      return [];
  }
};

const reportBasis = (request: GrantRequest, { number, dueAtMs, dueBasis }: Report, { plan }: Context) => {
  const period = plan.reports[number - 1]?.due;
  const fromMs = request.position.enteredAtMs;
  return basis(dueBasis ?? (period && roundTheClockBasis(fromMs, period, dueAtMs)));
};

const proposalTask = (request: GrantRequest, { number, state, changedVersion: sinceVersion }: Report): Draft[] =>
  state === 'overdue' && request.suspensionProposedFor?.includes(number)
    ? [{ name: `propose-suspension-${number}`, command: 'suspend', role: 'monitoringOfficer', number, sinceVersion }]
    : [];

const reportTask = (request: GrantRequest, report: Report, context: Context): Draft[] => {
  const { number, changedVersion: sinceVersion, dueAtMs } = report;
  switch (report.state) {
    case 'expected':
    case 'overdue':
    case 'returned': {
      const open = request.reports.find((other) => other.state !== 'accepted');
      if (open !== report) return [];
      return [
        ngoTask(request, {
          name: `report-${number}`,
          command: 'submitReport',
          role: 'applicant',
          number,
          sinceVersion,
          dueAtMs,
          ...reportBasis(request, report, context),
        }),
        ...proposalTask(request, report),
      ];
    }
    case 'submitted':
      return [
        {
          name: `review-report-${number}`,
          command: 'recordReportReview',
          role: 'monitoringOfficer',
          number,
          sinceVersion,
        },
      ];
    case 'accepted':
      return [];
  }
};

const visitTasks = (request: GrantRequest, context: Context): Draft[] => {
  const latest = request.visits?.at(-1);
  const sinceVersion = latest?.changedVersion ?? request.position.enteredVersion;
  const severe = latest !== undefined && hasSevereFinding(latest);
  const role = 'monitoringOfficer';
  return [
    ...(awaitsVisit(request, context) ? [{ name: 'visit', command: 'recordVisit', role, sinceVersion } as const] : []),
    ...(severe ? [{ name: 'propose-suspension-visit', command: 'suspend', role, sinceVersion } as const] : []),
  ];
};

const recoveryTasks = ({ recovery }: GrantRequest, { plan }: Context): Draft[] => {
  if (recovery === null || recovery.instalments.length === 0)
    return [{ name: 'plan-recovery', command: 'agreeRecoveryPlan', role: 'financeOfficer' }];
  const open = plan.recovery === undefined ? null : openInstalment(recovery);
  const recover: Draft = {
    ...{ name: 'recover', command: 'recordRecovery', role: 'financeOfficer' },
    ...(open === null ? {} : { number: open.number, dueAtMs: open.dueAtMs }),
  };
  const { writeOff } = recovery;
  if (writeOff === undefined) return [recover];
  const { changedVersion: sinceVersion } = writeOff;
  const level = currentLevel(writeOff);
  const agreeing: Draft[] =
    level === null
      ? []
      : [{ name: `write-off-${level}`, command: 'recordRecovery', role: 'approver', level, sinceVersion }];
  return [{ ...recover, sinceVersion }, ...agreeing];
};

const stageTasks = (request: GrantRequest, context: Context): Draft[] => {
  const { stage } = request.position;
  switch (stage) {
    case 'draft':
      return [];
    case 'screening':
      return screeningTasks(request);
    case 'correction':
      return [ngoTask(request, { name: 'resubmit', command: 'resubmit', role: 'signatory' })];
    case 'regional-opinion':
      return awaitedGovernorates(request).map(
        (governorate): Draft => ({
          name: `opinion-${governorate}`,
          command: 'recordOpinion',
          role: 'directorateOfficer',
          governorate,
        }),
      );
    case 'technical-review':
      return reviewTasks(request, context);
    case 'committee':
      return committeeTasks(request, context);
    case 'authority':
      return authorityTasks(request);
    case 'agreement':
      return agreementTasks(request);
    case 'appeal-window':
      return [ngoTask(request, { name: 'appeal', command: 'fileAppeal', role: 'signatory' })];
    case 'appeal':
      return panelTasks(context);
    case 'implementation':
      return [
        ...request.tranches.flatMap((tranche) => trancheTask(request, tranche, context)),
        ...request.reports.flatMap((report) => reportTask(request, report, context)),
        ...visitTasks(request, context),
        ...afterReviewTasks(request, context),
      ];
    case 'final-review':
      return context.plan.closure.signoffs
        .filter((role) => !request.closure?.signed.includes(role))
        .map((role): Draft => ({ name: `close-${role}`, command: 'closeRequest', role }));
    case 'recovery':
      return recoveryTasks(request, context);
  }
};

const suspended: Draft = { name: 'lift-suspension', command: 'liftSuspension', role: 'monitoringOfficer' };

/** Everything a person is waited for right now; empty when the request waits for a machine or has ended. */
export const tasksOf = (request: GrantRequest, context: Context): Task[] => {
  if (request.outcome) return [];
  const sinceVersion = request.position.enteredVersion;
  // While a request is suspended no clock runs, so nothing is due.
  if (request.suspension) return [{ dueAtMs: null, sinceVersion, ...suspended }];
  const drafts = stageTasks(request, context);
  const { dueAtMs } = request.position;
  return [...drafts, ...reroutedTask(request, drafts)].map((draft) => ({
    ...{ dueAtMs, sinceVersion },
    ...(draft.dueAtMs === undefined ? stageBasis(request, context) : {}),
    ...draft,
    ...holderOf(request, draft),
    ...stopOf(request, context),
  }));
};

/** Why money was refused stays with the work until the treasury or the NGO answers. */
const stopOf = ({ fundsRefusedBy, position, award }: GrantRequest, { plan }: Context): Pick<Draft, 'stoppedBy'> =>
  fundsRefusedBy == null || award !== null || position.stage !== awardStage(plan) ? {} : { stoppedBy: fundsRefusedBy };

/** A supervisor gave the task to one person; nobody else is waited for then. */
const holderOf = ({ holders }: GrantRequest, { name }: Draft): Pick<Draft, 'personId'> => {
  const holder = holders?.[name];
  return holder === undefined ? {} : { personId: holder.personId };
};

const stageBasis = ({ position }: GrantRequest, { plan }: Context): Pick<Task, 'dueBasis'> => {
  const { stage, enteredAtMs, dueAtMs, dueBasis } = position;
  const period = plan.stages[stage]?.due;
  return basis(dueBasis ?? (period && roundTheClockBasis(enteredAtMs, period, dueAtMs)));
};

/** Who was asked to see to it sees what is waited for; the rules let them do no more than their own roles allow. */
const reroutedTask = ({ position }: GrantRequest, [waiting]: readonly Draft[]): Draft[] =>
  waiting && position.reroutedTo
    ? [{ name: 'rerouted', command: waiting.command, role: position.reroutedTo, rerouted: true }]
    : [];

/** Roles awaited at a stage, for people who only see where a file is. */
export const awaitedRoles = (request: GrantRequest): readonly Role[] => stages[request.position.stage].awaits;
