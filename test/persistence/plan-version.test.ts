// Published plans: content-addressed, immutable, and chosen for new requests by code and date.
import { describe, expect, it } from '@jest/globals';
import type { Plan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { currentPlan, keepPlan, planByHash, planHashOf, publishPlan } from '../../persistence/plan-version.model.js';
import { useDatabase } from './support.js';

useDatabase();

const day = (date: string): Date => new Date(`${date}T00:00:00Z`);
const planCalled = (code: string, version = '1', change: Partial<Plan> = {}): Plan => ({
  ...developmentGrant,
  code,
  version,
  ...change,
});
const publishedOn = (date: string) => ({ publishedAt: day('2026-01-01'), effectiveFrom: day(date) });

describe('a published plan', () => {
  it('is found under the hash of its content, exactly as it was', async () => {
    const plan = planCalled('exact');

    const hash = await publishPlan(plan, publishedOn('2026-01-01'));

    expect(hash).toBe(planHashOf(plan));
    expect(await planByHash(hash)).toEqual(plan);
  });

  it('may be published again, but not with other content under the same version', async () => {
    const plan = planCalled('again');
    await publishPlan(plan, publishedOn('2026-01-01'));

    expect(await publishPlan(plan, publishedOn('2026-02-01'))).toBe(planHashOf(plan));
    const other = publishPlan({ ...plan, correctionRounds: 9 }, publishedOn('2026-02-01'));
    await expect(other).rejects.toMatchObject({ code: 11_000 });
  });

  it('is current from its day on, until a later one begins', async () => {
    const [first, second] = [planCalled('dated', '1'), planCalled('dated', '2')];
    await publishPlan(first, publishedOn('2026-01-01'));
    await publishPlan(second, publishedOn('2026-07-01'));

    expect(await currentPlan('dated', day('2025-12-31'))).toBeNull();
    expect((await currentPlan('dated', day('2026-06-30')))?.hash).toBe(planHashOf(first));
    expect((await currentPlan('dated', day('2026-07-01')))?.hash).toBe(planHashOf(second));
  });
});

describe('a plan that may not be published', () => {
  it('is refused with the reason', () => {
    const plan = planCalled('unsound', '1', { agreement: { countersigned: false } });

    expect(() => publishPlan(plan, publishedOn('2026-01-01'))).toThrow('the Fund has to countersign');
  });

  it('can be kept for measuring and never becomes the plan of a real request', async () => {
    const plan = planCalled('measured', '1', { purpose: 'measurement' });

    const hash = await keepPlan(plan, day('2026-01-01'));

    expect(await planByHash(hash)).toEqual(plan);
    expect(await currentPlan('measured', day('2026-02-01'))).toBeNull();
    expect((await currentPlan('measured', day('2026-02-01'), 'measurement'))?.hash).toBe(hash);
  });
});
