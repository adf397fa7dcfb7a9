// The timeline of a request: what was recorded, oldest first; for the auditor also what was refused to whom.
import { z } from 'zod';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { attemptsOn } from '../../persistence/refused-attempt.repository.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { requestById } from '../../persistence/request.reads.js';
import type { Audience } from '../access.js';
import { requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { reviewSight } from '../views/sealed-review.js';
import { attemptOf, attemptView, isRequestRow, timelineEntry, timelineEntryOf } from '../views/timeline.view.js';

const timelineQuery = z.strictObject({ ...pageQuery, include: z.literal('attempts').exactOptional() });
const timelinePage = pageOf(timelineEntry).extend({ attempts: z.array(attemptView).nullable() });
const mostAttempts = 500;

/** A timeline is paged by seq alone; the id only completes the form of a position. */
const positionAt = ({ seq }: { readonly seq: number }) => ({ value: String(seq), id: String(seq) });

const attemptsFor = async (requestId: string, asked: boolean, audience: Audience) => {
  if (!asked) return null;
  if (audience !== 'audit') throw new Problem('notYourRole', { rule: 'roles', accepted: 'auditor' });
  const found = await attemptsOn({ kind: 'request', id: requestId }, { afterSeq: 0, limit: mostAttempts });
  return found.map(attemptOf);
};

const read = async (
  { cursors }: RouteDeps,
  requestId: string,
  query: z.output<typeof timelineQuery>,
  call: Call,
): Promise<Answer> => {
  const { record, audience } = readable(await requestById(requestId), call);
  const attempts = await attemptsFor(requestId, query.include === 'attempts', audience);
  const { caller } = call;
  const sight = reviewSight(record.state, { audience, caller, plan: await planByHash(record.planHash) });
  const { status, body, headers } = await listPage({
    ...{ cursors, reader: caller.personId, path: `/v1/requests/${requestId}/timeline`, query },
    read: async ({ limit, after }) => {
      const rows = await timelineOf({ kind: 'request', id: requestId }, Number(after?.value ?? 0), limit);
      return rows.filter(isRequestRow);
    },
    positionOf: positionAt,
    view: (row) => timelineEntryOf(row, { audience, request: record.state, caller, sight }),
  });
  return { status, body: { ...body, attempts }, headers: { ...headers, ...privately } };
};

export const timelineRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readTimeline',
      path: '/requests/{requestId}/timeline',
      summary: { ar: 'سجل الطلب', en: 'What happened to a request, oldest first' },
      problems: ['notSignedIn', 'notFound', 'badCursor', 'invalidInput', 'notYourRole'],
      response: timelinePage,
      params: requestParams,
      query: timelineQuery,
      subject: requestSubject,
    },
    ({ params, query }, call) => read(deps, params.requestId, query, call),
  ),
];
