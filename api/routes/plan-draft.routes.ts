// Plans in the making: drafted and edited by an administrator, previewed as diagram and dry run, published by another one.
import { z } from 'zod';
import type { Plan } from '../../domain/plan.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { lifecycleDiagram } from '../../domain/lifecycle-diagram.js';
import { refuse } from '../../domain/refusal.js';
import { publicationFaults } from '../../domain/plan-publishing.js';
import { heldRoles } from '../../persistence/held-roles.reads.js';
import type { PlanDraftDocument } from '../../persistence/plan-draft.model.js';
import { draftPlan, editPlanDraft, planDrafts, publishPlanDraft } from '../../persistence/plan-draft.repository.js';
import { publishedPlan } from '../../persistence/plan-version.reads.js';
import { requireRole } from '../access.js';
import type { Answer, ChangingCall, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing, signedInEndpoint } from '../endpoint.js';
import { etagOf, versionMatched } from '../etag.js';
import { opaqueId } from '../opaque-id.js';
import { draftOr404, dryRun, faultsNow } from '../plan-drafts.js';
import { planFieldErrors } from '../plan-reading.js';
import type { ProblemCode } from '../problem.js';
import { Problem, problemOf } from '../problem.js';
import { registerDraftOf, registered } from '../register-call.js';
import { planSchema } from '../schemas/plan.schema.js';
import { id, instant, sha256, text, version } from '../schemas/text.schema.js';
import {
  dryRunViewOf,
  planDraftRow,
  planDraftRowOf,
  planDraftView,
  planDraftViewOf,
  previewView,
} from '../views/plan.view.js';

const administrators = ['administrator'] as const;
const readers = ['administrator', 'auditor'] as const;
const draftParams = z.strictObject({ planId: id });
const reason = text(1_000).exactOptional();
const mostPastRequests = 100;

const creation = z
  .strictObject({
    plan: planSchema.exactOptional(),
    basedOn: sha256.exactOptional().meta({ description: 'Hash of the published plan to start from' }),
    version: id.exactOptional().meta({ description: 'Of the new plan, when it starts as a copy' }),
    reason,
  })
  .refine(({ plan, basedOn, version: name }) => plan !== undefined || (basedOn !== undefined && name !== undefined), {
    error: 'needs a plan, or a published plan to copy and a version for the copy',
  });
const editing = z.strictObject({ plan: planSchema, reason });
const publication = z.strictObject({
  expectedVersion: version,
  effectiveFrom: instant.exactOptional().meta({ description: 'Not in the past; at once when it is left out' }),
  reason,
});

const shown = async (status: number, draft: PlanDraftDocument): Promise<Answer> => ({
  status,
  body: planDraftViewOf(draft, await faultsNow(draft.plan, new Date())),
  headers: { ETag: etagOf(draft.version), 'Cache-Control': 'private, no-cache' },
});

const draft = async (input: z.output<typeof creation>, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, administrators);
  const base = input.basedOn === undefined ? null : await publishedPlan(input.basedOn);
  if (base === null && input.basedOn !== undefined)
    throw problemOf(refuse('planNotApplicable', 'plan-published').refusal);
  const copied = base && input.version !== undefined ? { ...base.plan, version: input.version } : null;
  const plan: Plan | null = input.plan ?? copied;
  if (plan === null) throw new Problem('invalidInput');
  const planId = opaqueId('plan', call.operation.id);
  const entry = registerDraftOf(call, 'draftPlan', input.reason);
  registered(await draftPlan(entry, planId, { plan, base: base && { hash: base._id, plan: base.plan } }));
  const answer = await shown(201, await draftOr404(planId));
  return { ...answer, headers: { ...answer.headers, Location: `/v1/plan-drafts/${planId}` } };
};

/** A publication that is refused for the plan's sake names every fault, not only the first. */
const publish = async (planId: string, input: z.output<typeof publication>, call: ChangingCall): Promise<Answer> => {
  requireRole(call.caller, administrators);
  const entry = registerDraftOf(call, 'publishPlan', input.reason);
  const held = await heldRoles(new Date(entry.atMs));
  const { plan } = await draftOr404(planId);
  const effectiveFromMs = input.effectiveFrom === undefined ? entry.atMs : Date.parse(input.effectiveFrom);
  const asked = { expectedVersion: input.expectedVersion, held, effectiveFromMs };
  const outcome = await publishPlanDraft(entry, planId, asked);
  if (outcome.refusal?.code === 'planNotApplicable')
    throw new Problem('planNotApplicable', {
      ...problemOf(outcome.refusal).details,
      errors: planFieldErrors(publicationFaults(plan, held)),
    });
  registered(outcome);
  return shown(200, await draftOr404(planId));
};

