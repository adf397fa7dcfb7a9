// The lifecycle as a Mermaid state diagram, generated from the stage table and a plan's route: for the documents, and for people
// who change a plan and want to see its route before it is published. Draws unsound routes as well, without the missing arrows.
import type { Stage } from './lifecycle.js';
import { outcomes, stageNames } from './lifecycle.js';
import type { Routed } from './plan-moves.js';
import { movesFrom, onRoute } from './plan-moves.js';

const idOf = (name: string): string => name.replaceAll('-', '_');

type Arrow = { readonly from: string; readonly to: string; readonly word: string };

const arrowsFrom = (plan: Routed, stage: Stage): Arrow[] =>
  movesFrom(plan, stage).flatMap(({ word, to }) => (to === null ? [] : [{ from: stage, to, word }]));

/**
 * One arrow per pair of states with every verdict that leads along it; `silence` is a due time that passed. `wordOf` names
 * states and verdicts for readers of another language.
 */
export const lifecycleDiagram = (plan: Routed, wordOf: (code: string) => string = (code) => code): string => {
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
