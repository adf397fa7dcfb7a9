// Reading and keeping organisations, and the payment facts that a command about money carries into a decision.
import type { PaymentFacts } from '../domain/command.js';
import type { OrganisationDocument } from './organisation.model.js';
import { organisationCollection, OrganisationModel } from './organisation.model.js';

export const organisationById = (organisationId: string): Promise<OrganisationDocument | null> =>
  organisationCollection().findOne({ _id: organisationId });

export type OrganisationName = Pick<OrganisationDocument, '_id' | 'nameAr' | 'nameEn'>;

export const organisationNames = (organisationIds: readonly string[]): Promise<OrganisationName[]> =>
  organisationCollection()
    .find({ _id: { $in: [...new Set(organisationIds)] } })
    .project<OrganisationName>({ nameAr: 1, nameEn: 1 })
    .toArray();

export const paymentFactsOf = ({ account, registry }: OrganisationDocument): PaymentFacts => ({
  accountId: account.accountId,
  accountVerifiedAtMs: account.verifiedAt?.getTime() ?? null,
  accountChangedAtMs: account.changedAt.getTime(),
  registryFetchedAtMs: registry.fetchedAt.getTime(),
});

/** Idempotent: the organisations afterwards are exactly those given. */
export const upsertOrganisations = async (organisations: readonly OrganisationDocument[]): Promise<void> => {
  if (organisations.length === 0) return;
  await OrganisationModel.bulkWrite(
    organisations.map((organisation) => ({
      replaceOne: { filter: { _id: organisation._id }, replacement: organisation, upsert: true },
    })),
  );
};
