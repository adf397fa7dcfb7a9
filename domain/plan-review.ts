// Optional sections of the plan about the review: eligibility by the registry, texts of opinions, what a change voids.
import type { Period } from './calendar.js';

/** What the registry has to say before a request may be found eligible. */
export type EligibilityPlan = {
  readonly registryFreshness: Period;
  readonly minimumAccountYears: number;
  readonly mostOpenViolations: number;
  readonly board: { readonly least: number; readonly most: number; readonly odd: boolean };
  /** A returned request names what is wrong with each item that is not met. */
  readonly reasonPerItem: boolean;
};

export type OpinionVerdict = 'support' | 'support-with-remarks' | 'object';
/** Verdicts of a directorate that nobody can use without a text. */
export type OpinionPlan = { readonly textFor: readonly OpinionVerdict[] };

/** What depends on one part of the form: a section, or one field of it as `project/governorates`. */
export type VoidingRow = {
  readonly changed: string;
  readonly checklist: readonly string[];
  readonly criteria: readonly string[];
  /** Opinions follow the governorates by themselves; `all` asks every directorate again. */
  readonly opinions: 'kept' | 'all';
};
