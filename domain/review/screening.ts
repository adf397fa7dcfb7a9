// Screening: the checklist answered, then eligible, incomplete or ineligible.
import { splitFault } from '../award-split.js';
import type { ChecklistAnswer, PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import type { Plan } from '../plan.js';
import { endingAgainst } from '../move.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { eligibilityFault } from './eligibility.js';
import { enterOnward } from './onward.js';

type Screening = PersonCommand<'recordScreening'>;
type Fault = { readonly refusal: Refusal };

/**
 * Answers that still stand: under a plan that voids by what changed, all but those that were voided or not met. They need
 * not be given again, and are recorded with the new ones.
 */
export const standingAnswers = (request: GrantRequest, plan: Plan): readonly ChecklistAnswer[] => {
  if (plan.voiding === undefined || request.screening === null) return [];
  const { checklist, voided } = request.screening;
  return checklist.filter(({ item, answer }) => answer !== 'not-met' && voided?.includes(item) !== true);
};

const fullChecklist = (
  given: readonly ChecklistAnswer[],
  standing: readonly ChecklistAnswer[],
): readonly ChecklistAnswer[] => [
  ...given,
  ...standing.filter(({ item }) => !given.some((answer) => answer.item === item)),
];

const checklistFault = (
  { verdict, reasonCodes }: Screening['body'],
  checklist: readonly ChecklistAnswer[],
  items: readonly string[],
): Fault | null => {
  const unanswered = items.filter((item) => !checklist.some((answer) => answer.item === item));
  if (unanswered.length > 0) return refuse('conditionsNotMet', 'checklist-incomplete', unanswered.join(' '));
  const unknown = checklist.filter((answer) => !items.includes(answer.item));
  if (unknown.length > 0) return refuse('conditionsNotMet', 'checklist-unknown-item', items.join(' '));
  if (verdict === 'eligible' && checklist.some((answer) => answer.answer === 'not-met'))
    return refuse('conditionsNotMet', 'checklist-not-met');
  if (verdict === 'ineligible' && reasonCodes.length === 0) return refuse('conditionsNotMet', 'reason-code-missing');
  return null;
};

/** Each item that is not met says why: by its own note or by a point that the applicant is asked to mend. */
const reasonFault = (
  { points }: Screening['body'],
  checklist: readonly ChecklistAnswer[],
  plan: Plan,
): Fault | null => {
  if (plan.eligibility?.reasonPerItem !== true) return null;
  const silent = checklist.filter(
    ({ item, answer, note = '' }) =>
      answer === 'not-met' && note.trim() === '' && !points.some((point) => point.item === item),
  );
  return silent.length === 0
    ? null
    : refuse('conditionsNotMet', 'item-reason-missing', silent.map(({ item }) => item).join(' '));
};

/** A plan that sets awards by screening has the need proven, an award its tranches fit in, and asks for funds once at a time. */
const awardFault = (request: GrantRequest, command: Screening, plan: Plan): Fault | null => {
  if (request.award?.funds === 'asked') return refuse('conditionsNotMet', 'funds-being-reserved');
  if (command.body.verdict !== 'eligible') return null;
  const proven = plan.needsAssessment === undefined || (command.evidence ?? []).length > 0;
  if (!proven) return refuse('conditionsNotMet', 'needs-assessment', 'evidence');
  return plan.award ? splitFault(request.file?.requestedMinor ?? '0', plan) : null;
};

/** What only the spine knows: the stage that asks for a correction, and how an award's funds are asked for. */
export type ScreeningEnds = {
  readonly askCorrection: (points: Screening['body']['points']) => Decision;
  readonly askFunds: () => RequestEvent;
};

const onward = (request: GrantRequest, context: Context, askFunds: ScreeningEnds['askFunds']): RequestEvent =>
  context.plan.award ? askFunds() : enterOnward(request, 'screening', context);

export const decideScreening = (
  request: GrantRequest,
  command: Screening,
  context: Context,
  { askCorrection, askFunds }: ScreeningEnds,
): Decision => {
  const { verdict, points, reasonCodes, registry, risk } = command.body;
  const { plan } = context;
  const checklist = fullChecklist(command.body.checklist, standingAnswers(request, plan));
  const fault =
    awardFault(request, command, plan) ??
    checklistFault(command.body, checklist, plan.checklist) ??
    (verdict === 'eligible' ? eligibilityFault(registry ?? request.registry, context) : null) ??
    (verdict === 'incomplete' ? reasonFault(command.body, checklist, plan) : null);
  if (fault) return fault;
  const recorded: RequestEvent = {
    kind: 'screeningRecorded',
    verdict,
    checklist,
    reasonCodes,
    ...(registry ? { registry } : {}),
    ...(risk === undefined ? {} : { risk }),
  };
  switch (verdict) {
    case 'eligible':
      return happened(recorded, onward(request, context, askFunds));
    case 'ineligible':
      return happened(recorded, ...endingAgainst('ineligible', 'screening', context));
    case 'incomplete': {
      const asked = askCorrection(points);
      return asked.refusal ? asked : happened(recorded, ...asked.events);
    }
  }
};

export const screeningFolds: Folds<'screeningRecorded'> = {
  screeningRecorded: (request, { checklist, registry, risk }) => ({
    ...request,
    screening: { checklist, ...(risk === undefined ? {} : { risk }) },
    ...(registry ? { registry } : {}),
  }),
};
