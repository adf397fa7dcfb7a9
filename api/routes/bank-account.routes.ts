// Bank accounts of NGOs over HTTP: the NGO proposes, a finance officer verifies or rejects, money goes to the verified one alone.
import { z } from 'zod';
import { rolesHeldAs } from '../../domain/actor.js';
import { accountChecks, holderMatches, isEgyptianIban, normalisedIban } from '../../domain/money/bank-account.js';
import { recordAccess } from '../../persistence/access-entry.repository.js';
import { bankAccountStates } from '../../persistence/bank-account.model.js';
import { bankAccountPosition, bankAccounts, sharersOf } from '../../persistence/bank-account.reads.js';
import { moneyRoles, ngoRoles, organisationsOf, requireRole } from '../access.js';
import { accountToDecide, proposeBankAccount, rejectBankAccount, verifyBankAccount } from '../bank-account.js';
import type { RouteDeps } from '../deps.js';
import type { Call, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { id, sha256, text, version } from '../schemas/text.schema.js';
import { bankAccountRow, bankAccountRowOf, bankAccountView, bankAccountViewOf } from '../views/bank-account.view.js';

const tag = 'bank-accounts';
const reason = text(500);
const readers = [...moneyRoles, ...ngoRoles] as const;
/** Whoever verifies compares the number with the document. */
const ibanReaders = ['financeOfficer', 'auditor'] as const;

const iban = z
  .string()
  .max(60)
  .overwrite(normalisedIban)
  .refine(isEgyptianIban, { error: 'is not an Egyptian IBAN: EG and 27 digits, with check digits that fit' })
  .meta({ examples: ['EG380019000500000000263180002'] });
const bic = z.string().regex(/^[A-Z0-9]{4}EG[A-Z0-9]{2}([A-Z0-9]{3})?$/);

const problems = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'notFound',
  'alreadyActed',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'tooManyRequests',
  'unavailable',
] as const;

const proposal = z.strictObject({
  iban,
  holderName: text(140),
  bic: bic.exactOptional(),
  documentSha256: sha256.meta({ description: "Of the bank's letter or statement that names holder and IBAN" }),
  reason: reason.exactOptional(),
});

const example = {
  iban: 'EG380019000500000000263180002',
  holderName: 'جمعية الأمل للتنمية',
  documentSha256: '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef',
};

const proposing = (deps: RouteDeps): Endpoint =>
  changeEndpoint(
    {
      operationId: 'proposeBankAccount',
      ...{ method: 'post', path: '/organisations/{organisationId}/bank-accounts', tag, roles: ['signatory'] },
      summary: { ar: 'اقتراح حساب بنكي للجهة', en: 'Propose the bank account of an organisation' },
      ...{ problems, success: 201, keys: 'for-ever' },
      response: z.object({ accountId: id, version, holderMatch: z.enum(holderMatches) }),
      examples: { ar: { ...example, reason: 'تغيير البنك' }, en: { ...example, reason: 'The bank was changed' } },
      ...{ params: z.strictObject({ organisationId: id }), query: nothing, body: proposal },
      subject: ({ organisationId }) => ({ kind: 'organisation', id: organisationId }),
    },
    async ({ params, body }, call) => ({
      status: 201,
      body: await proposeBankAccount({ ...params, ...body }, call, deps),
    }),
  );

const params = z.strictObject({ accountId: id });
const subject = ({ accountId }: z.output<typeof params>) => ({ kind: 'bank-account', id: accountId }) as const;
const decided = z.object({ accountId: id, version });
const decidingRow = {
  method: 'post',
  tag,
  roles: ['financeOfficer'],
  success: 200,
  keys: 'for-ever',
  response: decided,
  params,
  query: nothing,
  subject,
  problems: [...problems, 'staleVersion', 'dutyConflict', 'conflictOfInterest', 'conditionsNotMet'],
} as const;

