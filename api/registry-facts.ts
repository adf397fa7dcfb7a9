// The registry's word as a recorded fact in a command: as it is kept now, with its source and the time it was fetched.
import type { RegistryFacts } from '../domain/registry-facts.js';
import { organisationById } from '../persistence/organisation.repository.js';
import { registryFactsOf } from '../persistence/organisation-registry.repository.js';
import { isOutage, seemsReachable } from '../persistence/outage.js';
import type { RequestRecord } from '../persistence/request.reads.js';

type Carried = { readonly registry?: RegistryFacts };

export const registryForSubmission = async (organisationId: string): Promise<Carried> => {
  const organisation = await organisationById(organisationId);
  return organisation ? { registry: registryFactsOf(organisation) } : {};
};

/** While MongoDB is down a screening goes on with the word recorded in the request, which the rule holds against its age. */
export const registryForScreening = async (record: () => Promise<RequestRecord | null>): Promise<Carried> => {
  if (!seemsReachable()) return {};
  try {
    const found = await record();
    return found ? await registryForSubmission(found.organisationId) : {};
  } catch (error) {
    if (isOutage(error)) return {};
    throw error;
  }
};
