// What connects people with an NGO, by the hashes their documents hold; none of it leaves as a hash, only the kinds of connection do.
import type { ConnectedOrganisation, ConnectedPerson, ConnectionKind, DerivedInterest } from '../domain/connection.js';
import { interestsBetween } from '../domain/connection.js';
import type { OrganisationDocument } from './organisation.model.js';
import { organisationById } from './organisation.repository.js';
import type { PersonDocument } from './person.model.js';
import { peopleByIds } from './person.repository.js';

export const personConnections = (person: PersonDocument): ConnectedPerson => ({
  organisationId: person.organisationId,
  nationalIdHash: person.nationalIdHash,
  phoneHash: person.phoneHash,
  addressHash: person.addressHash,
  accountHash: person.accountHash,
  employments: (person.employments ?? []).map(({ organisationId, from, until }) => ({
    organisationId,
    fromMs: from.getTime(),
    untilMs: until?.getTime() ?? null,
  })),
});

export const organisationConnections = (organisation: OrganisationDocument): ConnectedOrganisation => ({
  id: organisation._id,
  boardHashes: organisation.boardHashes,
  phoneHash: organisation.phoneHash,
  addressHash: organisation.addressHash,
  accountHash: organisation.accountHash,
});

/** The kinds of connection that any of these people have with an NGO; none for an NGO that is not known. */
export const interestsAmongPeople = async (
  people: readonly PersonDocument[],
  organisationId: string,
  at: Date,
): Promise<ConnectionKind[]> => {
  const organisation = await organisationById(organisationId);
  if (organisation === null) return [];
  const connections = organisationConnections(organisation);
  const kinds = people.flatMap((person) => interestsBetween(personConnections(person), connections, at.getTime()));
  return [...new Set(kinds)];
};

/** In the order asked, also for people without any connection and for people who are not known. */
export const interestsOf = async (
  personIds: readonly string[],
  organisationId: string,
  at: Date,
): Promise<DerivedInterest[]> => {
  const [found, organisation] = await Promise.all([peopleByIds(personIds), organisationById(organisationId)]);
  return personIds.map((personId) => {
    const person = found.find(({ _id }) => _id === personId);
    if (person === undefined || organisation === null) return { personId, kinds: [] };
    const kinds = interestsBetween(personConnections(person), organisationConnections(organisation), at.getTime());
    return { personId, kinds };
  });
};
