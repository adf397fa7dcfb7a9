// Plans for tests: the reference plan with what a test needs changed, and toy plans whose due times are milliseconds.
import type { Plan, StagePlan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { Stage } from '../../domain/lifecycle.js';
import { stageNames } from '../../domain/lifecycle.js';

export const roundTheClock = { weekend: [], holidays: [], offsets: [{ fromMs: 0, minutes: 0 }], dayEndsAtMinute: 1440 };
const time = (ms: number) => ({ unit: 'time', ms }) as const;
const dayMs = 86_400_000;

const everyStage = (timing: StagePlan): Partial<Record<Stage, StagePlan>> =>
  Object.fromEntries(stageNames.map((stage) => [stage, timing]));

/** Without appeals: the stories of the tests end with the decision. `appealingPlan` has them. */
const { appeal, ...withoutAppeal } = developmentGrant;

/** The reference plan on a round-the-clock calendar with long due times: nothing strikes during a test. */
export const calmPlan: Plan = {
  ...withoutAppeal,
  code: 'calm',
  calendar: roundTheClock,
  submitWithin: time(60_000),
  stages: everyStage({ due: time(30 * dayMs), escalateAfter: time(30 * dayMs) }),
  tranches: { ...developmentGrant.tranches, accountRest: time(3 * dayMs), registryFreshness: time(90 * dayMs) },
};

export const appealingPlan: Plan = { ...calmPlan, code: 'appealing', ...(appeal ? { appeal } : {}) };

/** Due times in milliseconds for the stages named; all others stay calm. */
export const hastyPlan = (due: Partial<Record<Stage, number>>, escalateAfterMs = 30 * dayMs): Plan => ({
  ...calmPlan,
  code: 'hasty',
  stages: {
    ...calmPlan.stages,
    ...Object.fromEntries(
      Object.entries(due).map(([stage, ms]) => [stage, { due: time(ms), escalateAfter: time(escalateAfterMs) }]),
    ),
  },
});
