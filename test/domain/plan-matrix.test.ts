// The authority matrix and the reports of a plan: every sum has its one row, and the story ends with one final report.
import { describe, expect, it } from '@jest/globals';
import { matrixIsTotal, moneyChecks } from '../../domain/plan-check/money-faults.js';
import type { AuthorityRow, Plan } from '../../domain/plan.js';
import { isRowFor, riskClasses } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { saidInBoth } from '../support/plan-faults.js';

const faultsOf = (change: Partial<Plan>): string[] =>
  saidInBoth(moneyChecks.flatMap((check) => check({ ...developmentGrant, ...change }))).map(
    ({ path, en }) => `${path}: ${en}`,
  );
const director = [{ level: 'programme-director', people: 1 }];
const row = (name: string, aboveMinor: string, upToMinor: string, change: Partial<AuthorityRow> = {}): AuthorityRow => ({
  ...{ row: name, aboveMinor, upToMinor, levels: director },
  ...change,
}); // prettier-ignore

type Matrix = readonly [what: string, rows: readonly AuthorityRow[], faults: readonly string[]];
const low = { risk: ['low'] } as const;
const wells = { programmes: ['wells'] };
const rows: readonly Matrix[] = [
  ['rows that follow each other', [row('a', '0', '10'), row('b', '10', '20')], []],
  ['one row of one piastre', [row('a', '0', '1')], []],
  ['a first row that starts above 0', [row('a', '1', '10')], ['authority.a: a gap: the first row has to start at 0']],
  ['a gap', [row('a', '0', '10'), row('b', '11', '20')], ['authority.b: a gap: the row before ends at 10, this one starts at 11']],
  ['an overlap', [row('a', '0', '10'), row('b', '9', '20')], ['authority.b: an overlap: the row before ends at 10, this one starts at 9']],
  ['a row of no sum', [row('a', '0', '0')], ['authority.a: the row is empty: it ends where it starts or before']],
  ['a row that runs backwards', [row('a', '0', '10'), row('b', '10', '9')], ['authority.b: the row is empty: it ends where it starts or before']],
  ['a bound that is no amount', [row('a', '0', '1.5')], ['authority: an amount is not whole piastres']],
  ['a start that is no amount', [row('a', '0', '10'), row('b', 'ten', '20')], ['authority: an amount is not whole piastres']],
  ['two rows of one name', [row('a', '0', '10'), row('a', '10', '20')], ['authority.a: two rows have this name']],
  ['two rows of one name that are empty alike', [row('a', '0', '0'), row('a', '0', '0')], ['authority.a: the row is empty: it ends where it starts or before', 'authority.a: two rows have this name']],
  ['a row with two faults', [row('a', '1', '1')], ['authority.a: a gap: the first row has to start at 0', 'authority.a: the row is empty: it ends where it starts or before']],
  ['two empty rows', [row('a', '0', '0'), row('b', '0', '0')], ['a', 'b'].map((name) => `authority.${name}: the row is empty: it ends where it starts or before`)],
  ['a row without levels', [row('a', '0', '10', { levels: [] })], ['authority.a: each level needs at least one person']],
  ['a level of nobody', [row('a', '0', '10', { levels: [...director, { level: 'x', people: 0 }] })], ['authority.a: each level needs at least one person']],
  ['a level of half a person', [row('a', '0', '10', { levels: [{ level: 'x', people: 0.5 }] })], ['authority.a: each level needs at least one person']],
  ['a level twice', [row('a', '0', '10', { levels: [...director, ...director] })], ['authority.a: the level programme-director stands twice']],
  ['rows of their own for a programme', [row('all', '0', '10', { programmes: ['schools'] }), row('wells', '0', '10', wells)], []],
  ['a programme whose rows overlap those for all', [row('all', '0', '10'), row('wells', '5', '20', wells)], ['authority.wells: an overlap: the row before ends at 10, this one starts at 5 (wells)']],
  ['a gap for one programme', [row('all', '0', '10'), row('wells', '11', '20', wells)], ['authority.wells: a gap: the row before ends at 10, this one starts at 11 (wells)']],
  ['a gap for one risk class', [row('all', '0', '10'), row('safe', '11', '20', low)], ['authority.safe: a gap: the row before ends at 10, this one starts at 11 (low)']],
  ['a gap for a programme at one risk class', [row('all', '0', '10'), row('safe', '11', '20', { ...low, ...wells })], ['authority.safe: a gap: the row before ends at 10, this one starts at 11 (wells low)']],
  ['rows of their own for each risk class', riskClasses.map((risk) => row(risk, '0', '10', { risk: [risk] })), []],
  ['a gap for two classes, told of each', [row('all', '0', '10'), row('risky', '11', '20', { risk: ['medium', 'high'] })], ['medium', 'high'].map((risk) => `authority.risky: a gap: the row before ends at 10, this one starts at 11 (${risk})`)],
]; // prettier-ignore

