// Moving one running request to a newer published plan: the only thing an administrator does on a request.
import type { PersonBodies } from '../../domain/command.js';
import { permissions } from '../../domain/permissions.js';
import type { Refusal } from '../../domain/refusal.js';
import { refuse } from '../../domain/refusal.js';
import { peopleByLevelAt } from '../../persistence/person.repository.js';
import { publishedPlan } from '../../persistence/plan-version.reads.js';
import type { RequestRecord } from '../../persistence/request.reads.js';
import { requireRole } from '../access.js';
import { commandEndpoint, requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Endpoint } from '../endpoint.js';
import { commandExamples } from '../examples.js';
import { Problem, problemOf } from '../problem.js';
import * as schema from '../schemas/command.schema.js';

/** Only the edge can look a plan up; from here on the whole plan travels with the command. */
const bodyOf = async (planHash: string, record: RequestRecord | null): Promise<PersonBodies['migratePlan']> => {
  if (record === null) throw new Problem('notFound');
  const found = await publishedPlan(planHash);
  if (found === null) throw problemOf(refuse('planNotApplicable', 'plan-published').refusal);
  const peopleByLevel = await peopleByLevelAt(new Date());
  return { plan: found.plan, planHash, fromPlanHash: record.planHash, peopleByLevel };
};

/** Friendly order in time: to a plan in force, and never back to an older one. */
const timeFault = async ({ planHash, fromPlanHash }: PersonBodies['migratePlan']): Promise<Refusal | null> => {
  const [to, from] = await Promise.all([publishedPlan(planHash), publishedPlan(fromPlanHash)]);
  if (to === null || from === null) return null; // what is not published has no time to compare
  if (to.effectiveFrom > new Date())
    return refuse('planNotApplicable', 'plan-in-force', to.effectiveFrom.toISOString()).refusal;
  return to.effectiveFrom < from.effectiveFrom
    ? refuse('planNotApplicable', 'newer-plan', from.effectiveFrom.toISOString()).refusal
    : null;
};

export const planMigrationRoutes = (deps: RouteDeps): Endpoint[] => [
  commandEndpoint(deps, {
    kind: 'migratePlan',
    path: '/plan-migration',
    summary: { ar: 'نقل الطلب إلى سياسة أحدث', en: 'Move a running request to a newer plan' },
    params: requestParams,
    body: schema.planMigration,
    problems: ['planNotApplicable'],
    examples: commandExamples.migratePlan,
    make: ({ body: { planHash } }, { call, record }) => {
      requireRole(call.caller, permissions.migratePlan.roles);
      return record().then((found) => bodyOf(planHash, found));
    },
    check: timeFault,
  }),
];
