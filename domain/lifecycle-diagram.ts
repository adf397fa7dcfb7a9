// The lifecycle as a Mermaid state diagram, generated from the stage table and a plan's route; the documents embed its output.
import type { Outcome, Stage } from './lifecycle.js';
import { appealableOutcomes, edges, outcomes, stageNames, stages } from './lifecycle.js';
import type { Plan } from './plan.js';
import { stageAfter } from './plan.js';

const idOf = (name: string): string => name.replaceAll('-', '_');

const onRoute = (plan: Plan, stage: Stage): boolean =>
  ['draft', 'correction', 'recovery', ...(plan.appeal ? ['appeal-window', 'appeal'] : [])].includes(stage) ||
  plan.route.some((name) => name === stage);

/** A correction goes back to whichever stage asked for it. */
const askingCorrection = edges.filter(({ to }) => to === 'correction').map(({ from }) => from);

const isAppealable = (name: Stage | Outcome): boolean => appealableOutcomes.some((outcome) => outcome === name);

const targets = (plan: Plan, from: Stage, to: (typeof edges)[number]['to']): readonly (Stage | Outcome)[] => {
  switch (to) {
    case 'next':
      return [stageAfter(plan, from)];
    case 'stay':
      return [from];
    case 'back':
      return askingCorrection.filter((stage) => onRoute(plan, stage));
    case 'standing':
      return appealableOutcomes;
    case 'sent-back':
      return plan.appeal?.sendBackTo ?? [];
    default:
      return plan.appeal && isAppealable(to) ? ['appeal-window'] : [to];
  }
};

const bySilence = (plan: Plan, stage: Stage): readonly (Stage | Outcome)[] => {
  // A draft is outside the workflow: a start whose submission never came closes by itself and records nothing.
  if (stage === 'draft' || stages[stage].silence === 'escalate') return [];
  if (stages[stage].silence === 'standing') return appealableOutcomes;
  return stages[stage].silence === 'next' ? [stageAfter(plan, stage)] : ['lapsed'];
};

type Arrow = { readonly from: string; readonly to: string; readonly word: string };

const arrowsFrom = (plan: Plan, stage: Stage): Arrow[] => [
  ...edges
    .filter((edge) => edge.from === stage)
    .flatMap(({ verdict, to }) =>
      targets(plan, stage, to).map((target) => ({ from: stage, to: target, word: verdict })),
    ),
  ...bySilence(plan, stage).map((target) => ({ from: stage, to: target, word: 'silence' })),
];

/**
 * One arrow per pair of states with every verdict that leads along it; `silence` is a due time that passed. `wordOf` names
 * states and verdicts for readers of another language.
 */
export const lifecycleDiagram = (plan: Plan, wordOf: (code: string) => string = (code) => code): string => {
  const known = stageNames.filter((stage) => onRoute(plan, stage));
  const arrows = known.flatMap((stage) => arrowsFrom(plan, stage));
  const pairs = [...new Set(arrows.map(({ from, to }) => `${idOf(from)} --> ${idOf(to)}`))];
  const along = (pair: string): string =>
    arrows
      .filter(({ from, to }) => `${idOf(from)} --> ${idOf(to)}` === pair)
      .map(({ word }) => wordOf(word))
      .join(' / ');
  const ends = outcomes.filter((name) => arrows.some(({ to }) => to === name));
  const named = [...known, ...ends].filter((name) => wordOf(name) !== idOf(name));
  return [
    'stateDiagram-v2',
    ...named.map((name) => `  state "${wordOf(name)}" as ${idOf(name)}`),
    '  [*] --> draft',
    ...pairs.map((pair) => `  ${pair}: ${along(pair)}`),
    ...ends.map((name) => `  ${idOf(name)} --> [*]`),
  ].join('\n');
};
