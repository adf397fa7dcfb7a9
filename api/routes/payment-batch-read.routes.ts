// Reading payment batches: the list, newest first, and one with its payments. For finance and the auditor.
import { z } from 'zod';
import { recordAccess } from '../../persistence/access-entry.repository.js';
import type { PaymentBatchRecord } from '../../persistence/payment-batch.reads.js';
import { batchById, batchList, batchPosition } from '../../persistence/payment-batch.reads.js';
import { fileSummaryOf, paymentFileOf } from '../../persistence/payment-file.reads.js';
import { moneyRoles, requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, isUnchanged } from '../etag.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem } from '../problem.js';
import { id } from '../schemas/text.schema.js';
import { versionWaitMs } from '../situation.js';
import { batchStates, batchSummary, batchSummaryOf, batchView, batchViewOf } from '../views/payment-batch.view.js';

const batchParams = z.strictObject({ batchId: id });
const subject = ({ batchId }: { batchId: string }) => ({ kind: 'batch', id: batchId }) as const;
const listQuery = z.strictObject({ ...pageQuery, state: z.enum(batchStates).exactOptional() });

const list = async ({ cursors }: RouteDeps, query: z.output<typeof listQuery>, { caller }: Call): Promise<Answer> => {
  requireRole(caller, moneyRoles);
  const { state } = query;
  return listPage({
    ...{ cursors, reader: caller.personId, path: '/v1/payment-batches', query },
    filters: { state },
    read: (page) => batchList({ ...page, ...(state === undefined ? {} : { status: state }) }),
    positionOf: batchPosition,
    view: batchSummaryOf,
  });
};

const atLeast = async (deps: RouteDeps, batchId: string, version: number): Promise<PaymentBatchRecord | null> => {
  const record = await batchById(batchId);
  if ((record?.version ?? 0) >= version) return record;
  await deps.readAfterWrite.wait({ collection: 'payment_batches', id: batchId, version }, versionWaitMs);
  return batchById(batchId);
};

const read = async (deps: RouteDeps, batchId: string, minVersion: number, call: Call): Promise<Answer> => {
  requireRole(call.caller, moneyRoles);
  const record = await atLeast(deps, batchId, minVersion);
  if (record === null) throw new Problem('notFound');
  const headers = { ETag: etagOf(record.version), 'Cache-Control': 'private, no-cache' };
  if (isUnchanged(call.ifNoneMatch, record.version)) return { status: 304, headers };
  return { status: 200, body: batchViewOf(record, await fileSummaryOf(batchId, record)), headers };
};

type FileType = 'xml' | 'csv';

/** Names and IBANs stand in the file, so that each look at it is kept, before anything is shown. */
const readFile = async (batchId: string, type: FileType, call: Call): Promise<Answer> => {
  requireRole(call.caller, moneyRoles);
  const record = await batchById(batchId);
  const file = record && (await paymentFileOf(batchId, record));
  if (!file) throw new Problem('notFound');
  const { caller: actor, id: httpRequestId } = call;
  const seen = { at: new Date(), actor, httpRequestId, operation: operationOf[type], object: file.sha256 };
  await recordAccess({ requestId: batchId, ...seen });
  return {
    status: 200,
    printed: { type, content: file[type] },
    headers: {
      'Cache-Control': 'private, no-store',
      'Content-Disposition': `attachment; filename="${batchId}.${type}"`,
    },
  };
};
const operationOf = { xml: 'readPaymentFile', csv: 'readPaymentFileCsv' } as const;

const fileRoute = (type: FileType, summary: { readonly ar: string; readonly en: string }): Endpoint =>
  signedInEndpoint(
    {
      tag: 'payment-batches',
      operationId: operationOf[type],
      method: 'get',
      path: `/payment-batches/{batchId}/file.${type}`,
      summary,
      roles: moneyRoles,
      problems: ['notSignedIn', 'notYourRole', 'notFound'],
      success: 200,
      response: null,
      params: batchParams,
      query: nothing,
      body: nothing,
      subject,
    },
    ({ params }, call) => readFile(params.batchId, type, call),
  );

export const paymentBatchReadRoutes = (deps: RouteDeps): Endpoint[] => [
  signedInEndpoint(
    {
      tag: 'payment-batches',
      operationId: 'listPaymentBatches',
      method: 'get',
      path: '/payment-batches',
      summary: { ar: 'حوافظ الصرف', en: 'Payment batches, newest first' },
      roles: moneyRoles,
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      success: 200,
      response: pageOf(batchSummary),
      params: nothing,
      query: listQuery,
      body: nothing,
    },
    ({ query }, call) => list(deps, query, call),
  ),
  signedInEndpoint(
    {
      tag: 'payment-batches',
      operationId: 'readPaymentBatch',
      method: 'get',
      path: '/payment-batches/{batchId}',
      summary: { ar: 'قراءة حافظة صرف', en: 'Read a payment batch' },
      roles: moneyRoles,
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'invalidInput'],
      success: 200,
      response: batchView,
      params: batchParams,
      query: z.strictObject({ minVersion: z.coerce.number().int().min(0).max(1_000_000).exactOptional() }),
      body: nothing,
      subject,
    },
    ({ params, query }, call) => read(deps, params.batchId, query.minVersion ?? 0, call),
  ),
  fileRoute('xml', { ar: 'ملف الصرف للبنك', en: 'The sealed payment file, pain.001.001.10' }),
  fileRoute('csv', { ar: 'ملف الصرف جدولًا', en: 'The same payments as a table' }),
];
