// The plan: the versioned policy one request runs under (lifecycle.md §1). Data only; it travels in the workflow's input,
// so that a change of policy never reaches a running request and old histories replay.
import type { AmountMinor } from './amount.js';
import type { Calendar, Period } from './calendar.js';
import type { Role } from './actor.js';
import type { RouteStage, Stage } from './lifecycle.js';
import { routeOrder } from './lifecycle.js';

export type StagePlan = { readonly due: Period; readonly escalateAfter: Period };

export type Criterion = {
  readonly code: string;
  readonly weight: number;
  readonly max: number;
  /** What applicants and reviewers are told that this criterion looks at. */
  readonly guidance?: { readonly ar: string; readonly en: string };
};

/** One row of the authority matrix: awards up to and including `upToMinor` need these levels, in this order. */
export type AuthorityRow = {
  readonly row: string;
  readonly aboveMinor: AmountMinor;
  readonly upToMinor: AmountMinor;
  readonly levels: readonly { readonly level: string; readonly people: number }[];
};

/** A condition that a tranche waits for. `number` counts reports from 1. */
export type TrancheCondition =
  | { readonly kind: 'report-accepted'; readonly number: number }
  | { readonly kind: 'tranche-settled'; readonly number: number };

export type TranchePlan = { readonly shareBasisPoints: number; readonly requires: readonly TrancheCondition[] };

export type ReportPlan = { readonly kind: 'progress' | 'final'; readonly due: Period };

export type Plan = {
  readonly code: string;
  readonly version: string;
  /** The version of the decision rules this plan was written for. A released rule version is never edited (ADR 0001). */
  readonly rules: 1;
  /** Plans made for measuring skip people's steps; they can never be published. */
  readonly purpose: 'grants' | 'measurement';
  readonly calendar: Calendar;
  readonly route: readonly RouteStage[];
  readonly submitWithin: Period;
  readonly stages: Readonly<Partial<Record<Stage, StagePlan>>>;
  readonly checklist: readonly string[];
  readonly correctionRounds: number;
  readonly review: {
    readonly assignment: 'by-officer' | 'open';
    readonly reviewers: number;
    readonly enoughScores: number;
    readonly spreadThreshold: number;
    readonly declareFirst: boolean;
    readonly criteria: readonly Criterion[];
  };
  readonly committee: {
    readonly opening: 'by-secretary' | 'standing';
    readonly closing: 'by-chair' | 'at-quorum';
    readonly quorum: number;
    readonly civilSocietyMajority: boolean;
    /** How many members there are, and how many of them from civil society; a quorum has to be possible with them. */
    readonly seats?: { readonly total: number; readonly civilSociety: number };
  };
  readonly authority: readonly AuthorityRow[];
  readonly agreement: { readonly countersigned: boolean };
  readonly tranches: {
    readonly parts: readonly TranchePlan[];
    readonly retentionBasisPoints: number;
    readonly preparation: 'by-finance-officer' | 'automatic';
    readonly releasers: number;
    readonly receipt: 'confirmed' | 'not-asked';
    readonly accountRest: Period;
    readonly registryFreshness: Period;
    readonly voterMayRelease: boolean;
  };
  readonly reports: readonly ReportPlan[];
  readonly closure: { readonly signoffs: readonly Role[] };
  /** Paths of numbers that the Fund has not confirmed; people see the word "assumption" beside them. */
  readonly assumptions: readonly string[];
};

/** The stage after this one on the plan's route; null where the route ends, which a sound plan leaves by an ending only. */
export const nextOnRoute = (route: Plan['route'], stage: Stage): RouteStage | null =>
  route.find((name) => stage === 'draft' || routeOrder.indexOf(name) > placeOf(stage)) ?? null;

export const stageAfter = (plan: Plan, stage: Stage): RouteStage => {
  const next = nextOnRoute(plan.route, stage);
  if (next === null) throw new Error(`the route of plan ${plan.code} ${plan.version} has nothing after ${stage}`);
  return next;
};

const placeOf = (stage: Stage): number => routeOrder.findIndex((name) => name === stage);
