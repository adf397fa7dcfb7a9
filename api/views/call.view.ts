// Calls as applicants and administrators see them: times as instants and on Cairo's clock, money, documents, and the score sheet.
import { z } from 'zod';
import { envelopeIdOf, envelopeOfCall } from '../../domain/money/envelope.js';
import type { Plan } from '../../domain/plan.js';
import type { CallDraftDocument } from '../../persistence/call-draft.model.js';
import type { CallDocument } from '../../persistence/programme.model.js';
import { cairoLocal } from '../cairo-time.js';
import { budgetTerms, documentAsked } from '../schemas/call.schema.js';
import { egp, id, instant, money, sha256, version } from '../schemas/text.schema.js';
import { budgetTermsOf, callSchema, callView } from './reference.view.js';

const sentences = z.object({ ar: z.string(), en: z.string() });

export const callDetail = callSchema
  .extend({
    opensAtCairo: z.string(),
    closesAtCairo: z.string(),
    planVersion: z.string(),
    checklist: z.array(z.string()).meta({ description: 'What screening looks at' }),
    scoreSheet: z.array(z.object({ code: z.string(), weight: z.int(), max: z.int(), guidance: sentences.nullable() })),
  })
  .meta({ id: 'CallDetail' });

export const callDetailOf = (call: CallDocument, plan: Plan, now: Date): z.output<typeof callDetail> => ({
  ...callView(call, now),
  opensAtCairo: cairoLocal(call.opensAt),
  closesAtCairo: cairoLocal(call.closesAt),
  planVersion: plan.version,
  checklist: [...plan.checklist],
  scoreSheet: plan.review.criteria.map(({ code, weight, max, guidance = null }) => ({ code, weight, max, guidance })),
});

export const callDraftView = z
  .object({
    callId: id,
    version,
    programmeCode: z.string(),
    fundingSource: z.string(),
    fiscalYear: z.string(),
    envelopeId: z.string().meta({ description: 'The envelope that its requests will draw on' }),
    titleAr: z.string(),
    titleEn: z.string(),
    opensAt: instant,
    opensAtCairo: z.string(),
    closesAt: instant,
    closesAtCairo: z.string(),
    planHash: sha256,
    ceiling: money,
    budget: money,
    documents: z.array(documentAsked),
    budgetTerms: budgetTerms.nullable(),
    lastEditedBy: id,
    openedBy: id.nullable(),
    updatedAt: instant,
  })
  .meta({ id: 'CallDraft' });

export const callDraftViewOf = (draft: CallDraftDocument): z.output<typeof callDraftView> => {
  const { content } = draft;
  const { programmeCode, fundingSource, fiscalYear, titleAr, titleEn, planHash } = content;
  return {
    ...{ callId: draft._id, version: draft.version },
    ...{ programmeCode, fundingSource, fiscalYear, titleAr, titleEn, planHash },
    envelopeId: envelopeIdOf(envelopeOfCall(draft._id, content)),
    opensAt: content.opensAt.toISOString(),
    opensAtCairo: cairoLocal(content.opensAt),
    closesAt: content.closesAt.toISOString(),
    closesAtCairo: cairoLocal(content.closesAt),
    ceiling: egp(content.ceilingMinor),
    budget: egp(content.budgetMinor),
    documents: content.documents.map((row) => ({ ...row })),
    budgetTerms: budgetTermsOf(content),
    lastEditedBy: draft.lastEditedBy,
    openedBy: draft.openedBy,
    updatedAt: draft.updatedAt.toISOString(),
  };
};
