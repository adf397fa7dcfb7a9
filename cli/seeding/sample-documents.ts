// Sample people and organisations in the form the database keeps them.
import type { BankAccountDocument } from '../../persistence/bank-account.model.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import type { PersonDocument, RoleGrant } from '../../persistence/person.model.js';
import type { Organisation, RegistryRecord } from '../../sample/organisations.js';
import type { Grant, Person } from '../../sample/people.js';
import type { SampleData } from '../../sample/sample-data.js';
import type { HashedKind } from '../../platform/keyed-hash.js';
import { demoIdentityKey, keyedHash } from '../../platform/keyed-hash.js';

const grantDocument = ({ from, until, ...held }: Grant): RoleGrant => ({
  ...held,
  from: new Date(from),
  until: until === null ? null : new Date(until),
});

const hashed = (kind: HashedKind, text: string): string => keyedHash(demoIdentityKey, kind, text);

/** The national number stays out: only a keyed hash of it is ever stored. */
export const personDocument = (person: Person): PersonDocument => ({
  _id: person.id,
  nameAr: person.nameAr,
  nameEn: person.nameEn,
  email: person.email,
  ...(person.organisationId === undefined ? {} : { organisationId: person.organisationId }),
  nationalIdHash: hashed('national-id', person.nationalId),
  ...(person.programmeCode === undefined ? {} : { expertise: [person.programmeCode] }),
  suspended: false,
  grants: person.grants.map(grantDocument),
});

/** What the simulated bank does with payments to an account follows from the end of the account's id (activities/simulated-bank.ts). */
const bankBehaviour = (data: SampleData, { number }: Organisation): string => {
  const targets = data.requests.filter((request) => request.organisationNumber === number).map(({ target }) => target);
  if (targets.includes('payment-unknown')) return '-unknown';
  return targets.includes('payment-rejected-replaced') ? '-reject' : '';
};

const accountIdOf = (organisation: Organisation, all: SampleData): string =>
  `account-${organisation.number}${bankBehaviour(all, organisation)}`;

const maskedIban = (iban: string): string => `${iban.slice(0, 4)} •••• •••• ${iban.slice(-4)}`;

/** Long enough ago that the rest after a change of account is over (72 hours by law of the plan). */
const accountSinceDays = 200;
const dayMs = 86_400_000;

const accountSince = ({ demoNow }: SampleData): Date => new Date(Date.parse(demoNow) - accountSinceDays * dayMs);

/** Accounts of a year are final some months after it; every sample NGO has handed in those of the last two. */
const accountYearsAt = (demoNow: string): number[] => {
  const year = new Date(Date.parse(demoNow) - accountSinceDays * dayMs).getUTCFullYear();
  return [year - 2, year - 1];
};

const registryOf = (
  {
    status,
    fetchedAt,
    licenceExpiresOn,
    lastInspectionOn,
    lastInspectionResult,
    openViolations,
    source,
  }: RegistryRecord,
  { board }: Organisation,
  demoNow: string,
): OrganisationDocument['registry'] => ({
  ...{ status, licenceExpiresOn, lastInspectionOn, lastInspectionResult, openViolations, source },
  fetchedAt: new Date(fetchedAt),
  finalAccountYears: accountYearsAt(demoNow),
  board: { members: board.length, status: 'active' },
});

/**
 * `registry: 'earlier'` gives what the registry said before its finding, for the time in which the NGO's requests passed
 * their checks; `'today'` what it says at the end. `all` is the sample at size `full`, so that accounts are the same at every size.
 */
export const organisationDocument = (
  organisation: Organisation,
  all: SampleData,
  registry: 'earlier' | 'today',
): OrganisationDocument => {
  const { id, nameAr, nameEn, kind, governorate, registrationNumber, iban } = organisation;
  const since = accountSince(all);
  const record =
    registry === 'earlier' ? (organisation.earlierRegistry ?? organisation.registry) : organisation.registry;
  return {
    ...{ _id: id, nameAr, nameEn, kind, governorate, registrationNumber },
    account: {
      accountId: accountIdOf(organisation, all),
      ibanMasked: maskedIban(iban),
      verifiedAt: since,
      changedAt: since,
    },
    registry: registryOf(record, organisation, all.demoNow),
    boardHashes: organisation.board.map(({ nationalId }) => hashed('national-id', nationalId)),
    accountHash: hashed('account', iban),
    synthetic: true,
  };
};

/** Two sample NGOs are paid on one account, so that the alarm can be seen; their payments go on all the same. */
const isShared = ({ id, iban }: Organisation, { organisations }: SampleData): boolean =>
  organisations.some((other) => other.id !== id && other.iban === iban);

/** The account that the organisation's document names, with its IBAN in full. */
export const bankAccountDocument = (organisation: Organisation, all: SampleData): BankAccountDocument => {
  const since = accountSince(all);
  return {
    _id: accountIdOf(organisation, all),
    organisationId: organisation.id,
    iban: organisation.iban,
    holderName: organisation.nameAr,
    state: 'verified',
    proposedBy: 'sample-data',
    proposedAt: since,
    verifiedBy: 'sample-data',
    verifiedAt: since,
    paidBefore: true,
    ...(isShared(organisation, all) ? { sharedReason: 'known from the books that were taken over' } : {}),
  };
};
