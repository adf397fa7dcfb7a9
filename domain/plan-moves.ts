// Where each verdict and a passed due time lead under a plan's route; for the diagram and for judging plans that may be unsound.
import type { Outcome, Stage } from './lifecycle.js';
import { edges, stages } from './lifecycle.js';
import type { Plan } from './plan.js';
import { nextOnRoute } from './plan.js';

/** `to` is null where the route has nothing after the stage: an unsound plan. `word` is a verdict or `silence`. */
export type PlanMove = { readonly word: string; readonly to: Stage | Outcome | null };

/** Reached by verdicts alone, whatever the route. */
const besideRoute: readonly Stage[] = ['draft', 'correction', 'recovery'];

export const onRoute = (route: Plan['route'], stage: Stage): boolean =>
  besideRoute.includes(stage) || route.some((name) => name === stage);

/** A correction goes back to whichever stage asked for it. */
const askingCorrection = edges.filter(({ to }) => to === 'correction').map(({ from }) => from);

const targets = (route: Plan['route'], from: Stage, to: (typeof edges)[number]['to']): PlanMove['to'][] => {
  switch (to) {
    case 'next':
      return [nextOnRoute(route, from)];
    case 'stay':
      return [from];
    case 'back':
      return askingCorrection.filter((stage) => onRoute(route, stage));
    default:
      return [to];
  }
};

const bySilence = (route: Plan['route'], stage: Stage): PlanMove['to'][] => {
  // A draft is outside the workflow: a start whose submission never came closes by itself and records nothing.
  if (stage === 'draft' || stages[stage].silence === 'escalate') return [];
  return stages[stage].silence === 'next' ? [nextOnRoute(route, stage)] : ['lapsed'];
};

export const movesFrom = (route: Plan['route'], stage: Stage): PlanMove[] => [
  ...edges
    .filter((edge) => edge.from === stage)
    .flatMap(({ verdict, to }) => targets(route, stage, to).map((target) => ({ word: verdict, to: target }))),
  ...bySilence(route, stage).map((target) => ({ word: 'silence', to: target })),
];
