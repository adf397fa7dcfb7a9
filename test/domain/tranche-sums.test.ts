// Any award under any tranche plan: divided, earned, paid and given back to the piastre, whatever the plan asks for and the reports say.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leastAward, splitAward, splitFault } from '../../domain/award-split.js';
import { requestFindings } from '../../domain/invariants/check.js';
import { postingsOf } from '../../domain/money/ledger.js';
import { earnedMinor, plannedMinor } from '../../domain/money/tranche-results.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan, TranchePlan } from '../../domain/plan.js';
import { hashing } from '../../platform/hashing.js';
import { evidenceOf } from '../support/evidence.js';
import type { Journey } from '../support/journey.js';
import { acceptReport, fileOf, journey, payTranche, walk } from '../support/journey.js';
import { people } from '../support/people.js';
import { calmPlan, earningPlan } from '../support/plans.js';

type RandomPart = {
  readonly size: { readonly weight: number } | { readonly amountMinor: bigint };
  readonly results: { readonly target: number; readonly leastBasisPoints: number } | null;
};
const partOf: fc.Arbitrary<RandomPart> = fc.record({
  size: fc.oneof(fc.record({ weight: fc.integer({ min: 1, max: 9_999 }) }), fc.record({ amountMinor: fc.bigInt({ min: 1n, max: 10n ** 12n }) })),
  results: fc.option(fc.record({ target: fc.integer({ min: 1, max: 10_000 }), leastBasisPoints: fc.integer({ min: 1, max: 10_000 }) })),
}); // prettier-ignore

/** Random weights become shares of ten thousand; the last part is always a share. */
const tranchesFrom = (parts: readonly RandomPart[], last: number, retentionBasisPoints: number) => {
  const weights = [...parts.flatMap(({ size }) => ('weight' in size ? [size.weight] : [])), last];
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const sharesOf = weights.map((weight) => Math.max(1, Math.floor((weight * 10_000) / whole)));
  const missing = 10_000 - sharesOf.reduce((sum, one) => sum + one, 0);
  const made = [...parts, { size: { weight: last }, results: null }].map(({ size, results: by }): TranchePlan => {
    const measured = by === null ? {} : { results: { indicator: 'x', ...by } };
    return 'amountMinor' in size
      ? { amountMinor: size.amountMinor.toString(), requires: [], ...measured }
      : { shareBasisPoints: sharesOf.shift() ?? 1, requires: [], ...measured };
  });
  const rest = made.at(-1);
  if (rest && 'shareBasisPoints' in rest)
    made[made.length - 1] = { ...rest, shareBasisPoints: rest.shareBasisPoints + missing };
  return { ...calmPlan.tranches, parts: made, retentionBasisPoints };
};

const randomTranches = fc
  .tuple(fc.array(partOf, { maxLength: 6 }), fc.integer({ min: 1, max: 9_999 }), fc.integer({ min: 0, max: 9_999 }))
  .map(([parts, last, kept]) => tranchesFrom(parts, last, kept));

describe('any award under any tranche plan', () => {
  it('is divided to the piastre, and every tranche gets something', () => {
    fc.assert(
      fc.property(randomTranches, fc.bigInt({ min: 0n, max: 10n ** 14n }), (tranches, above) => {
        const award = leastAward(tranches) + above;
        const { parts, retained } = splitAward(award, tranches);
        expect(parts.reduce((sum, part) => sum + part, retained)).toBe(award);
        if (leastAward(tranches) > 0n) expect(parts.every((part) => part > 0n)).toBe(true);
        tranches.parts.forEach((part, index) => {
          if ('amountMinor' in part) expect(parts[index]).toBe(BigInt(part.amountMinor));
        });
      }),
      { numRuns: 20_000 },
    );
  }, 120_000);

  it('is refused below the least one, which leaves less than the fixed amounts and a piastre for each share', () => {
    fc.assert(
      fc.property(randomTranches, (tranches) => {
        const least = leastAward(tranches);
        if (least === 0n) return;
        const plan = { ...calmPlan, tranches };
        expect(splitFault(least.toString(), plan)).toBeNull();
        expect(splitFault((least - 1n).toString(), plan)?.refusal.accepted).toBe(least.toString());
        const toPay = (award: bigint): bigint =>
          award - splitAward(award, { ...tranches, parts: [{ shareBasisPoints: 10_000, requires: [] }] }).retained;
        expect(toPay(least)).toBeGreaterThan(toPay(least - 1n));
      }),
      { numRuns: 5_000 },
    );
  }, 120_000);

  it('earns by results between its least share and its whole, and never nothing', () => {
    const one = fc.record({
      planned: fc.bigInt({ min: 1n, max: 10n ** 14n }),
      target: fc.integer({ min: 1, max: 1_000_000 }),
      leastBasisPoints: fc.integer({ min: 1, max: 10_000 }),
      reached: fc.integer({ min: 0, max: 2_000_000 }),
    });
    fc.assert(
      fc.property(one, ({ planned, reached, ...by }) => {
        const terms = { indicator: 'x', ...by };
        const earned = earnedMinor(planned, terms, reached);
        expect(earned >= 1n && earned <= planned).toBe(true);
        expect(earned * 10_000n > planned * BigInt(by.leastBasisPoints) - 10_000n).toBe(true);
        expect(earnedMinor(planned, terms, reached + 1) >= earned).toBe(true);
        if (reached >= by.target) expect(earned).toBe(planned);
      }),
      { numRuns: 20_000 },
    );
  }, 120_000);
});

