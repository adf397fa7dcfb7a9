// Keeping the registry's word on an NGO, and telling its live requests of what stands against it. First the register, then the
// signals: if the process dies in between, the same key begins again, and the signals have keys of their own.
import { changedFields } from '../domain/audit/register-entry.js';
import type { RegistryFinding } from '../domain/registry-facts.js';
import { wordOf } from '../domain/registry-facts.js';
import { refuse } from '../domain/refusal.js';
import { organisationById } from '../persistence/organisation.repository.js';
import type { OrganisationDocument } from '../persistence/organisation.model.js';
import type { KeptRegistry } from '../persistence/organisation-registry.repository.js';
import { keepRegistry, liveRequestIdsOf, organisationIn } from '../persistence/organisation-registry.repository.js';
import type { RegisterDraft } from '../persistence/register.repository.js';
import { changeRegister } from '../persistence/register.repository.js';
import { requestById } from '../persistence/request.reads.js';
import type { RouteDeps } from './deps.js';
import type { NgoRegistry } from './ngo-registry.js';
import { Problem, problemOf } from './problem.js';
import { registered } from './register-call.js';

type Finding = NonNullable<KeptRegistry['finding']>;

const findingIn = ({ status, openViolations }: KeptRegistry): RegistryFinding | null => {
  if (openViolations > 0) return 'open-violation';
  return status === 'suspended' ? 'licence-suspended' : null;
};

/** The same finding as before keeps its version, and with it the key under which requests were told; a new or further one gets a new one. */
const standingFinding = (before: KeptRegistry, after: KeptRegistry, news: Omit<Finding, 'finding'>): Finding | null => {
  const finding = findingIn(after);
  if (finding === null) return null;
  const same = before.finding?.finding === finding && after.openViolations <= before.openViolations;
  return before.finding && same ? before.finding : { finding, ...news };
};

const withFinding = (kept: KeptRegistry, finding: Finding | null): KeptRegistry => {
  const { fetchedAt, source, findingIds } = kept;
  return {
    ...wordOf(kept),
    fetchedAt,
    ...(source === undefined ? {} : { source }),
    ...(findingIds === undefined ? {} : { findingIds }),
    ...(finding === null ? {} : { finding }),
  };
};

/** In the register's entry instants are text, as everywhere in JSON. */
const plain = (registry: KeptRegistry): Readonly<Record<string, unknown>> => ({
  ...registry,
  fetchedAt: registry.fetchedAt.toISOString(),
});

const change = async (
  organisationId: string,
  draft: RegisterDraft,
  after: (before: KeptRegistry) => KeptRegistry,
  reporter: Pick<Finding, 'reportedBy'> = {},
): Promise<number> =>
  registered(
    await changeRegister({ kind: 'organisation', id: organisationId }, draft, async (session, version) => {
      const organisation = await organisationIn(session, organisationId);
      if (organisation === null) throw new Problem('notFound');
      const before = organisation.registry;
      const kept = after(before);
      const registry = withFinding(kept, standingFinding(before, kept, { sinceVersion: version, ...reporter }));
      await keepRegistry(session, organisationId, registry);
      return { changed: changedFields(plain(before), plain(registry)) };
    }),
  );

export const mustExist = async (organisationId: string): Promise<OrganisationDocument> => {
  const organisation = await organisationById(organisationId);
  if (organisation === null) throw new Problem('notFound');
  return organisation;
};

/** Asks the registry and keeps its word. */
export const refreshRegistry = async (
  port: NgoRegistry,
  { _id, registrationNumber, governorate }: OrganisationDocument,
  draft: RegisterDraft,
): Promise<number> => {
  const word = await port.read({ registrationNumber, directorate: governorate });
  if (word === null)
    throw problemOf(refuse('conditionsNotMet', 'registry-knows-registration', registrationNumber).refusal);
  return change(_id, draft, ({ findingIds }) => ({
    ...word,
    source: port.source,
    fetchedAt: new Date(draft.atMs),
    ...(findingIds ? { findingIds } : {}),
  }));
};

export type ReportedFinding = { readonly findingId: string; readonly finding: RegistryFinding };

/** A finding is news about one thing: it does not make the rest of the registry's word any fresher. */
const withReported = (before: KeptRegistry, { findingId, finding }: ReportedFinding): KeptRegistry => {
  const findingIds = [...(before.findingIds ?? []), findingId];
  switch (finding) {
    case 'open-violation':
      return { ...before, findingIds, openViolations: before.openViolations + 1 };
    case 'licence-suspended':
      return { ...before, findingIds, status: 'suspended' };
  }
};

/** Null when the registry's id is known: nothing is counted twice, whoever reports it. */
export const keepFinding = async (
  { _id, registry }: OrganisationDocument,
  reported: ReportedFinding,
  draft: RegisterDraft,
): Promise<number | null> =>
  registry.findingIds?.includes(reported.findingId) === true
    ? null
    : change(
        _id,
        draft,
        (before) =>
          before.findingIds?.includes(reported.findingId) === true ? before : withReported(before, reported),
        { reportedBy: draft.actor.personId },
      );

export type Told = { readonly finding: RegistryFinding | null; readonly requestIds: readonly string[] };

const tell = async (
  { gateway }: RouteDeps,
  requestId: string,
  signal: Parameters<RouteDeps['gateway']['tellRegistryFinding']>[1],
): Promise<boolean> => {
  const outcome = await gateway.tellRegistryFinding(requestId, signal);
  switch (outcome.kind) {
    case 'accepted':
      return true;
    case 'absent':
      // It ended while we were telling; anything else means that Temporal does not know a request that we do.
      if ((await requestById(requestId))?.outcome == null) throw new Problem('unavailable');
      return false;
    case 'unknown':
      throw new Problem('unavailable'); // told or not: the same key may tell again
    case 'refused':
      throw problemOf(outcome.refusal);
  }
};

/** Tells every live request of the NGO what stands against it now. Told before, a request changes nothing. */
export const tellLiveRequests = async (deps: RouteDeps, organisationId: string): Promise<Told> => {
  const { registry } = await mustExist(organisationId);
  if (registry.finding === undefined) return { finding: null, requestIds: [] };
  const { sinceVersion, ...body } = registry.finding;
  const signal = { key: `registry-${organisationId}-${sinceVersion}`, ...body };
  const requestIds: string[] = [];
  for (const requestId of await liveRequestIdsOf(organisationId))
    if (await tell(deps, requestId, signal)) requestIds.push(requestId);
  return { finding: body.finding, requestIds };
};
