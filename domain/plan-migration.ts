// Moving one running request to a newer plan of the same code (lifecycle.md §1): only where everything that already happened still
// fits. Running clocks stay as people were told; what comes after follows the new plan.
import { resolveAuthority } from './approval/authority-matrix.js';
import { splitFault } from './award-split.js';
import type { Command, PersonCommand } from './command.js';
import type { Context, Decision } from './decision.js';
import { happened } from './decision.js';
import type { RequestEvent } from './event.js';
import type { Folds } from './fold.js';
import type { GrantRequest } from './grant-request.js';
import type { Stage } from './lifecycle.js';
import { routeOrder } from './lifecycle.js';
import type { Plan } from './plan.js';
import { appealStages, onRoute } from './plan-moves.js';
import { planFaults } from './plan-check/plan-faults.js';
import { isUnreasoned } from './reason.js';
import type { Refusal } from './refusal.js';
import { refuse } from './refusal.js';
import { sameJson } from './same-json.js';

/** The plan that holds after a command was accepted. */
export const planAfter = (plan: Plan, command: Command): Plan =>
  command.kind === 'migratePlan' ? command.body.plan : plan;

const placeOf = (stage: Stage): number => routeOrder.findIndex((name) => name === stage);

/**
 * Where the request stands on the route: a correction stands where it goes back to, an appeal where the decision fell, a recovery
 * behind everything.
 */
const standing = ({ position: { stage }, correction, appeal }: GrantRequest): number => {
  const beside: Partial<Record<Stage, Stage | null | undefined>> = {
    correction: correction.returnTo,
    'appeal-window': appeal?.at,
    appeal: appeal?.at,
    recovery: 'final-review',
  };
  return placeOf(beside[stage] ?? stage);
};

/** Stages that the request has passed or stands at, as its own plan routed it. */
export const stagesSoFar = (request: GrantRequest, plan: Plan): Stage[] => [
  ...new Set<Stage>([...plan.route.filter((name) => placeOf(name) <= standing(request)), request.position.stage]),
];

/** A stage beside the route is there when it has its due time; a draft comes before every plan. */
const hasStage = (plan: Plan, stage: Stage): boolean =>
  stage === 'draft' ||
  (onRoute(plan, stage) && (plan.route.some((name) => name === stage) || plan.stages[stage] !== undefined));

/** Stages so far that the other plan does not have. */
export const stagesWithout = (request: GrantRequest, from: Plan, to: Plan): Stage[] =>
  stagesSoFar(request, from).filter((stage) => !hasStage(to, stage));

/** Parts of the plan that something already happened under and that therefore have to stay as they are. */
const bound = (
  request: GrantRequest,
  from: Plan,
  to: Plan,
): readonly (readonly [boolean, string, unknown, unknown])[] => {
  const scoring = request.position.stage === 'technical-review' && request.review.scores.length > 0;
  const voting = request.ballot !== null && !request.ballot.closed;
  const signed = request.agreement !== null || request.tranches.length > 0;
  const appealing = appealStages.includes(request.position.stage);
  const closing = (request.closure?.signed.length ?? 0) > 0;
  return [
    [scoring, 'review.criteria', from.review.criteria, to.review.criteria],
    [voting, 'committee.opening', from.committee.opening, to.committee.opening],
    [voting, 'committee.closing', from.committee.closing, to.committee.closing],
    [signed, 'tranches.parts', from.tranches.parts, to.tranches.parts],
    [signed, 'tranches.retentionBasisPoints', from.tranches.retentionBasisPoints, to.tranches.retentionBasisPoints],
    [signed, 'reports', from.reports, to.reports],
    [signed, 'tranches.provisional', from.tranches.provisional, to.tranches.provisional],
    [request.award !== null, 'award', from.award, to.award],
    [request.afterReview !== undefined, 'afterReview', from.afterReview, to.afterReview],
    [appealing, 'appeal', from.appeal, to.appeal],
    [closing, 'closure.signoffs', from.closure.signoffs, to.closure.signoffs],
    [(request.recovery?.instalments.length ?? 0) > 0, 'recovery', from.recovery, to.recovery],
  ];
};

const boundParts = (request: GrantRequest, from: Plan, to: Plan): string[] =>
  bound(request, from, to).flatMap(([applies, path, was, would]) => (applies && !sameJson(was, would) ? [path] : []));

const kindFault = (from: Plan, to: Plan): { refusal: Refusal } | null => {
  if (to.code !== from.code) return refuse('planNotApplicable', 'same-code', from.code);
  if (to.rules !== from.rules) return refuse('planNotApplicable', 'same-rules', String(from.rules));
  if (to.purpose !== from.purpose) return refuse('planNotApplicable', 'same-purpose', from.purpose);
  if (to.version === from.version) return refuse('planNotApplicable', 'another-version');
  const [first] = planFaults(to);
  return first ? refuse('planNotApplicable', first.path) : null;
};

/** Why this request cannot run under the other plan, or null. `accepted` names every part that does not fit. */
export const migrationFault = (request: GrantRequest, from: Plan, to: Plan): { refusal: Refusal } | null => {
  const fault = kindFault(from, to);
  if (fault) return fault;
  const lost = stagesWithout(request, from, to);
  if (lost.length > 0) return refuse('planNotApplicable', 'stages-so-far-exist', lost.join(' '));
  const changed = boundParts(request, from, to);
  if (changed.length > 0) return refuse('planNotApplicable', 'unchanged-so-far', changed.join(' '));
  const least = request.award && splitFault(request.award.amountMinor, to);
  return least && refuse('planNotApplicable', 'award-carries-tranches', least.refusal.accepted);
};

/** A request that no row of the old matrix fitted asks the new one. */
const askMatrixAgain = (
  request: GrantRequest,
  { plan: to, peopleByLevel }: PersonCommand<'migratePlan'>['body'],
): RequestEvent[] => {
  const { authority, award } = request;
  if (authority?.row !== null || award === null) return [];
  const cumulativeMinor = award.cumulativeMinor ?? award.amountMinor;
  return [resolveAuthority(request, to, { cumulativeMinor, ...(peopleByLevel ? { peopleByLevel } : {}) })];
};

export const decideMigration = (
  request: GrantRequest,
  command: PersonCommand<'migratePlan'>,
  { plan: from }: Context,
): Decision => {
  const { plan: to, planHash, fromPlanHash } = command.body;
  if (isUnreasoned(command)) return refuse('conditionsNotMet', 'reason-missing');
  if (request.plan && request.plan.hash !== fromPlanHash)
    return refuse('staleVersion', 'plan-seen', String(request.version));
  const fault = migrationFault(request, from, to);
  if (fault) return fault;
  const migrated: RequestEvent = {
    kind: 'planMigrated',
    code: to.code,
    fromVersion: from.version,
    toVersion: to.version,
    fromPlanHash,
    planHash,
  };
  return happened(migrated, ...askMatrixAgain(request, command.body));
};

export const migrationFolds: Folds<'planMigrated'> = {
  planMigrated: (request, { toVersion, planHash, fromPlanHash }) => ({
    ...request,
    plan: {
      hash: planHash,
      version: toVersion,
      // What was signed goes on naming the plan it was signed under.
      ...(request.agreement ? { agreementHash: request.plan?.agreementHash ?? fromPlanHash } : {}),
    },
  }),
};
