// One thing wrong with a plan, and a check: a question to some sections of a plan that can be asked when those sections are there.
import type { Plan } from '../plan.js';

/** `path` leads into the plan (`stages.committee`, `authority.up-to-5m`); the sentence is given in both languages. */
export type PlanFault = { readonly path: string; readonly en: string; readonly ar: string };

/** A plan that is still being read: sections that could not be read are missing. */
export type PlanSections = { readonly [Section in keyof Plan]?: Plan[Section] | undefined };

export type PlanCheck = (sections: PlanSections) => PlanFault[];

const hasAll = <K extends keyof Plan>(
  sections: PlanSections,
  names: readonly K[],
): sections is PlanSections & Required<Pick<Plan, K>> => names.every((name) => sections[name] !== undefined);

/**
 * Declares what a check reads, so that one unreadable section does not hide the faults of all the others. A check that reads an
 * optional section is asked of plans that have it.
 */
export const planCheck =
  <K extends keyof Plan>(
    reads: readonly K[],
    faultsOf: (plan: PlanSections & Required<Pick<Plan, K>>) => PlanFault[],
  ): PlanCheck =>
  (sections) =>
    hasAll(sections, reads) ? faultsOf(sections) : [];

type Words = { readonly en: string; readonly ar: string };
export const faultIf = (broken: boolean, path: string, words: Words): PlanFault[] =>
  broken ? [{ path, ...words }] : [];

/** Values that stand more than once, each named once. */
/** Each greater than the one before. */
export const areAscending = (numbers: readonly number[]): boolean =>
  numbers.slice(1).every((number, index) => number > (numbers[index] ?? number));

export const repeated = (values: readonly string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
