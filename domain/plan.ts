// The plan: the versioned policy one request runs under (lifecycle.md §1). Data only; it travels in the workflow's input,
// so that a change of policy never reaches a running request and old histories replay.
import type { AmountMinor } from './amount.js';
import type { Calendar, Period } from './calendar.js';
import type { EligibilityPlan, OpinionPlan, VoidingRow } from './plan-review.js';
import type { Role } from './actor.js';
import type { RouteStage, Stage } from './lifecycle.js';
import { routeOrder } from './lifecycle.js';

export type StagePlan = {
  readonly due: Period;
  readonly escalateAfter: Period;
  /** From entering the stage; a reminder that would come after the due time is not given. */
  readonly remindAfter?: Period;
  /** From the escalation on: the task then also stands in the inbox of `rerouteTo`, whose people see to it. */
  readonly rerouteAfter?: Period;
  readonly rerouteTo?: Role;
};

type InBothLanguages = { readonly ar: string; readonly en: string };

export type Criterion = {
  readonly code: string;
  readonly weight: number;
  readonly max: number;
  readonly labels?: InBothLanguages;
  /** What a reviewer looks at for this criterion. */
  readonly guidance?: InBothLanguages;
};

/** Points by which reviewers are ranked for a request: one sum, so that load, expertise and independence are weighed openly. */
export type SuggestionPlan = {
  readonly expertise: number;
  readonly perOpenTask: number;
  readonly perEarlierReview: number;
  /** Whether somebody who assigns other reviewers than suggested has to say why. */
  readonly deviationNeedsReason: boolean;
};

export const riskClasses = ['low', 'medium', 'high'] as const;
export type RiskClass = (typeof riskClasses)[number];

/**
 * One row of the authority matrix: awards up to and including `upToMinor` need these levels, in this order. A row that
 * names programmes or risk classes is for those alone; a request whose risk nobody has judged fits no row that names one.
 */
export type AuthorityRow = {
  readonly row: string;
  readonly aboveMinor: AmountMinor;
  readonly upToMinor: AmountMinor;
  readonly levels: readonly { readonly level: string; readonly people: number }[];
  readonly programmes?: readonly string[];
  readonly risk?: readonly RiskClass[];
};

/**
 * A condition that a tranche waits for. `number` counts reports and tranches from 1; `basisPoints` is the share of the money
 * paid with earlier tranches that accepted reports account for; totals of indicators count since the start, as spending does.
 * `visit-passed` waits for the visit of that number, and for the latest visit to have passed.
 */
export type TrancheCondition =
  | { readonly kind: 'report-accepted'; readonly number: number }
  | { readonly kind: 'tranche-settled'; readonly number: number }
  | { readonly kind: 'spent-share'; readonly basisPoints: number }
  | { readonly kind: 'indicator-reached'; readonly code: string; readonly atLeast: number }
  | { readonly kind: 'visit-passed'; readonly number: number };

/** What a tranche earns: its amount in the proportion of what was reached to the target, never less than the least share of it. */
export type ResultsPlan = {
  readonly indicator: string;
  readonly target: number;
  readonly leastBasisPoints: number;
};

/** A share of what retention and fixed amounts leave, or a fixed amount of its own. */
export type TranchePlan = ({ readonly shareBasisPoints: number } | { readonly amountMinor: AmountMinor }) & {
  readonly requires: readonly TrancheCondition[];
  readonly results?: ResultsPlan;
};

/** All counted one after the other: reminder and due time from concluding the agreement, escalation from the due time. */
export type ReportPlan = {
  readonly kind: 'progress' | 'final';
  readonly due: Period;
  readonly remindAfter?: Period;
  /** Without it, as the stage says. */
  readonly escalateAfter?: Period;
  /** From the escalation on: the monitoring officer is asked whether to suspend. */
  readonly proposeSuspensionAfter?: Period;
  /** What has to come with the report as evidence. */
  readonly evidence?: 'attendance';
};

/** Who judges an appeal, and the stages it may be sent back to. Without this part a decision against a request ends it at once. */
export type AppealPlan = {
  /** Approvers of this level, so many of them; most of them agree on the verdict. */
  readonly panel: { readonly level: string; readonly people: number };
  readonly sendBackTo: readonly RouteStage[];
};

