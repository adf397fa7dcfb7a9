// Recovery: money that is owed comes back in instalments, each with its due time, or is written off.
import { piastres, sumMinor } from '../amount.js';
import { holds } from '../actor.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import { dueAt } from '../calendar.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { Deadline, GrantRequest, Instalment, Recovery } from '../grant-request.js';
import { ending, enterStage } from '../move.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import type { RowFor } from './write-off.js';
import { decideWriteOff } from './write-off.js';

export const openRecovery = (dueMinor: bigint, then: 'closed' | 'terminated', context: Context): RequestEvent[] => [
  { kind: 'recoveryOpened', dueMinor: dueMinor.toString(), then },
  enterStage('recovery', context),
];

export const instalmentId = (number: number): string => `instalment-${number}`;

/** A reminder that would have come before the instalments were agreed is not given. */
const deadlinesOf = (instalments: readonly Instalment[], { plan, nowMs }: Context): { deadlines?: Deadline[] } => {
  const { recovery } = plan;
  if (recovery === undefined) return {};
  return {
    deadlines: instalments.flatMap(({ dueAtMs }, index): Deadline[] => {
      const id = instalmentId(index + 1);
      const remindAtMs = dueAtMs - recovery.remindBeforeMs;
      return [
        ...(remindAtMs > nowMs ? [{ id, step: 'remind' as const, atMs: remindAtMs }] : []),
        { id, step: 'due', atMs: dueAtMs },
      ];
    }),
  };
};

/** Under a plan that gives instalments due times they lie ahead, one after the other, and none too far away. */
const dueTimesFault = (instalments: readonly Instalment[], { plan, nowMs }: Context): { refusal: Refusal } | null => {
  if (plan.recovery === undefined) return null;
  const inOrder = instalments.every(({ dueAtMs }, index) => dueAtMs > (instalments[index - 1]?.dueAtMs ?? nowMs));
  if (!inOrder) return refuse('conditionsNotMet', 'instalments-in-order');
  const latest = dueAt(plan.calendar, nowMs, plan.recovery.longest);
  return instalments.some(({ dueAtMs }) => dueAtMs > latest)
    ? refuse('conditionsNotMet', 'instalments-in-time', new Date(latest).toISOString())
    : null;
};

export const decideRecoveryPlan = (
  request: GrantRequest,
  { body: { instalments } }: PersonCommand<'agreeRecoveryPlan'>,
  context: Context,
): Decision => {
  if (request.recovery === null) return refuse('notThisStage');
  if (request.recovery.instalments.length > 0) return refuse('alreadyActed', 'recovery-plan-agreed');
  const { dueMinor } = request.recovery;
  if (sumMinor(instalments.map((instalment) => instalment.amountMinor)) !== piastres(dueMinor))
    return refuse('tranchesDoNotAddUp', 'instalments', dueMinor);
  const fault = dueTimesFault(instalments, context);
  return fault ?? happened({ kind: 'recoveryPlanAgreed', instalments, ...deadlinesOf(instalments, context) });
};

export const owedIn = ({ dueMinor, receivedMinor }: Pick<Recovery, 'dueMinor' | 'receivedMinor'>): bigint =>
  piastres(dueMinor) - piastres(receivedMinor);

export const decideRecovery = (
  request: GrantRequest,
  command: PersonCommand<'recordRecovery'>,
  context: Context,
  rowFor: RowFor,
): Decision => {
  const { recovery } = request;
  const { kind, amountMinor } = command.body;
  if (recovery === null || recovery.instalments.length === 0)
    return refuse('conditionsNotMet', 'recovery-plan-first', 'agreeRecoveryPlan');
  const left = owedIn(recovery);
  if (kind !== 'received') return decideWriteOff({ ...recovery, left }, command, context, rowFor);
  if (!holds(command.by, 'financeOfficer')) return refuse('notYourRole', kind);
  const amount = piastres(amountMinor);
  if (amount === 0n || amount > left) return refuse('tranchesDoNotAddUp', 'recovery-within-due', left.toString());
  return happened({ kind: 'recoveryReceived', amountMinor }, ...(amount === left ? [ending(recovery.then)] : []));
};

/** The first instalment that what was received so far does not cover; null when nothing is open. */
export const openInstalment = (recovery: Recovery): (Instalment & { readonly number: number }) | null => {
  let covered = piastres(recovery.receivedMinor);
  for (const [index, instalment] of recovery.instalments.entries()) {
    covered -= piastres(instalment.amountMinor);
    if (covered < 0n) return { ...instalment, number: index + 1 };
  }
  return null;
};

const isCovered = (recovery: Recovery, { id }: Deadline): boolean => {
  const open = openInstalment(recovery)?.number ?? Infinity;
  return recovery.instalments.some((_instalment, index) => index + 1 < open && id === instalmentId(index + 1));
};

type RecoveryEvents =
  | 'recoveryOpened'
  | 'recoveryPlanAgreed'
  | 'recoveryReceived'
  | 'recoveryWrittenOff'
  | 'writeOffProposed'
  | 'writeOffApproved'
  | 'writeOffRefused';

const within = (request: GrantRequest, change: (recovery: Recovery) => Recovery): GrantRequest =>
  request.recovery === null ? request : { ...request, recovery: change(request.recovery) };

const withoutProposal = ({ dueMinor, receivedMinor, then, instalments }: Recovery): Recovery => ({
  dueMinor,
  receivedMinor,
  then,
  instalments,
});

export const recoveryFolds: Folds<RecoveryEvents> = {
  recoveryOpened: (request, { dueMinor, then }) => ({
    ...request,
    recovery: { dueMinor, receivedMinor: '0', then, instalments: [] },
  }),
  // The stage keeps its own due time, as the end of the recovery as a whole.
  recoveryPlanAgreed: (request, { instalments, deadlines = [] }) => ({
    ...within(request, (recovery) => ({ ...recovery, instalments })),
    deadlines: [...request.deadlines, ...deadlines],
  }),
  // A proposal to write off was about another sum.
  recoveryReceived: (request, { amountMinor }) => {
    const paid = within(request, (recovery) => ({
      ...withoutProposal(recovery),
      receivedMinor: (piastres(recovery.receivedMinor) + piastres(amountMinor)).toString(),
    }));
    const { recovery } = paid;
    return { ...paid, deadlines: paid.deadlines.filter((one) => recovery === null || !isCovered(recovery, one)) };
  },
  recoveryWrittenOff: (request) => request,
  writeOffProposed: (request, { amountMinor, personId, row, levels }, { version: changedVersion }) =>
    within(request, (recovery) => ({
      ...recovery,
      writeOff: { amountMinor, proposedBy: personId, row, levels, approvals: [], changedVersion },
    })),
  writeOffApproved: (request, { personId, level, onBehalfOf }, { version: changedVersion }) =>
    within(request, (recovery) => {
      const { writeOff } = recovery;
      if (writeOff === undefined) return recovery;
      const approval = { personId, level, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) };
      return { ...recovery, writeOff: { ...writeOff, approvals: [...writeOff.approvals, approval], changedVersion } };
    }),
  writeOffRefused: (request) => within(request, withoutProposal),
};
