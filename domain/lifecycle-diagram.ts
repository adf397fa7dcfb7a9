// The lifecycle as a Mermaid state diagram, generated from the stage table and a plan's route; the documents embed its output.
import { edges, outcomes, stageNames, stages } from './lifecycle.js';
import type { Stage } from './lifecycle.js';
import type { Plan } from './plan.js';
import { stageAfter } from './plan.js';

const label = (name: string): string => name.replaceAll('-', '_');

const onRoute = (plan: Plan, stage: Stage): boolean =>
  ['draft', 'correction', 'recovery'].includes(stage) || plan.route.some((name) => name === stage);

const target = (plan: Plan, from: Stage, to: string): string | null => {
  if (to === 'next') return stageAfter(plan, from);
  if (to === 'stay') return from;
  return to === 'back' ? 'screening' : to;
};

const isOutcome = (name: string): boolean => outcomes.some((outcome) => outcome === name);

/** One line per verdict edge; silence that moves the request is drawn as `due time passes`. */
export const lifecycleDiagram = (plan: Plan): string => {
  const known = stageNames.filter((stage) => onRoute(plan, stage));
  const lines = edges
    .filter(({ from }) => known.includes(from))
    .map(({ from, verdict, to }) => ({ from, verdict, to: target(plan, from, to) }))
    .map(({ from, verdict, to }) => `  ${label(from)} --> ${to === null ? '[*]' : label(to)}: ${verdict}`);
  const silences = known
    .filter((stage) => stages[stage].silence !== 'escalate')
    .map((stage) => {
      const to = stages[stage].silence === 'next' ? stageAfter(plan, stage) : 'lapsed';
      return `  ${label(stage)} --> ${label(to)}: due time passes`;
    });
  const ends = outcomes.filter((name) => [...lines, ...silences].some((line) => line.includes(`--> ${label(name)}:`)));
  return [
    'stateDiagram-v2',
    '  [*] --> draft',
    ...lines,
    ...silences,
    ...ends.filter(isOutcome).map((name) => `  ${label(name)} --> [*]`),
  ].join('\n');
};
