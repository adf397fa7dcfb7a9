// Closure and recovery: every piastre disbursed is spent, returned, recovered or written off before a request ends.
import { piastres, sumMinor } from '../amount.js';
import type { PersonCommand } from '../command.js';
import { holds } from '../actor.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { ending, enterStage } from '../move.js';
import { refuse } from '../refusal.js';

/** `unspent` is what was disbursed and not accounted for; the spine computes it from tranches and reports. */
export const decideClosure = (
  request: GrantRequest,
  command: PersonCommand<'closeRequest'>,
  context: Context,
  unspent: bigint,
): Decision => {
  const { verdict, unspentMinor, returnedMinor } = command.body;
  const role = context.plan.closure.signoffs.find(
    (wanted) => holds(command.by, wanted) && !request.closure?.signed.includes(wanted),
  );
  if (role === undefined) return refuse('alreadyActed', 'signed-for-this-role');
  if (piastres(unspentMinor) !== unspent) return refuse('tranchesDoNotAddUp', 'unspent', unspent.toString());
  const owed = unspent - piastres(returnedMinor);
  if (owed < 0n) return refuse('tranchesDoNotAddUp', 'returned-within-unspent', unspent.toString());
  const signed: RequestEvent = { kind: 'closureSigned', role, unspentMinor };
  const returned: RequestEvent = { kind: 'unspentReturned', amountMinor: returnedMinor };
  if (verdict === 'not-settled') {
    if (owed === 0n) return refuse('conditionsNotMet', 'something-owed');
    return happened(signed, returned, ...openRecovery(owed, 'closed', context));
  }
  if (owed > 0n) return refuse('conditionsNotMet', 'unspent-returned', owed.toString());
  const last = (request.closure?.signed.length ?? 0) + 1 >= context.plan.closure.signoffs.length;
  return happened(signed, ...(last ? [returned, ending('closed')] : []));
};

export const openRecovery = (dueMinor: bigint, then: 'closed' | 'terminated', context: Context): RequestEvent[] => [
  { kind: 'recoveryOpened', dueMinor: dueMinor.toString(), then },
  enterStage('recovery', context),
];

export const decideRecoveryPlan = (request: GrantRequest, command: PersonCommand<'agreeRecoveryPlan'>): Decision => {
  const { instalments } = command.body;
  if (request.recovery === null) return refuse('notThisStage');
  if (request.recovery.instalments.length > 0) return refuse('alreadyActed', 'recovery-plan-agreed');
  const { dueMinor } = request.recovery;
  if (sumMinor(instalments.map((instalment) => instalment.amountMinor)) !== piastres(dueMinor))
    return refuse('tranchesDoNotAddUp', 'instalments', dueMinor);
  return happened({ kind: 'recoveryPlanAgreed', instalments });
};

export const decideRecovery = (request: GrantRequest, command: PersonCommand<'recordRecovery'>): Decision => {
  const { recovery } = request;
  const { kind, amountMinor } = command.body;
  if (recovery === null || recovery.instalments.length === 0)
    return refuse('conditionsNotMet', 'recovery-plan-first', 'agreeRecoveryPlan');
  if (!holds(command.by, kind === 'written-off' ? 'approver' : 'financeOfficer')) return refuse('notYourRole', kind);
  const left = piastres(recovery.dueMinor) - piastres(recovery.receivedMinor);
  const amount = piastres(amountMinor);
  if (amount === 0n || amount > left) return refuse('tranchesDoNotAddUp', 'recovery-within-due', left.toString());
  if (kind === 'written-off')
    return amount === left
      ? happened({ kind: 'recoveryWrittenOff', amountMinor }, ending('terminated'))
      : refuse('tranchesDoNotAddUp', 'write-off-the-rest', left.toString());
  return happened({ kind: 'recoveryReceived', amountMinor }, ...(amount === left ? [ending(recovery.then)] : []));
};

type ClosureEvents =
  | 'closureSigned'
  | 'unspentReturned'
  | 'recoveryOpened'
  | 'recoveryPlanAgreed'
  | 'recoveryReceived'
  | 'recoveryWrittenOff';

export const closureFolds: Folds<ClosureEvents> = {
  closureSigned: (request, { role, unspentMinor }) => ({
    ...request,
    closure: { signed: [...(request.closure?.signed ?? []), role], unspentMinor },
  }),
  unspentReturned: (request) => request,
  recoveryOpened: (request, { dueMinor, then }) => ({
    ...request,
    recovery: { dueMinor, receivedMinor: '0', then, instalments: [] },
  }),
  recoveryPlanAgreed: (request, { instalments }) => ({
    ...request,
    recovery: request.recovery ? { ...request.recovery, instalments } : null,
  }),
  recoveryReceived: (request, { amountMinor }) => ({
    ...request,
    recovery: request.recovery
      ? {
          ...request.recovery,
          receivedMinor: (piastres(request.recovery.receivedMinor) + piastres(amountMinor)).toString(),
        }
      : null,
  }),
  recoveryWrittenOff: (request) => request,
};
