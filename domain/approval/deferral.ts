// Deferral with a date: the item is on hold until then. Nobody is waited for, and the stage's time runs from that date.
import { dueAt } from '../calendar.js';
import type { PersonCommand } from '../command.js';
import type { Context, Decision } from '../decision.js';
import { happened } from '../decision.js';
import type { Folds } from '../fold.js';
import type { GrantRequest } from '../grant-request.js';
import { enterStage } from '../move.js';
import { refuse } from '../refusal.js';

/** The deadline that ends a hold. */
export const holdId = 'hold';

const heldUntil = (request: GrantRequest): number | null =>
  request.deadlines.find(({ id }) => id === holdId)?.atMs ?? null;

export const isHeld = (request: GrantRequest): boolean => heldUntil(request) !== null;

/** A hold is over at its instant, even when its timer has not struck yet. */
export const holdFault = (request: GrantRequest, nowMs: number): ReturnType<typeof refuse> | null => {
  const untilMs = heldUntil(request) ?? nowMs;
  return untilMs <= nowMs ? null : refuse('conditionsNotMet', 'deferred-until', new Date(untilMs).toISOString());
};

const dateFault = (untilMs: number, { plan, nowMs }: Context): ReturnType<typeof refuse> | null => {
  const { longestDeferral } = plan.committee;
  if (longestDeferral === undefined) return refuse('conditionsNotMet', 'deferral-without-date');
  const latestMs = dueAt(plan.calendar, nowMs, longestDeferral);
  return untilMs > nowMs && untilMs <= latestMs
    ? null
    : refuse('conditionsNotMet', 'deferral-within', new Date(latestMs).toISOString());
};

/** What follows a closing with `defer`: the stage begins anew, at once or when the hold ends. */
export const decideDeferral = ({ body }: PersonCommand<'closeItem'>, context: Context): Decision => {
  const { deferUntilMs: untilMs } = body;
  if (untilMs === undefined) return happened(enterStage('committee', context));
  const fault = dateFault(untilMs, context);
  if (fault) return fault;
  return happened(enterStage('committee', { ...context, nowMs: untilMs }), { kind: 'itemDeferred', untilMs });
};

const withoutHold = (request: GrantRequest): GrantRequest => ({
  ...request,
  deadlines: request.deadlines.filter(({ id }) => id !== holdId),
});

export const deferralFolds: Folds<'itemDeferred' | 'holdEnded'> = {
  itemDeferred: (request, { untilMs }) => ({
    ...request,
    deadlines: [...withoutHold(request).deadlines, { id: holdId, step: 'due', atMs: untilMs }],
  }),
  holdEnded: withoutHold,
};

export const endHold = withoutHold;
