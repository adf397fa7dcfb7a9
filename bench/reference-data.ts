// What must be in the database before the first lifecycle: people, one NGO, one call under the L16 plan, a large envelope.
import type { RoleHeld } from '../domain/actor.js';
import type { BankAccountDocument } from '../persistence/bank-account.model.js';
import { upsertBankAccounts } from '../persistence/bank-account.repository.js';
import { ensureIndexes } from '../persistence/indexes.js';
import { openEnvelope } from '../persistence/envelope.repository.js';
import type { OrganisationDocument } from '../persistence/organisation.model.js';
import { upsertOrganisations } from '../persistence/organisation.repository.js';
import type { PersonDocument } from '../persistence/person.model.js';
import { upsertPeople } from '../persistence/person.repository.js';
import { keepPlan } from '../persistence/plan-version.model.js';
import { upsertCalls, upsertProgrammes } from '../persistence/programme.repository.js';
import { benchPeople } from './l16.js';
import { benchAccountId, l16Plan } from './plans/l16.js';

const longAgo = new Date(Date.UTC(2026, 0, 1));
const farAway = new Date(Date.UTC(2099, 0, 1));
export const organisationId = 'bench-ngo';
export const programmeCode = 'bench-programme';
export const callId = 'bench-call';
const envelope = { programmeCode, fundingSource: 'state-budget', fiscalYear: '2026/2027' } as const;
/** Enough for a million lifecycles. */
const envelopeMinor = 60_000_000_000_000n;

const person = (id: string, held: RoleHeld): PersonDocument => ({
  _id: id,
  nameAr: id,
  nameEn: id,
  email: `${id}@example.org`,
  ...(held.organisationId === undefined ? {} : { organisationId: held.organisationId }),
  suspended: false,
  grants: [{ ...held, from: longAgo, until: null }],
});

const people: readonly PersonDocument[] = [
  person(benchPeople.signatory, { role: 'signatory', organisationId }),
  person(benchPeople.applicant, { role: 'applicant', organisationId }),
  person(benchPeople.screener, { role: 'screeningOfficer' }),
  ...benchPeople.reviewers.map((id) => person(id, { role: 'reviewer' })),
  ...benchPeople.members.map((id) => person(id, { role: 'committeeMember', civilSociety: true })),
  person(benchPeople.reportOfficer, { role: 'monitoringOfficer' }),
  person(benchPeople.closingOfficer, { role: 'monitoringOfficer' }),
  person(benchPeople.finance, { role: 'financeOfficer' }),
  person(benchPeople.releaser, { role: 'paymentReleaser' }),
];
export const personIds: readonly string[] = people.map(({ _id }) => _id);

const account: BankAccountDocument = {
  ...{ _id: benchAccountId, organisationId, iban: 'EG620019000100000000000000001', holderName: 'جمعية القياس' },
  ...{ state: 'verified', proposedBy: benchPeople.signatory, proposedAt: longAgo },
  ...{ verifiedBy: benchPeople.finance, verifiedAt: longAgo, paidBefore: true },
};

const organisation: OrganisationDocument = {
  _id: organisationId,
  nameAr: 'جمعية القياس',
  nameEn: 'Measurement association',
  kind: 'association',
  governorate: 'EG-C',
  registrationNumber: '1',
  account: { accountId: benchAccountId, ibanMasked: 'EG62…0001', verifiedAt: longAgo, changedAt: longAgo },
  registry: {
    status: 'active',
    fetchedAt: longAgo,
    licenceExpiresOn: '2099-01-01',
    lastInspectionOn: '2026-01-01',
    openViolations: 0,
  },
  synthetic: true,
};

/** The plan is kept, not published: a plan made for measuring never reaches a real request. */
export const loadReferenceData = async (): Promise<void> => {
  await ensureIndexes();
  const planHash = await keepPlan(l16Plan, longAgo);
  await upsertPeople(people);
  await upsertOrganisations([organisation]);
  await upsertBankAccounts([account]);
  await upsertProgrammes([{ _id: programmeCode, nameAr: 'قياس', nameEn: 'Measurement' }]);
  await upsertCalls([
    {
      _id: callId,
      ...envelope,
      titleAr: 'نداء القياس',
      titleEn: 'Measurement call',
      opensAt: longAgo,
      closesAt: farAway,
      planHash,
      ceilingMinor: '1000000000',
    },
  ]);
  await openEnvelope(envelope, envelopeMinor, longAgo);
};
