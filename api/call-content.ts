// From what an administrator wrote about a call to what is kept, and the facts that its opening depends on.
import { envelopeIdOf, envelopeOfCall } from '../domain/money/envelope.js';
import type { CallContent, CallDraftDocument } from '../persistence/call-draft.model.js';
import type { OpeningFacts } from '../persistence/call-draft.repository.js';
import { callDraftById } from '../persistence/call-draft.repository.js';
import { balanceOf } from '../persistence/ledger.reads.js';
import { publishedPlan } from '../persistence/plan-version.reads.js';
import { programmeById } from '../persistence/programme.repository.js';
import { cairoInstants } from './cairo-time.js';
import { Problem } from './problem.js';
import type { CallInput } from './schemas/call.schema.js';

/** Of two instants that the hour repeated in autumn can mean, the one that leaves applicants more time. */
const instantOf = (local: string, which: 'first' | 'last'): Date => {
  const at = cairoInstants(local).at(which === 'first' ? 0 : -1);
  if (at === undefined) throw new Error(`${local} passed the schema and is no time in Cairo`);
  return at;
};

export const contentOf = (input: CallInput): CallContent => ({
  programmeCode: input.programmeCode,
  fundingSource: input.fundingSource,
  fiscalYear: input.fiscalYear,
  titleAr: input.titleAr,
  titleEn: input.titleEn,
  opensAt: instantOf(input.opensAt, 'first'),
  closesAt: instantOf(input.closesAt, 'last'),
  planHash: input.planHash,
  ceilingMinor: input.ceilingMinor,
  budgetMinor: input.budgetMinor,
  documents: input.documents,
  ...(input.ownEnvelope === undefined ? {} : { ownEnvelope: input.ownEnvelope }),
  ...(input.budgetTerms === undefined ? {} : { budgetTerms: input.budgetTerms }),
});

export const callDraftOr404 = async (callId: string): Promise<CallDraftDocument> => {
  const found = await callDraftById(callId);
  if (found === null) throw new Problem('notFound');
  return found;
};

export const openingFacts = async ({
  _id: callId,
  content,
}: CallDraftDocument): Promise<Omit<OpeningFacts, 'expectedVersion'>> => {
  const [plan, programme, balance] = await Promise.all([
    publishedPlan(content.planHash),
    programmeById(content.programmeCode),
    balanceOf(envelopeIdOf(envelopeOfCall(callId, content))),
  ]);
  return {
    planEffectiveFromMs: plan?.effectiveFrom.getTime() ?? null,
    programmeKnown: programme !== null,
    availableMinor: balance === null ? null : String(balance.available),
  };
};