const changing: readonly ProblemCode[] = [
  'invalidInput',
  'idempotencyKeyMissing',
  'notSignedIn',
  'notYourRole',
  'notFound',
  'keyInProgress',
  'keyReusedWithOtherContent',
  'unavailable',
];
const change = {
  tag: 'plans',
  roles: administrators,
  query: nothing,
  response: planDraftView,
  keys: 'a-while',
} as const;
const subject = ({ planId }: z.output<typeof draftParams>) => ({ kind: 'plan', id: planId }) as const;
const examplePlan: Plan = { ...developmentGrant, version: '2027-1' };
const copy = { basedOn: '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef', version: '2027-1' };

const drafting = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'draftPlan',
      method: 'post',
      path: '/plan-drafts',
      summary: { ar: 'بدء مسودة سياسة', en: 'Start a draft of a plan, as a copy of a published one or from scratch' },
      problems: [...changing, 'planNotApplicable'],
      success: 201,
      examples: {
        ar: { ...copy, reason: 'تعديل مهلة اللجنة.' },
        en: { ...copy, reason: "The committee's due time changes." },
      },
      params: nothing,
      body: creation,
    },
    ({ body }, call) => draft(body, call),
  );

const editingDraft = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'editPlanDraft',
      method: 'patch',
      path: '/plan-drafts/{planId}',
      summary: { ar: 'تعديل مسودة سياسة', en: 'Replace the content of a draft' },
      problems: [...changing, 'preconditionMissing', 'draftChanged', 'staleVersion', 'alreadyActed'],
      success: 200,
      examples: { ar: { plan: examplePlan }, en: { plan: examplePlan } },
      params: draftParams,
      body: editing,
      subject,
    },
    async ({ params: { planId }, body }, call) => {
      requireRole(call.caller, administrators);
      await draftOr404(planId);
      const content = { plan: body.plan, expectedVersion: versionMatched(call.ifMatch) };
      registered(await editPlanDraft(registerDraftOf(call, 'editPlanDraft', body.reason), planId, content));
      return shown(200, await draftOr404(planId));
    },
  );

const publishing = (): Endpoint =>
  changeEndpoint(
    {
      ...change,
      operationId: 'publishPlan',
      method: 'post',
      path: '/plan-drafts/{planId}/publication',
      summary: { ar: 'نشر سياسة (مسؤول ثانٍ)', en: 'Publish a draft; another administrator than the last editor' },
      problems: [...changing, 'staleVersion', 'dutyConflict', 'alreadyActed', 'conditionsNotMet', 'planNotApplicable'],
      success: 200,
      examples: {
        ar: { expectedVersion: 2, effectiveFrom: '2027-01-01T00:00:00Z', reason: 'قرار مجلس الإدارة.' },
        en: { expectedVersion: 2, effectiveFrom: '2027-01-01T00:00:00Z', reason: 'Decision of the board.' },
      },
      params: draftParams,
      body: publication,
      subject,
    },
    ({ params, body }, call) => publish(params.planId, body, call),
  );

const read = { method: 'get', tag: 'plans', roles: readers, success: 200, body: nothing } as const;

const readingDrafts = (): Endpoint[] => [
  signedInEndpoint(
    {
      ...read,
      operationId: 'listPlanDrafts',
      path: '/plan-drafts',
      summary: { ar: 'مسودات السياسات', en: 'Drafts of plans, newest first' },
      problems: ['notSignedIn', 'notYourRole'],
      response: z.object({ items: z.array(planDraftRow) }),
      params: nothing,
      query: nothing,
    },
    async (_input, { caller }) => {
      requireRole(caller, readers);
      const items = (await planDrafts()).map(planDraftRowOf);
      return { status: 200, body: { items } };
    },
  ),
  signedInEndpoint(
    {
      ...read,
      operationId: 'readPlanDraft',
      path: '/plan-drafts/{planId}',
      summary: { ar: 'قراءة مسودة سياسة', en: 'Read a draft with everything that is wrong with it' },
      problems: ['notSignedIn', 'notYourRole', 'notFound'],
      response: planDraftView,
      params: draftParams,
      query: nothing,
    },
    async ({ params }, { caller }) => {
      requireRole(caller, readers);
      return shown(200, await draftOr404(params.planId));
    },
  ),
  signedInEndpoint(
    {
      ...read,
      operationId: 'previewPlan',
      path: '/plan-drafts/{planId}/preview',
      summary: { ar: 'معاينة السياسة على طلبات سابقة', en: 'The draft as a diagram and as a dry run on past requests' },
      problems: ['notSignedIn', 'notYourRole', 'notFound', 'invalidInput'],
      response: previewView,
      params: draftParams,
      query: z.strictObject({ requests: z.coerce.number().int().min(0).max(mostPastRequests).default(20) }),
    },
    async ({ params, query }, { caller }) => {
      requireRole(caller, readers);
      const { _id: planId, version: seen, plan } = await draftOr404(params.planId);
      const faults = await faultsNow(plan, new Date());
      const rows = dryRunViewOf(await dryRun(plan, query.requests));
      return { status: 200, body: { planId, version: seen, faults, diagram: lifecycleDiagram(plan), dryRun: rows } };
    },
  ),
];

export const planDraftRoutes = (): Endpoint[] => [drafting(), editingDraft(), publishing(), ...readingDrafts()];
