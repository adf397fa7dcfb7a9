// Drafts: created, listed, read and saved by themselves while people type. Nothing is required of a draft.
import { z } from 'zod';
import type { Actor } from '../../domain/actor.js';
import { refuse } from '../../domain/refusal.js';
import type { DraftDocument } from '../../persistence/draft.model.js';
import { createDraft, draftById, draftsOf, markSubmitted, saveDraft } from '../../persistence/draft.repository.js';
import { callById } from '../../persistence/programme.repository.js';
import { requestById } from '../../persistence/request.reads.js';
import { foreign, ngoRoles, organisationsOf, requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, isUnchanged, versionMatched } from '../etag.js';
import { opaqueId } from '../opaque-id.js';
import { listPage, pageOf, pageQuery } from '../paging.js';
import { Problem, problemOf } from '../problem.js';
import { callFault } from '../submission.js';
import { draftSections } from '../schemas/form.schema.js';
import { id, instant, version } from '../schemas/text.schema.js';

const draftParams = z.strictObject({ draftId: id });
const creation = z.strictObject({
  callId: id,
  organisationId: id.exactOptional().meta({ description: 'Only needed by people who act for several organisations' }),
  sections: draftSections.default({}),
});

export const draftView = z
  .object({
    draftId: id,
    requestId: id.meta({ description: 'Of the request that the draft becomes; the same as draftId' }),
    organisationId: id,
    callId: id,
    programmeCode: z.string(),
    version,
    reference: z.string().nullable(),
    sections: z.record(z.string(), z.record(z.string(), z.unknown())),
    submittedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant.meta({ description: 'When it was last saved' }),
  })
  .meta({ id: 'Draft' });

const viewOf = (draft: DraftDocument): z.output<typeof draftView> => ({
  draftId: draft._id,
  requestId: draft._id,
  organisationId: draft.organisationId,
  callId: draft.callId,
  programmeCode: draft.programmeCode,
  version: draft.version,
  reference: draft.reference,
  sections: { ...draft.sections },
  submittedAt: draft.submittedAt?.toISOString() ?? null,
  createdAt: draft.createdAt.toISOString(),
  updatedAt: draft.updatedAt.toISOString(),
});

const answerWith = (status: number, draft: DraftDocument, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  body: viewOf(draft),
  headers: { ETag: etagOf(draft.version), 'Cache-Control': 'private, no-cache', ...headers },
});

const organisationFor = (caller: Actor, asked: string | undefined): string => {
  const own = organisationsOf(caller);
  if (asked !== undefined && !own.includes(asked)) throw foreign(caller);
  const organisationId = asked ?? own[0];
  if (organisationId === undefined) throw problemOf(refuse('notYourRole', 'roles', ngoRoles.join(' ')).refusal);
  return organisationId;
};

const create = async (input: z.output<typeof creation>, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, ngoRoles);
  const organisationId = organisationFor(call.caller, input.organisationId);
  const found = await callById(input.callId);
  if (found === null) throw new Problem('notFound');
  const at = new Date();
  const fault = callFault(found, at);
  if (fault) throw problemOf(fault);
  const draft = await createDraft({
    _id: opaqueId('draft', call.operation.id),
    organisationId,
    callId: found._id,
    programmeCode: found.programmeCode,
    sections: withoutNulls(input.sections),
    by: call.caller.personId,
    at,
  });
  return answerWith(201, draft, { Location: `/v1/drafts/${draft._id}` });
};

const withoutNulls = (sections: z.output<typeof draftSections>): DraftDocument['sections'] =>
  Object.fromEntries(
    Object.entries(sections).map(([name, answers]) => [
      name,
      Object.fromEntries(Object.entries(answers).filter(([, answer]) => answer !== null)),
    ]),
  );

const readOwn = async (draftId: string, caller: Actor): Promise<DraftDocument> => {
  const draft = await draftById(draftId);
  if (draft === null) throw new Problem('notFound');
  if (!organisationsOf(caller).includes(draft.organisationId)) throw foreign(caller);
  return draft;
};

/** The answer to a submission may have been lost; the read model then shows that it happened. */
const isSubmitted = async (
  draft: DraftDocument,
): Promise<{ readonly submitted: boolean; readonly correcting: boolean }> => {
  if (draft.reference === null) return { submitted: false, correcting: false };
  const record = await requestById(draft._id);
  if (record !== null && draft.submittedAt === null) await markSubmitted(draft._id, record.submittedAt);
  const correcting = record?.stage === 'correction' && record.outcome === null;
  return { submitted: draft.submittedAt !== null || record !== null, correcting };
};

