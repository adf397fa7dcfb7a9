// Visits to a project: what was found on the spot, proven by photos and notes. The latest visit speaks for the project.
import { dayText, isDay, localDay } from '../calendar.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import { hasSevereFinding } from '../visit-state.js';

const dayFault = (visitedOn: string, { plan, nowMs }: Context): { refusal: Refusal } | null => {
  const today = dayText(localDay(plan.calendar, nowMs));
  return isDay(visitedOn) && visitedOn <= today ? null : refuse('conditionsNotMet', 'visit-day', today);
};

export const decideVisit = (
  request: GrantRequest,
  command: PersonCommand<'recordVisit'>,
  context: Context,
): Decision => {
  const { body, evidence = [], by } = command;
  const fault = dayFault(body.visitedOn, context);
  if (fault) return fault;
  if (evidence.length === 0) return refuse('conditionsNotMet', 'visit-evidence');
  if (body.verdict === 'passed' && hasSevereFinding(body)) return refuse('conditionsNotMet', 'severe-finding');
  if (body.verdict === 'failed' && body.findings.length === 0) return refuse('conditionsNotMet', 'visit-findings');
  const number = (request.visits?.length ?? 0) + 1;
  return happened({ kind: 'visitRecorded', number, ...body, byPersonId: by.personId });
};

export const visitFolds: Folds<'visitRecorded'> = {
  visitRecorded: (request, { number, visitedOn, verdict, findings }, { version }) => ({
    ...request,
    visits: [...(request.visits ?? []), { number, visitedOn, verdict, findings, changedVersion: version }],
  }),
};
