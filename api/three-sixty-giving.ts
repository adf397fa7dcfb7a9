// Awards as a 360Giving 1.4 package (ThreeSixtyGiving standard): the one place where amounts become JSON numbers.
import { amountTextOf } from '../bank/amount-text.js';
import type { Figures } from '../domain/money/public-figures.js';
import type { PublicAward } from '../persistence/public-award.reads.js';
import { referenceOf } from './views/public-award.view.js';

/** Prefixes are given out by 360Giving; until the Fund has one, this says whose ids they are. */
const prefix = '360G-sanad';
const fund = {
  id: 'EG-SANAD-support-fund',
  name: 'صندوق دعم مشروعات الجمعيات والمؤسسات الأهلية',
} as const;

/** Below 2^53 piastres, which no award comes near, two decimals survive as a JSON number. */
const asNumber = (piastres: bigint): number => Number(amountTextOf(piastres));

const awarded = ({ awarded: agreed, cancelled }: Figures): bigint => agreed - cancelled;

const titleOf = (award: PublicAward): string => award.titleAr ?? award.titleEn ?? referenceOf(award);

const recipientOf = ({ organisation, requestId }: PublicAward) => ({
  id: organisation === null ? `EG-SANAD-${requestId}` : `EG-NGO-${organisation.registrationNumber}`,
  name: organisation?.nameAr ?? requestId,
});

const grantOf = (award: PublicAward) => ({
  id: `${prefix}-${referenceOf(award)}`,
  title: titleOf(award),
  description: award.titleEn ?? titleOf(award),
  currency: 'EGP',
  amountAppliedFor: asNumber(BigInt(award.requestedMinor)),
  amountAwarded: asNumber(awarded(award.figures)),
  amountDisbursed: asNumber(award.figures.disbursed),
  awardDate: award.awardedAt.toISOString(),
  recipientOrganization: [recipientOf(award)],
  fundingOrganization: [fund],
  grantProgramme: [{ code: award.programmeCode, title: award.programmeCode }],
  beneficiaryLocation: award.governorates.map((code) => ({ name: code, countryCode: 'EG' })),
  classifications: [
    { vocabulary: 'sanad-funding-source', code: award.fundingSource, title: award.fundingSource },
    ...award.governorates.map((code) => ({ vocabulary: 'ISO 3166-2', code, title: code })),
  ],
  dateModified: award.updatedAt.toISOString(),
});

/** One JSON document, written grant by grant. */
export async function* threeSixtyGiving(awards: AsyncIterable<PublicAward>): AsyncGenerator<string> {
  yield '{"version":"1.4","grants":[';
  let separator = '';
  for await (const award of awards) {
    yield separator + JSON.stringify(grantOf(award));
    separator = ',';
  }
  yield ']}';
}
