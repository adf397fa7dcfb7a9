// The registry's word on an NGO: asked for by an officer, or brought in as a finding. Both may freeze live requests.
// There are no tokens for machines: a connector signs in as a person whose one role may report, and who is named in the trail.
import { z } from 'zod';
import type { Role } from '../../domain/actor.js';
import { registryFindings } from '../../domain/registry-facts.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import { requireRole } from '../access.js';
import type { RouteDeps } from '../deps.js';
import type { Answer, Endpoint } from '../endpoint.js';
import { changeEndpoint, nothing } from '../endpoint.js';
import { keepFinding, mustExist, refreshRegistry, tellLiveRequests } from '../organisation-registry.js';
import { registerDraftOf } from '../register-call.js';
import { id, text } from '../schemas/text.schema.js';
import { registryView, registryViewOf } from '../views/registry.view.js';

const keepers: readonly Role[] = ['screeningOfficer', 'monitoringOfficer'];
const params = z.strictObject({ organisationId: id });
const reason = text(1_000).exactOptional();

const response = z
  .object({
    organisationId: id,
    version: z
      .int()
      .nullable()
      .meta({ description: "Of the organisation's register; null when this finding was known" }),
    registry: registryView,
    requestsTold: z.array(id).meta({ description: 'Live requests that were told of what stands against the NGO' }),
  })
  .meta({ id: 'RegistryChange' });

const shared = {
  method: 'post',
  tag: 'registry',
  roles: keepers,
  problems: [
    'invalidInput',
    'idempotencyKeyMissing',
    'notSignedIn',
    'notYourRole',
    'notFound',
    'conditionsNotMet',
    'keyInProgress',
    'keyReusedWithOtherContent',
    'tooManyRequests',
    'unavailable',
  ],
  success: 200,
  response,
  params,
  query: nothing,
  keys: 'a-while',
  subject: ({ organisationId }: z.output<typeof params>) => ({ kind: 'organisation', id: organisationId }) as const,
} as const;

const answer = async (
  deps: RouteDeps,
  { _id: organisationId }: OrganisationDocument,
  version: number | null,
): Promise<Answer<z.output<typeof response>>> => {
  const { requestIds } = await tellLiveRequests(deps, organisationId);
  const { registry } = await mustExist(organisationId);
  const body = { organisationId, version, registry: registryViewOf(registry), requestsTold: [...requestIds] };
  return { status: 200, body };
};

const refreshing = (deps: RouteDeps): Endpoint =>
  changeEndpoint(
    {
      ...shared,
      operationId: 'recordRegistryFacts',
      path: '/organisations/{organisationId}/registry-facts',
      summary: { ar: 'تحديث بيانات القيد من السجل', en: 'Ask the registry and record its word on the organisation' },
      body: z.strictObject({ reason }),
      examples: { ar: { reason: 'قبل الفحص' }, en: { reason: 'Before the screening' } },
    },
    async ({ params: { organisationId }, body }, call) => {
      requireRole(call.caller, keepers);
      const organisation = await mustExist(organisationId);
      const draft = registerDraftOf(call, 'recordRegistryFacts', body.reason);
      return answer(deps, organisation, await refreshRegistry(deps.ngoRegistry, organisation, draft));
    },
  );

const reporting = (deps: RouteDeps): Endpoint =>
  changeEndpoint(
    {
      ...shared,
      operationId: 'reportRegistryFinding',
      path: '/organisations/{organisationId}/registry-findings',
      summary: {
        ar: 'تسجيل مخالفة وردت من السجل وإيقاف طلبات الجهة القائمة',
        en: 'Record a finding of the registry and freeze the live requests of the organisation',
      },
      body: z.strictObject({
        findingId: id.meta({ description: "The registry's own number of the finding; the same number counts once" }),
        finding: z.enum(registryFindings),
        reason,
      }),
      examples: {
        ar: { findingId: 'violation-2026-17', finding: 'open-violation', reason: 'ورد إخطار من السجل' },
        en: { findingId: 'violation-2026-17', finding: 'open-violation', reason: 'A notice came from the registry' },
      },
    },
    async ({ params: { organisationId }, body: { reason: why, ...reported } }, call) => {
      requireRole(call.caller, keepers);
      const organisation = await mustExist(organisationId);
      const draft = registerDraftOf(call, 'reportRegistryFinding', why);
      return answer(deps, organisation, await keepFinding(organisation, reported, draft));
    },
  );

export const organisationRegistryRoutes = (deps: RouteDeps): Endpoint[] => [refreshing(deps), reporting(deps)];
