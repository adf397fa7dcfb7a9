// Reference data and who the caller is: programmes, calls, organisations, refusal sentences, balances; sign-in of the demo.
import { z } from 'zod';
import { roles } from '../../domain/actor.js';
import type { BalanceDocument } from '../../persistence/ledger.model.js';
import { balances } from '../../persistence/ledger.reads.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import { organisationById } from '../../persistence/organisation.repository.js';
import { activePeople, personById, rolesAt } from '../../persistence/person.repository.js';
import type { CallDocument } from '../../persistence/programme.model.js';
import { allCalls, allProgrammes } from '../../persistence/programme.repository.js';
import { isFundWide, moneyRoles, organisationsOf, requireRole, foreign } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, openEndpoint, signedInEndpoint } from '../endpoint.js';
import { messagesOf, Problem, problemCodes, statuses } from '../problem.js';
import { day, egp, id, instant, money } from '../schemas/text.schema.js';
import { issueToken } from '../token.js';

const text = z.string();
const held = z.object({
  role: z.enum(roles),
  organisationId: text.optional(),
  governorate: text.optional(),
  level: text.optional(),
  civilSociety: z.boolean().optional(),
});
const person = z.object({
  personId: id,
  nameAr: text,
  nameEn: text,
  organisationId: text.nullable(),
  roles: z.array(held),
});
const programme = z.object({ code: id, nameAr: text, nameEn: text });
const call = z.object({
  id,
  programmeCode: text,
  titleAr: text,
  titleEn: text,
  fundingSource: text,
  fiscalYear: text,
  opensAt: instant,
  closesAt: instant,
  isOpen: z.boolean(),
  ceiling: money,
  planHash: text,
});
const organisation = z.object({
  id,
  nameAr: text,
  nameEn: text,
  kind: z.enum(['association', 'foundation', 'federation']),
  governorate: text,
  registrationNumber: text,
  account: z.object({ ibanMasked: text, verifiedAt: instant.nullable(), changedAt: instant }),
  registry: z.object({
    status: text,
    fetchedAt: instant,
    licenceExpiresOn: day,
    lastInspectionOn: day,
    openViolations: z.int(),
  }),
  synthetic: z.boolean(),
});
const refusal = z.object({ code: text, status: z.int(), messages: z.object({ ar: text, en: text }) });
const balance = z.object({
  envelopeId: text,
  programmeCode: text,
  fundingSource: text,
  fiscalYear: text,
  available: money,
  reserved: money,
  committed: money,
  disbursed: money,
  spent: money,
  writtenOff: money,
});

const callView = (row: CallDocument, now: Date): z.output<typeof call> => ({
  id: row._id,
  programmeCode: row.programmeCode,
  titleAr: row.titleAr,
  titleEn: row.titleEn,
  fundingSource: row.fundingSource,
  fiscalYear: row.fiscalYear,
  opensAt: row.opensAt.toISOString(),
  closesAt: row.closesAt.toISOString(),
  isOpen: row.opensAt <= now && now <= row.closesAt,
  ceiling: egp(row.ceilingMinor),
  planHash: row.planHash,
});

const organisationView = ({
  _id,
  account,
  registry,
  ...rest
}: OrganisationDocument): z.output<typeof organisation> => ({
  id: _id,
  nameAr: rest.nameAr,
  nameEn: rest.nameEn,
  kind: rest.kind,
  governorate: rest.governorate,
  registrationNumber: rest.registrationNumber,
  account: {
    ibanMasked: account.ibanMasked,
    verifiedAt: account.verifiedAt?.toISOString() ?? null,
    changedAt: account.changedAt.toISOString(),
  },
  registry: { ...registry, fetchedAt: registry.fetchedAt.toISOString() },
  synthetic: rest.synthetic,
});

const balanceView = (row: BalanceDocument): z.output<typeof balance> => ({
  envelopeId: row._id,
  programmeCode: row.programmeCode,
  fundingSource: row.fundingSource,
  fiscalYear: row.fiscalYear,
  available: egp(String(row.available)),
  reserved: egp(String(row.reserved)),
  committed: egp(String(row.committed)),
  disbursed: egp(String(row.disbursed)),
  spent: egp(String(row.spent)),
  writtenOff: egp(String(row.writtenOff)),
});

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
      response: person,
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
      response: listOf(programme),
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
      response: listOf(call),
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
      response: listOf(refusal),
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
      response: organisation,
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
      response: listOf(balance),
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
      response: listOf(person),
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
      response: z.object({ token: text, expiresAt: instant, personId: id }),
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
