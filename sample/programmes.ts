// Programmes, their published figures as printed, the demo envelopes derived from them, and the sources of the money.
import type { AmountMinor } from '../domain/amount.js';
import { amountMinor, splitByWeights } from '../domain/amount.js';

const piastresPerPound = 100n;
export const minorOfPounds = (pounds: number): bigint => BigInt(pounds) * piastresPerPound;

export const fundingSources = [
  { code: 'state-budget', nameAr: 'الموازنة العامة للدولة', nameEn: 'State budget' },
  { code: 'ministry-allocation', nameAr: 'مخصصات الوزارة', nameEn: 'Ministry allocation' },
  { code: 'grants-donations', nameAr: 'المنح والتبرعات', nameEn: 'Grants and donations' },
  { code: 'dissolved-ngo-assets', nameAr: 'أموال الجمعيات المنحلة', nameEn: 'Assets of dissolved NGOs' },
  { code: 'unpermitted-collection', nameAr: 'حصيلة جمع المال دون ترخيص', nameEn: 'Money collected without a permit' },
  { code: 'fundraising-leftover', nameAr: 'متبقي حصيلة جمع المال', nameEn: 'Leftover of fundraising' },
  { code: 'surcharge', nameAr: 'الرسوم الإضافية', nameEn: 'Surcharges' },
  { code: 'fines', nameAr: 'الغرامات', nameEn: 'Fines' },
  { code: 'investment-return', nameAr: 'عائد استثمار أموال الصندوق', nameEn: "Return on the Fund's investments" },
  { code: 'asset-sale', nameAr: 'حصيلة بيع أصول', nameEn: 'Sale of assets' },
  { code: 'restricted-donor', nameAr: 'تمويل مانح مخصص لغرض', nameEn: 'Restricted donor money' },
] as const;
export type FundingSourceCode = (typeof fundingSources)[number]['code'];

/**
 * Awards of March to August 2025 as printed. The items do not add up to the printed total: the last one is printed as
 * 200 thousand but as 0.78 %, which is 2,000,000. A fixture; real figures come from the ledger by query.
 */
export const publishedAwards = {
  period: '2025-03/2025-08',
  printedNgos: 206,
  printedTotalEgp: 257_575_749,
  items: [
    { programme: 'social-defence', ngos: 45, egp: 48_588_742 },
    { programme: 'disability', ngos: 98, egp: 57_487_011 },
    { programme: 'family-care', ngos: 46, egp: 46_659_411 },
    { programme: 'relief', ngos: 3, egp: 97_593_204 },
    { programme: 'citizenship', ngos: 11, egp: 4_125_000 },
    { programme: 'housing', ngos: 1, egp: 222_280 },
    { programme: 'early-childhood', ngos: 1, egp: 900_000 },
    { programme: null, ngos: 1, egp: 200_000, printedPercent: '0.78', egpReadFromPercent: 2_000_000 },
  ],
} as const;

const terms = [
  { code: 'social-defence', nameAr: 'الدفاع الاجتماعي', nameEn: 'Social defence', ceilingEgp: 2_000_000 },
  { code: 'disability', nameAr: 'دعم الأشخاص ذوي الإعاقة', nameEn: 'Persons with disabilities', ceilingEgp: 1_200_000 },
  {
    code: 'family-care',
    nameAr: 'الرعاية المؤسسية والأسرية والمسنين',
    nameEn: 'Institutional, family and elderly care',
    ceilingEgp: 2_000_000,
  },
  { code: 'relief', nameAr: 'الإغاثة', nameEn: 'Relief', ceilingEgp: 39_000_000 },
  {
    code: 'citizenship',
    nameAr: 'تعزيز قيم وممارسات المواطنة',
    nameEn: 'Values and practice of citizenship',
    ceilingEgp: 700_000,
  },
  { code: 'housing', nameAr: 'سكن كريم', nameEn: 'Decent housing', ceilingEgp: 220_000 },
  {
    code: 'early-childhood',
    nameAr: 'الطفولة المبكرة بالمناطق الحضرية',
    nameEn: 'Early childhood in urban areas',
    ceilingEgp: 450_000,
  },
  { code: 'capacity-building', nameAr: 'بناء قدرات الجمعيات', nameEn: 'Capacity building of NGOs', ceilingEgp: 40_000 },
] as const;
export type ProgrammeCode = (typeof terms)[number]['code'];

export type Programme = {
  readonly code: ProgrammeCode;
  readonly nameAr: string;
  readonly nameEn: string;
  /** The mean of the published awards; for the cohort, which was not published, its fixed amount. */
  readonly meanMinor: AmountMinor;
  /** The most one request may ask: low enough that all demo requests fit the envelope (housing alone is meant not to). */
  readonly ceilingMinor: AmountMinor;
};

const cohortAmountEgp = 40_000;
const cohortEnvelopeEgp = 2_000_000;

const publishedFor = (programme: ProgrammeCode) => publishedAwards.items.find((item) => item.programme === programme);

export const meanEgp = (programme: ProgrammeCode): number => {
  const item = publishedFor(programme);
  return item === undefined ? cohortAmountEgp : Math.round(item.egp / item.ngos);
};

/** Twice the published half-year, rounded up to 100,000. */
const envelopeEgp = (programme: ProgrammeCode): number => {
  const item = publishedFor(programme);
  return item === undefined ? cohortEnvelopeEgp : Math.ceil((2 * item.egp) / 100_000) * 100_000;
};

export const programmes: readonly Programme[] = terms.map(({ ceilingEgp, ...term }) => ({
  ...term,
  meanMinor: amountMinor(minorOfPounds(meanEgp(term.code))),
  ceilingMinor: amountMinor(minorOfPounds(ceilingEgp)),
}));

export const programmeOf = (code: ProgrammeCode): Programme => {
  const found = programmes.find((programme) => programme.code === code);
  if (found === undefined) throw new Error(`no programme ${code}`);
  return found;
};

export type Envelope = {
  readonly programmeCode: ProgrammeCode;
  readonly fundingSourceCode: FundingSourceCode;
  readonly fiscalYear: string;
  readonly amountMinor: AmountMinor;
};

type Share = { readonly source: FundingSourceCode; readonly percent: number };
const usualShares: readonly Share[] = [
  { source: 'state-budget', percent: 75 },
  { source: 'grants-donations', percent: 25 },
];
const donorShares: readonly Share[] = [
  { source: 'state-budget', percent: 60 },
  { source: 'grants-donations', percent: 25 },
  { source: 'restricted-donor', percent: 15 },
];
const withDonor: readonly ProgrammeCode[] = ['disability', 'early-childhood'];

const envelopesOf = (programme: ProgrammeCode): Envelope[] => {
  const shares = withDonor.includes(programme) ? donorShares : usualShares;
  const parts = splitByWeights(
    minorOfPounds(envelopeEgp(programme)),
    shares.map((share) => share.percent),
  );
  return shares.map((share, index) => ({
    programmeCode: programme,
    fundingSourceCode: share.source,
    fiscalYear: '2025/2026',
    amountMinor: amountMinor(parts[index] ?? 0n),
  }));
};

export const envelopes: readonly Envelope[] = programmes.flatMap((programme) => envelopesOf(programme.code));
