// Reference data and who the caller is: programmes, calls, organisations, refusal sentences, balances; sign-in of the demo.
import { z } from 'zod';
import { balances } from '../../persistence/ledger.reads.js';
import { organisationById } from '../../persistence/organisation.repository.js';
import { activePeople, personById, rolesAt } from '../../persistence/person.repository.js';
import { allCalls, allProgrammes } from '../../persistence/programme.repository.js';
import { foreign, isFundWide, moneyRoles, organisationsOf, requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, openEndpoint, signedInEndpoint } from '../endpoint.js';
import { messagesOf, Problem, problemCodes, statuses } from '../problem.js';
import { id, instant } from '../schemas/text.schema.js';
import { issueToken } from '../token.js';
import {
  balanceSchema,
  balanceView,
  callSchema,
  callView,
  organisationSchema,
  organisationView,
  personSchema,
  programmeSchema,
  refusalSchema,
} from '../views/reference.view.js';

const listOf = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });
const reading = {
  method: 'get',
  tag: 'reference',
  roles: [],
  success: 200,
  params: nothing,
  query: nothing,
  body: nothing,
} as const;

const me = (): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'readMe',
      path: '/me',
      summary: { ar: 'من أنا وما أدواري الآن', en: 'Who the caller is, with the roles held now' },
      problems: ['notSignedIn'],
      response: personSchema,
    },
    async (_input, { caller }): Promise<Answer> => {
      const found = await personById(caller.personId);
      if (found === null) throw new Problem('notSignedIn');
      const { nameAr, nameEn, organisationId = null } = found;
      return { status: 200, body: { personId: caller.personId, nameAr, nameEn, organisationId, roles: caller.roles } };
    },
  );

const referenceData = (): Endpoint[] => [
  signedInEndpoint(
    {
      ...reading,
      operationId: 'listProgrammes',
      path: '/programmes',
      summary: { ar: 'البرامج', en: 'Programmes' },
      problems: ['notSignedIn'],
      response: listOf(programmeSchema),
    },
    async () => ({
      status: 200,
      body: { items: (await allProgrammes()).map(({ _id, nameAr, nameEn }) => ({ code: _id, nameAr, nameEn })) },
    }),
  ),
  signedInEndpoint(
    {
      ...reading,
      operationId: 'listCalls',
      path: '/calls',
      summary: { ar: 'الدعوات لتقديم الطلبات', en: 'Calls for requests' },
      problems: ['notSignedIn'],
      response: listOf(callSchema),
    },
    async () => {
      const now = new Date();
      return { status: 200, body: { items: (await allCalls()).map((row) => callView(row, now)) } };
    },
  ),
  openEndpoint(
    {
      ...reading,
      operationId: 'listRefusals',
      path: '/reference/refusals',
      summary: { ar: 'رموز الرفض ومعانيها', en: 'Problem codes with their sentences' },
      problems: [],
      response: listOf(refusalSchema),
    },
    () =>
      Promise.resolve({
        status: 200,
        body: { items: problemCodes.map((code) => ({ code, status: statuses[code], messages: messagesOf(code) })) },
      }),
  ),
];

const organisations = (): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'readOrganisation',
      path: '/organisations/{organisationId}',
      summary: { ar: 'قراءة بيانات جهة', en: 'Read an organisation (the own one, or any for the Fund)' },
      problems: ['notSignedIn', 'notFound'],
      response: organisationSchema,
      params: z.strictObject({ organisationId: id }),
      subject: ({ organisationId }) => ({ kind: 'organisation', id: organisationId }),
    },
    async ({ params: { organisationId } }, { caller }): Promise<Answer> => {
      const found = await organisationById(organisationId);
      if (found === null) throw new Problem('notFound');
      if (!isFundWide(caller) && !organisationsOf(caller).includes(organisationId)) throw foreign(caller);
      return { status: 200, body: organisationView(found) };
    },
  );

const envelopeBalances = (): Endpoint =>
  signedInEndpoint(
    {
      ...reading,
      operationId: 'listBalances',
      path: '/balances',
      summary: { ar: 'أرصدة المخصصات', en: 'Balances of the envelopes' },
      roles: moneyRoles,
      problems: ['notSignedIn', 'notYourRole'],
      response: listOf(balanceSchema),
    },
    async (_input, { caller }): Promise<Answer> => {
      requireRole(caller, moneyRoles);
      return { status: 200, body: { items: (await balances()).map(balanceView) } };
    },
  );

const mostDemoPeople = 500;

/** Present in demo mode only; elsewhere the addresses do not exist. */
const demo = ({ token }: RouteDeps): Endpoint[] => [
  openEndpoint(
    {
      ...reading,
      tag: 'demo',
      operationId: 'listDemoPeople',
      path: '/demo/people',
      summary: { ar: 'أشخاص العرض التجريبي', en: 'People one can sign in as, in demo mode only' },
      problems: ['notFound'],
      response: listOf(personSchema),
    },
    async () => {
      const now = new Date();
      const items = (await activePeople(mostDemoPeople)).map((found) => ({
        personId: found._id,
        nameAr: found.nameAr,
        nameEn: found.nameEn,
        organisationId: found.organisationId ?? null,
        roles: rolesAt(found, now),
      }));
      return { status: 200, body: { items } };
    },
  ),
  openEndpoint(
    {
      ...reading,
      tag: 'demo',
      method: 'post',
      operationId: 'signInToDemo',
      path: '/demo/sign-in',
      summary: { ar: 'دخول العرض التجريبي بلا كلمة مرور', en: 'Sign in without a password, in demo mode only' },
      problems: ['notFound', 'invalidInput'],
      response: z.object({ token: z.string(), expiresAt: instant, personId: id }),
      body: z.strictObject({ personId: id }),
      examples: { ar: { personId: 'screening-officer-1' }, en: { personId: 'screening-officer-1' } },
    },
    async ({ body: { personId } }) => {
      const found = await personById(personId);
      if (found === null || found.suspended) throw new Problem('notFound');
      return { status: 200, body: { ...(await issueToken(personId, token)), personId } };
    },
  ),
];

export const referenceRoutes = (deps: RouteDeps): Endpoint[] => [
  me(),
  ...referenceData(),
  organisations(),
  envelopeBalances(),
  ...(deps.mode === 'demo' ? demo(deps) : []),
];
