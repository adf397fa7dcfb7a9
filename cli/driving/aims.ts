// Aims that scenarios are made of: arriving somewhere, ending somehow, stopping within a stage, acting unasked.
import type { Lateness } from '../../domain/grant-request.js';
import type { Outcome, Stage } from '../../domain/lifecycle.js';
import type { Scenario } from './scenario.js';
import type { Script } from './script.js';
import { plainScript } from './script.js';
import type { Act, Awaited, Situation } from './situation.js';

type Reached = Scenario['reached'];

export const isAt =
  (stage: Stage): Reached =>
  (seen) =>
    seen.stage === stage && seen.outcome === null;

/** Endings of their own: a story with its script, up to an outcome. */
export const endsAs = (outcome: Outcome, script: Partial<Script> = {}): Scenario => ({
  script: { ...plainScript, ...script },
  aim: outcome,
  reached: (seen) => seen.outcome === outcome,
});

const isThisLate =
  (lateness: Lateness | null): Reached =>
  (seen) =>
    lateness === null || seen.lateness === lateness;

export type Stop = {
  readonly stage: Stage;
  readonly script?: Partial<Script>;
  /** Waits until the request is seen as late or escalated. */
  readonly lateness?: Lateness | null;
  /** Whether this awaited act is still done within the stage; nothing is by default. */
  readonly does?: (task: Awaited, seen: Situation) => boolean;
  readonly also?: Reached;
};

/** Left standing at a stage, with nothing more to do of what the stop allows. */
export const stopsAt = ({
  stage,
  script = {},
  lateness = null,
  does = () => false,
  also = () => true,
}: Stop): Scenario => ({
  script: { ...plainScript, ...script },
  aim: `${stage}${lateness === null ? '' : `, ${lateness}`}`,
  reached: (seen) =>
    isAt(stage)(seen) && !seen.awaited.some((task) => does(task, seen)) && also(seen) && isThisLate(lateness)(seen),
  holdsBack: (task, seen) => isAt(stage)(seen) && !does(task, seen),
});

const implementationOrder: readonly Awaited['command'][] = [
  'prepareTranche',
  'releaseTranche',
  'confirmReceipt',
  'submitReport',
  'recordReportReview',
];

/** The steps of a project one after the other: five for each tranche and its report. */
export const projectStep = ({ command, number }: Pick<Awaited, 'command' | 'number'>): number =>
  ((number ?? 1) - 1) * implementationOrder.length + implementationOrder.indexOf(command);

const isWithBank = ({ tranches }: Situation): boolean => tranches.some(({ state }) => state === 'released');

/** Stops a project after so many steps, once the bank has answered what was sent. */
export const stopsProject = (steps: number, stop: Omit<Stop, 'stage' | 'does'> = {}): Scenario =>
  stopsAt({
    ...stop,
    stage: 'implementation',
    does: (task) => projectStep(task) < steps,
    also: (seen) => !isWithBank(seen) && (stop.also?.(seen) ?? true),
  });

/** The same story, but at its stop somebody acts unasked, and the request is then where `then` says. */
export const unaskedAt = (
  stop: Scenario,
  { act, aim, then }: { readonly act: (seen: Situation) => Act; readonly aim: string; readonly then: Reached },
): Scenario => ({
  ...stop,
  aim,
  reached: then,
  unasked: (seen) => (stop.reached(seen) ? act(seen) : null),
});

/** The same story with one act of somebody's own accord on the way, the first time that its moment is seen. */
export const onTheWay = (story: Scenario, isMoment: Reached, act: (seen: Situation) => Act): Scenario => {
  let isDone = false;
  const unasked = (seen: Situation): Act | null => {
    if (isDone || !isMoment(seen)) return story.unasked?.(seen) ?? null;
    isDone = true;
    return act(seen);
  };
  return { ...story, unasked };
};
