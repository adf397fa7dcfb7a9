// Tranches as a plan states them: what may be asked before money is paid, in which numbers, and what could never come.
import { describe, expect, it } from '@jest/globals';
import type { ResultsPlan, TrancheCondition, TranchePlan } from '../../domain/plan.js';
import { indicatorsOf } from '../../domain/plan.js';
import { trancheChecks } from '../../domain/plan-check/tranche-faults.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { saidInBoth } from '../support/plan-faults.js';

const { tranches } = developmentGrant;
const share = (shareBasisPoints: number, ...requires: readonly TrancheCondition[]): TranchePlan => ({
  ...{ shareBasisPoints, requires },
});
const faultsOf = (parts: readonly TranchePlan[], change: Partial<typeof tranches> = {}): string[] =>
  saidInBoth(
    trancheChecks.flatMap((check) => check({ ...developmentGrant, tranches: { ...tranches, ...change, parts } })),
  ).map(({ path, en }) => `${path}: ${en}`);

/** The reference plan has three reports; the condition is asked of the second tranche of two. */
const asked = (condition: TrancheCondition): string[] =>
  faultsOf([share(5_000), share(5_000, condition)]).map((fault) => fault.replace('tranches.parts.1.requires.0: ', ''));

describe('a condition of a tranche', () => {
  it.each<TrancheCondition>([
    { kind: 'report-accepted', number: 1 },
    { kind: 'report-accepted', number: 3 },
    { kind: 'tranche-settled', number: 1 },
    { kind: 'visit-passed', number: 1 },
    { kind: 'spent-share', basisPoints: 1 },
    { kind: 'spent-share', basisPoints: 10_000 },
    { kind: 'indicator-reached', code: 'people-trained', atLeast: 1 },
  ])('%j can come', (condition) => {
    expect(asked(condition)).toEqual([]);
  });

  it.each<readonly [TrancheCondition, string]>([
    [{ kind: 'report-accepted', number: 0 }, 'report-accepted 0 never comes before tranche 2'],
    [{ kind: 'report-accepted', number: 1.5 }, 'report-accepted 1.5 never comes before tranche 2'],
    [{ kind: 'report-accepted', number: 4 }, 'report-accepted 4 never comes before tranche 2'],
    [{ kind: 'tranche-settled', number: 0 }, 'tranche-settled 0 never comes before tranche 2'],
    [{ kind: 'tranche-settled', number: 2 }, 'tranche-settled 2 never comes before tranche 2'],
    [{ kind: 'visit-passed', number: 0 }, 'visits are counted in whole numbers from 1'],
    [{ kind: 'visit-passed', number: 1.5 }, 'visits are counted in whole numbers from 1'],
    [{ kind: 'spent-share', basisPoints: 0 }, 'a minimum spend is a share from 1 to 10000 basis points'],
    [{ kind: 'spent-share', basisPoints: 10_001 }, 'a minimum spend is a share from 1 to 10000 basis points'],
    [{ kind: 'spent-share', basisPoints: 0.5 }, 'a minimum spend is a share from 1 to 10000 basis points'],
    [{ kind: 'indicator-reached', code: '', atLeast: 1 }, 'an indicator has a code, and is reached at a whole number above 0'],
    [{ kind: 'indicator-reached', code: 'x', atLeast: 0 }, 'an indicator has a code, and is reached at a whole number above 0'],
  ])('%j is faulted', (condition, fault) => {
    expect(asked(condition)).toEqual([fault]);
  }); // prettier-ignore

  it('is named at its place, with its number in both languages', () => {
    const parts = [share(5_000), share(5_000, { kind: 'visit-passed', number: 1 }, { kind: 'tranche-settled', number: 7 })];
    const [fault] = trancheChecks.flatMap((check) => check({ ...developmentGrant, tranches: { ...tranches, parts } }));
    expect(fault?.path).toBe('tranches.parts.1.requires.1');
    expect(fault?.ar).toMatch(/tranche-settled 7 .* 2/);
  }); // prettier-ignore

  it('of spending needs money before it', () => {
    const spent = { kind: 'spent-share', basisPoints: 5_000 } as const;
    expect(faultsOf([share(5_000, spent), share(5_000, spent)])).toEqual([
      'tranches.parts.0.requires.0: nothing is paid before tranche 1 that could be spent',
    ]);
  });
});

