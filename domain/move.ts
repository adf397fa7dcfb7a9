// Moving a request along its plan's route: the events of entering a stage or ending, with due times from the plan's calendar.
import { dueAfter } from './due.js';
import type { Context } from './decision.js';
import type { RequestEvent } from './event.js';
import type { GrantRequest } from './grant-request.js';
import type { AppealableOutcome, Outcome, Stage } from './lifecycle.js';
import { stageAfter } from './plan.js';

export const enterStage = (stage: Stage, { plan, nowMs }: Context): RequestEvent => {
  const timing = plan.stages[stage];
  if (timing === undefined) throw new Error(`plan ${plan.code} ${plan.version} has no due time for ${stage}`);
  const { atMs: dueAtMs, basis: dueBasis } = dueAfter(plan.calendar, nowMs, timing.due);
  const remind = timing.remindAfter && dueAfter(plan.calendar, nowMs, timing.remindAfter);
  return { kind: 'stageEntered', stage, dueAtMs, ...(dueBasis ? { dueBasis } : {}), ...(remind ? { remind } : {}) };
};

export const enterNext = (after: Stage, context: Context): RequestEvent =>
  enterStage(stageAfter(context.plan, after), context);

/** A decision against the request ends it, or opens the time for an appeal where the plan gives one. */
export const endingAgainst = (standing: AppealableOutcome, at: Stage, context: Context): RequestEvent[] =>
  context.plan.appeal === undefined
    ? [ending(standing)]
    : [{ kind: 'appealOpened', standing, at }, enterStage('appeal-window', context)];

export const ending = (outcome: Outcome): RequestEvent => ({ kind: 'requestEnded', outcome });

/** Asks the treasury for an award; the key names the reservation, one per decision. */
export const askFunds = (request: GrantRequest, amountMinor: string, conditions: readonly string[]): RequestEvent => ({
  kind: 'fundsAsked',
  decisionKey: `${request.id}-d${request.version + 1}`,
  amountMinor,
  conditions,
});
