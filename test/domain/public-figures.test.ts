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

describe('an award in several places', () => {
  it('shares each of its figures by itself, and a place gathers what comes to it from every award', () => {
    const sum = createTotals();
    sum.add({
      keys: ['EG-GZ', 'EG-C'],
      figures: { awarded: 101n, cancelled: 7n, disbursed: 50n, returned: 3n, writtenOff: 1n },
    });
    sum.add({ keys: ['EG-ALX'], figures: { ...noFigures, disbursed: 5n } });
    sum.add({ keys: ['EG-C'], figures: { ...noFigures, awarded: 9n } });

    expect(sum.totals()).toEqual({
      awards: 3,
      figures: { awarded: 110n, cancelled: 7n, disbursed: 55n, returned: 3n, writtenOff: 1n },
      parts: [
        { key: 'EG-ALX', awards: 1, figures: { ...noFigures, disbursed: 5n } },
        {
          key: 'EG-C',
          awards: 2,
          figures: { awarded: 60n, cancelled: 4n, disbursed: 25n, returned: 2n, writtenOff: 1n },
        },
        {
          key: 'EG-GZ',
          awards: 1,
          figures: { awarded: 50n, cancelled: 3n, disbursed: 25n, returned: 1n, writtenOff: 0n },
        },
      ],
    });
  });

  it('is nothing at all before any award came in', () => {
    expect(noFigures).toEqual({ awarded: 0n, cancelled: 0n, disbursed: 0n, returned: 0n, writtenOff: 0n });
    expect(createTotals().totals()).toEqual({ awards: 0, figures: noFigures, parts: [] });
    expect(Object.keys(noFigures)).toEqual([...figureNames]);
  });
});

describe('a posting', () => {
  it.each([
    ['commit', 'reserved', 'awarded'],
    ['disburse', 'committed', 'disbursed'],
    ['refund', 'disbursed', 'returned'],
    ['write-off', 'disbursed', 'writtenOff'],
    ['release', 'committed', 'cancelled'],
    ['release', 'reserved', null],
    ['reserve', 'available', null],
    ['account-for-spending', 'disbursed', null],
    ['transfer', 'available', null],
    ['open', 'outside', null],
  ] as const)('of the kind %s from %s counts as %s', (kind, from, name) => {
    expect(figureOf(kind, from)).toBe(name);
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
