// The authority matrix: which levels approve an amount, in order, by distinct people. It fails closed: no single row, no approval.
import type { AmountMinor } from '../amount.js';
import { isAmountMinor, piastres } from '../amount.js';
import type { PeopleByLevel, PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { AuthorityCase, GrantRequest, UnresolvedRule } from '../grant-request.js';
import { approvalOf, approvedBefore, currentLevel, holdsLevel } from '../level-approvals.js';
import type { AuthorityRow, Plan, RiskClass } from '../plan.js';
import { awardStage, isRowFor } from '../plan.js';
import { endingAgainst, enterStage } from '../move.js';
import { refuse } from '../refusal.js';
import { afterApproval } from './agreement.js';

/** What the matrix looks at. `peopleByLevel` is a recorded fact; without it no level has enough people. */
export type MatrixQuestion = {
  readonly amountMinor: AmountMinor;
  readonly cumulativeMinor: AmountMinor;
  readonly programmeCode: string;
  readonly risk?: RiskClass;
  readonly peopleByLevel?: PeopleByLevel;
};
export type MatrixAnswer =
  | { readonly basisMinor: AmountMinor; readonly row: AuthorityRow; readonly rule?: never }
  | { readonly basisMinor: AmountMinor; readonly row?: never; readonly rule: UnresolvedRule };

/** Awards of one NGO to one programme within twelve months count together, so that splitting does not lower the level. */
const basisOf = ({ amountMinor, cumulativeMinor }: MatrixQuestion): bigint => {
  const [amount, cumulative] = [piastres(amountMinor), piastres(cumulativeMinor)];
  return cumulative > amount ? cumulative : amount;
};

const isReadable = ({ aboveMinor, upToMinor, levels }: AuthorityRow): boolean =>
  isAmountMinor(aboveMinor) &&
  isAmountMinor(upToMinor) &&
  levels.length > 0 &&
  levels.every(({ people }) => people > 0);

/** One row, or why there is none. One unreadable row makes the whole matrix unreadable: it might have been the one. */
export const rowFor = ({ authority }: Pick<Plan, 'authority'>, question: MatrixQuestion): MatrixAnswer => {
  const basis = basisOf(question);
  const basisMinor = basis.toString();
  if (!authority.every(isReadable)) return { basisMinor, rule: 'unreadable-matrix' };
  const [row, ...more] = authority.filter(
    (one) =>
      isRowFor(one, question.programmeCode, question.risk) &&
      piastres(one.aboveMinor) < basis &&
      basis <= piastres(one.upToMinor),
  );
  if (row === undefined) return { basisMinor, rule: 'no-row' };
  return more.length > 0 ? { basisMinor, rule: 'more-than-one-row' } : { basisMinor, row };
};

/** The row, with enough people at each of its levels where the plan asks for that. */
export const askMatrix = (plan: Plan, question: MatrixQuestion): MatrixAnswer => {
  const found = rowFor(plan, question);
  const few = found.row?.levels.some(({ level, people }) => (question.peopleByLevel?.[level] ?? 0) < people);
  return plan.authorityPeopleChecked && few ? { basisMinor: found.basisMinor, rule: 'not-enough-people' } : found;
};

export const questionOf = (
  request: GrantRequest,
  answer: Omit<MatrixQuestion, 'programmeCode' | 'risk' | 'amountMinor'>,
) => ({
  ...answer,
  amountMinor: request.award?.amountMinor ?? '0',
  programmeCode: request.file?.programmeCode ?? '',
  ...(request.screening?.risk === undefined ? {} : { risk: request.screening.risk }),
});

const resolved = ({ authorityPeopleChecked }: Plan, { row, rule, basisMinor }: MatrixAnswer): RequestEvent => {
  // Plans from before the check keep events of the shape that their histories have.
  const checked = authorityPeopleChecked === true;
  return row === undefined
    ? { kind: 'authorityUnresolved', basisMinor, ...(checked ? { rule } : {}) }
    : { kind: 'authorityResolved', row: row.row, levels: row.levels, ...(checked ? { basisMinor } : {}) };
};

/** After money is reserved: the row of the matrix, or the event that leaves the request waiting for an administrator. */
export const resolveAuthority = (
  request: GrantRequest,
  plan: Plan,
  answer: Pick<MatrixQuestion, 'cumulativeMinor' | 'peopleByLevel'>,
): RequestEvent => resolved(plan, askMatrix(plan, questionOf(request, answer)));

/** Asked again by the administrator once people or plan were mended; a matrix that still names nobody refuses. */
export const decideResolution = (
  request: GrantRequest,
  command: PersonCommand<'resolveAuthority'>,
  { plan }: Context,
): Decision => {
  const { award, authority } = request;
  if (award === null || authority === null) return refuse('conditionsNotMet', 'funds-reserved');
  if (authority.row !== null) return refuse('alreadyActed', 'authority-resolved');
  const { peopleByLevel } = command.body;
  const cumulativeMinor = award.cumulativeMinor ?? award.amountMinor;
  const answer = askMatrix(plan, questionOf(request, { cumulativeMinor, peopleByLevel }));
  return answer.row === undefined
    ? refuse('authorityUnresolved', answer.rule, answer.basisMinor)
    : happened(resolved(plan, answer));
};

const releaseReserved = (request: GrantRequest): RequestEvent[] =>
  request.award ? [{ kind: 'fundsReleased', amountMinor: request.award.amountMinor, from: 'reserved' }] : [];

/** The matrix as used, kept with each approval where the plan asks for it. */
const matrixUsed = (row: string, { basisMinor }: AuthorityCase, { version }: Plan) =>
  basisMinor === undefined ? {} : { planVersion: version, row, basisMinor };

export const decideApproval = (
  request: GrantRequest,
  command: PersonCommand<'recordApproval'>,
  context: Context,
): Decision => {
  const { authority } = request;
  const { personId } = command.by;
  const { verdict } = command.body;
  if (authority?.row == null) return refuse('authorityUnresolved', authority?.rule ?? 'no-single-row');
  const level = currentLevel(authority);
  if (level === null) return refuse('authorityUnresolved', 'no-single-row');
  if (!holdsLevel(command.by, level)) return refuse('notYourRole', 'authority-level', level);
  if (approvedBefore(authority, command.by)) return refuse('alreadyActed', 'approvers-distinct');
  const approval = approvalOf(command.by, level);
  const recorded: RequestEvent = {
    kind: 'approvalRecorded',
    ...{ personId, level, verdict },
    ...approval,
    ...matrixUsed(authority.row, authority, context.plan),
  };
  switch (verdict) {
    case 'reject':
      return happened(recorded, ...releaseReserved(request), ...endingAgainst('rejected', 'authority', context));
    case 'return':
      return happened(recorded, ...releaseReserved(request), enterStage(awardStage(context.plan), context));
    case 'approve': {
      const after = { ...authority, approvals: [...authority.approvals, approval] };
      return happened(recorded, ...(currentLevel(after) === null ? afterApproval(request, context) : []));
    }
  }
};

const based = (basisMinor: AmountMinor | undefined) => (basisMinor === undefined ? {} : { basisMinor });

export const authorityFolds: Folds<'authorityResolved' | 'authorityUnresolved' | 'approvalRecorded'> = {
  authorityResolved: (request, { row, levels, basisMinor }) => ({
    ...request,
    authority: { row, levels, approvals: [], ...based(basisMinor) },
  }),
  authorityUnresolved: (request, { basisMinor, rule }) => ({
    ...request,
    authority: { row: null, levels: [], approvals: [], ...(rule === undefined ? {} : { rule, basisMinor }) },
  }),
  approvalRecorded: (request, { personId, level, verdict, onBehalfOf }) =>
    request.authority && verdict === 'approve'
      ? {
          ...request,
          authority: {
            ...request.authority,
            approvals: [
              ...request.authority.approvals,
              { personId, level, ...(onBehalfOf === undefined ? {} : { onBehalfOf }) },
            ],
          },
        }
      : request,
};
