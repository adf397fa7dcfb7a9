// Reconciliation: importing a bank's status messages and statements, and the exceptions that people clear.
import { z } from 'zod';
import { paymentStatusNamespace } from '../../bank/payment-status.js';
import { statementNamespace } from '../../bank/statement.js';
import { exceptionKinds } from '../../domain/money/matching.js';
import { decideException } from '../../persistence/bank-exception.repository.js';
import { exceptionActions } from '../../persistence/bank-message.model.js';
import { writeMessage } from '../../persistence/bank-message.repository.js';
import type { BankException } from '../../persistence/bank-message.reads.js';
import {
  bankExceptions,
  bankMessageById,
  exceptionById,
  exceptionPosition,
  reconciledOn,
} from '../../persistence/bank-message.reads.js';
import { changeRegister } from '../../persistence/register.repository.js';
import { moneyRoles, requireRole } from '../access.js';
import { messageToImport } from '../bank-import.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { day, instant, text, version } from '../schemas/text.schema.js';

const tag = 'reconciliation';
/** Much longer than any message of a day; parsed as text, with every bound of `bank/xml.ts` behind it. */
const bankXml = z.string().min(1).max(20_000_000);

const imported = z.object({ messageId: z.string(), lines: z.int(), exceptions: z.int(), repeated: z.boolean() });

const importing = async (kind: 'status' | 'statement', xml: string, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, ['reconciler']);
  const message = messageToImport(kind, xml, call.caller.personId);
  const { messageId } = message;
  const earlier = await bankMessageById(messageId);
  const isRepeat = earlier !== null && earlier.sha256 === message.sha256;
  if (!isRepeat) {
    const command = kind === 'status' ? 'importBankStatus' : 'importBankStatement';
    const draft = registerDraftOf(call, command);
    const subject = { kind: 'bank-message', id: messageId } as const;
    registered(await changeRegister(subject, draft, (session) => writeMessage(session, message)));
  }
  const kept = isRepeat ? earlier : await bankMessageById(messageId);
  const { lines = 0, exceptions = 0 } = kept ?? {};
  return { status: 200, body: { messageId, lines, exceptions, repeated: isRepeat } };
};

const importProblems = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'alreadyActed',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'unavailable',
] as const;

/** As a bank begins them; the whole of a message is longer than an example should be. */
const example = {
  status: `<Document xmlns="${paymentStatusNamespace}"><CstmrPmtStsRpt>…</CstmrPmtStsRpt></Document>`,
  statement: `<Document xmlns="${statementNamespace}"><BkToCstmrStmt>…</BkToCstmrStmt></Document>`,
} as const;

const importRoute = (
  kind: 'status' | 'statement',
  operationId: 'importBankStatus' | 'importBankStatement',
  summary: { readonly ar: string; readonly en: string },
): Endpoint =>
  changeEndpoint(
    {
      ...{ operationId, method: 'post', path: `/bank-messages/${kind}`, tag, roles: ['reconciler'], success: 200 },
      ...{ keys: 'for-ever', summary, problems: importProblems, response: imported, consumes: 'application/xml' },
      ...{ params: nothing, query: nothing, body: bankXml, examples: { ar: example[kind], en: example[kind] } },
    },
    ({ body }, call) => importing(kind, body, call),
  );

const exceptionView = z.object({
  id: z.string(),
  version,
  kind: z.enum(exceptionKinds),
  messageId: z.string(),
  instructionId: z.string().nullable(),
  evidence: z.record(z.string(), z.string()),
  state: z.enum(['open', 'asked', 'closed']),
  raisedAt: instant,
  action: z.enum(exceptionActions).nullable(),
  reason: z.string().nullable(),
  closedBy: z.string().nullable(),
});

const viewOf = ({ _id, raisedAt, ...row }: BankException): z.output<typeof exceptionView> => ({
  ...{ id: _id, version: row.version, kind: row.kind, messageId: row.messageId, instructionId: row.instructionId },
  ...{ evidence: { ...row.evidence }, state: row.state, raisedAt: raisedAt.toISOString() },
  ...{ action: row.action, reason: row.reason, closedBy: row.closedBy },
});

