// The plan: the versioned policy one request runs under (lifecycle.md §1). Data only; it travels in the workflow's input,
// so that a change of policy never reaches a running request and old histories replay.
import type { AmountMinor } from './amount.js';
import { isAmountMinor, piastres } from './amount.js';
import type { Calendar, Period } from './calendar.js';
import type { Role } from './actor.js';
import type { RouteStage, Stage } from './lifecycle.js';
import { routeOrder } from './lifecycle.js';

export type StagePlan = { readonly due: Period; readonly escalateAfter: Period };

export type Criterion = { readonly code: string; readonly weight: number; readonly max: number };

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
    /** `kept`: an item opens only in an open session, with those its attendance names. Absent: with the seats that are sent. */
    readonly sessions?: 'kept';
    /** Absent: open. `by-session` leaves it to the session. */
    readonly ballot?: 'open' | 'secret' | 'by-session';
    /** How far away the date of a deferral may be; absent: a deferral has no date. */
    readonly longestDeferral?: Period;
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

export type PlanFault = { readonly path: string; readonly fault: string };

const routeFaults = (plan: Plan): PlanFault[] => {
  const order = plan.route.map((stage) => routeOrder.indexOf(stage));
  const ordered = order.every((place, index) => index === 0 || place > (order[index - 1] ?? -1));
  return [
    ...(ordered ? [] : [{ path: 'route', fault: 'the stages are out of order or named twice' }]),
    ...(plan.route.includes('implementation') && !plan.route.includes('committee')
      ? [{ path: 'route', fault: 'money needs a stage that sets the award: committee' }]
      : []),
    ...(plan.route.at(-1) === 'final-review'
      ? []
      : [{ path: 'route', fault: 'the last stage has to be final-review' }]),
    ...plan.route
      .filter((stage) => plan.stages[stage] === undefined)
      .map((stage) => ({ path: `stages.${stage}`, fault: 'a stage on the route needs its due time' })),
  ];
};

const authorityFaults = (rows: readonly AuthorityRow[]): PlanFault[] => {
  const readable = rows.every((row) => isAmountMinor(row.aboveMinor) && isAmountMinor(row.upToMinor));
  if (!readable) return [{ path: 'authority', fault: 'an amount is not whole piastres' }];
  return rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const from = before ? piastres(before.upToMinor) : 0n;
    const path = `authority.${row.row}`;
    return [
      ...(piastres(row.aboveMinor) === from ? [] : [{ path, fault: 'a gap or an overlap with the row before' }]),
      ...(piastres(row.upToMinor) > piastres(row.aboveMinor) ? [] : [{ path, fault: 'the row is empty' }]),
      ...(row.levels.length > 0 && row.levels.every((level) => level.people > 0)
        ? []
        : [{ path, fault: 'each level needs at least one person' }]),
    ];
  });
};

const trancheFaults = (plan: Plan): PlanFault[] => {
  const shares = plan.tranches.parts.reduce((sum, part) => sum + part.shareBasisPoints, 0);
  const known = (condition: TrancheCondition): boolean =>
    condition.number >= 1 &&
    condition.number <= (condition.kind === 'report-accepted' ? plan.reports.length : plan.tranches.parts.length);
  return [
    ...(shares === 10_000 ? [] : [{ path: 'tranches.parts', fault: `the shares add up to ${shares}, not 10000` }]),
    ...(plan.tranches.parts.every((part) => part.requires.every(known))
      ? []
      : [{ path: 'tranches.parts', fault: 'a condition names a report or tranche that does not exist' }]),
    ...(plan.reports.at(-1)?.kind === 'final'
      ? []
      : [{ path: 'reports', fault: 'the last report has to be the final one' }]),
  ];
};

const peopleFaults = (plan: Plan): PlanFault[] => [
  ...(plan.review.enoughScores >= 1 && plan.review.enoughScores <= plan.review.reviewers
    ? []
    : [{ path: 'review', fault: 'more scores are asked than there are reviewers, or none' }]),
  ...(plan.committee.sessions === undefined || plan.committee.opening === 'by-secretary'
    ? []
    : [{ path: 'committee.sessions', fault: 'a standing ballot belongs to no session' }]),
  ...(plan.committee.ballot !== 'by-session' || plan.committee.sessions === 'kept'
    ? []
    : [{ path: 'committee.ballot', fault: 'no session is kept that could say how it votes' }]),
  ...(plan.committee.quorum >= 1 ? [] : [{ path: 'committee.quorum', fault: 'a quorum is at least one' }]),
  ...(plan.closure.signoffs.length >= 1 ? [] : [{ path: 'closure', fault: 'somebody has to sign the closure' }]),
];

const publicationFaults = (plan: Plan): PlanFault[] =>
  [
    { path: 'purpose', broken: plan.purpose !== 'grants', fault: 'a measurement plan cannot be published' },
    { path: 'tranches.releasers', broken: plan.tranches.releasers < 1, fault: 'no payment without a releaser' },
    {
      path: 'tranches.preparation',
      broken: plan.tranches.preparation === 'automatic',
      fault: 'a person prepares payments',
    },
    { path: 'agreement', broken: !plan.agreement.countersigned, fault: 'the Fund has to countersign' },
    { path: 'authority', broken: plan.route.includes('authority') && plan.authority.length === 0, fault: 'no row' },
  ].flatMap(({ path, broken, fault }) => (broken ? [{ path, fault }] : []));

/** Everything wrong with a plan at once; an empty list means that a request can run under it. */
export const planFaults = (plan: Plan): PlanFault[] => [
  ...routeFaults(plan),
  ...authorityFaults(plan.authority),
  ...trancheFaults(plan),
  ...peopleFaults(plan),
];

/** What else keeps a sound plan from being published for real requests. */
export const publishingFaults = (plan: Plan): PlanFault[] => [...planFaults(plan), ...publicationFaults(plan)];

export const stageAfter = (plan: Plan, stage: Stage): RouteStage => {
  const ahead = plan.route.filter((name) => stage === 'draft' || routeOrder.indexOf(name) > placeOf(stage));
  const next = ahead[0];
  if (next === undefined) throw new Error(`the route of plan ${plan.code} ${plan.version} has nothing after ${stage}`);
  return next;
};

const placeOf = (stage: Stage): number => routeOrder.findIndex((name) => name === stage);
