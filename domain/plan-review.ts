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

type Reviewed = {
  readonly checklist: readonly string[];
  readonly review: { readonly criteria: readonly { readonly code: string }[] };
  readonly eligibility?: EligibilityPlan;
  readonly voiding?: readonly VoidingRow[];
};
type Fault = { readonly path: string; readonly fault: string };

const eligibilityFaults = ({ minimumAccountYears, mostOpenViolations, board }: EligibilityPlan): Fault[] => [
  ...([minimumAccountYears, mostOpenViolations].every((count) => Number.isInteger(count) && count >= 0)
    ? []
    : [{ path: 'eligibility', fault: 'a count is a whole number from zero' }]),
  ...(board.least >= 1 && board.most >= board.least
    ? []
    : [{ path: 'eligibility.board', fault: 'no board could have this number of members' }]),
];

/** A row that names something unknown would quietly void nothing. */
export const reviewFaults = (plan: Reviewed): Fault[] => {
  const rows = plan.voiding ?? [];
  const criteria = plan.review.criteria.map(({ code }) => code);
  const unknown = rows.filter(
    (row) =>
      row.checklist.some((item) => !plan.checklist.includes(item)) ||
      row.criteria.some((code) => !criteria.includes(code)),
  );
  return [
    ...(plan.eligibility ? eligibilityFaults(plan.eligibility) : []),
    ...unknown.map(({ changed }) => ({
      path: `voiding.${changed}`,
      fault: 'names an item or criterion that is not there',
    })),
    ...(new Set(rows.map(({ changed }) => changed)).size === rows.length
      ? []
      : [{ path: 'voiding', fault: 'two rows speak about the same part of the form' }]),
  ];
};
