// Three rules that money stands on: parts add up, a word of the bank counts once, whoever is recused does not make a quorum.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitByWeights } from '../../domain/amount.js';
import { quorumOf } from '../../domain/approval/quorum.js';
import { bankOutcomes } from '../../domain/money/bank-status.js';
import { calmPlan } from '../support/plans.js';

describe('a split', () => {
  it('adds up to the piastre, whatever the sum and the weights', () => {
    const total = fc.bigInt({ min: 0n, max: 10n ** 17n });
    const weights = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(total, weights, (sum, shares) => {
        const parts = splitByWeights(sum, shares);
        expect(parts.reduce((all, part) => all + part, 0n)).toBe(sum);
        expect(parts.every((part) => part >= 0n)).toBe(true);
      }),
      { numRuns: 20_000 },
    );
  });
});

describe('the word "settled"', () => {
  it('changes a tranche once: said again, nothing is booked', () => {
    expect(bankOutcomes.released.settled).toBe('apply');
    expect([bankOutcomes.settled.settled, bankOutcomes.confirmed.settled]).toEqual(['repeat', 'repeat']);
  });
});

describe('a quorum', () => {
  const seats = Array.from({ length: calmPlan.committee.quorum }, (_, index) => ({
    personId: `member-${index}`,
    name: `عضو ${index}`,
    civilSociety: true,
  }));

  it('falls when one of just enough members is recused', () => {
    expect(quorumOf({ present: seats, recused: [] }, calmPlan).stands).toBe(true);
    expect(quorumOf({ present: seats, recused: ['member-0'] }, calmPlan).stands).toBe(false);
  });
});
