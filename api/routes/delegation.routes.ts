// Handing a role over for an absence, ending it early, and the list of both sides. It returns by itself when its time is over.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { holds } from '../../domain/actor.js';
import { changedFields } from '../../domain/audit/register-entry.js';
import { delegableRoles } from '../../domain/delegation.js';
import { delegationRefusal, endingRefusal } from '../../domain/people/delegating.js';
import type { DelegationDocument } from '../../persistence/delegation.model.js';
import {
  addDelegation,
  delegationById,
  delegationList,
  delegationPosition,
  openDelegationsBy,
  setEnded,
} from '../../persistence/delegation.repository.js';
import { personForChange } from '../../persistence/person-register.repository.js';
import { requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { opaqueId } from '../opaque-id.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { changePerson, registerProblems } from '../person-change.js';
import { Problem } from '../problem.js';
import { delegating, delegationEnding } from '../schemas/person.schema.js';
import { id } from '../schemas/text.schema.js';
import { delegationOf, delegationView } from '../views/person.view.js';

const changed = z.object({ delegationId: id, version: z.int() });
const params = z.strictObject({ delegationId: id });

const documentOf = (body: z.output<typeof delegating>, { caller, operation }: ChangingCall, now: Date) => {
  const { delegateId, role, level, capMinor, reason } = body;
  const begins = body.from === undefined ? now : new Date(body.from);
  return {
    _id: opaqueId('delegation', operation.id),
    ...{ delegatorId: caller.personId, delegateId, people: [caller.personId, delegateId], role, reason },
    ...(level === undefined ? {} : { level }),
    ...(capMinor === undefined ? {} : { capMinor }),
    from: begins < now ? now : begins,
    until: new Date(body.until),
    endedAt: null,
  };
};

/** As the trail keeps it: the delegation itself is what changed. */
const fieldsOf = (row: DelegationDocument) => {
  const { delegationId, delegatorId, delegateId, role, level, cap, from, until, endedAt } = delegationOf(row, row.from);
  return { delegationId, delegatorId, delegateId, role, level, cap, from, until, endedAt };
};

const handOver = async (body: z.output<typeof delegating>, call: ChangingCall): Promise<Answer> => {
  const delegationId = opaqueId('delegation', call.operation.id);
  const { personId } = call.caller;
  const version = await changePerson({ personId, command: 'delegate', call, reason: body.reason }, async (session, now) => {
    const delegation = documentOf(body, call, now);
    const people = {
      delegator: await personForChange(personId, session),
      delegate: await personForChange(body.delegateId, session),
    };
    const refusal = delegationRefusal(people, delegation, await openDelegationsBy(personId, now, session), now);
    if (refusal) return refusal;
    await addDelegation(delegation, session);
    return { changed: changedFields({}, { delegation: fieldsOf(delegation) }) };
  }); // prettier-ignore
  return { status: 201, body: { delegationId, version } };
};

/** Somebody else's delegation is not there for people whom it does not concern. */
const concerning = (row: DelegationDocument | null, caller: Actor): DelegationDocument => {
  if (row === null || !(row.people.includes(caller.personId) || holds(caller, 'administrator')))
    throw new Problem('notFound');
  return row;
};

const end = async (delegationId: string, reason: string | undefined, call: ChangingCall): Promise<Answer> => {
  const { delegatorId } = concerning(await delegationById(delegationId), call.caller);
  const asked = { personId: delegatorId, command: 'endDelegation', call, reason } as const;
  const version = await changePerson(asked, async (session, now) => {
    const row = concerning(await delegationById(delegationId, session), call.caller);
    const refusal = endingRefusal(row, call.caller, now);
    if (refusal) return refusal;
    await setEnded(delegationId, now, session);
    return {
      changed: changedFields({ delegation: fieldsOf(row) }, { delegation: fieldsOf({ ...row, endedAt: now }) }),
    };
  });
  return { status: 200, body: { delegationId, version } };
};

const delegation = (): Endpoint =>
  changeEndpoint(
    {
      operationId: 'delegate',
      ...{ method: 'post', path: '/delegations', tag: 'people', roles: delegableRoles, success: 201, keys: 'a-while' },
      summary: { ar: 'تفويض دور أثناء الغياب', en: 'Hand a role over for an absence' },
      problems: [...registerProblems, 'dutyConflict', 'alreadyActed', 'conditionsNotMet'],
      response: changed,
      examples: {
        ar: {
          ...{
            delegateId: 'monitoring-officer-2',
            role: 'approver',
            level: 'executive-director',
            capMinor: '25000000',
          },
          ...{ until: '2026-12-20T12:00:00Z', reason: 'إجازة سنوية' },
        },
        en: {
          ...{
            delegateId: 'monitoring-officer-2',
            role: 'approver',
            level: 'executive-director',
            capMinor: '25000000',
          },
          ...{ until: '2026-12-20T12:00:00Z', reason: 'Annual leave' },
        },
      },
      ...{ params: nothing, query: nothing, body: delegating },
    },
    ({ body }, call) => handOver(body, call),
  );

const ending = (): Endpoint =>
  changeEndpoint(
    {
      operationId: 'endDelegation',
      ...{ method: 'post', path: '/delegations/{delegationId}/ending', tag: 'people', success: 200, keys: 'a-while' },
      roles: [...delegableRoles, 'administrator'],
      summary: { ar: 'إنهاء تفويض قبل موعده', en: 'End a delegation before its time' },
      problems: [...registerProblems, 'notFound', 'alreadyActed'],
      response: changed,
      examples: { ar: { reason: 'عاد قبل الموعد' }, en: { reason: 'Back early' } },
      ...{ params, query: nothing, body: delegationEnding },
    },
    ({ params: { delegationId }, body }, call) => end(delegationId, body.reason, call),
  );

const listQuery = z.strictObject({ ...pageQuery, of: z.enum(['own', 'all']).default('own') });

const list = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listDelegations',
      ...{
        method: 'get',
        path: '/delegations',
        tag: 'people',
        roles: [],
        success: 200,
        params: nothing,
        body: nothing,
      },
      summary: { ar: 'التفويضات', en: 'Delegations given and received; all of them for administrator and auditor' },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      response: pageOf(delegationView),
      query: listQuery,
    },
    async ({ query }, { caller }) => {
      if (query.of === 'all') requireRole(caller, ['administrator', 'auditor']);
      const now = new Date();
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/delegations', query },
        filters: { of: query.of },
        read: (page) => delegationList({ ...page, ...(query.of === 'all' ? {} : { personId: caller.personId }) }),
        positionOf: delegationPosition,
        view: (row) => delegationOf(row, now),
      });
    },
  );

export const delegationRoutes = (deps: RouteDeps): Endpoint[] => [delegation(), ending(), list(deps)];
