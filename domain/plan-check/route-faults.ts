// Whether a plan's route holds: in order, every stage reached, every verdict leading somewhere that has a due time, every path ending.
import type { Stage } from '../lifecycle.js';
import { outcomes, routeOrder, stageNames } from '../lifecycle.js';
import type { PlanMove, Routed } from '../plan-moves.js';
import { movesFrom } from '../plan-moves.js';
import type { PlanFault } from './plan-fault.js';
import { areAscending, faultIf, planCheck } from './plan-fault.js';

const stagesAmong = (names: readonly PlanMove['to'][]): Stage[] => stageNames.filter((stage) => names.includes(stage));

/** Every stage a request can come to, in process order; a draft is where it begins. */
export const reachedStages = (plan: Routed): Stage[] => {
  const reached = new Set<Stage>(['draft']);
  // A set that grows while it is walked is walked to its end.
  for (const stage of reached)
    for (const next of stagesAmong(movesFrom(plan, stage).map(({ to }) => to))) reached.add(next);
  return stageNames.filter((stage) => reached.has(stage));
};

/** The endings, and every stage from which some path leads to one. */
const endingOnes = (plan: Routed, reached: readonly Stage[]): ReadonlySet<PlanMove['to']> => {
  const ending = new Set<PlanMove['to']>(outcomes);
  const leadsOut = (stage: Stage): boolean => movesFrom(plan, stage).some(({ to }) => ending.has(to));
  // Each round adds the stages one step further from an ending; there are no more rounds than stages.
  reached.forEach(() => reached.filter(leadsOut).forEach((stage) => ending.add(stage)));
  return ending;
};

const orderFaults = planCheck(['route'], ({ route, award }) => {
  const ordered = areAscending(route.map((stage) => routeOrder.indexOf(stage)));
  // Where screening sets the award, the last approval may fix what an agreement would.
  const isFixed = route.includes('agreement') || (award !== undefined && route.includes('authority'));
  return [
    ...faultIf(!ordered, 'route', {
      en: 'the stages are out of order or named twice',
      ar: 'المراحل على غير ترتيبها أو مكررة',
    }),
    ...faultIf(route.includes('implementation') && !route.includes(award?.by ?? 'committee'), 'route', {
      en: `money needs a stage that sets the award: ${award?.by ?? 'committee'}`,
      ar: `لا صرف بلا مرحلة تحدد قيمة المنحة: ${award ? 'الفحص' : 'اللجنة'}`,
    }),
    ...faultIf(route.includes('implementation') && !isFixed, 'route', {
      en: 'money needs a stage that fixes tranches and reports: agreement',
      ar: 'لا صرف بلا مرحلة تحدد الدفعات والتقارير: الاتفاقية',
    }),
    ...faultIf(route.at(-1) !== 'final-review', 'route', {
      en: 'the last stage has to be final-review',
      ar: 'آخر المراحل هي المراجعة الختامية',
    }),
  ];
});

const reachFaults = planCheck(['route'], (plan) => {
  const { route } = plan;
  const reached = reachedStages(plan);
  const ending = endingOnes(plan, reached);
  const lost = route.filter((stage) => !reached.includes(stage));
  const nowhere = reached.flatMap((stage) =>
    movesFrom(plan, stage).flatMap(({ word, to }): PlanFault[] =>
      faultIf(to === null, `route.${stage}`, {
        en: `the verdict ${word} leads nowhere: the route has nothing after this stage`,
        ar: `النتيجة ${word} لا تؤدي إلى شيء: لا مرحلة بعدها في المسار`,
      }),
    ),
  );
  return [
    ...lost.flatMap((stage) =>
      faultIf(true, `route.${stage}`, { en: 'no request can reach this stage', ar: 'لا يصل أي طلب إلى هذه المرحلة' }),
    ),
    ...nowhere,
    ...reached
      .filter((stage) => !ending.has(stage))
      .flatMap((stage) =>
        faultIf(true, `route.${stage}`, { en: 'no path from this stage ends', ar: 'لا ينتهي أي مسار من هذه المرحلة' }),
      ),
  ];
});

/** Which verdicts lead to a stage, so that a missing due time is understood where nobody put the stage on the route. */
const waysTo = (plan: Routed, stage: Stage): string =>
  reachedStages(plan)
    .filter((from) => from !== stage)
    .flatMap((from) => movesFrom(plan, from).flatMap(({ word, to }) => (to === stage ? [`${from} ${word}`] : [])))
    .join(', ');

const dueTimeFaults = planCheck(['route', 'stages'], (plan) => {
  const { route, stages } = plan;
  const needed = stageNames.filter(
    (stage) => stage !== 'draft' && (reachedStages(plan).includes(stage) || route.some((name) => name === stage)),
  );
  return needed.flatMap((stage) =>
    faultIf(stages[stage] === undefined, `stages.${stage}`, {
      en: `the stage needs its due time; what leads there: ${waysTo(plan, stage)}`,
      ar: `يلزم تحديد مهلة هذه المرحلة؛ ما يؤدي إليها: ${waysTo(plan, stage)}`,
    }),
  );
});

export const routeChecks = [orderFaults, reachFaults, dueTimeFaults];
