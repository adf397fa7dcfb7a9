// Random people doing random things in random order: whatever the rules accept, the properties of the model hold at every step.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allowedActions } from '../../domain/allowed-action.js';
import { applyEntry } from '../../domain/apply.js';
import { emptyRequest } from '../../domain/grant-request.js';
import { journeyTo, startMs } from '../support/journey.js';
import { actors, sequence, starts, walkSequence } from '../support/model.js';
import { calmPlan } from '../support/plans.js';

describe('any sequence of commands by anybody', () => {
  it('keeps money, duties and the way forward intact', () => {
    let accepted = 0;
    fc.assert(
      fc.property(sequence, (one) => {
        accepted += walkSequence(one).entries().length;
      }),
      { numRuns: 20_000 },
    );
    expect(accepted).toBeGreaterThan(50_000);
  }, 240_000);

  it('folds the recorded entries to the very state the rules had', () => {
    fc.assert(
      fc.property(sequence, (one) => {
        const told = walkSequence(one);
        const opened = emptyRequest(told.request().id, startMs, startMs + 60_000);
        const stored: unknown = JSON.parse(JSON.stringify(told.entries().reduce(applyEntry, opened)));
        expect(stored).toEqual(JSON.parse(JSON.stringify(told.request())));
      }),
      { numRuns: 300 },
    );
  });

  it('offers as allowed only what the gate lets through', () => {
    for (const start of starts.slice(1)) {
      const told = journeyTo(start);
      const context = { plan: calmPlan, nowMs: told.nowMs() };
      for (const actor of actors)
        for (const action of allowedActions(told.request(), actor, context))
          expect(action.allowed === (action.refusal === undefined)).toBe(true);
    }
  });
});
