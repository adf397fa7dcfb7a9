// Eligibility by the registry: what its word must be, and how fresh, before a request may be found eligible.
import { dueAt } from '../calendar.js';
import type { Context } from '../decision.js';
import type { EligibilityPlan } from '../plan-review.js';
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';
import type { RegistryFacts } from '../registry-facts.js';
import { licenceHolds } from '../registry.js';

type Fault = { readonly refusal: Refusal };

const boardFault = ({ board }: RegistryFacts, wanted: EligibilityPlan['board']): Fault | null => {
  const accepted = `${wanted.least}..${wanted.most}${wanted.odd ? ' odd' : ''}`;
  if (board === undefined) return refuse('conditionsNotMet', 'registry-board-unknown', accepted);
  if (board.status === 'dissolved') return refuse('conditionsNotMet', 'board-dissolved', 'active');
  const { members } = board;
  const sound = members >= wanted.least && members <= wanted.most && (!wanted.odd || members % 2 === 1);
  return sound ? null : refuse('conditionsNotMet', 'board-number', accepted);
};

const standingFault = (facts: RegistryFacts, eligibility: EligibilityPlan, context: Context): Fault | null => {
  if (facts.openViolations > eligibility.mostOpenViolations)
    return refuse('conditionsNotMet', 'registry-open-violations', String(eligibility.mostOpenViolations));
  if (facts.status === 'suspended') return refuse('conditionsNotMet', 'registry-licence-suspended');
  if (facts.status === 'licence-expired' || !licenceHolds(facts, context))
    return refuse('conditionsNotMet', 'registry-licence-expired', facts.licenceExpiresOn);
  return facts.lastInspectionResult === 'unsatisfactory'
    ? refuse('conditionsNotMet', 'registry-inspection', 'satisfactory')
    : null;
};

const accountsFault = ({ finalAccountYears = [] }: RegistryFacts, least: number): Fault | null =>
  new Set(finalAccountYears).size >= least
    ? null
    : refuse('conditionsNotMet', 'registry-final-accounts', String(least));

/** Null when the plan asks nothing of the registry, or the registry says what it has to. */
export const eligibilityFault = (facts: RegistryFacts | undefined, context: Context): Fault | null => {
  const { eligibility, calendar } = context.plan;
  if (eligibility === undefined) return null;
  if (facts === undefined) return refuse('conditionsNotMet', 'registry-missing', 'recordRegistryFacts');
  if (dueAt(calendar, facts.fetchedAtMs, eligibility.registryFreshness) < context.nowMs)
    return refuse('conditionsNotMet', 'registry-stale', 'recordRegistryFacts');
  return (
    standingFault(facts, eligibility, context) ??
    accountsFault(facts, eligibility.minimumAccountYears) ??
    boardFault(facts, eligibility.board)
  );
};
