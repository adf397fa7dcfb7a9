// The call that `sanad demo` answers: a programme, a large envelope and a call of its own, so that demo runs never use up
// the money of the sample requests. Loaded last: its presence says that the seeding got to its end.
import type { Envelope } from '../../persistence/ledger.model.js';
import type { CallDocument, ProgrammeDocument } from '../../persistence/programme.model.js';

export const demoCallId = 'demonstration-open';

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

export const demoCall = (planHash: string, demoNow: Date): CallDocument => ({
  _id: demoCallId,
  programmeCode: demoProgramme._id,
  fundingSource: demoEnvelope.fundingSource,
  fiscalYear: demoEnvelope.fiscalYear,
  titleAr: 'دعوة العرض التجريبي',
  titleEn: 'Demonstration call',
  opensAt: new Date(demoNow.getTime() - dayMs),
  closesAt: new Date(demoNow.getTime() + openForDays * dayMs),
  planHash,
  ceilingMinor,
});
