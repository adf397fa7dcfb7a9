// Writing off what cannot be recovered: proposed by the finance officer with a reason, approved by the levels that the authority
// matrix asks for that sum, by distinct people. Under a plan without a part on recovery one approver decides alone.
import type { Actor } from '../actor.js';
import { holds, peopleBehind } from '../actor.js';
import type { AmountMinor } from '../amount.js';
import { piastres } from '../amount.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Recovery, WriteOff } from '../grant-request.js';
import { ending } from '../move.js';
import { refuse } from '../refusal.js';

type Row = Pick<WriteOff, 'row' | 'levels'>;
/** The matrix's row for a sum, or why it has none; the spine asks it. */
export type RowFor = (amountMinor: AmountMinor) => Row | { readonly row?: never; readonly rule: string };

/** `left` is what is still owed, in piastres. */
type Owed = Recovery & { readonly left: bigint };
type Command = PersonCommand<'recordRecovery'>;

/** The level that is waited for; null when all have approved. */
export const writeOffLevel = ({ levels, approvals }: Pick<WriteOff, 'levels' | 'approvals'>): string | null =>
  levels.find(({ level, people }) => approvals.filter((one) => one.level === level).length < people)?.level ?? null;

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
  const { by, reason, body } = command;
  if (!holds(by, 'financeOfficer') || body.kind === 'write-off-refused')
    return refuse('conditionsNotMet', 'write-off-proposed', 'recordRecovery');
  if ((reason ?? '').trim() === '') return refuse('conditionsNotMet', 'reason-missing');
  const found = rowFor(body.amountMinor);
  if (found.row === undefined) return refuse('authorityUnresolved', found.rule, body.amountMinor);
  const { row, levels } = found;
  return happened({
    ...{ kind: 'writeOffProposed', amountMinor: body.amountMinor, personId: by.personId },
    ...{ row, levels },
  });
};

const tookPart = ({ approvals }: WriteOff, by: Actor): boolean => {
  const people = peopleBehind(by);
  return approvals.some(
    ({ personId, onBehalfOf }) =>
      people.includes(personId) || (onBehalfOf !== undefined && people.includes(onBehalfOf)),
  );
};

const answer = (writeOff: WriteOff, { by, reason, body: { kind, amountMinor } }: Command): Decision => {
  const level = writeOffLevel(writeOff);
  const { personId, roles, onBehalfOf } = by;
  if (!holds(by, 'approver')) return refuse('alreadyActed', 'write-off-proposed');
  if (level === null || !roles.some((held) => held.role === 'approver' && held.level === level))
    return refuse('notYourRole', 'authority-level', level ?? undefined);
  if (peopleBehind(by).includes(writeOff.proposedBy)) return refuse('dutyConflict', 'propose-with-approve');
  if (tookPart(writeOff, by)) return refuse('alreadyActed', 'approvers-distinct');
  if (kind === 'write-off-refused')
    return (reason ?? '').trim() === ''
      ? refuse('conditionsNotMet', 'reason-missing')
      : happened({ kind: 'writeOffRefused', personId, level });
  const approval = { personId, level, ...(onBehalfOf === undefined ? {} : { onBehalfOf: onBehalfOf.personId }) };
  const last = writeOffLevel({ ...writeOff, approvals: [...writeOff.approvals, approval] }) === null;
  return happened({ kind: 'writeOffApproved', ...approval }, ...(last ? writtenOff(amountMinor) : []));
};

export const decideWriteOff = (owed: Owed, command: Command, { plan }: Context, rowFor: RowFor): Decision => {
  if (plan.recovery === undefined) return alone(owed, command);
  if (piastres(command.body.amountMinor) !== owed.left)
    return refuse('tranchesDoNotAddUp', 'write-off-the-rest', owed.left.toString());
  return owed.writeOff === undefined ? propose(command, rowFor) : answer(owed.writeOff, command);
};
