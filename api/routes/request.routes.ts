// Reading requests: the list, one request, its timeline, what the caller may do, its agreement, submission and payments.
import { z } from 'zod';
import { allowedActions } from '../../domain/allowed-action.js';
import { personCommandKinds } from '../../domain/command.js';
import { outcomes, stageNames } from '../../domain/lifecycle.js';
import { timelineOf } from '../../persistence/audit-entry.reads.js';
import { organisationNames } from '../../persistence/organisation.repository.js';
import { instructionsOf } from '../../persistence/payment-instruction.reads.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { attemptsOn } from '../../persistence/refused-attempt.repository.js';
import type { RequestFilter, RequestRecord } from '../../persistence/request.reads.js';
import { requestById, requestList, requestPosition } from '../../persistence/request.reads.js';
import { snapshotById } from '../../persistence/snapshot.repository.js';
import { tasksOfRequest } from '../../persistence/task.reads.js';
import type { Audience } from '../access.js';
import { foreign, governoratesOf, isFundWide, organisationsOf, requireAudience } from '../access.js';
import { agreementOf } from '../agreement-text.js';
import { requestParams } from '../command-endpoint.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Call, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, isUnchanged } from '../etag.js';
import { givenFilters, listAnswer, listName, pageFrom, pageOf, pageQuery, positionOf } from '../paging.js';
import { messagesOf, Problem } from '../problem.js';
import { egp, governorate, id, instant, money, sha256, version } from '../schemas/text.schema.js';
import { recordAtLeast } from '../situation.js';
import { requestSummary, requestView, requestViewOf, summaryOf } from '../views/request.view.js';
import { attemptOf, attemptView, isRequestRow, timelineEntry, timelineEntryOf } from '../views/timeline.view.js';

const aboutRequests = { method: 'get', tag: 'requests', roles: [], success: 200, body: nothing } as const;
const subject = ({ requestId }: { requestId: string }) => ({ kind: 'request', id: requestId }) as const;
const privately = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization' } as const;

/** Absent and not the caller's to see look the same. */
const readable = (
  record: RequestRecord | null,
  { caller }: Call,
): { readonly record: RequestRecord; readonly audience: Audience } => {
  if (record === null) throw new Problem('notFound');
  return { record, audience: requireAudience(caller, record) };
};

const reading = (deps: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readRequest',
      path: '/requests/{requestId}',
      summary: { ar: 'قراءة طلب', en: 'Read one request' },
      problems: ['notSignedIn', 'notFound', 'invalidInput'],
      response: requestView,
      params: requestParams,
      query: z.strictObject({
        minVersion: z.coerce.number().int().min(0).max(1_000_000_000).exactOptional(),
      }),
      subject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const found = await recordAtLeast(deps, params.requestId, query.minVersion ?? 0);
      const { record, audience } = readable(found, call);
      const headers = { ETag: etagOf(record.version), ...privately };
      if (isUnchanged(call.ifNoneMatch, record.version)) return { status: 304, headers };
      const [tasks, [organisation = null]] = await Promise.all([
        tasksOfRequest(record._id),
        organisationNames([record.organisationId]),
      ]);
      return {
        status: 200,
        body: requestViewOf(record, { organisation, tasks, audience, caller: call.caller }),
        headers,
      };
    },
  );

const timelineQuery = z.strictObject({ ...pageQuery, include: z.literal('attempts').exactOptional() });
const timelinePage = pageOf(timelineEntry).extend({ attempts: z.array(attemptView).nullable() });
const mostAttempts = 500;

/** The position of a timeline is the last seq; `value` alone would do, the id keeps the cursor's form. */
const seqOf = (position: { readonly value: string } | undefined): number =>
  position === undefined ? 0 : Number(position.value);

const timeline = ({ cursors }: RouteDeps): Endpoint =>
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
      subject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      if (query.include === 'attempts' && audience !== 'audit')
        throw new Problem('notYourRole', { rule: 'roles', accepted: 'auditor' });
      const list = listName('timeline', call.caller.personId, { requestId: record._id });
      const afterSeq = seqOf(positionOf(cursors, list, query));
      const rows = await timelineOf({ kind: 'request', id: record._id }, afterSeq, query.limit + 1);
      const { status, body, headers } = listAnswer({
        ...{ cursors, list, path: `/v1/requests/${record._id}/timeline`, filters: {}, limit: query.limit },
        page: pageFrom(rows.filter(isRequestRow), query.limit),
        positionOf: ({ seq }) => ({ value: String(seq), id: String(seq) }),
        view: (row) => timelineEntryOf(row, { audience, request: record.state, caller: call.caller }),
      });
      const attempts =
        query.include === 'attempts'
          ? await attemptsOn({ kind: 'request', id: record._id }, { afterSeq: 0, limit: mostAttempts })
          : null;
      return {
        status,
        body: { ...Object(body), attempts: attempts?.map(attemptOf) ?? null },
        headers: { ...headers, ...privately },
      };
    },
  );

