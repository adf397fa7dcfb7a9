// Why a tranche is not paid yet. Apart from the request itself, because accounts, registry and time change it without a new version.
import { z } from 'zod';
import { trancheChecks } from '../../domain/money/tranche-checks.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { requestById } from '../../persistence/request.reads.js';
import { paymentFactsFor } from '../command-facts.js';
import { requestParams } from '../command-endpoint.js';
import type { Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { egp, id, money, version } from '../schemas/text.schema.js';
import {
  trancheCheckView,
  trancheCheckViewOf,
  trancheResultsView,
  trancheResultsViewOf,
} from '../views/tranche-checks.view.js';

const tranche = z.object({
  number: z.int(),
  purpose: z.enum(['tranche', 'retention']),
  amount: money,
  state: z.string(),
  conditions: z.array(trancheCheckView),
  results: trancheResultsView.nullable().meta({ description: 'Null where the amount does not depend on results' }),
});

export const trancheChecksRoutes = (): Endpoint[] => [
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readTrancheConditions',
      path: '/requests/{requestId}/tranche-conditions',
      summary: {
        ar: 'شروط كل دفعة: ما تحقق منها وما لم يتحقق ولماذا',
        en: 'What each tranche waits for: met or not, and why',
      },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, version, items: z.array(tranche) }),
      params: requestParams,
      query: nothing,
      subject: requestSubject,
    },
    async ({ params }, call) => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      const context = { plan: await planByHash(record.planHash), nowMs: Date.now() };
      const facts = await paymentFactsFor(record);
      const items = record.state.tranches.map((one) => ({
        ...{ number: one.number, purpose: one.purpose, amount: egp(one.amountMinor), state: one.state },
        conditions: trancheChecks(record.state, { tranche: one, facts }, context)
          // That another NGO shares its account is no news for an NGO to hear from here.
          .filter(({ condition }) => audience !== 'ngo' || condition !== 'account-sharing-explained')
          .map(trancheCheckViewOf),
        results: trancheResultsViewOf(record.state, one, context.plan),
      }));
      return { status: 200, body: { requestId: record._id, version: record.version, items }, headers: privately };
    },
  ),
];