const save = async (
  draftId: string,
  change: z.output<typeof draftSections>,
  seen: number,
  caller: Actor,
): Promise<Answer> => {
  const at = new Date();
  const wanted = { draftId, organisationIds: organisationsOf(caller), version: seen, change, by: caller.personId, at };
  const saved = await saveDraft({ ...wanted, evenNumbered: false });
  if (saved) return answerWith(200, saved);
  const draft = await readOwn(draftId, caller);
  const { submitted, correcting } = await isSubmitted(draft);
  if (submitted && !correcting) throw problemOf(refuse('notThisStage', 'draft-submitted', 'correction').refusal);
  const savedLater = draft.reference === null ? null : await saveDraft({ ...wanted, evenNumbered: true });
  if (savedLater) return answerWith(200, savedLater);
  throw new Problem('draftChanged', { currentVersion: draft.version });
};

const exampleSections = {
  project: {
    titleAr: 'تأهيل حضانة دامجة للأطفال ذوي الإعاقة',
    titleEn: 'An inclusive nursery for children with disabilities',
    summaryAr: 'يهدف المشروع إلى تجهيز حضانة دامجة وتدريب العاملات بها.',
    governorates: ['EG-ALX'],
    startsOn: '2026-05-03',
    months: 9,
  },
};

const draftTag = { tag: 'drafts', roles: ngoRoles } as const;

const creating = (): Endpoint =>
  changeEndpoint(
    {
      ...draftTag,
      operationId: 'createDraft',
      method: 'post',
      path: '/drafts',
      summary: { ar: 'بدء مسودة طلب', en: 'Start a draft' },
      problems: [
        'invalidInput',
        'idempotencyKeyMissing',
        'notSignedIn',
        'notYourRole',
        'notFound',
        'pastDeadline',
        'conditionsNotMet',
        'keyInProgress',
        'keyReusedWithOtherContent',
        'unavailable',
      ],
      success: 201,
      response: draftView,
      examples: { ar: { callId: 'disability-open', sections: exampleSections }, en: { callId: 'disability-open' } },
      params: nothing,
      query: nothing,
      body: creation,
      keys: 'a-while',
    },
    ({ body }, call) => create(body, call),
  );

const listing = ({ cursors }: RouteDeps): Endpoint =>
  signedInEndpoint(
    {
      ...draftTag,
      operationId: 'listDrafts',
      method: 'get',
      path: '/drafts',
      summary: { ar: 'مسودات الجهة', en: "The organisation's drafts, newest first" },
      problems: ['notSignedIn', 'notYourRole', 'badCursor', 'invalidInput'],
      success: 200,
      response: pageOf(draftView),
      params: nothing,
      query: z.strictObject(pageQuery),
      body: nothing,
    },
    async ({ query }, { caller }) => {
      requireRole(caller, ngoRoles);
      return listPage({
        ...{ cursors, reader: caller.personId, path: '/v1/drafts', query },
        read: ({ limit, after: position }) => {
          const after = position ? { updatedAt: new Date(position.value), id: position.id } : null;
          return draftsOf({ organisationIds: organisationsOf(caller), after, limit });
        },
        positionOf: ({ updatedAt, _id }) => ({ value: updatedAt.toISOString(), id: _id }),
        view: viewOf,
      });
    },
  );

const reading = (): Endpoint =>
  signedInEndpoint(
    {
      ...draftTag,
      operationId: 'readDraft',
      method: 'get',
      path: '/drafts/{draftId}',
      summary: { ar: 'قراءة مسودة', en: 'Read a draft' },
      problems: ['notSignedIn', 'notFound'],
      success: 200,
      response: draftView,
      params: draftParams,
      query: nothing,
      body: nothing,
    },
    async ({ params }, call) => {
      const draft = await readOwn(params.draftId, call.caller);
      if (isUnchanged(call.ifNoneMatch, draft.version))
        return { status: 304, headers: { ETag: etagOf(draft.version) } };
      return answerWith(200, draft);
    },
  );

const saving = (): Endpoint =>
  signedInEndpoint(
    {
      ...draftTag,
      operationId: 'saveDraft',
      method: 'patch',
      path: '/drafts/{draftId}',
      summary: { ar: 'حفظ تلقائي للمسودة', en: 'Save answers of a draft' },
      problems: [
        'invalidInput',
        'notSignedIn',
        'notFound',
        'draftChanged',
        'preconditionMissing',
        'notThisStage',
        'unavailable',
      ],
      success: 200,
      response: draftView,
      examples: {
        ar: { sections: exampleSections },
        en: { sections: { project: { months: 9 }, beneficiaries: { count: 120 } } },
      },
      params: draftParams,
      query: nothing,
      body: z.strictObject({ sections: draftSections }),
    },
    async ({ params, body }, call) => {
      const seen = versionMatched(call.ifMatch);
      return save(params.draftId, body.sections, seen, call.caller);
    },
  );

export const draftRoutes = (deps: RouteDeps): Endpoint[] => [creating(), listing(deps), reading(), saving()];
