// Overlays on any suitable stage: suspension (freezes every clock), lifting by another person, withdrawal, termination.
import { piastres, sumMinor } from './amount.js';
import type { PersonCommand } from './command.js';
import { openRecovery } from './closure/recovery.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { RequestEvent } from './event.js';
import { dueAfter, remainderOf } from './due.js';
import type { Folds } from './fold.js';
import type { Deadline, GrantRequest, StoppedDeadline } from './grant-request.js';
import { reportDeadlineId } from './grant-request.js';
import { isInFlight, isOwed } from './money/tranche-state.js';
import { disbursedOf } from './monitoring/report.js';
import { ending } from './move.js';
import { refuse } from './refusal.js';

/** No clock runs while a request is suspended: of a clock in working hours the hours that are left, of the others the time. */
export const stoppedClocks = ({ deadlines }: GrantRequest, { plan, nowMs }: Context): StoppedDeadline[] =>
  deadlines.map(({ id, step, atMs, basis }) => {
    const left = basis && remainderOf(plan.calendar, basis, nowMs, atMs);
    return { id, step, leftMs: Math.max(0, atMs - nowMs), ...(left ? { left } : {}) };
  });

export const decideSuspension = (
  request: GrantRequest,
  command: PersonCommand<'suspend'>,
  context: Context,
): Decision =>
  happened({
    kind: 'requestSuspended',
    ground: command.body.ground,
    byPersonId: command.by.personId,
    remaining: stoppedClocks(request, context),
  });

export const decideLifting = (
  request: GrantRequest,
  command: PersonCommand<'liftSuspension'>,
  { plan, nowMs }: Context,
): Decision => {
  const { suspension } = request;
  if (suspension === null) return refuse('notThisStage', 'not-suspended');
  if ([suspension.byPersonId, suspension.reportedBy].includes(command.by.personId))
    return refuse('dutyConflict', 'suspend-with-lift-suspension');
  const deadlines = suspension.remaining.map(
    ({ id, step, leftMs, left }): Deadline => ({
      ...{ id, step },
      ...(left ? dueAfter(plan.calendar, nowMs, left) : { atMs: nowMs + leftMs }),
    }),
  );
  return happened({ kind: 'suspensionLifted', deadlines });
};

/** What of the award is still in the ledger as reserved or committed goes back to the envelope. */
export const releaseFunds = (request: GrantRequest): RequestEvent[] => {
  const { award } = request;
  if (award?.funds === 'reserved') return [{ kind: 'fundsReleased', amountMinor: award.amountMinor, from: 'reserved' }];
  if (award?.funds !== 'committed') return [];
  const unpaid = sumMinor(request.tranches.filter(isOwed).map((tranche) => tranche.amountMinor));
  return unpaid > 0n ? [{ kind: 'fundsReleased', amountMinor: unpaid.toString(), from: 'committed' }] : [];
};

export const decideWithdrawal = (request: GrantRequest): Decision => {
  // The answer about the money is on its way; a withdrawal now could leave a reservation behind.
  if (request.award?.funds === 'asked') return refuse('conditionsNotMet', 'funds-being-reserved');
  if (request.tranches.some((tranche) => tranche.attempt > 0))
    return refuse('conditionsNotMet', 'before-first-payment', 'terminate');
  return happened(...releaseFunds(request), ending('withdrawn'));
};

export const decideTermination = (
  request: GrantRequest,
  command: PersonCommand<'terminate'>,
  context: Context,
): Decision => {
  const level = request.authority?.approvals.at(-1)?.level;
  const atLevel = command.by.roles.some(
    (held) => held.role === 'approver' && (level === undefined || held.level === level),
  );
  return atLevel ? terminating(request, context) : refuse('notYourRole', 'authority-level', level);
};

/** Nothing more is paid, and what was paid and not accounted for is claimed back. */
export const terminating = (request: GrantRequest, context: Context): Decision => {
  if (request.tranches.some(isInFlight)) return refuse('conditionsNotMet', 'payment-in-flight');
  const owed = disbursedOf(request) - piastres(request.accountedMinor);
  const onward = owed > 0n ? openRecovery(owed, 'terminated', context) : [ending('terminated')];
  return happened(...releaseFunds(request), ...onward);
};

export const overlayFolds: Folds<'requestSuspended' | 'suspensionLifted'> = {
  requestSuspended: (request, { ground, byPersonId, remaining, reportedBy }) => ({
    ...request,
    suspension: { ground, byPersonId, remaining, ...(reportedBy === undefined ? {} : { reportedBy }) },
    deadlines: [],
    // The suspension answers every proposal to suspend.
    ...(request.suspensionProposedFor ? { suspensionProposedFor: [] } : {}),
  }),
  suspensionLifted: (request, { deadlines }) => {
    const dueOf = (wanted: string): object => {
      const due = deadlines.find(({ id, step }) => id === wanted && step === 'due');
      return due ? { dueAtMs: due.atMs, ...(due.basis ? { dueBasis: due.basis } : {}) } : {};
    };
    return {
      ...request,
      suspension: null,
      deadlines,
      position: { ...request.position, ...dueOf('stage') },
      ...(request.afterReview ? { afterReview: { ...request.afterReview, ...dueOf('after-review') } } : {}),
      reports: request.reports.map((report) => ({ ...report, ...dueOf(reportDeadlineId(report.number)) })),
    };
  },
};
