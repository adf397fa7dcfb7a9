// The calls that `sanad demo` answers: a programme, a large envelope and calls of its own, so that demo runs never use up
// the money of the sample requests. Loaded last, `demoCallId` after the others: its presence says that the seeding got to its end.
import type { Envelope } from '../../domain/money/envelope.js';
import type { CallDocument, ProgrammeDocument } from '../../persistence/programme.model.js';

export const demoCallId = 'demonstration-open';
/** Here a decision against a request can be appealed. */
export const appealCallId = 'demonstration-appeal-open';
/** Here a correction that nobody answers lapses within seconds. */
export const lapseCallId = 'demonstration-lapse-open';

type DemoCallId = typeof demoCallId | typeof appealCallId | typeof lapseCallId;

const titles: Readonly<Record<DemoCallId, { readonly ar: string; readonly en: string }>> = {
  [demoCallId]: { ar: 'دعوة العرض التجريبي', en: 'Demonstration call' },
  [appealCallId]: { ar: 'دعوة العرض التجريبي (مع التظلم)', en: 'Demonstration call (with appeals)' },
  [lapseCallId]: { ar: 'دعوة العرض التجريبي (مهلة استكمال قصيرة)', en: 'Demonstration call (short correction)' },
};

export const demoProgramme: ProgrammeDocument = {
  _id: 'demonstration',
  nameAr: 'برنامج العرض التجريبي',
  nameEn: 'Demonstration runs',
};

export const demoEnvelope: Envelope = {
  programmeCode: demoProgramme._id,
  fundingSource: 'grants-donations',
  fiscalYear: '2025/2026',
};
/** EGP 100 billion: more than any demo will ask for, far below what the ledger can hold. */
export const demoEnvelopeMinor = 100_000_000_000n * 100n;

const ceilingMinor = '25000000';
const openForDays = 3_650;
const dayMs = 86_400_000;

export const demoCall = (id: DemoCallId, planHash: string, demoNow: Date): CallDocument => ({
  _id: id,
  programmeCode: demoProgramme._id,
  fundingSource: demoEnvelope.fundingSource,
  fiscalYear: demoEnvelope.fiscalYear,
  titleAr: titles[id].ar,
  titleEn: titles[id].en,
  opensAt: new Date(demoNow.getTime() - dayMs),
  closesAt: new Date(demoNow.getTime() + openForDays * dayMs),
  planHash,
  ceilingMinor,
});