/** What happens to money that is owed. Without this part instalments have no due times of their own, and one approver writes off. */
export type RecoveryPlan = {
  /** No instalment is due later than this after the plan of instalments was agreed. */
  readonly longest: Period;
  /** So long before an instalment is due the NGO is reminded. */
  readonly remindBeforeMs: number;
  /** The finance officer proposes; the levels of the matrix row for that amount approve, by distinct people. */
  readonly writeOff: 'by-authority';
};

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
    readonly suggestion?: SuggestionPlan;
  };
  readonly committee: {
    readonly opening: 'by-secretary' | 'standing';
    readonly closing: 'by-chair' | 'at-quorum';
    readonly quorum: number;
    readonly civilSocietyMajority: boolean;
    /** How many members there are, and how many of them from civil society; a quorum has to be possible with them. */
    readonly seats?: { readonly total: number; readonly civilSociety: number };
    /** `kept`: an item opens only in an open session, with those its attendance names. Absent: with the seats that are sent. */
    readonly sessions?: 'kept';
    /** Absent: open. `by-session` leaves it to the session. */
    readonly ballot?: 'open' | 'secret' | 'by-session';
    /** How far away the date of a deferral may be; absent: a deferral has no date. */
    readonly longestDeferral?: Period;
  };
  readonly authority: readonly AuthorityRow[];
  /** Each level needs enough people who hold it when the row is chosen; the row used is kept with every approval. */
  readonly authorityPeopleChecked?: true;
  /** Who may give an officer's task to one person: approvers of these levels. Reviewers are the committee secretary's. */
  readonly supervision?: { readonly levels: readonly string[] };
  /** Without it the committee sets the award; screening grants what was asked for. */
  readonly award?: { readonly by: 'screening' };
  /** An assessment of the need, as evidence, before a request is found eligible. */
  readonly needsAssessment?: true;
  /** The committee judges after the first money: ratified, the rest may be paid; otherwise what was paid comes back. */
  readonly afterReview?: { readonly due: Period };
  readonly agreement: { readonly countersigned: boolean };
  readonly appeal?: AppealPlan;
  readonly tranches: {
    readonly parts: readonly TranchePlan[];
    readonly retentionBasisPoints: number;
    /** `automatic` is for measuring alone and never published. */
    readonly preparation: 'by-finance-officer' | 'automatic';
    /** Where automatic payments go: no finance officer looks up an account for them. */
    readonly automaticAccountId?: string;
    readonly releasers: number;
    /** How many release the first payment to an account; with it, changes of accounts are watched at approval and release too. */
    readonly firstPaymentReleasers?: number;
    readonly receipt: 'confirmed' | 'not-asked';
    readonly accountRest: Period;
    readonly registryFreshness: Period;
    readonly voterMayRelease: boolean;
    /** The tranche that is paid before the after-review: released by so many approvers instead of the payment releasers. */
    readonly provisional?: { readonly number: 1; readonly approvers: number };
  };
  readonly reports: readonly ReportPlan[];
  readonly closure: { readonly signoffs: readonly Role[] };
  readonly recovery?: RecoveryPlan;
  readonly eligibility?: EligibilityPlan;
  readonly opinions?: OpinionPlan;
  readonly voiding?: readonly VoidingRow[];
  /** Paths of numbers that the Fund has not confirmed; people see the word "assumption" beside them. */
  readonly assumptions: readonly string[];
};

/** Indicators that tranches look at: every report states them. */
export const indicatorsOf = ({ tranches }: Pick<Plan, 'tranches'>): string[] => [
  ...new Set(
    tranches.parts.flatMap(({ requires, results }) => [
      ...requires.flatMap((condition) => (condition.kind === 'indicator-reached' ? [condition.code] : [])),
      ...(results === undefined ? [] : [results.indicator]),
    ]),
  ),
];

/** Whether a row speaks about requests of this programme and risk class at all. */
export const isRowFor = (row: AuthorityRow, programme: string, risk: RiskClass | undefined): boolean =>
  (row.programmes === undefined || row.programmes.includes(programme)) &&
  (row.risk === undefined || row.risk.some((one) => one === risk));

/** The stage after this one on the plan's route; null where the route ends, which a sound plan leaves by an ending only. */
export const nextOnRoute = (route: Plan['route'], stage: Stage): RouteStage | null =>
  route.find((name) => placeOf(name) > placeOf(stage)) ?? null;

export const stageAfter = (plan: Plan, stage: Stage): RouteStage => {
  const next = nextOnRoute(plan.route, stage);
  if (next === null) throw new Error(`the route of plan ${plan.code} ${plan.version} has nothing after ${stage}`);
  return next;
};

/** The stage that sets the award and asks for its funds; to it comes back what cannot be funded or authorised. */
export const awardStage = ({ award }: { readonly award?: Plan['award'] | undefined }): Stage =>
  award?.by ?? 'committee';

/** Stages beside the route stand before its first. */
const placeOf = (stage: Stage): number => routeOrder.findIndex((name) => name === stage);
