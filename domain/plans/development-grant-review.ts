// The review rules of the reference plan: what the registry has to say, which opinions need a text, what a change voids.
import type { EligibilityPlan, OpinionPlan, VoidingRow } from '../plan-review.js';

const dayMs = 86_400_000;

/** Looser than before money (`tranches.registryFreshness`): between screening and the first tranche the facts are read again. */
export const eligibility: EligibilityPlan = {
  registryFreshness: { unit: 'time', ms: 180 * dayMs },
  minimumAccountYears: 2,
  mostOpenViolations: 0,
  board: { least: 5, most: 15, odd: true },
  reasonPerItem: true,
};

export const opinions: OpinionPlan = { textFor: ['support-with-remarks', 'object'] };

const row = (changed: string, rests: Partial<Omit<VoidingRow, 'changed'>>): VoidingRow => ({
  checklist: [],
  criteria: [],
  opinions: 'kept',
  ...rests,
  changed,
});

/** A new title voids nothing. Opinions on governorates that come or go follow the governorates by themselves. */
export const voiding: readonly VoidingRow[] = [
  row('project/summaryAr', {
    checklist: ['purpose-within-statute'],
    criteria: ['need-and-targeting', 'design-and-feasibility', 'sustainability'],
    opinions: 'all',
  }),
  row('project/governorates', { criteria: ['need-and-targeting'] }),
  row('project/localityAr', { criteria: ['need-and-targeting'], opinions: 'all' }),
  row('project/startsOn', { criteria: ['design-and-feasibility'] }),
  row('project/months', { criteria: ['design-and-feasibility'] }),
  row('beneficiaries', { criteria: ['need-and-targeting'] }),
  row('budget', { criteria: ['budget-and-value'] }),
];
