// Public figures: what a posting counts towards, and parts that add up to the whole whatever the awards.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { postingsOf } from '../../domain/money/ledger.js';
import type { Figures } from '../../domain/money/public-figures.js';
import { createTotals, figureNames, figureOf, noFigures } from '../../domain/money/public-figures.js';
import { journeyTo } from '../support/journey.js';

const amount = fc.bigInt({ min: 0n, max: 10n ** 13n });
const figures: fc.Arbitrary<Figures> = fc.record({
  awarded: amount,
  cancelled: amount,
  disbursed: amount,
  returned: amount,
  writtenOff: amount,
});
const keys = fc.uniqueArray(fc.constantFrom('EG-C', 'EG-GZ', 'EG-ALX', 'EG-SUZ', 'EG-MN', 'EG-KN', 'EG-AST'), {
  maxLength: 7,
});

describe('totals by a dimension', () => {
  it('have parts that add up to the whole to the piastre, however many places share a project', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ keys, figures }), { maxLength: 30 }), (awards) => {
        const sum = createTotals();
        awards.forEach((award) => sum.add(award));
        const { parts, figures: whole, awards: counted } = sum.totals();
        expect(counted).toBe(awards.length);
        for (const name of figureNames) {
          const given = awards.reduce((total, award) => total + award.figures[name], 0n);
          expect(whole[name]).toBe(given);
          expect(parts.reduce((total, part) => total + part.figures[name], 0n)).toBe(given);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('give the odd piastre to the earlier place, and name what has no key', () => {
    const sum = createTotals();
    sum.add({ keys: ['EG-GZ', 'EG-C'], figures: { ...noFigures, awarded: 3n } });
    sum.add({ keys: [], figures: { ...noFigures, awarded: 5n } });

    expect(sum.totals().parts.map(({ key, awards, figures: { awarded } }) => [key, awards, awarded])).toEqual([
      ['EG-C', 1, 2n],
      ['EG-GZ', 1, 1n],
      ['unknown', 1, 5n],
    ]);
  });
});

describe('the postings of a whole lifecycle', () => {
  it('count as awarded and paid; a reservation and its release do not show', () => {
    const postings = journeyTo(undefined)
      .entries()
      .flatMap(({ events }) => events)
      .flatMap(postingsOf);
    const sums: Record<string, bigint> = {};
    for (const { kind, from, amountMinor } of postings) {
      const name = figureOf(kind, from);
      if (name !== null) sums[name] = (sums[name] ?? 0n) + BigInt(amountMinor);
    }

    expect(sums).toEqual({ awarded: 60_000_000n, disbursed: 60_000_000n });
    expect(figureOf('release', 'reserved')).toBeNull();
    expect(figureOf('release', 'committed')).toBe('cancelled');
  });
});
