// What administrators write about a call. Times are Cairo's local ones, to the minute; the edge turns them into instants.
import { z } from 'zod';
import type { BudgetTerms } from '../../domain/review/budget.js';
import { budgetCategories } from '../../domain/review/budget.js';
import { cairoInstants } from '../cairo-time.js';
import { amountMinor, id, sha256, text, version } from './text.schema.js';

const local = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/)
  .refine((value) => cairoInstants(value).length > 0, { error: 'is not a time on a clock in Cairo' })
  .meta({ description: 'Local time in Cairo to the minute, e.g. 2026-03-01T09:00' });

const code = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/);
const most = { documents: 40, title: 200, reason: 1_000 } as const;

export const documentAsked = z
  .strictObject({ code, titleAr: text(most.title), titleEn: text(most.title), required: z.boolean() })
  .meta({ id: 'DocumentAsked' });

const share = z.int().min(0).max(10_000);
export const budgetTerms = z
  .strictObject({
    shares: z
      .array(z.strictObject({ category: z.enum(budgetCategories), mostBasisPoints: share }))
      .max(budgetCategories.length)
      .refine((rows) => new Set(rows.map((row) => row.category)).size === rows.length, {
        error: 'names a category twice',
      })
      .exactOptional(),
    leastContributionBasisPoints: share.exactOptional(),
  })
  .meta({ id: 'BudgetTerms', description: 'Shares in hundredths of a percent' }) satisfies z.ZodType<BudgetTerms>;

const content = {
  programmeCode: id,
  fundingSource: id,
  fiscalYear: z.string().regex(/^\d{4}\/\d{4}$/),
  ownEnvelope: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'The call has money of its own: its requests draw on that envelope and on no other' }),
  titleAr: text(most.title),
  titleEn: text(most.title),
  opensAt: local,
  closesAt: local,
  planHash: sha256.meta({ description: 'Of a published plan; the requests of this call run under it' }),
  ceilingMinor: amountMinor.meta({ description: 'The most one request may ask for' }),
  budgetMinor: amountMinor.meta({ description: 'What the call is meant to award in all' }),
  documents: z
    .array(documentAsked)
    .max(most.documents)
    .refine((rows) => new Set(rows.map((row) => row.code)).size === rows.length, { error: 'names a document twice' }),
  budgetTerms: budgetTerms.exactOptional(),
} as const;
const reason = text(most.reason).exactOptional();

export const callContent = z.strictObject(content);
export const callCreation = z.strictObject({ callId: id, ...content, reason });
export const callEditing = z.strictObject({ ...content, reason });
export const callOpening = z.strictObject({ expectedVersion: version, reason });
export type CallInput = z.output<typeof callContent>;
