// What the edge knows of a plan's draft: its faults against the people there are, and what it would have meant for past requests.
import type { Plan } from '../domain/plan.js';
import { dryRunOf } from '../domain/plan-dry-run.js';
import type { DryRunRow } from '../domain/plan-dry-run.js';
import type { PlanFault } from '../domain/plan-check/plan-fault.js';
import { publishingFaults } from '../domain/plan-check/plan-faults.js';
import { publicationFaults } from '../domain/plan-publishing.js';
import { heldRoles } from '../persistence/held-roles.reads.js';
import type { PlanDraftDocument } from '../persistence/plan-draft.model.js';
import { planDraftById } from '../persistence/plan-draft.repository.js';
import { planByHash } from '../persistence/plan-version.model.js';
import { requestsUnderCode } from '../persistence/plan-version.reads.js';
import { Problem } from './problem.js';

export const draftOr404 = async (planId: string): Promise<PlanDraftDocument> => {
  const found = await planDraftById(planId);
  if (found === null) throw new Problem('notFound');
  return found;
};

/** Everything that keeps the plan from being published now. */
export const faultsNow = async (plan: Plan, at: Date): Promise<PlanFault[]> =>
  publicationFaults(plan, await heldRoles(at));

/** An unsound plan cannot be run, not even dry. */
export const dryRun = async (to: Plan, limit: number): Promise<DryRunRow[]> => {
  if (limit === 0 || publishingFaults(to).length > 0) return [];
  const past = await requestsUnderCode(to.code, limit);
  return Promise.all(past.map(async ({ state, planHash }) => dryRunOf(state, await planByHash(planHash), to)));
};
