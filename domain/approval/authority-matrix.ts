// The authority matrix: which levels approve an amount, in order, by distinct people. It fails closed: no single row, no approval.
import { piastres } from '../amount.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { AuthorityCase, GrantRequest } from '../grant-request.js';
import { endingAgainst, enterNext, enterStage } from '../move.js';
import type { AuthorityRow } from '../plan.js';
import { refuse } from '../refusal.js';

/** The one row for a sum, or null when none or more than one fits. */
export const rowFor = (rows: readonly AuthorityRow[], basis: bigint): AuthorityRow | null => {
  const fitting = rows.filter((row) => piastres(row.aboveMinor) < basis && basis <= piastres(row.upToMinor));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
};

/** Awards of one NGO to one programme within twelve months count together, so that splitting does not lower the level. */
export const resolveAuthority = (
  rows: readonly AuthorityRow[],
  amountMinor: string,
  cumulativeMinor: string,
): RequestEvent => {
  const [amount, cumulative] = [piastres(amountMinor), piastres(cumulativeMinor)];
  const basis = cumulative > amount ? cumulative : amount;
  const row = rowFor(rows, basis);
  return row
    ? { kind: 'authorityResolved', row: row.row, levels: row.levels }
    : { kind: 'authorityUnresolved', basisMinor: basis.toString() };
};

export const currentLevel = (authority: AuthorityCase): string | null => {
  const open = authority.levels.find(
    ({ level, people }) => authority.approvals.filter((approval) => approval.level === level).length < people,
  );
  return open?.level ?? null;
};

const releaseReserved = (request: GrantRequest): RequestEvent[] =>
  request.award ? [{ kind: 'fundsReleased', amountMinor: request.award.amountMinor, from: 'reserved' }] : [];

export const decideApproval = (
  request: GrantRequest,
  command: PersonCommand<'recordApproval'>,
  context: Context,
): Decision => {
  const { authority } = request;
  const { personId, roles } = command.by;
  const { verdict } = command.body;
  const level = authority?.row == null ? null : currentLevel(authority);
  if (authority === null || level === null) return refuse('authorityUnresolved', 'no-single-row');
  if (!roles.some((held) => held.role === 'approver' && held.level === level))
    return refuse('notYourRole', 'authority-level', level);
  if (authority.approvals.some((approval) => approval.personId === personId))
    return refuse('alreadyActed', 'approvers-distinct');
  const recorded: RequestEvent = { kind: 'approvalRecorded', personId, level, verdict };
  switch (verdict) {
    case 'reject':
      return happened(recorded, ...releaseReserved(request), ...endingAgainst('rejected', 'authority', context));
    case 'return':
      return happened(recorded, ...releaseReserved(request), enterStage('committee', context));
    case 'approve': {
      const after = { ...authority, approvals: [...authority.approvals, { personId, level }] };
      return happened(recorded, ...(currentLevel(after) === null ? [enterNext('authority', context)] : []));
    }
  }
};

export const authorityFolds: Folds<'authorityResolved' | 'authorityUnresolved' | 'approvalRecorded'> = {
  authorityResolved: (request, { row, levels }) => ({ ...request, authority: { row, levels, approvals: [] } }),
  authorityUnresolved: (request) => ({ ...request, authority: { row: null, levels: [], approvals: [] } }),
  approvalRecorded: (request, { personId, level, verdict }) =>
    request.authority && verdict === 'approve'
      ? {
          ...request,
          authority: { ...request.authority, approvals: [...request.authority.approvals, { personId, level }] },
        }
      : request,
};