const listQuery = z.strictObject({ ...pageQuery, state: z.enum(['open', 'asked', 'closed']).exactOptional() });

const listing = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listBankExceptions',
      ...{ method: 'get', path: '/reconciliation/exceptions', tag, roles: moneyRoles, success: 200 },
      ...{ params: nothing, body: nothing, query: listQuery, response: pageOf(exceptionView) },
      summary: { ar: 'استثناءات المطابقة', en: 'What did not match, newest first' },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
    },
    async ({ query }, { caller }) => {
      requireRole(caller, moneyRoles);
      const { state } = query;
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/reconciliation/exceptions', query },
        filters: { state },
        read: (page) => bankExceptions({ ...page, ...(state === undefined ? {} : { state }) }),
        positionOf: exceptionPosition,
        view: viewOf,
      });
    },
  );

/** `<message id>/<place>` stands in two parts of the path. */
const params = z.strictObject({
  messageId: z.string().min(1).max(35),
  place: z.string().regex(/^[1-9]\d{0,6}$/),
});
const clearing = z.strictObject({ expectedVersion: version, action: z.enum(exceptionActions), reason: text(500) });

const clear = async (
  exceptionId: string,
  { expectedVersion, action, reason }: z.output<typeof clearing>,
  call: ChangingCall,
): Promise<Answer> => {
  requireRole(call.caller, ['reconciler']);
  const found = await exceptionById(exceptionId);
  if (found === null) throw new Problem('notFound');
  const draft = registerDraftOf(call, 'clearBankException', reason);
  const { personId } = call.caller;
  const outcome = await changeRegister({ kind: 'bank-message', id: found.messageId }, draft, (session) =>
    decideException(session, { exceptionId, expectedVersion, action, reason, personId, at: new Date() }),
  );
  registered(outcome);
  const after = await exceptionById(exceptionId);
  return { status: 200, body: viewOf(after ?? found) };
};

const summaryView = z.object({
  day,
  lines: z.int(),
  matched: z.int(),
  exceptions: z.int(),
  openExceptions: z.int(),
  unbooked: z.int().meta({ description: 'Paid by the bank, but on no statement yet' }),
});

export const reconciliationRoutes = (deps: RouteDeps): Endpoint[] => [
  importRoute('status', 'importBankStatus', { ar: 'استيراد حالة مدفوعات من البنك', en: 'Import a pain.002 message' }),
  importRoute('statement', 'importBankStatement', { ar: 'استيراد كشف حساب', en: 'Import a camt.053 statement' }),
  listing(deps),
  changeEndpoint(
    {
      operationId: 'clearBankException',
      ...{ method: 'post', path: '/reconciliation/exceptions/{messageId}/{place}/clearing', tag, success: 200 },
      ...{ roles: ['reconciler'], keys: 'for-ever', params, query: nothing, body: clearing, response: exceptionView },
      summary: { ar: 'معالجة استثناء', en: 'Ask the bank about an exception, or close it with a reason' },
      problems: [...importProblems, 'notFound', 'staleVersion'],
      examples: {
        ar: { expectedVersion: 1, action: 'ask-bank', reason: 'طلبنا من البنك بيان القيد' },
        en: { expectedVersion: 1, action: 'ask-bank', reason: 'Asked the bank what this entry is' },
      },
    },
    ({ params: { messageId, place }, body }, call) => clear(`${messageId}/${place}`, body, call),
  ),
  signedInEndpoint(
    {
      operationId: 'readReconciliation',
      ...{ method: 'get', path: '/reconciliation/summary', tag, roles: moneyRoles, success: 200 },
      ...{ params: nothing, body: nothing, query: z.strictObject({ day }), response: summaryView },
      summary: { ar: 'موقف المطابقة ليوم', en: 'How far the statements of a day are matched' },
      problems: ['notSignedIn', 'notYourRole', 'invalidInput'],
    },
    async ({ query }, { caller }): Promise<Answer> => {
      requireRole(caller, moneyRoles);
      return { status: 200, body: { day: query.day, ...(await reconciledOn(query.day)) } };
    },
  ),
];
