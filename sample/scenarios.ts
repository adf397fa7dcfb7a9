// Where the driver leaves each sample request, and how many of each there are (domain.md §7.4).
import type { Status } from '../domain/lifecycle.js';

export type Lateness = 'late' | 'due-today' | 'escalated';

/** Number of requests per scenario at size `full`; the sums per stage are those of domain.md §7.4. */
export const scenarioCounts = {
  draft: 6,
  screening: 8,
  correction: 5,
  'regional-opinion': 7,
  'technical-review': 8,
  committee: 8,
  authority: 5,
  agreement: 5,
  implementation: 17,
  'implementation-suspended': 1,
  'payment-unknown': 1,
  'payment-rejected-replaced': 1,
  'awaiting-receipt': 1,
  'report-overdue': 1,
  'final-review': 5,
  recovery: 2,
  closed: 5,
  terminated: 1,
  rejected: 4,
  ineligible: 2,
  withdrawn: 1,
  lapsed: 1,
  declined: 1,
} as const;

export type Scenario = keyof typeof scenarioCounts;

const isScenario = (name: string): name is Scenario => name in scenarioCounts;
export const scenarioNames: readonly Scenario[] = Object.keys(scenarioCounts).filter(isScenario);

type InImplementation =
  | 'implementation-suspended'
  | 'payment-unknown'
  | 'payment-rejected-replaced'
  | 'awaiting-receipt'
  | 'report-overdue';

/** The stage or outcome that a scenario ends in; a scenario that is not named for it is a case of implementation. */
export type ScenarioPlace = Exclude<Scenario, InImplementation> & Status;

const inImplementation: Readonly<Record<InImplementation, true>> = {
  'implementation-suspended': true,
  'payment-unknown': true,
  'payment-rejected-replaced': true,
  'awaiting-receipt': true,
  'report-overdue': true,
};

const isInImplementation = (scenario: Scenario): scenario is InImplementation => scenario in inImplementation;

export const placeOf = (scenario: Scenario): ScenarioPlace =>
  isInImplementation(scenario) ? 'implementation' : scenario;
