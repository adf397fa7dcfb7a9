// Screening: the checklist answered, then eligible, incomplete or ineligible.
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { endingAgainst, enterNext } from '../move.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

type Screening = PersonCommand<'recordScreening'>;

const checklistFault = (body: Screening['body'], items: readonly string[]): { refusal: Refusal } | null => {
  const unanswered = items.filter((item) => !body.checklist.some((answer) => answer.item === item));
  if (unanswered.length > 0) return refuse('conditionsNotMet', 'checklist-incomplete', unanswered.join(' '));
  const unknown = body.checklist.filter((answer) => !items.includes(answer.item));
  if (unknown.length > 0) return refuse('conditionsNotMet', 'checklist-unknown-item', items.join(' '));
  if (body.verdict === 'eligible' && body.checklist.some((answer) => answer.answer === 'not-met'))
    return refuse('conditionsNotMet', 'checklist-not-met');
  if (body.verdict === 'ineligible' && body.reasonCodes.length === 0)
    return refuse('conditionsNotMet', 'reason-code-missing');
  return null;
};

/** `askCorrection` comes from the spine, because areas do not import each other. */
export const decideScreening = (
  command: Screening,
  context: Context,
  askCorrection: (points: Screening['body']['points']) => Decision,
): Decision => {
  const { verdict, checklist, points, reasonCodes } = command.body;
  const fault = checklistFault(command.body, context.plan.checklist);
  if (fault) return fault;
  const recorded: RequestEvent = { kind: 'screeningRecorded', verdict, checklist, reasonCodes };
  switch (verdict) {
    case 'eligible':
      return happened(recorded, enterNext('screening', context));
    case 'ineligible':
      return happened(recorded, ...endingAgainst('ineligible', 'screening', context));
    case 'incomplete': {
      const asked = askCorrection(points);
      return asked.refusal ? asked : happened(recorded, ...asked.events);
    }
  }
};

export const screeningFolds: Folds<'screeningRecorded'> = {
  screeningRecorded: (request: GrantRequest, { checklist }) => ({ ...request, screening: { checklist } }),
};
