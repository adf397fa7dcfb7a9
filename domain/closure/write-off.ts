// Writing off what cannot be recovered: proposed by the finance officer with a reason, approved by the levels that the authority
// matrix asks for that sum, by distinct people. Under a plan without a part on recovery one approver decides alone.
import { holds, peopleBehind } from '../actor.js';
import type { AmountMinor } from '../amount.js';
import { piastres } from '../amount.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Recovery, WriteOff } from '../grant-request.js';
import { approvalOf, approvedBefore, currentLevel, holdsLevel } from '../level-approvals.js';
import { ending } from '../move.js';
import { isUnreasoned } from '../reason.js';
import { refuse } from '../refusal.js';

type Row = Pick<WriteOff, 'row' | 'levels'>;
/** The matrix's row for a sum, or why it has none; the spine asks it. */
export type RowFor = (amountMinor: AmountMinor) => Row | { readonly row?: never; readonly rule: string };

/** `left` is what is still owed, in piastres. */
type Owed = Recovery & { readonly left: bigint };
type Command = PersonCommand<'recordRecovery'>;

const writtenOff = (amountMinor: AmountMinor): RequestEvent[] => [
  { kind: 'recoveryWrittenOff', amountMinor },
  ending('terminated'),
];

const alone = ({ left }: Owed, { by, body: { kind, amountMinor } }: Command): Decision => {
  if (kind === 'write-off-refused') return refuse('conditionsNotMet', 'write-off-proposed');
  if (!holds(by, 'approver')) return refuse('notYourRole', kind);
  return piastres(amountMinor) === left
    ? happened(...writtenOff(amountMinor))
    : refuse('tranchesDoNotAddUp', 'write-off-the-rest', left.toString());
};

const propose = (command: Command, rowFor: RowFor): Decision => {
  const { by, body } = command;
  if (!holds(by, 'financeOfficer') || body.kind === 'write-off-refused')
    return refuse('conditionsNotMet', 'write-off-proposed', 'recordRecovery');
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  const found = rowFor(body.amountMinor);
  if (found.row === undefined) return refuse('authorityUnresolved', found.rule, body.amountMinor);
  const { row, levels } = found;
  return happened({
    ...{ kind: 'writeOffProposed', amountMinor: body.amountMinor, personId: by.personId },
    ...{ row, levels },
  });
};

const answer = (writeOff: WriteOff, command: Command): Decision => {
  const { by, body } = command;
  const { kind, amountMinor } = body;
  const level = currentLevel(writeOff);
  if (!holds(by, 'approver')) return refuse('alreadyActed', 'write-off-proposed');
  if (level === null || !holdsLevel(by, level)) return refuse('notYourRole', 'authority-level', level ?? undefined);
  if (peopleBehind(by).includes(writeOff.proposedBy)) return refuse('dutyConflict', 'propose-with-approve');
  if (approvedBefore(writeOff, by)) return refuse('alreadyActed', 'approvers-distinct');
  if (kind === 'write-off-refused')
    return isUnreasoned(command)
      ? refuse('conditionsNotMet', 'reason-missing')
      : happened({ kind: 'writeOffRefused', personId: by.personId, level });
  const approval = approvalOf(by, level);
  const last = currentLevel({ ...writeOff, approvals: [...writeOff.approvals, approval] }) === null;
  return happened({ kind: 'writeOffApproved', ...approval }, ...(last ? writtenOff(amountMinor) : []));
};

export const decideWriteOff = (owed: Owed, command: Command, { plan }: Context, rowFor: RowFor): Decision => {
  if (plan.recovery === undefined) return alone(owed, command);
  if (piastres(command.body.amountMinor) !== owed.left)
    return refuse('tranchesDoNotAddUp', 'write-off-the-rest', owed.left.toString());
  return owed.writeOff === undefined ? propose(command, rowFor) : answer(owed.writeOff, command);
};
