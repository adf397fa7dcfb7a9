// From a draft to what is handed in: complete form, open call, frozen snapshot, and the facts that decisions depend on.
import type { RequestFile } from '../domain/command.js';
import { refuse } from '../domain/refusal.js';
import type { Refusal } from '../domain/refusal.js';
import { envelopeOfCall } from '../domain/money/envelope.js';
import { sourceFault } from '../domain/money/funding-source.js';
import type { DraftDocument, DraftSections } from '../persistence/draft.model.js';
import { referenceFor } from '../persistence/draft.repository.js';
import type { CallDocument } from '../persistence/programme.model.js';
import { fundingSourceByCode } from '../persistence/funding-source.repository.js';
import { callById, programmeById } from '../persistence/programme.repository.js';
import { freezeSnapshot, sectionHashes } from '../persistence/snapshot.repository.js';
import { budgetErrors } from './budget-check.js';
import { fieldErrors } from './endpoint.js';
import { Problem } from './problem.js';
import type { CompleteForm } from './schemas/form.schema.js';
import { completeForm, requestedMinorOf } from './schemas/form.schema.js';

const cairoYear = new Intl.DateTimeFormat('en', { timeZone: 'Africa/Cairo', year: 'numeric' });
const yearOf = (at: Date): number => Number(cairoYear.format(at));

type CallTerms = Pick<CallDocument, 'ceilingMinor' | 'budgetTerms'>;

/** Everything that is missing or wrong at once, each with its place in the form. */
export const checkedForm = (sections: DraftSections, call: CallTerms): CompleteForm => {
  const parsed = completeForm.safeParse(sections);
  if (!parsed.success) throw new Problem('invalidInput', { errors: fieldErrors(parsed.error, '/sections') });
  const errors = budgetErrors(parsed.data, call);
  if (errors.length > 0) throw new Problem('invalidInput', { errors });
  return parsed.data;
};

export const callOf = async (draft: DraftDocument): Promise<CallDocument> => {
  const call = await callById(draft.callId);
  if (call === null) throw new Error(`draft ${draft._id} names call ${draft.callId}, which does not exist`);
  return call;
};

export const callFault = ({ opensAt, closesAt }: CallDocument, at: Date): Refusal | null => {
  if (at < opensAt) return refuse('conditionsNotMet', 'call-not-open', opensAt.toISOString()).refusal;
  return at > closesAt ? refuse('pastDeadline', 'call-closed', closesAt.toISOString()).refusal : null;
};

type MoneyUse = Pick<RequestFile, 'programmeCode' | 'fundingSource' | 'governorates'>;

/** The terms of the money: where and for what it may be spent. The reservation asks them again, and decides. */
export const sourceRefusal = async (
  { programmeCode, fundingSource, governorates }: MoneyUse,
  at: Date,
): Promise<Refusal | null> => {
  const [source, programme] = [await fundingSourceByCode(fundingSource), await programmeById(programmeCode)];
  const use = { programmeCode, sector: programme?.sector, governorates, atMs: at.getTime() };
  return sourceFault(source, use)?.refusal ?? null;
};

export type Frozen = { readonly file: RequestFile; readonly reference: string };

/** The same draft frozen twice is the same snapshot, so that a repeated submission hands in the same file. */
export const freezeDraft = async (
  draft: DraftDocument,
  form: CompleteForm,
  call: CallDocument,
  at: Date,
): Promise<Frozen> => {
  const reference = await referenceFor(draft, yearOf(at));
  const { titleAr, titleEn = titleAr, governorates } = form.project;
  const snapshot = await freezeSnapshot({ requestId: draft._id, reference, titleAr, titleEn, sections: form }, at);
  const file: RequestFile = {
    organisationId: draft.organisationId,
    callId: call._id,
    ...envelopeOfCall(call._id, call),
    governorates,
    requestedMinor: requestedMinorOf(form).toString(),
    snapshot: { id: snapshot._id, sha256: snapshot.sha256 },
    sections: sectionHashes(form),
  };
  return { file, reference };
};