describe('the sizes of tranches', () => {
  it.each<readonly [string, readonly TranchePlan[], readonly string[]]>([
    ['one share of all', [share(10_000)], []],
    ['a fixed amount beside shares', [share(4_000), { amountMinor: '1', requires: [] }, share(6_000)], []],
    ['shares of less than all', [share(4_000), share(5_999)], ['tranches.parts: the shares add up to 9999, not 10000']],
    ['shares of more than all', [share(10_000), share(1)], ['tranches.parts: the shares add up to 10001, not 10000']],
    ['a share of nothing', [share(10_000), share(0)], ['tranches.parts.1.shareBasisPoints: a share is a whole number of basis points above 0']],
    ['half a basis point', [share(9_999.5), share(0.5)], ['tranches.parts.0.shareBasisPoints: a share is a whole number of basis points above 0', 'tranches.parts.1.shareBasisPoints: a share is a whole number of basis points above 0']],
    ['no tranche', [], ['tranches.parts: at least one tranche is a share: fixed amounts alone add up to one award and no other']],
    ['a fixed amount of nothing', [{ amountMinor: '0', requires: [] }, share(10_000)], ['tranches.parts.0.amountMinor: a fixed amount is a whole number of piastres above 0']],
    ['a fixed amount that is none', [{ amountMinor: 'x', requires: [] }, share(10_000)], ['tranches.parts.0.amountMinor: a fixed amount is a whole number of piastres above 0']],
  ])('%s', (_what, parts, faults) => {
    expect(faultsOf(parts)).toEqual(faults);
  }); // prettier-ignore

  it.each([
    [0, 0],
    [9_999, 0],
    [10_000, 1],
    [-1, 1],
    [0.5, 1],
  ])('a retention of %s basis points has %s faults', (retentionBasisPoints, count) => {
    expect(faultsOf([share(10_000)], { retentionBasisPoints })).toEqual(
      Array.from(
        { length: count },
        () =>
          'tranches.retentionBasisPoints: the retention is a whole number from 0 to below 10000: something has to be paid before the end',
      ),
    );
  });
});

describe('results that a tranche is paid by', () => {
  const results = { indicator: 'people-trained', target: 20, leastBasisPoints: 2_500 };
  const accepted = { kind: 'report-accepted', number: 1 } as const;
  const paidBy = (change: Partial<ResultsPlan>, ...requires: readonly TrancheCondition[]): string[] =>
    faultsOf([share(5_000), { ...share(5_000, ...requires), results: { ...results, ...change } }]);
  const target = 'tranches.parts.1.results: results need an indicator and a target that is a whole number above 0';
  const least = 'tranches.parts.1.results: the least that is earned is a share from 1 to 10000 basis points';
  const unread =
    'tranches.parts.1.results: results are read from an accepted report, so the tranche has to wait for one';

  it.each<readonly [string, Partial<ResultsPlan>, readonly string[]]>([
    ['as they should be', {}, []],
    ['a target of one', { target: 1 }, []],
    ['all of it at least', { leastBasisPoints: 10_000 }, []],
    ['a target of nothing', { target: 0 }, [target]],
    ['no indicator', { indicator: '' }, [target]],
    ['nothing at least', { leastBasisPoints: 0 }, [least]],
    ['more than all at least', { leastBasisPoints: 10_001 }, [least]],
  ])('%s', (_what, change, faults) => {
    expect(paidBy(change, accepted)).toEqual(faults);
  });

  it('are read from an accepted report, whatever else the tranche waits for', () => {
    const settled = { kind: 'tranche-settled', number: 1 } as const;
    expect(paidBy({}, settled, accepted)).toEqual([]);
    expect(paidBy({}, settled)).toEqual([unread]);
    expect(paidBy({})).toEqual([unread]);
  });

  it('and conditions name the indicators that every report states, each once', () => {
    const reached = (code: string): TrancheCondition => ({ kind: 'indicator-reached', code, atLeast: 1 });
    const parts = [
      share(2_000, accepted),
      share(2_000, reached('wells'), reached('people-trained')),
      { ...share(3_000, accepted), results },
      { ...share(3_000, reached('wells')), results: { ...results, indicator: 'schools' } },
    ];
    expect(indicatorsOf({ tranches: { ...tranches, parts } })).toEqual(['wells', 'people-trained', 'schools']);
    expect(indicatorsOf(developmentGrant)).toEqual([]);
  });
});