/** What each tranche after the first waits for, beside the first report and the tranche before it. */
const withConditions = (tranches: Plan['tranches'], kinds: readonly ('none' | 'spent' | 'indicator')[]): Plan => ({
  ...earningPlan,
  assumptions: [],
  tranches: {
    ...tranches,
    parts: tranches.parts.map((part, index) => {
      const kind = kinds[index % kinds.length];
      const later: TranchePlan['requires'] = index === 0 ? [] : [{ kind: 'tranche-settled', number: index }];
      const measured: TranchePlan['requires'] =
        kind === 'indicator'
          ? [{ kind: 'indicator-reached', code: 'x', atLeast: 50 }]
          : kind === 'spent' && index > 0
            ? [{ kind: 'spent-share', basisPoints: 7_000 }]
            : [];
      return { ...part, requires: [{ kind: 'report-accepted', number: 1 }, ...later, ...measured] };
    }),
  },
});

const paidOf = (told: Journey): bigint =>
  told
    .request()
    .tranches.filter(({ state }) => state === 'confirmed')
    .reduce((sum, { amountMinor }) => sum + BigInt(amountMinor), 0n);

/** Everything that is payable is paid, then the next report comes, until there is neither. */
const playedOut = (
  told: Journey,
  reports: readonly { readonly spentPercent: number; readonly total: number }[],
): void => {
  const waiting = [...reports];
  for (;;) {
    const ready = told.request().tranches.find(({ state }) => state === 'ready');
    const report = ready ? undefined : waiting.shift();
    if (ready) payTranche(told, ready.number);
    else if (report) {
      const number = reports.length - waiting.length;
      const before = BigInt(told.request().reports[number - 2]?.spentMinor ?? '0');
      const spent = (paidOf(told) * BigInt(report.spentPercent)) / 100n;
      const indicators = [{ code: 'x', total: report.total, parts: { all: report.total } }];
      acceptReport(told, number, (spent > before ? spent : before).toString(), indicators);
    } else return;
  }
};

const report = fc.record({ spentPercent: fc.integer({ min: 0, max: 100 }), total: fc.integer({ min: 0, max: 120 }) });
const smallPart: fc.Arbitrary<RandomPart> = partOf.map(({ size, results: by }) => ({
  results: by,
  size: 'weight' in size ? size : { amountMinor: 1n + (size.amountMinor % 3_000_000n) },
}));
const randomStory = fc.record({
  parts: fc.array(smallPart, { maxLength: 4 }),
  last: fc.integer({ min: 1, max: 9_999 }),
  kept: fc.integer({ min: 0, max: 3_000 }),
  kinds: fc.array(fc.constantFrom('none' as const, 'spent' as const, 'indicator' as const), {
    minLength: 1,
    maxLength: 5,
  }),
  above: fc.bigInt({ min: 0n, max: 100_000_000n }),
  reports: fc.tuple(report, report),
});

describe('any request under any tranche plan', () => {
  it('comes to its closing, with its award paid or given back to the piastre', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(randomStory, ({ parts, last, kept, kinds, above, reports }) => {
        const plan = withConditions(tranchesFrom(parts, last, kept), kinds);
        expect(planFaults(plan)).toEqual([]);
        const least = leastAward(plan.tranches);
        const award = (least > 25_000_001n ? least : 25_000_001n) + above;
        const told = journey(plan).act(people.samira, 'submitRequest', {
          file: fileOf({ requestedMinor: `${award}` }),
        });
        playedOut(walk(told, 'screening', 'implementation', plan), reports);

        const { tranches, accountedMinor, position } = told.request();
        expect(position.stage).toBe('final-review');
        expect(tranches.reduce((sum, tranche) => sum + BigInt(plannedMinor(tranche)), 0n)).toBe(award);
        const unspentMinor = `${paidOf(told) - BigInt(accountedMinor)}`;
        const body = { verdict: 'settled', unspentMinor, returnedMinor: unspentMinor } as const;
        told.act(people.monitor, 'closeRequest', body).act(people.finance, 'closeRequest', body);
        const held = told
          .entries()
          .flatMap(({ events }) => events.flatMap(postingsOf))
          .reduce((sum, { from, amountMinor }) => (from === 'committed' ? sum - BigInt(amountMinor) : sum), award);
        expect([told.request().outcome, held]).toEqual(['closed', 0n]);
        expect(requestFindings(evidenceOf(told, plan), hashing)).toEqual([]);
        tranches.forEach(({ state, plannedMinor: planned }) => seen.add(`${state}${planned ? ' by results' : ''}`));
      }),
      { numRuns: 300, seed: 20261126 },
    );
    // Otherwise the stories would prove little.
    expect([...seen].sort()).toEqual(['confirmed', 'confirmed by results', 'unearned']);
  }, 240_000);
});
