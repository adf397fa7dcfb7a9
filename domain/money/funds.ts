// The reservation of an award: asked by whoever sets it (the committee, or screening where the plan says so), answered by the treasury, released when the award falls.
import type { Fact } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { RequestEvent } from '../event.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { enterStage } from '../move.js';
import { awardStage } from '../plan.js';
import { refuse } from '../refusal.js';
import type { SourceTerm } from './funding-source.js';

/** What the treasury says with a reservation. */
export type Reserved = Omit<RequestEvent<'fundsReserved'>, 'kind'>;

/** `onward` gives the events that follow a reservation; the spine knows the route. */
export const decideReservation = (
  request: GrantRequest,
  fact: Fact<'reportReservation'>,
  context: Context,
  onward: (answer: Reserved) => readonly RequestEvent[],
): Decision => {
  if (request.award?.funds !== 'asked' || fact.key !== request.award.decisionKey)
    return refuse('notThisStage', 'no-reservation-asked');
  if (fact.body.outcome === 'refused') {
    const { missingMinor, rule } = fact.body;
    const refused = { kind: 'fundsRefused', missingMinor, ...(rule === undefined ? {} : { rule }) } as const;
    return happened(refused, enterStage(awardStage(context.plan), context));
  }
  const { cumulativeMinor, peopleByLevel } = fact.body;
  const answer = { cumulativeMinor, ...(peopleByLevel === undefined ? {} : { peopleByLevel }) };
  return happened({ kind: 'fundsReserved', ...answer }, ...onward(answer));
};

/** Every answer of the treasury takes the place of the one before; a request that no term ever stopped knows nothing of terms. */
const answered = (request: GrantRequest, term: SourceTerm | null): GrantRequest =>
  term === null && request.fundsRefusedBy === undefined ? request : { ...request, fundsRefusedBy: term };

export const fundsFolds: Folds<'fundsAsked' | 'fundsReserved' | 'fundsRefused' | 'fundsReleased'> = {
  fundsAsked: (request, { decisionKey, amountMinor, conditions }) => ({
    ...request,
    award: { amountMinor, conditions, decisionKey, funds: 'asked', cumulativeMinor: null },
  }),
  fundsReserved: (request, { cumulativeMinor }) => ({
    ...answered(request, null),
    award: request.award ? { ...request.award, funds: 'reserved', cumulativeMinor } : null,
  }),
  fundsRefused: (request, { missingMinor, rule }) => ({
    ...answered(request, rule ?? null),
    award: null,
    ballot: null,
    // The committee's item simply opens again; screening has a task of its own for it.
    ...(request.position.stage === 'screening' ? { fundsMissingMinor: missingMinor } : {}),
  }),
  fundsReleased: (request) => ({
    ...request,
    award: request.award ? { ...request.award, funds: 'released' } : null,
    authority: null,
  }),
};
