// The shape of a plan that comes from outside (a file, an administrator's draft). Shape only: what the numbers mean together is
// judged by domain/plan-check. Every field of `Plan` has to stand here, or this file does not compile.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import type { Period } from '../../domain/calendar.js';
import { routeOrder, stageNames } from '../../domain/lifecycle.js';
import type { Plan, ReportPlan, StagePlan, TrancheCondition, TranchePlan } from '../../domain/plan.js';
import { riskClasses } from '../../domain/plan.js';
import type { EligibilityPlan, OpinionPlan, VoidingRow } from '../../domain/plan-review.js';
import { text } from './text.schema.js';

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const number = z.number();

const period = z.discriminatedUnion('unit', [
  z.strictObject({ unit: z.literal('working-days'), count: number }),
  z.strictObject({ unit: z.literal('working-hours'), count: number }),
  z.strictObject({ unit: z.literal('time'), ms: number }),
]) satisfies z.ZodType<Period>;

const stagePlan = z.strictObject({
  due: period,
  escalateAfter: period,
  remindAfter: period.exactOptional(),
  rerouteAfter: period.exactOptional(),
  rerouteTo: z.enum(roles).exactOptional(),
}) satisfies z.ZodType<StagePlan>;
/** A key that is no stage is named as such; which stages need a due time depends on the route. */
const stages = z.partialRecord(z.enum(stageNames), stagePlan) satisfies z.ZodType<Plan['stages']>;

const calendar = z.strictObject({
  weekend: z.array(number).max(7),
  holidays: z.array(z.string().max(10)).max(400),
  offsets: z.array(z.strictObject({ fromMs: number, minutes: number })).max(200),
  dayStartsAtMinute: number.exactOptional(),
  dayEndsAtMinute: number,
});

const words = z.strictObject({ ar: text(500), en: text(500) });
const suggestion = z.strictObject({
  expertise: number,
  perOpenTask: number,
  perEarlierReview: number,
  deviationNeedsReason: z.boolean(),
});
const review = z.strictObject({
  assignment: z.enum(['by-officer', 'open']),
  reviewers: number,
  enoughScores: number,
  spreadThreshold: number,
  declareFirst: z.boolean(),
  criteria: z
    .array(
      z.strictObject({
        ...{ code, weight: number, max: number },
        ...{ labels: words.exactOptional(), guidance: words.exactOptional() },
      }),
    )
    .max(40),
  suggestion: suggestion.exactOptional(),
});

const committee = z.strictObject({
  opening: z.enum(['by-secretary', 'standing']),
  closing: z.enum(['by-chair', 'at-quorum']),
  quorum: number,
  civilSocietyMajority: z.boolean(),
  seats: z.strictObject({ total: number, civilSociety: number }).exactOptional(),
  sessions: z.literal('kept').exactOptional(),
  ballot: z.enum(['open', 'secret', 'by-session']).exactOptional(),
  longestDeferral: period.exactOptional(),
});

const authorityRow = z.strictObject({
  row: code,
  aboveMinor: z.string().max(18),
  upToMinor: z.string().max(18),
  levels: z.array(z.strictObject({ level: code, people: number })).max(20),
  programmes: z.array(code).max(100).exactOptional(),
  risk: z.array(z.enum(riskClasses)).max(riskClasses.length).exactOptional(),
});

const eligibility = z.strictObject({
  registryFreshness: period,
  minimumAccountYears: number,
  mostOpenViolations: number,
  board: z.strictObject({ least: number, most: number, odd: z.boolean() }),
  reasonPerItem: z.boolean(),
}) satisfies z.ZodType<EligibilityPlan>;
const opinions = z.strictObject({
  textFor: z.array(z.enum(['support', 'support-with-remarks', 'object'])).max(3),
}) satisfies z.ZodType<OpinionPlan>;
const voidingRow = z.strictObject({
  changed: z.string().min(1).max(200),
  checklist: z.array(code).max(100),
  criteria: z.array(code).max(40),
  opinions: z.enum(['kept', 'all']),
}) satisfies z.ZodType<VoidingRow>;

const reportPlan = z.strictObject({
  kind: z.enum(['progress', 'final']),
  due: period,
  remindAfter: period.exactOptional(),
  escalateAfter: period.exactOptional(),
  proposeSuspensionAfter: period.exactOptional(),
  evidence: z.literal('attendance').exactOptional(),
}) satisfies z.ZodType<ReportPlan>;

const trancheCondition = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['report-accepted', 'tranche-settled', 'visit-passed']), number }),
  z.strictObject({ kind: z.literal('spent-share'), basisPoints: number }),
  z.strictObject({ kind: z.literal('indicator-reached'), code, atLeast: number }),
]) satisfies z.ZodType<TrancheCondition>;
const everyPart = {
  requires: z.array(trancheCondition).max(40),
  results: z.strictObject({ indicator: code, target: number, leastBasisPoints: number }).exactOptional(),
};
const tranchePart = z.union([
  z.strictObject({ shareBasisPoints: number, ...everyPart }),
  z.strictObject({ amountMinor: z.string().max(18), ...everyPart }),
]) satisfies z.ZodType<TranchePlan>;

const tranches = z.strictObject({
  parts: z.array(tranchePart).max(40),
  retentionBasisPoints: number,
  preparation: z.enum(['by-finance-officer', 'automatic']),
  releasers: number,
  firstPaymentReleasers: number.exactOptional(),
  receipt: z.enum(['confirmed', 'not-asked']),
  accountRest: period,
  registryFreshness: period,
  voterMayRelease: z.boolean(),
  provisional: z.strictObject({ number: z.literal(1), approvers: number }).exactOptional(),
});

/** One schema per field of `Plan`. */
const sections = {
  code,
  version: code,
  rules: z.literal(1),
  purpose: z.enum(['grants', 'measurement']),
  calendar,
  route: z.array(z.enum(routeOrder)).max(routeOrder.length * 2),
  submitWithin: period,
  stages,
  checklist: z.array(code).max(100),
  correctionRounds: number,
  review,
  committee,
  authority: z.array(authorityRow).max(100),
  agreement: z.strictObject({ countersigned: z.boolean() }),
  tranches,
  reports: z.array(reportPlan).max(40),
  authorityPeopleChecked: z.literal(true).exactOptional(),
  supervision: z.strictObject({ levels: z.array(code).max(20) }).exactOptional(),
  award: z.strictObject({ by: z.literal('screening') }).exactOptional(),
  needsAssessment: z.literal(true).exactOptional(),
  afterReview: z.strictObject({ due: period }).exactOptional(),
  appeal: z
    .strictObject({
      panel: z.strictObject({ level: code, people: number }),
      sendBackTo: z.array(z.enum(routeOrder)).max(routeOrder.length),
    })
    .exactOptional(),
  eligibility: eligibility.exactOptional(),
  opinions: opinions.exactOptional(),
  voiding: z.array(voidingRow).max(100).exactOptional(),
  closure: z.strictObject({ signoffs: z.array(z.enum(roles)).max(10) }),
  recovery: z
    .strictObject({ longest: period, remindBeforeMs: number, writeOff: z.literal('by-authority') })
    .exactOptional(),
  assumptions: z.array(z.string().min(1).max(200)).max(200),
} satisfies { readonly [Section in keyof Required<Plan>]: z.ZodType };

export const planSchema = z.strictObject(sections).meta({ id: 'Plan' }) satisfies z.ZodType<Plan>;
