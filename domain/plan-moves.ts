// Where each verdict and a passed due time lead under a plan's route; for the diagram and for judging plans that may be unsound.
import type { Outcome, Stage } from './lifecycle.js';
import { appealableOutcomes, edges, stages } from './lifecycle.js';
import type { Plan } from './plan.js';
import { awardStage, nextOnRoute } from './plan.js';

/** `to` is null where the route has nothing after the stage: an unsound plan. `word` is a verdict or `silence`. */
export type PlanMove = { readonly word: string; readonly to: Stage | Outcome | null };

/** What of a plan says where its verdicts lead. */
export type Routed = {
  readonly route: Plan['route'];
  readonly appeal?: Plan['appeal'] | undefined;
  readonly award?: Plan['award'] | undefined;
  readonly afterReview?: Plan['afterReview'] | undefined;
};

/** Reached by verdicts alone, whatever the route. */
const besideRoute: readonly Stage[] = ['draft', 'correction', 'recovery'];
export const appealStages: readonly Stage[] = ['appeal-window', 'appeal'];

export const onRoute = ({ route, appeal }: Routed, stage: Stage): boolean =>
  besideRoute.includes(stage) ||
  (appeal !== undefined && appealStages.includes(stage)) ||
  route.some((name) => name === stage);

/** A correction goes back to whichever stage asked for it. */
const askingCorrection = edges.filter(({ to }) => to === 'correction').map(({ from }) => from);

const isAppealable = (name: Stage | Outcome): boolean => appealableOutcomes.some((outcome) => outcome === name);

const targets = (plan: Routed, from: Stage, to: (typeof edges)[number]['to']): readonly PlanMove['to'][] => {
  switch (to) {
    case 'next':
      return [nextOnRoute(plan.route, from)];
    case 'stay':
      return [from];
    case 'back':
      return askingCorrection.filter((stage) => onRoute(plan, stage));
    case 'standing':
      return appealableOutcomes;
    case 'sent-back':
      return plan.appeal?.sendBackTo ?? [];
    case 'committee':
      return [awardStage(plan)];
    default:
      return plan.appeal && isAppealable(to) ? ['appeal-window'] : [to];
  }
};

const bySilence = ({ route }: Routed, stage: Stage): readonly PlanMove['to'][] => {
  // A draft is outside the workflow: a start whose submission never came closes by itself and records nothing.
  if (stage === 'draft' || stages[stage].silence === 'escalate') return [];
  if (stages[stage].silence === 'standing') return appealableOutcomes;
  return stages[stage].silence === 'next' ? [nextOnRoute(route, stage)] : ['lapsed'];
};

/** The committee's verdict on money that went out before it. */
const byAfterReview = ({ afterReview }: Routed, stage: Stage): PlanMove[] =>
  afterReview !== undefined && stage === 'implementation' ? [{ word: 'recover', to: 'recovery' }] : [];

export const movesFrom = (plan: Routed, stage: Stage): PlanMove[] => [
  ...edges
    .filter((edge) => edge.from === stage)
    .flatMap(({ verdict, to }) => targets(plan, stage, to).map((target) => ({ word: verdict, to: target }))),
  ...byAfterReview(plan, stage),
  ...bySilence(plan, stage).map((target) => ({ word: 'silence', to: target })),
];
