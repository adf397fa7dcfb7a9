// What is wrong with a plan in which something was changed: the places, after every sentence was held to be fit for people.
import { expect } from '@jest/globals';
import type { PlanFault } from '../../domain/plan-check/plan-fault.js';
import { planFaults } from '../../domain/plan-check/plan-faults.js';
import type { Plan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';

/** Each fault is said in both languages, and nothing in it was left without a value. */
export const saidInBoth = (faults: readonly PlanFault[]): readonly PlanFault[] => {
  for (const { en, ar } of faults) {
    expect(en).toMatch(/[a-z]/);
    expect(ar).toMatch(/[\u0600-\u06ff]/);
    expect(`${en} ${ar}`).not.toContain('undefined');
  }
  return faults;
};

export const faultsWith = (change: Partial<Plan>, plan: Plan = developmentGrant): readonly PlanFault[] =>
  saidInBoth(planFaults({ ...plan, ...change }));

export const pathsWith = (change: Partial<Plan>, plan: Plan = developmentGrant): string[] =>
  faultsWith(change, plan).map(({ path }) => path);
