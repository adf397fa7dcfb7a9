// Loading reference data: plans, programmes, envelopes, organisations, people and calls. Each step again changes nothing.
import { upsertBankAccounts } from '../../persistence/bank-account.repository.js';
import type { FundingSource } from '../../domain/money/funding-source.js';
import { upsertFundingSources } from '../../persistence/funding-source.repository.js';
import { openEnvelope } from '../../persistence/envelope.repository.js';
import { upsertOrganisations } from '../../persistence/organisation.repository.js';
import { personById, upsertPeople } from '../../persistence/person.repository.js';
import { planHashOf, publishPlan } from '../../persistence/plan-version.model.js';
import { callById, upsertCalls, upsertProgrammes } from '../../persistence/programme.repository.js';
import { capacityCohort } from '../../domain/plans/capacity-cohort.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import { reliefFastLane } from '../../domain/plans/relief-fast-lane.js';
import { piastres } from '../../domain/amount.js';
import { sectorOf } from '../../sample/sectors.js';
import type { SampleData } from '../../sample/sample-data.js';
import type { CallVariant } from './calls.js';
import { callDocument, callEnvelopes, callVariants } from './calls.js';
import {
  appealCallId,
  demoCall,
  demoCallId,
  demoEnvelope,
  demoEnvelopeMinor,
  demoProgramme,
  lapseCallId,
} from './demo-call.js';
import type { Funding } from './funding.js';
import { bankAccountDocument, organisationDocument, personDocument } from './sample-documents.js';
import type { Timing } from './timing.js';
import { appealable, lapsing, planFor, unappealed } from './timing.js';

/** The donor's money is for the programmes that have an envelope of it. */
const fundingSourceOf = ({ code, nameAr, nameEn }: SampleData['fundingSources'][number]): FundingSource => ({
  ...{ code, nameAr, nameEn },
  ...(code === 'restricted-donor' ? { donor: 'sample-donor', programmes: ['disability', 'early-childhood'] } : {}),
});

export type Loading = {
  /** The sample at the size that is loaded, and at size `full`, from which accounts and funding follow at every size. */
  readonly data: SampleData;
  readonly all: SampleData;
  readonly funding: ReadonlyMap<number, Funding>;
  readonly now: Date;
};

const fiscalYearOf = ({ envelopes }: SampleData): string => envelopes[0]?.fiscalYear ?? '';

const planHash = ({ timing }: CallVariant, now: Date): string => planHashOf(planFor(timing, now.getTime()));

const loadPlans = async (variants: readonly CallVariant[], now: Date): Promise<void> => {
  const plans = [
    developmentGrant,
    reliefFastLane,
    capacityCohort,
    ...[unappealed, appealable, lapsing].map((timing) => planFor(timing, now.getTime())),
    ...variants.map(({ timing }) => planFor(timing, now.getTime())),
  ];
  const distinct = new Map(plans.map((plan) => [planHashOf(plan), plan]));
  for (const plan of distinct.values()) await publishPlan(plan, { publishedAt: now, effectiveFrom: now });
};

const loadEnvelopes = async (data: SampleData, now: Date): Promise<void> => {
  for (const { programmeCode, fundingSourceCode: fundingSource, fiscalYear, amountMinor } of data.envelopes)
    await openEnvelope({ programmeCode, fundingSource, fiscalYear }, piastres(amountMinor), now);
  for (const { envelope, amountMinor } of callEnvelopes(data, fiscalYearOf(data)))
    await openEnvelope(envelope, piastres(amountMinor), now);
  await openEnvelope(demoEnvelope, demoEnvelopeMinor, now);
};

const loadOrganisations = ({ all }: Loading, registry: 'earlier' | 'today'): Promise<void> =>
  upsertOrganisations(all.organisations.map((organisation) => organisationDocument(organisation, all, registry)));

/** `open`: every call takes drafts, also those whose closing time has passed by the sample's story. */
const loadCalls = ({ data, funding, now }: Loading, open: boolean): Promise<void> =>
  upsertCalls(
    callVariants(data, funding).map((variant) =>
      callDocument(variant, {
        fiscalYear: fiscalYearOf(data),
        planHash: planHash(variant, now),
        ...(open ? { openAt: now } : {}),
      }),
    ),
  );

/** People of two seeds would share ids and belong to different organisations. */
export const holdsOtherSeed = async ({ people }: SampleData): Promise<boolean> => {
  const sample = people.find(({ organisationId }) => organisationId !== undefined);
  const stored = sample === undefined ? null : await personById(sample.id);
  return stored !== null && stored.organisationId !== sample?.organisationId;
};

/** Before requests are driven: the registry as it was when they passed their checks, and all calls open. */
export const loadReferenceData = async (loading: Loading): Promise<void> => {
  const { all, data, funding, now } = loading;
  await loadPlans(callVariants(data, funding), now);
  await upsertProgrammes([
    ...all.programmes.map(({ code: _id, nameAr, nameEn }) => ({ _id, nameAr, nameEn, sector: sectorOf[_id] })),
    demoProgramme,
  ]);
  await upsertFundingSources(all.fundingSources.map(fundingSourceOf));
  await loadEnvelopes(all, now);
  await loadOrganisations(loading, 'earlier');
  await upsertBankAccounts(all.organisations.map((organisation) => bankAccountDocument(organisation, all)));
  await upsertPeople(all.people.map(personDocument));
  await loadCalls(loading, true);
};

/** What the registry says today; a finding there is why the requests of its NGO are suspended. */
export const loadRegistryFindings = (loading: Loading): Promise<void> => loadOrganisations(loading, 'today');

export const closeCalls = (loading: Loading): Promise<void> => loadCalls(loading, false);

/** Last of all: says that the seeding got to its end. */
export const loadDemoCalls = async ({ all, now }: Loading): Promise<void> => {
  const hashOf = (timing: Timing): string => planHashOf(planFor(timing, now.getTime()));
  const opened = new Date(all.demoNow);
  await upsertCalls([
    demoCall(appealCallId, hashOf(appealable), opened),
    demoCall(lapseCallId, hashOf(lapsing), opened),
  ]);
  await upsertCalls([demoCall(demoCallId, hashOf(unappealed), opened)]);
};

export const isSeeded = async (): Promise<boolean> => (await callById(demoCallId)) !== null;
