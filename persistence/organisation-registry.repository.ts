// The registry's word on an NGO as Sanad keeps it: read as facts for decisions, changed inside a change of the register.
import type { RegistryFacts } from '../domain/registry-facts.js';
import { wordOf } from '../domain/registry-facts.js';
import type { OrganisationDocument } from './organisation.model.js';
import { organisationCollection } from './organisation.model.js';
import { RequestModel } from './request.model.js';
import type { Session } from './transaction.js';

export type KeptRegistry = OrganisationDocument['registry'];

/** What seeding knew before any connector was asked. */
const unnamedSource = 'reference-data';

export const registryFactsOf = ({ registrationNumber, governorate, registry }: OrganisationDocument): RegistryFacts => {
  const { fetchedAt, source = unnamedSource } = registry;
  return {
    ...wordOf(registry),
    source,
    fetchedAtMs: fetchedAt.getTime(),
    registrationNumber,
    directorate: governorate,
  };
};

export const organisationIn = (session: Session, organisationId: string): Promise<OrganisationDocument | null> =>
  organisationCollection().findOne({ _id: organisationId }, { session });

export const organisationRegistered = (registration: {
  readonly registrationNumber: string;
  readonly directorate: string;
}): Promise<OrganisationDocument | null> =>
  organisationCollection().findOne({
    registrationNumber: registration.registrationNumber,
    governorate: registration.directorate,
  });

export const keepRegistry = async (session: Session, organisationId: string, registry: KeptRegistry): Promise<void> => {
  await organisationCollection().updateOne({ _id: organisationId }, { $set: { registry } }, { session });
};

/** Requests of an NGO that have not ended, as far as they are recorded. */
export const liveRequestIdsOf = async (organisationId: string): Promise<string[]> => {
  const found = await RequestModel.find({ organisationId, outcome: null }, { _id: 1 })
    .hint('organisationId-by-updated')
    .lean<{ readonly _id: string }[]>()
    .exec();
  return found.map(({ _id }) => _id).sort();
};