describe('a matrix', () => {
  it.each(rows)('with %s', (_what, authority, faults) => {
    expect(faultsOf({ authority })).toEqual(faults);
  });

  it('tells the sums, the programme and the class in both languages', () => {
    const authority = [row('all', '0', '10'), row('safe', '11', '20', { ...low, ...wells })];
    const said = (change: Partial<Plan>) => moneyChecks.flatMap((check) => check({ ...developmentGrant, ...change }))[0];
    expect(said({ authority })?.ar).toMatch(/10 .* 11 \(wells low\)$/);
    expect(said({ authority: [row('a', '0', '10'), row('b', '9', '20')] })?.ar).toMatch(/10 .* 9$/);
  }); // prettier-ignore

  it('may be empty: each request waits for the administrator then', () => {
    expect(faultsOf({ authority: [] })).toEqual([]);
  });
});

describe('a row of the matrix', () => {
  it.each([
    ['for all', row('a', '0', '1'), true, true, true],
    ['of a programme', row('a', '0', '1', wells), true, true, false],
    ['of a risk class', row('a', '0', '1', low), false, true, true],
    ['of both', row('a', '0', '1', { ...low, ...wells }), false, true, false],
  ])('%s is asked about requests it names', (_what, one, unjudged, judged, ofSchools) => {
    expect(isRowFor(one, 'wells', undefined)).toBe(unjudged);
    expect(isRowFor(one, 'wells', 'low')).toBe(judged);
    expect(isRowFor(one, 'schools', 'low')).toBe(ofSchools);
    expect(isRowFor(one, 'wells', 'high')).toBe(one.risk === undefined);
  });
});

describe('a matrix that is published', () => {
  const total = (change: Partial<Plan>) => saidInBoth(matrixIsTotal({ ...developmentGrant, ...change }));
  const highest = '1000000000000';

  it('reaches EGP 10 billion', () => {
    expect(total({ authority: [row('a', '0', highest)] })).toEqual([]);
    const [fault, ...others] = total({ authority: [row('a', '0', '10'), row('b', '10', '999999999999')] });
    expect([fault?.path, others]).toEqual(['authority', []]);
    expect(fault?.en).toBe(`sums up to ${highest} piastres need a row; the last one ends at 999999999999`);
    expect(fault?.ar).toMatch(/1000000000000 .* 999999999999$/);
  });

  it('reaches it for each risk class and programme that it names', () => {
    const said = (...authority: AuthorityRow[]) => total({ authority }).map(({ en }) => en.split('ends at ')[1]);
    const [safe, risky] = [row('safe', '0', highest, low), row('risky', '0', '10', { risk: ['medium', 'high'] })];

    expect(said(risky, safe)).toEqual(['10 (medium)', '10 (high)']);
    expect(said(safe, risky)).toEqual(['10 (medium)', '10 (high)']);
    expect(said(row('wells', '0', highest, wells))).toEqual(['nothing']);
    expect(said(row('all', '0', '10'), row('wells', '10', highest, wells))).toEqual(['10']);
    expect(total({ authority: [row('all', '0', '10'), safe] })[0]?.ar).toMatch(/10 \(medium\)$/);
    expect(said(safe, row('else', '0', highest, { risk: ['medium', 'high'] }))).toEqual([]);
  });

  it('ends somewhere, at an amount, unless nobody approves by it', () => {
    const [fault] = total({ authority: [] });
    expect(fault?.en).toBe(`sums up to ${highest} piastres need a row; the last one ends at nothing`);
    expect(fault?.ar).toContain('لا شيء');
    expect(total({ authority: [row('a', '0', 'ten')] })).toHaveLength(1);
    const route = developmentGrant.route.filter((stage) => stage !== 'authority');
    expect(total({ authority: [], route })).toEqual([]);
  });
});

describe('the reports of a plan', () => {
  const [progress, , final] = developmentGrant.reports;
  if (progress === undefined || final === undefined) throw new Error('the reference plan has three reports');
  const notLast = 'reports: the last report has to be the final one';
  const notOne = 'reports: there is one final report';

  it.each([
    ['one final report', [final], []],
    ['progress before it', [progress, final], []],
    ['no report', [], [notLast]],
    ['progress alone', [progress], [notLast]],
    ['progress after it', [final, progress], [notLast]],
    ['two final ones', [final, final], [notOne]],
    ['two of them, and progress at the end', [final, final, progress], [notLast, notOne]],
  ])('%s', (_what, reports, faults) => {
    expect(faultsOf({ reports, tranches: { ...developmentGrant.tranches, parts: [{ shareBasisPoints: 10_000, requires: [] }] } })).toEqual(faults);
  }); // prettier-ignore
});
