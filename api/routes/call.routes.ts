// Calls: drafted and edited by an administrator, opened by another one, then read by everybody and never changed again.
import { z } from 'zod';
import type { CallDraftDocument } from '../../persistence/call-draft.model.js';
import { callDrafts, draftCall, editCall, openCall } from '../../persistence/call-draft.repository.js';
import { planByHash } from '../../persistence/plan-version.model.js';
import { callById } from '../../persistence/programme.repository.js';
import { requireRole } from '../access.js';
import { callDraftOr404, contentOf, openingFacts } from '../call-content.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, versionMatched } from '../etag.js';
import type { ProblemCode } from '../problem.js';
import { Problem } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { callCreation, callEditing, callOpening } from '../schemas/call.schema.js';
import { id } from '../schemas/text.schema.js';
import { callDetail, callDetailOf, callDraftView, callDraftViewOf } from '../views/call.view.js';

const administrators = ['administrator'] as const;
const readers = ['administrator', 'auditor'] as const;
const callParams = z.strictObject({ callId: id });
const subject = ({ callId }: z.output<typeof callParams>) => ({ kind: 'call', id: callId }) as const;

const shown = (status: number, draft: CallDraftDocument): Answer => ({
  status,
  body: callDraftViewOf(draft),
  headers: { ETag: etagOf(draft.version), 'Cache-Control': 'private, no-cache' },
});

const changing: readonly ProblemCode[] = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'notFound',
  'conditionsNotMet',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'unavailable',
];
const change = {
  tag: 'calls',
  roles: administrators,
  query: nothing,
  response: callDraftView,
  keys: 'a-while',
} as const;

const exampleContent = {
  programmeCode: 'disability',
  fundingSource: 'state-budget',
  fiscalYear: '2026/2027',
  titleAr: 'دعوة دعم الأشخاص ذوي الإعاقة',
  titleEn: 'Call for disability inclusion',
  opensAt: '2027-03-01T09:00',
  closesAt: '2027-04-15T15:00',
  planHash: '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef',
  ceilingMinor: '100000000',
  budgetMinor: '2500000000',
  documents: [
    { code: 'bylaws', titleAr: 'لائحة النظام الأساسي', titleEn: 'Bylaws', required: true },
    { code: 'final-accounts', titleAr: 'الحسابات الختامية', titleEn: 'Final accounts', required: true },
  ],
};
const creation = { callId: 'disability-2027', ...exampleContent };

const drafting = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'draftCall',
      method: 'post',
      path: '/call-drafts',
      summary: { ar: 'بدء مسودة دعوة', en: 'Start a draft of a call' },
      problems: changing,
      success: 201,
      examples: { ar: { ...creation, reason: 'خطة العام المالي.' }, en: creation },
      params: nothing,
      body: callCreation,
    },
    async ({ body: { callId, reason, ...input } }, call) => {
      requireRole(call.caller, administrators);
      registered(await draftCall(registerDraftOf(call, 'draftCall', reason), callId, contentOf(input)));
      const answer = shown(201, await callDraftOr404(callId));
      return { ...answer, headers: { ...answer.headers, Location: `/v1/call-drafts/${callId}` } };
    },
  );

const editing = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'editCall',
      method: 'patch',
      path: '/call-drafts/{callId}',
      summary: { ar: 'تعديل مسودة دعوة قبل فتحها', en: 'Replace the content of a call before it is opened' },
      problems: [...changing, 'preconditionMissing', 'draftChanged', 'staleVersion', 'alreadyActed'],
      success: 200,
      examples: { ar: { ...exampleContent, reason: 'تصحيح الموعد.' }, en: exampleContent },
      params: callParams,
      body: callEditing,
      subject,
    },
    async ({ params: { callId }, body: { reason, ...input } }, call) => {
      requireRole(call.caller, administrators);
      await callDraftOr404(callId);
      const content = { content: contentOf(input), expectedVersion: versionMatched(call.ifMatch) };
      registered(await editCall(registerDraftOf(call, 'editCall', reason), callId, content));
      return shown(200, await callDraftOr404(callId));
    },
  );

const opening = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'openCall',
      method: 'post',
      path: '/call-drafts/{callId}/opening',
      summary: { ar: 'فتح الدعوة (مسؤول ثانٍ)', en: 'Open a call; another administrator than the last editor' },
      problems: [
        ...changing,
        ...(['staleVersion', 'dutyConflict', 'alreadyActed'] as const),
        ...(['pastDeadline', 'planNotApplicable', 'envelopeExceeded'] as const),
      ],
      success: 200,
      examples: {
        ar: { expectedVersion: 2, reason: 'قرار مجلس الإدارة.' },
        en: { expectedVersion: 2, reason: 'Decision of the board.' },
      },
      params: callParams,
      body: callOpening,
      subject,
    },
    async ({ params: { callId }, body: { expectedVersion, reason } }, call) => {
      requireRole(call.caller, administrators);
      const facts = { ...(await openingFacts(await callDraftOr404(callId))), expectedVersion };
      registered(await openCall(registerDraftOf(call, 'openCall', reason), callId, facts));
      return shown(200, await callDraftOr404(callId));
    },
  );

const read = { method: 'get', tag: 'calls', success: 200, query: nothing, body: nothing } as const;

const readingDrafts = (): Endpoint[] => [
  signedInEndpoint(
    {
      ...read,
      operationId: 'listCallDrafts',
      path: '/call-drafts',
      summary: { ar: 'مسودات الدعوات', en: 'Calls in the making, newest first' },
      roles: readers,
      problems: ['notSignedIn', 'notYourRole'],
      response: z.object({ items: z.array(callDraftView) }),
      params: nothing,
    },
    async (_input, { caller }) => {
      requireRole(caller, readers);
      return { status: 200, body: { items: (await callDrafts()).map(callDraftViewOf) } };
    },
  ),
  signedInEndpoint(
    {
      ...read,
      operationId: 'readCallDraft',
      path: '/call-drafts/{callId}',
      summary: { ar: 'قراءة مسودة دعوة', en: 'Read a call in the making' },
      roles: readers,
      problems: ['notSignedIn', 'notYourRole', 'notFound'],
      response: callDraftView,
      params: callParams,
    },
    async ({ params }, { caller }) => {
      requireRole(caller, readers);
      return shown(200, await callDraftOr404(params.callId));
    },
  ),
];

const readingCall = (): Endpoint =>
  signedInEndpoint(
    {
      ...read,
      operationId: 'readCall',
      path: '/calls/{callId}',
      summary: { ar: 'قراءة دعوة مع نموذج التقييم', en: 'Read a call with its documents and score sheet' },
      roles: [],
      problems: ['notSignedIn', 'notFound'],
      response: callDetail,
      params: callParams,
    },
    async ({ params: { callId } }) => {
      const found = await callById(callId);
      if (found === null) throw new Problem('notFound');
      return { status: 200, body: callDetailOf(found, await planByHash(found.planHash), new Date()) };
    },
  );

export const callRoutes = (): Endpoint[] => [drafting(), editing(), opening(), ...readingDrafts(), readingCall()];