const verification = z.strictObject({
  expectedVersion: version,
  checked: z.array(z.enum(accountChecks)).min(1).max(accountChecks.length),
  reason: reason
    .exactOptional()
    .meta({ description: 'Asked for where the holder is only close to the registered name' }),
  sharedReason: reason.exactOptional().meta({ description: 'Asked for where another organisation has the same IBAN' }),
});
const verified = { expectedVersion: 1, checked: ['iban-on-document', 'holder-on-document'] };

const verifying = (deps: RouteDeps): Endpoint =>
  changeEndpoint(
    {
      ...decidingRow,
      operationId: 'verifyBankAccount',
      path: '/bank-accounts/{accountId}/verification',
      summary: { ar: 'التحقق من الحساب واعتماده للصرف', en: 'Verify an account and put it into use' },
      body: verification,
      examples: { ar: verified, en: verified },
    },
    async ({ params: { accountId }, body }, call) => ({
      status: 200,
      body: await verifyBankAccount({ ...body, accountId }, call, deps),
    }),
  );

const rejecting = (): Endpoint =>
  changeEndpoint(
    {
      ...decidingRow,
      operationId: 'rejectBankAccount',
      path: '/bank-accounts/{accountId}/rejection',
      summary: { ar: 'رفض الحساب المقترح', en: 'Reject a proposed account' },
      body: z.strictObject({ expectedVersion: version, reason }),
      examples: {
        ar: { expectedVersion: 1, reason: 'الاسم لا يطابق القيد' },
        en: { expectedVersion: 1, reason: 'The name is not the registered one' },
      },
    },
    async ({ params: { accountId }, body }, call) => ({
      status: 200,
      body: await rejectBankAccount({ ...body, accountId }, call),
    }),
  );

/** Each look at a number in full is kept before anything is shown. */
const readOne = async (accountId: string, { caller: actor, id: httpRequestId }: Call) => {
  requireRole(actor, ibanReaders);
  const account = await accountToDecide(accountId);
  const seen = { at: new Date(), actor, httpRequestId, operation: 'readBankAccount', object: accountId };
  await recordAccess({ requestId: accountId, ...seen });
  const body = bankAccountViewOf(account, await sharersOf(account));
  return { status: 200, body, headers: { 'Cache-Control': 'private, no-store' } };
};

const reading = (): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'readBankAccount',
      ...{ method: 'get', path: '/bank-accounts/{accountId}', tag, roles: ibanReaders, success: 200 },
      summary: { ar: 'حساب بنكي برقمه الكامل', en: 'An account with its IBAN in full; each reading is recorded' },
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'unavailable'],
      ...{ response: bankAccountView, params, query: nothing, body: nothing, subject },
    },
    ({ params: { accountId } }, call) => readOne(accountId, call),
  );

const listQuery = z.strictObject({ ...pageQuery, state: z.enum(bankAccountStates).exactOptional() });

const listing = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listBankAccounts',
      ...{ method: 'get', path: '/bank-accounts', tag, roles: readers, success: 200, params: nothing, body: nothing },
      summary: {
        ar: 'الحسابات البنكية للجهات؛ والجهة ترى حساباتها وحدها',
        en: "Bank accounts, newest first; an organisation's people see their own alone",
      },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      ...{ response: pageOf(bankAccountRow), query: listQuery },
    },
    async ({ query }, { caller }) => {
      requireRole(caller, readers);
      const { state } = query;
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/bank-accounts', query },
        filters: { state },
        read: (page) =>
          bankAccounts({
            ...page,
            ...(state === undefined ? {} : { state }),
            ...(rolesHeldAs(caller, moneyRoles).length > 0 ? {} : { organisationIds: organisationsOf(caller) }),
          }),
        positionOf: bankAccountPosition,
        view: bankAccountRowOf,
      });
    },
  );

export const bankAccountRoutes = (deps: RouteDeps): Endpoint[] => [
  proposing(deps),
  verifying(deps),
  rejecting(),
  listing(deps),
  reading(),
];
