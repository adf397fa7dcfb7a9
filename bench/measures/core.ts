// P22: what the pure core does in a second on one processor: transitions of whole lifecycles, and random commands with every invariant
// checked after each. Needs no services.
import fc from 'fast-check';
import { decide } from '../../domain/decide.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { journeyTo, startMs } from '../../test/support/journey.js';
import { sequence, walkSequence } from '../../test/support/model.js';
import { calmPlan } from '../../test/support/plans.js';
import { medianOf } from '../arithmetic.js';
import type { Bench } from '../bench.js';
import type { Figure } from '../results.js';

export const coreLegs = 2;
const rounds = 7;
const roundMs = 1_000;

/** How many units a second of `work` does; a unit is whatever it counts. */
const perSecond = (work: () => number): number => {
  const startedAt = performance.now();
  let done = 0;
  while (performance.now() - startedAt < roundMs) done += work();
  return (done * 1000) / (performance.now() - startedAt);
};

/** Every command and fact of one plain lifecycle, decided again from the empty request on: a decision and its fold each. */
const transitions = (): (() => number) => {
  const commands = journeyTo(undefined).commands();
  const context = { plan: calmPlan, nowMs: startMs };
  return () => {
    let request = emptyRequest('req0000000000001', startMs, startMs + 60_000);
    for (const command of commands) {
      const answer = decide(request, command, context);
      if (answer.refusal) throw new Error(`${command.kind} was refused: ${answer.refusal.code}`);
      request = answer.after;
    }
    return commands.length;
  };
};

/** Drawn before the clock runs: what is measured is walking, not drawing. */
const randomCommands = (): (() => number) => {
  const drawn = fc.sample(sequence, { numRuns: 400, seed: 22 });
  let next = 0;
  return () => {
    const one = drawn[next % drawn.length];
    next += 1;
    if (one === undefined) throw new Error('no sequence was drawn');
    walkSequence(one);
    return one.steps.length;
  };
};

const repeated = (work: () => number): number[] => {
  perSecond(work); // the first round is slower: code is still being compiled
  return Array.from({ length: rounds }, () => perSecond(work));
};

export const measureCore = (bench: Bench): Promise<Figure[]> => {
  const decided = medianOf(repeated(transitions()));
  bench.leg(`P22: ${Math.round(decided.value)} transitions/s`);
  const walked = medianOf(repeated(randomCommands()));
  bench.leg(`P22: ${Math.round(walked.value)} random commands/s`);
  return Promise.resolve([
    { id: 'P22.transitions', estimate: decided, detail: {} },
    { id: 'P22.model', estimate: walked, detail: {} },
  ]);
};
