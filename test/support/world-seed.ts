// What is in a test's database before it begins: the people of the tests, their NGOs, two calls, an envelope with enough money.
import type { Actor } from '../../domain/actor.js';
import type { Plan } from '../../domain/plan.js';
import { upsertBankAccounts } from '../../persistence/bank-account.repository.js';
import { openEnvelope } from '../../persistence/envelope.repository.js';
import type { OrganisationDocument } from '../../persistence/organisation.model.js';
import { upsertOrganisations } from '../../persistence/organisation.repository.js';
import { upsertPeople } from '../../persistence/person.repository.js';
import { publishPlan } from '../../persistence/plan-version.model.js';
import { upsertCalls, upsertProgrammes } from '../../persistence/programme.repository.js';
import { members, organisationId, panel, people, reviewers } from './people.js';

const dayMs = 86_400_000;
const agoDays = (days: number): Date => new Date(Date.now() - days * dayMs);

export const openCallId = 'disability-open';
export const closedCallId = 'disability-closed';
export const otherOrganisationId = 'ngo-other';
export const envelope = { programmeCode: 'disability', fundingSource: 'state-budget', fiscalYear: '2025/2026' };
export const envelopeMinor = 1_000_000_000n;

const personOf = ({ personId, name, roles }: Actor) => ({
  _id: personId,
  nameAr: name,
  nameEn: name,
  email: `${personId}@test.example`,
  suspended: false,
  grants: roles.map((held) => ({ ...held, from: agoDays(400), until: null })),
});

const organisation = (_id: string, governorate: string): OrganisationDocument => ({
  _id,
  nameAr: `جمعية ${_id}`,
  nameEn: `Association ${_id}`,
  kind: 'association',
  governorate,
  registrationNumber: '90001',
  account: {
    accountId: `account-${_id}`,
    ibanMasked: 'EG38 •••• 0002',
    verifiedAt: agoDays(200),
    changedAt: agoDays(200),
  },
  registry: {
    status: 'active',
    fetchedAt: agoDays(5),
    licenceExpiresOn: '2030-01-01',
    lastInspectionOn: '2025-06-01',
    openViolations: 0,
    source: 'registry-simulator',
    lastInspectionResult: 'satisfactory',
    finalAccountYears: [2024, 2025],
    board: { members: 7, status: 'active' },
  },
  synthetic: true,
});

/** In use for long, and paid to before, so that one releaser is enough. */
const accountOf = ({ _id: organisationId, nameAr, account }: OrganisationDocument, index: number) => ({
  ...{ _id: account.accountId, organisationId, holderName: nameAr, paidBefore: true },
  iban: index === 0 ? 'EG380019000500000000263180002' : 'EG800002000156789012345180002',
  ...{ state: 'verified' as const, proposedBy: 'earlier-books', verifiedBy: 'earlier-books' },
  ...{ proposedAt: agoDays(200), verifiedAt: agoDays(200) },
});

const callOf = (_id: string, closesAt: Date, planHash: string) => ({
  ...{ _id, ...envelope, closesAt, planHash },
  titleAr: 'دعوة دعم ذوي الإعاقة',
  titleEn: 'Call for disability inclusion',
  opensAt: agoDays(30),
  ceilingMinor: '100000000',
});

export const seedWorld = async (plan: Plan): Promise<void> => {
  const planHash = await publishPlan(plan, { publishedAt: agoDays(40), effectiveFrom: agoDays(40) });
  await upsertPeople([...Object.values(people), ...reviewers, ...members, ...panel].map(personOf));
  const organisations = [organisation(organisationId, 'EG-C'), organisation(otherOrganisationId, 'EG-GZ')];
  await upsertOrganisations(organisations);
  await upsertBankAccounts(organisations.map(accountOf));
  await upsertProgrammes([
    { _id: 'disability', nameAr: 'دعم الأشخاص ذوي الإعاقة', nameEn: 'Persons with disabilities' },
  ]);
  await upsertCalls([
    callOf(openCallId, new Date(Date.now() + 300 * dayMs), planHash),
    callOf(closedCallId, agoDays(1), planHash),
  ]);
  await openEnvelope(envelope, envelopeMinor, agoDays(30));
};

/** A form with nothing missing: EGP 600,000 for a nursery in Cairo. */
export const completeSections = {
  project: {
    titleAr: 'حضانة دامجة للأطفال ذوي الإعاقة',
    titleEn: 'An inclusive nursery',
    summaryAr: 'يهدف المشروع إلى تجهيز حضانة دامجة وتدريب العاملات بها على مدى تسعة أشهر.',
    governorates: ['EG-C'],
    startsOn: '2026-09-01',
    months: 9,
  },
  beneficiaries: { count: 120 },
  budget: {
    lines: [
      {
        code: 'equipment',
        category: 'equipment',
        titleAr: 'تجهيزات',
        unitAr: 'قاعة',
        quantity: 4,
        unitCostMinor: '10000000',
        amountMinor: '40000000',
      },
      {
        code: 'training',
        category: 'training',
        titleAr: 'تدريب',
        unitAr: 'دورة',
        quantity: 10,
        unitCostMinor: '2000000',
        amountMinor: '20000000',
      },
    ],
  },
};
