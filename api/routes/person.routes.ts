// People and their roles, for the administrator; the auditor reads. A role that changes is there, or gone, with the next call.
import { z } from 'zod';
import type { Role, RoleHeld } from '../../domain/actor.js';
import { roles } from '../../domain/actor.js';
import { changedFields } from '../../domain/audit/register-entry.js';
import type { DatedRole } from '../../domain/people/role-grant.js';
import { accountFault, endedRoles, endFault, grantFault } from '../../domain/people/role-grant.js';
import type { RegisterChange } from '../../persistence/register.repository.js';
import { organisationById } from '../../persistence/organisation.repository.js';
import type { PersonDocument } from '../../persistence/person.model.js';
import {
  personForChange,
  personList,
  personPosition,
  setGrants,
  setSuspended,
} from '../../persistence/person-register.repository.js';
import { personById } from '../../persistence/person.repository.js';
import type { Session } from '../../persistence/transaction.js';
import { requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { ChangingCall, Documentation, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { changePerson, registerProblems } from '../person-change.js';
import { Problem } from '../problem.js';
import { accountChange, roleEnding, roleGranting } from '../schemas/person.schema.js';
import { id } from '../schemas/text.schema.js';
import { accountOf, accountView } from '../views/person.view.js';

const readers: readonly Role[] = ['administrator', 'auditor'];
const personParams = z.strictObject({ personId: id });
const subject = ({ personId }: { personId: string }) => ({ kind: 'person', id: personId }) as const;
const changed = z.object({ personId: id, version: z.int() });

type Asked = { readonly personId: string; readonly call: ChangingCall; readonly reason: string };
type Parties = { readonly administrator: PersonDocument | null; readonly person: PersonDocument };
type Work = (parties: Parties, session: Session, now: Date) => Promise<RegisterChange>;

const administer = async (
  command: 'grantRole' | 'endRole' | 'suspendAccount' | 'restoreAccount',
  { personId, call, reason }: Asked,
  work: Work,
) => {
  requireRole(call.caller, ['administrator']);
  const version = await changePerson({ personId, command, call, reason }, async (session, now) => {
    const person = await personForChange(personId, session);
    if (person === null) throw new Problem('notFound');
    const administrator = await personForChange(call.caller.personId, session);
    return work({ administrator, person }, session, now);
  });
  return { status: 200, body: { personId, version } };
};

/** Roles as the trail keeps them: no dates of the database, no personal data. */
const rolesOf = (person: PersonDocument) => accountOf(person).grants;

const withGrants = async (person: PersonDocument, grants: readonly DatedRole[], session: Session) => {
  await setGrants(person._id, grants, session);
  return { changed: changedFields({ roles: rolesOf(person) }, { roles: rolesOf({ ...person, grants }) }) };
};

const roleOf = ({
  role,
  organisationId,
  governorate,
  level,
}: Omit<z.output<typeof roleEnding>, 'reason'>): RoleHeld => ({
  role,
  ...(organisationId === undefined ? {} : { organisationId }),
  ...(governorate === undefined ? {} : { governorate }),
  ...(level === undefined ? {} : { level }),
});

const grantOf = (body: z.output<typeof roleGranting>, now: Date): DatedRole => {
  const { civilSociety, from, until } = body;
  const held = { ...roleOf(body), ...(civilSociety === undefined ? {} : { civilSociety }) };
  const begins = from === undefined ? now : new Date(from);
  return { ...held, from: begins < now ? now : begins, until: until === null ? null : new Date(until) };
};

const grant = (body: z.output<typeof roleGranting>, asked: Asked) =>
  administer('grantRole', asked, async ({ administrator, person }, session, now) => {
    const role = grantOf(body, now);
    const fault = grantFault({ by: asked.call.caller, administrator, person }, role, now);
    if (fault) return fault;
    if (role.organisationId !== undefined && (await organisationById(role.organisationId)) === null)
      throw new Problem('notFound');
    return withGrants(person, [...person.grants, role], session);
  });

const end = (body: z.output<typeof roleEnding>, asked: Asked) =>
  administer('endRole', asked, async ({ administrator, person }, session, now) => {
    const held = roleOf(body);
    const fault = endFault({ by: asked.call.caller, administrator, person }, held, now);
    return fault ?? withGrants(person, endedRoles(person.grants, held, now), session);
  });

const account = (suspended: boolean, asked: Asked) =>
  administer(suspended ? 'suspendAccount' : 'restoreAccount', asked, async ({ administrator, person }, session) => {
    const fault = accountFault({ by: asked.call.caller, administrator, person }, suspended);
    if (fault) return fault;
    await setSuspended(person._id, suspended, session);
    return { changed: changedFields({ suspended: person.suspended }, { suspended }) };
  });

type Row<B extends z.ZodType<{ readonly reason: string }>> = Pick<
  Documentation,
  'operationId' | 'path' | 'summary' | 'examples'
> & {
  readonly body: B;
  readonly work: (body: z.output<B>, asked: Asked) => ReturnType<typeof administer>;
};

const administration = <B extends z.ZodType<{ readonly reason: string }>>({ work, ...row }: Row<B>): Endpoint =>
  changeEndpoint(
    {
      ...row,
      ...{ method: 'post', tag: 'people', roles: ['administrator'], success: 200, response: changed },
      problems: [...registerProblems, 'notFound', 'dutyConflict', 'alreadyActed', 'conditionsNotMet'],
      ...{ params: personParams, query: nothing, keys: 'a-while', subject },
    },
    ({ params: { personId }, body }, call) => work(body, { personId, call, reason: body.reason }),
  );

const example = (value: object, ar: string, en: string) => ({
  ar: { ...value, reason: ar },
  en: { ...value, reason: en },
});

const administrations = (): Endpoint[] => [
  administration({
    operationId: 'grantRole',
    path: '/people/{personId}/roles',
    summary: { ar: 'منح دور لشخص', en: 'Grant a role to a person' },
    body: roleGranting,
    examples: example({ role: 'approver', level: 'board-deputy' }, 'قرار تكليف جديد.', 'A new appointment.'),
    work: grant,
  }),
  administration({
    operationId: 'endRole',
    path: '/people/{personId}/roles/ending',
    summary: { ar: 'إنهاء دور شخص', en: 'End a role of a person' },
    body: roleEnding,
    examples: example({ role: 'reviewer' }, 'انتهى التكليف.', 'The appointment has ended.'),
    work: end,
  }),
  administration({
    operationId: 'suspendAccount',
    path: '/people/{personId}/suspension',
    summary: { ar: 'تعليق حساب', en: 'Suspend an account' },
    body: accountChange,
    examples: example({}, 'إجازة طويلة.', 'A long leave.'),
    work: (_body, asked) => account(true, asked),
  }),
  administration({
    operationId: 'restoreAccount',
    path: '/people/{personId}/suspension/lifting',
    summary: { ar: 'إعادة حساب معلَّق', en: 'Restore a suspended account' },
    body: accountChange,
    examples: example({}, 'عاد إلى العمل.', 'Back at work.'),
    work: (_body, asked) => account(false, asked),
  }),
];

const listQuery = z.strictObject({
  ...pageQuery,
  role: z.enum(roles).exactOptional(),
  organisationId: id.exactOptional(),
});

const list = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listPeople',
      ...{
        method: 'get',
        path: '/people',
        tag: 'people',
        roles: readers,
        success: 200,
        params: nothing,
        body: nothing,
      },
      summary: { ar: 'الأشخاص وأدوارهم', en: 'People with every role they were granted' },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      response: pageOf(accountView),
      query: listQuery,
    },
    async ({ query }, { caller }) => {
      requireRole(caller, readers);
      const { role, organisationId } = query;
      const wanted = {
        ...(role === undefined ? {} : { role }),
        ...(organisationId === undefined ? {} : { organisationId }),
      };
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/people', query },
        filters: wanted,
        read: (page) => personList({ ...page, ...wanted }),
        positionOf: personPosition,
        view: accountOf,
      });
    },
  );

const read = (): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'readPerson',
      ...{ method: 'get', path: '/people/{personId}', tag: 'people', roles: readers, success: 200, body: nothing },
      summary: { ar: 'قراءة حساب شخص', en: 'Read one person' },
      problems: ['notSignedIn', 'notYourRole', 'notFound'],
      response: accountView,
      ...{ params: personParams, query: nothing, subject },
    },
    async ({ params: { personId } }, { caller }) => {
      requireRole(caller, readers);
      const found = await personById(personId);
      if (found === null) throw new Problem('notFound');
      return { status: 200, body: accountOf(found) };
    },
  );

export const personRoutes = (deps: RouteDeps): Endpoint[] => [list(deps), read(), ...administrations()];
