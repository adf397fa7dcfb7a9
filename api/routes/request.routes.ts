// Reading one request: itself, what the caller may do, its agreement, what was handed in, its payments.
import { z } from 'zod';
import { allowedActions } from '../../domain/allowed-action.js';
import { personCommandKinds } from '../../domain/command.js';
import { organisationNames } from '../../persistence/organisation.repository.js';
import { instructionsOf } from '../../persistence/payment-instruction.reads.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { requestById } from '../../persistence/request.reads.js';
import { snapshotById } from '../../persistence/snapshot.repository.js';
import { tasksOfRequest } from '../../persistence/task.reads.js';
import { agreementOf, agreementPlanHashOf } from '../agreement-text.js';
import { requestParams } from '../command-endpoint.js';
import { interestsAmong } from '../derived-interests.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, isUnchanged } from '../etag.js';
import { holidayNamesIn } from '../holiday-names.js';
import { messagesOf, Problem } from '../problem.js';
import { aboutRequests, privately, readable, requestSubject } from '../request-reading.js';
import { egp, id, instant, money, sha256, version } from '../schemas/text.schema.js';
import { recordAtLeast } from '../situation.js';
import { openText } from '../text-access.js';
import { requestView, requestViewOf } from '../views/request.view.js';

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
      subject: requestSubject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const found = await recordAtLeast(deps, params.requestId, query.minVersion ?? 0);
      const { record, audience } = readable(found, call);
      const headers = { ETag: etagOf(record.version), ...privately };
      if (isUnchanged(call.ifNoneMatch, record.version)) return { status: 304, headers };
      const [plan, tasks, [organisation = null]] = await Promise.all([
        planByHash(record.planHash),
        tasksOfRequest(record._id),
        organisationNames([record.organisationId]),
      ]);
      const holidayNames = await holidayNamesIn(tasks);
      return {
        status: 200,
        body: requestViewOf(record, { organisation, tasks, audience, caller: call.caller, plan, holidayNames }),
        headers,
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
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      const plan = await planByHash(record.planHash);
      const [found] = audience === 'ngo' ? [] : await interestsAmong([call.caller.personId], record.organisationId);
      const caller = { ...call.caller, interests: found?.kinds ?? [] };
      const items = allowedActions(record.state, caller, { plan, nowMs: Date.now() }).map(
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
      subject: requestSubject,
    },
    async ({ params, query }, call): Promise<Answer> => {
      const { record } = readable(await recordAtLeast(deps, params.requestId, query.minVersion ?? 0), call);
      const text = agreementOf(record.state, await planByHash(agreementPlanHashOf(record)), record);
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
      summary: {
        ar: 'نص الطلب كما قُدِّم',
        en: 'The form as it was handed in last; reviewers declare interests first',
      },
      problems: ['notSignedIn', 'notFound', 'notAssigned', 'conditionsNotMet', 'conflictOfInterest'],
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
      subject: requestSubject,
    },
    async ({ params }, call): Promise<Answer> => {
      const { record, audience } = readable(await requestById(params.requestId), call);
      const snapshot = record.state.file ? await snapshotById(record.state.file.snapshot.id) : null;
      if (snapshot === null) throw new Problem('notFound');
      await openText({ record, audience }, call, { operation: 'readSubmission', object: snapshot._id });
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
      subject: requestSubject,
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
  actions(),
  agreement(deps),
  submitted(),
  payments(),
];
