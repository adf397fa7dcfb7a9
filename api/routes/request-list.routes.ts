// The list of requests: everything for the Fund's people, the own organisation's or governorate's for the others.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { outcomes, stageNames } from '../../domain/lifecycle.js';
import type { RequestFilter } from '../../persistence/request.reads.js';
import { requestList, requestPosition } from '../../persistence/request.reads.js';
import { foreign, governoratesOf, isFundWide, organisationsOf } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { governorate, id } from '../schemas/text.schema.js';
import { requestSummary, summaryOf } from '../views/request.view.js';

const listQuery = z.strictObject({
  ...pageQuery,
  status: z.enum([...stageNames, ...outcomes, 'suspended']).exactOptional(),
  stage: z.enum(stageNames).exactOptional(),
  programmeCode: id.exactOptional(),
  governorate: governorate.exactOptional(),
  organisationId: id.exactOptional(),
  sort: z.enum(['updated', 'due', 'amount']).default('updated'),
});
type ListQuery = z.output<typeof listQuery>;

type Scope = Pick<RequestFilter, 'organisationId' | 'governorate'>;

const given = ({ organisationId, governorate: place }: ListQuery): Scope => ({
  ...(organisationId === undefined ? {} : { organisationId }),
  ...(place === undefined ? {} : { governorate: place }),
});

/** The own one of several that was asked for, or the first; asking for somebody else's finds nothing. */
const oneOf = (own: readonly string[], asked: string | undefined, caller: Actor): string | null => {
  if (asked !== undefined && !own.includes(asked)) throw foreign(caller);
  return asked ?? own[0] ?? null;
};

/** Everything, one own organisation's or one own governorate's; null for people who see no requests. */
const scopeOf = (query: ListQuery, caller: Actor): Scope | null => {
  if (isFundWide(caller)) return given(query);
  const organisations = organisationsOf(caller);
  if (organisations.length > 0) {
    const organisationId = oneOf(organisations, query.organisationId, caller);
    return organisationId === null ? null : { ...given(query), organisationId };
  }
  const place = oneOf(governoratesOf(caller), query.governorate, caller);
  return place === null ? null : { ...given(query), governorate: place };
};

const wantedOf = ({ status, stage, programmeCode }: ListQuery): RequestFilter => ({
  ...(status === undefined ? {} : { status }),
  ...(stage === undefined ? {} : { stage }),
  ...(programmeCode === undefined ? {} : { programmeCode }),
});

const list = async ({ cursors }: RouteDeps, query: ListQuery, { caller }: Call): Promise<Answer> => {
  const { sort } = query;
  const scope = scopeOf(query, caller);
  const filter: RequestFilter = { ...scope, ...wantedOf(query) };
  return listPage({
    ...{ cursors, reader: caller.personId, path: '/v1/requests', query },
    filters: { ...filter, sort },
    read: async (page) => (scope === null ? [] : requestList({ ...page, filter, sort })),
    positionOf: (row) => requestPosition(row, sort),
    view: summaryOf,
  });
};

export const requestListRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      operationId: 'listRequests',
      method: 'get',
      path: '/requests',
      tag: 'requests',
      summary: { ar: 'قائمة الطلبات', en: 'Requests the caller may see' },
      roles: [],
      problems: ['notSignedIn', 'invalidInput', 'badCursor', 'notFound'],
      success: 200,
      response: pageOf(requestSummary),
      params: nothing,
      query: listQuery,
      body: nothing,
    },
    ({ query }, call) => list(deps, query, call),
  ),
];
