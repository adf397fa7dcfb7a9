// The answer of every rule: events that happened, or a refusal. Shared by the areas, so that none of them imports another.
import type { RequestEvent } from './event.js';
import type { Refusal } from './refusal.js';
import type { Plan } from './plan.js';

export type Decision =
  | { readonly events: readonly RequestEvent[]; readonly refusal?: never }
  | { readonly refusal: Refusal; readonly events?: never };

/** What a rule may look at beside the state: the plan the request runs under and the time it is now (epoch ms). */
export type Context = { readonly plan: Plan; readonly nowMs: number };

export const happened = (...events: readonly RequestEvent[]): Decision => ({ events });
