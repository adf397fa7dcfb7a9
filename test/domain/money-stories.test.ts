// Every way money can go: it adds up to zero, no account passes below its floor on the way, and it ends where docs/ledger.md draws it.
import { describe, expect, it } from '@jest/globals';
import { postingKinds } from '../../domain/money/ledger.js';
import { moneyStories, sumsOf } from '../support/money-stories.js';

const endsOf = (sums: ReadonlyMap<string, bigint>): Record<string, string> =>
  Object.fromEntries(
    [...sums]
      .filter(([account, sum]) => account !== 'outside' && sum !== 0n)
      .map(([account, sum]) => [account, `${sum}`]),
  );

describe('every way money can go', () => {
  it.each(moneyStories())('$name: adds up to zero and ends where it is drawn', ({ movements, ends }) => {
    const sums = sumsOf(movements);

    expect(movements.length).toBeGreaterThan(0);
    expect([...sums.values()].reduce((sum, one) => sum + one, 0n)).toBe(0n);
    expect(endsOf(sums)).toEqual(ends);
  });

  it.each(moneyStories())('$name: no account but the one it draws on is ever below zero', ({ movements }) => {
    const below = movements.flatMap((_movement, index) =>
      [...sumsOf(movements.slice(0, index + 1))]
        .filter(([account, sum]) => sum < 0n && account !== 'outside' && !account.endsWith(' available'))
        .map(([account]) => account),
    );
    expect(below).toEqual([]);
  });

  it('is told for each kind of posting there is', () => {
    const told = new Set(moneyStories().flatMap(({ movements }) => movements.map(({ kind }) => kind)));
    expect([...told].sort()).toEqual([...postingKinds, 'open', 'reverse', 'transfer'].sort());
  });
});
