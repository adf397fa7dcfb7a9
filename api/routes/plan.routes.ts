// Published plans: immutable, under the hash of their content. Everybody who is signed in may read the rules.
import { z } from 'zod';
import { lifecycleDiagram } from '../../domain/lifecycle-diagram.js';
import { publishedPlan, publishedPlans } from '../../persistence/plan-version.reads.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { Problem } from '../problem.js';
import { sha256 } from '../schemas/text.schema.js';
import { planRow, planRows, planView } from '../views/plan.view.js';

const reading = { method: 'get', tag: 'plans', roles: [], success: 200, query: nothing, body: nothing } as const;

export const planRoutes = (): Endpoint[] => [
  signedInEndpoint(
    {
      ...reading,
      operationId: 'listPlans',
      path: '/plans',
      summary: { ar: 'السياسات المنشورة', en: 'Published plans, newest first' },
      problems: ['notSignedIn'],
      response: z.object({ items: z.array(planRow) }),
      params: nothing,
    },
    async (): Promise<Answer> => ({
      status: 200,
      body: { items: planRows(await publishedPlans(), new Date()) },
    }),
  ),
  signedInEndpoint(
    {
      ...reading,
      operationId: 'readPlan',
      path: '/plans/{planHash}',
      summary: { ar: 'قراءة سياسة منشورة', en: 'Read a published plan, with its route as a diagram' },
      problems: ['notSignedIn', 'notFound'],
      response: planView,
      params: z.strictObject({ planHash: sha256 }),
    },
    async ({ params: { planHash } }): Promise<Answer> => {
      const found = await publishedPlan(planHash);
      if (found === null) throw new Problem('notFound');
      const row = planRows(await publishedPlans(), new Date()).find(({ hash }) => hash === planHash);
      return { status: 200, body: { ...row, plan: found.plan, diagram: lifecycleDiagram(found.plan) } };
    },
  ),
];
