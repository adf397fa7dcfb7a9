// Who may change and publish the draft of a plan: four eyes, nothing published twice, nothing published unsound or for the past.
import type { Actor } from './actor.js';
import { holds } from './actor.js';
import type { Plan } from './plan.js';
import type { HeldRole } from './plan-check/held-role-faults.js';
import { heldRoleFaults } from './plan-check/held-role-faults.js';
import type { PlanFault } from './plan-check/plan-fault.js';
import { publishingFaults } from './plan-check/plan-faults.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';

/** What the rules look at in a draft of a plan or of a call: drafts are kept by the API, not by a workflow. */
export type DraftSeen = { readonly version: number; readonly lastEditedBy: string; readonly finished: boolean };

/** For editing and for finishing alike. */
export const draftFault = (draft: DraftSeen, by: Actor, expectedVersion: number): { refusal: Refusal } | null => {
  if (!holds(by, 'administrator')) return refuse('notYourRole', 'roles', 'administrator');
  if (draft.finished) return refuse('alreadyActed', 'draft-finished');
  return draft.version === expectedVersion ? null : refuse('staleVersion', 'draft-version', String(draft.version));
};

/** Another administrator than the one who edited last puts a draft into force. */
export const secondPersonFault = (draft: DraftSeen, by: Actor): { refusal: Refusal } | null =>
  draft.lastEditedBy === by.personId ? refuse('dutyConflict', 'second-administrator') : null;

/** Everything that keeps a plan from being published, given the people there are. */
export const publicationFaults = (plan: Plan, held: readonly HeldRole[]): PlanFault[] => [
  ...publishingFaults(plan),
  ...heldRoleFaults(plan, held),
];

export type Publication = {
  readonly by: Actor;
  readonly expectedVersion: number;
  readonly effectiveFromMs: number;
  readonly nowMs: number;
  readonly faults: readonly PlanFault[];
  /** Whether another published content has this code and version. */
  readonly versionTaken: boolean;
};

export const publicationFault = (draft: DraftSeen, asked: Publication): { refusal: Refusal } | null => {
  const fault = draftFault(draft, asked.by, asked.expectedVersion) ?? secondPersonFault(draft, asked.by);
  if (fault) return fault;
  if (asked.effectiveFromMs < asked.nowMs)
    return refuse('conditionsNotMet', 'effective-from-not-past', new Date(asked.nowMs).toISOString());
  const [first] = asked.faults;
  if (first) return refuse('planNotApplicable', first.path);
  return asked.versionTaken ? refuse('conditionsNotMet', 'plan-version-free') : null;
};
