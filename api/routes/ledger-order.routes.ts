// Money that moves outside requests: opening envelopes, transfers and carry-over, and taking such an order back. Two people each time.
import { z } from 'zod';
import { changeRegister } from '../../persistence/register.repository.js';
import {
  decideOrder,
  ledgerOrders,
  orderById,
  orderPosition,
  proposeOrder,
} from '../../persistence/ledger-order.repository.js';
import type { LedgerOrder } from '../../persistence/ledger-order.repository.js';
import { moneyRoles, requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { opaqueId } from '../opaque-id.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { envelopeId } from '../schemas/ledger.schema.js';
import { amountMinor, id, text, version } from '../schemas/text.schema.js';
import { orderView, orderViewOf } from '../views/ledger.view.js';

const readers = [...moneyRoles, 'approver'] as const;
const reason = text(500);
const positive = amountMinor.refine((amount) => amount !== '0', 'more than nothing');

const proposal = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('open'), to: envelopeId, amountMinor: positive, reason }),
  z.strictObject({ kind: z.literal('transfer'), from: envelopeId, to: envelopeId, amountMinor: positive, reason }),
  z.strictObject({ kind: z.literal('reverse'), reverses: id, reason }),
]);
type Proposal = z.output<typeof proposal>;
const orderAnswer = z.object({ orderId: id, version });

/** An order is taken back whole. */
const sumOf = async (asked: Proposal): Promise<string> => {
  if (asked.kind !== 'reverse') return asked.amountMinor;
  const earlier = await orderById(asked.reverses);
  if (earlier === null) throw new Problem('notFound');
  return earlier.amountMinor;
};

const orderOf = async (asked: Proposal, orderId: string, call: ChangingCall): Promise<LedgerOrder> => ({
  _id: orderId,
  version: 1,
  kind: asked.kind,
  from: asked.kind === 'transfer' ? asked.from : null,
  to: asked.kind === 'reverse' ? null : asked.to,
  amountMinor: await sumOf(asked),
  reverses: asked.kind === 'reverse' ? asked.reverses : null,
  reason: asked.reason,
  state: 'proposed',
  proposedBy: call.caller.personId,
  proposedAt: new Date(),
  decidedBy: null,
  decidedAt: null,
});

const propose = async (asked: Proposal, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, ['financeOfficer']);
  // The same call again finds the same order: its id follows from the operation.
  const orderId = opaqueId('ledger-order', call.operation.id);
  const order = await orderOf(asked, orderId, call);
  const draft = registerDraftOf(call, 'proposeLedgerOrder', asked.reason);
  const outcome = await changeRegister({ kind: 'envelope', id: orderId }, draft, (session) =>
    proposeOrder(session, order),
  );
  return { status: 201, body: { orderId, version: registered(outcome) } };
};

const decision = z.strictObject({ expectedVersion: version, reason: reason.exactOptional() });
type Decision = z.output<typeof decision>;
const verdicts = { approveLedgerOrder: 'approved', rejectLedgerOrder: 'rejected' } as const;

const decide = async (
  command: keyof typeof verdicts,
  { orderId, expectedVersion, reason: because }: Decision & { readonly orderId: string },
  call: ChangingCall,
): Promise<Answer> => {
  requireRole(call.caller, ['approver']);
  if ((await orderById(orderId)) === null) throw new Problem('notFound');
  const draft = registerDraftOf(call, command, because);
  const outcome = await changeRegister({ kind: 'envelope', id: orderId }, draft, (session, next) =>
    decideOrder(session, next, {
      orderId,
      expectedVersion,
      verdict: verdicts[command],
      by: call.caller,
      at: new Date(),
    }),
  );
  return { status: 200, body: { orderId, version: registered(outcome) } };
};

const tag = 'ledger';
const problems = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'notFound',
  'conditionsNotMet',
  'alreadyActed',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'unavailable',
] as const;
const params = z.strictObject({ orderId: id });

const deciding = (
  command: keyof typeof verdicts,
  path: 'approval' | 'rejection',
  summary: { readonly ar: string; readonly en: string },
): Endpoint =>
  changeEndpoint(
    {
      operationId: command,
      ...{ method: 'post', path: `/ledger/orders/{orderId}/${path}`, tag, roles: ['approver'], success: 200 },
      ...{ keys: 'for-ever', summary, response: orderAnswer, params, query: nothing, body: decision },
      problems: [...problems, 'staleVersion', 'dutyConflict', 'envelopeExceeded'],
      examples: { ar: { expectedVersion: 1 }, en: { expectedVersion: 1 } },
    },
    ({ params: { orderId }, body }, call) => decide(command, { ...body, orderId }, call),
  );

const listQuery = z.strictObject({ ...pageQuery, state: z.enum(['proposed', 'approved', 'rejected']).exactOptional() });

const listing = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      operationId: 'listLedgerOrders',
      ...{ method: 'get', path: '/ledger/orders', tag, roles: readers, success: 200, params: nothing, body: nothing },
      summary: { ar: 'أوامر القيد على المخصصات', en: 'Orders on envelopes, newest first' },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      response: pageOf(orderView),
      query: listQuery,
    },
    async ({ query }, { caller }) => {
      requireRole(caller, readers);
      const { state } = query;
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/ledger/orders', query },
        filters: { state },
        read: (page) => ledgerOrders({ ...page, ...(state === undefined ? {} : { state }) }),
        positionOf: orderPosition,
        view: orderViewOf,
      });
    },
  );

const transfer = {
  ...{ kind: 'transfer', from: 'relief/state-budget/2025/2026', to: 'relief/state-budget/2026/2027' },
  amountMinor: '50000000',
} as const;

export const ledgerOrderRoutes = (deps: RouteDeps): Endpoint[] => [
  changeEndpoint(
    {
      operationId: 'proposeLedgerOrder',
      ...{ method: 'post', path: '/ledger/orders', tag, roles: ['financeOfficer'], success: 201, keys: 'for-ever' },
      summary: {
        ar: 'اقتراح فتح مخصص أو مناقلة أو ترحيل أو قيد عكسي',
        en: 'Propose opening an envelope, a transfer, a carry-over, or taking such an order back',
      },
      problems,
      response: orderAnswer,
      examples: { ar: { ...transfer, reason: 'ترحيل المتبقي' }, en: { ...transfer, reason: 'Carry-over of the rest' } },
      ...{ params: nothing, query: nothing, body: proposal },
    },
    ({ body }, call) => propose(body, call),
  ),
  deciding('approveLedgerOrder', 'approval', { ar: 'اعتماد الأمر وقيده', en: 'Approve an order and post it' }),
  deciding('rejectLedgerOrder', 'rejection', { ar: 'رفض الأمر', en: 'Reject an order' }),
  listing(deps),
];