const action = z.object({
  command: z.enum(personCommandKinds),
  allowed: z.boolean(),
  numbers: z.array(z.int()).nullable().meta({ description: 'Tranches or reports it is waited for on' }),
  refusal: z
    .object({
      code: z.string(),
      rule: z.string().nullable(),
      accepted: z.string().nullable(),
      messages: z.object({ ar: z.string(), en: z.string() }),
    })
    .nullable(),
});

const actions = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'listAllowedActions',
      path: '/requests/{requestId}/allowed-actions',
      summary: { ar: 'الإجراءات المتاحة وسبب منع غيرها', en: 'What the caller may do now, and why not the rest' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, version, items: z.array(action) }),
      params: requestParams,
      query: nothing,
      subject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      const plan = await planByHash(record.planHash);
      const items = allowedActions(record.state, call.caller, { plan, nowMs: Date.now() }).map(
        ({ command, allowed, numbers, refusal }): z.output<typeof action> => ({
          command,
          allowed,
          numbers: numbers ? [...numbers] : null,
          refusal: refusal
            ? {
                code: refusal.code,
                rule: refusal.rule ?? null,
                accepted: refusal.accepted ?? null,
                messages: messagesOf(refusal.code),
              }
            : null,
        }),
      );
      return { status: 200, body: { requestId: record._id, version: record.version, items }, headers: privately };
    },
  );

const agreement = (deps: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readAgreement',
      path: '/requests/{requestId}/agreement',
      summary: { ar: 'نص الاتفاقية', en: 'The generated agreement and its hash' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, version, ar: z.string(), en: z.string(), documentSha256: sha256 }),
      params: requestParams,
      query: z.strictObject({ minVersion: z.coerce.number().int().min(0).max(1_000_000_000).exactOptional() }),
      subject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const { record } = readable(await recordAtLeast(deps, params.requestId, query.minVersion ?? 0), call);
      const text = agreementOf(record.state, await planByHash(record.planHash), record);
      if (text === null) throw new Problem('notFound');
      return { status: 200, body: { requestId: record._id, version: record.version, ...text }, headers: privately };
    },
  );

const submitted = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'readSubmission',
      path: '/requests/{requestId}/submission',
      summary: { ar: 'نص الطلب كما قُدِّم', en: 'The form as it was handed in last' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({
        requestId: id,
        reference: z.string(),
        titleAr: z.string(),
        titleEn: z.string(),
        sha256,
        sections: z.record(z.string(), z.record(z.string(), z.unknown())),
        frozenAt: instant,
      }),
      params: requestParams,
      query: nothing,
      subject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record } = readable(await requestById(params.requestId), call);
      const snapshot = record.state.file ? await snapshotById(record.state.file.snapshot.id) : null;
      if (snapshot === null) throw new Problem('notFound');
      const { reference, titleAr, titleEn, sha256: hash, sections, frozenAt } = snapshot;
      const body = {
        requestId: record._id,
        reference,
        titleAr,
        titleEn,
        sha256: hash,
        sections,
        frozenAt: frozenAt.toISOString(),
      };
      return { status: 200, body, headers: privately };
    },
  );

const payment = z.object({
  instructionId: z.string(),
  number: z.int(),
  purpose: z.enum(['tranche', 'retention']),
  amount: money,
  state: z.string(),
  held: z.boolean(),
  releasedAt: instant,
  replaces: z.string().nullable(),
  batchId: z.string().nullable().meta({ description: 'Not shown to the NGO' }),
  preparedBy: z.string().nullable().meta({ description: 'Not shown to the NGO' }),
});

const payments = (): Endpoint =>
  signedInEndpoint(
    {
      ...aboutRequests,
      operationId: 'listPayments',
      path: '/requests/{requestId}/payments',
      summary: { ar: 'أذون صرف الطلب', en: 'Payment instructions of a request' },
      problems: ['notSignedIn', 'notFound'],
      response: z.object({ requestId: id, items: z.array(payment) }),
      params: requestParams,
      query: nothing,
      subject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      const items = (await instructionsOf(record._id)).map(
        (row): z.output<typeof payment> => ({
          instructionId: row._id,
          number: row.number,
          purpose: row.purpose,
          amount: egp(row.amountMinor),
          state: row.state,
          held: row.held,
          releasedAt: row.releasedAt.toISOString(),
          replaces: row.replaces,
          batchId: audience === 'ngo' ? null : row.batchId,
          preparedBy: audience === 'ngo' ? null : row.preparedBy,
        }),
      );
      return { status: 200, body: { requestId: record._id, items }, headers: privately };
    },
  );

export const requestRoutes = (deps: RouteDeps): Endpoint[] => [
  reading(deps),
  timeline(deps),
  actions(),
  agreement(deps),
  submitted(),
  payments(),
];
