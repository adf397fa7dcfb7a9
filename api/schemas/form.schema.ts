// The form of a request: loose while it is a draft (nothing required, everything bounded), complete when it is submitted.
import { z } from 'zod';
import { budgetCategories, budgetSums, isCovered } from '../../domain/review/budget.js';
import { amountMinor, day, governorate, looseText, text } from './text.schema.js';

const mostLines = 200;
const quantity = z.int().min(0).max(1_000_000);
const months = z.int().min(1).max(60);
const beneficiaries = z.int().min(1).max(100_000_000);

/** An answer may be missing, or taken away again with null. */
const answer = <S extends z.ZodType>(schema: S) => schema.nullable().exactOptional();

const draftLine = z.strictObject({
  code: looseText(64).exactOptional(),
  category: z.enum(budgetCategories).exactOptional(),
  titleAr: looseText(200).exactOptional(),
  titleEn: looseText(200).exactOptional(),
  unitAr: looseText(60).exactOptional(),
  unitEn: looseText(60).exactOptional(),
  quantity: quantity.exactOptional(),
  unitCostMinor: amountMinor.exactOptional(),
  amountMinor: amountMinor.exactOptional(),
  ownMinor: amountMinor.exactOptional(),
  inKindMinor: amountMinor.exactOptional(),
});

export const draftSections = z.strictObject({
  project: z
    .strictObject({
      titleAr: answer(looseText(200)),
      titleEn: answer(looseText(200)),
      summaryAr: answer(looseText(4_000)),
      governorates: answer(z.array(governorate).max(27)),
      localityAr: answer(looseText(200)),
      startsOn: answer(looseText(10)),
      months: answer(z.int()),
    })
    .exactOptional(),
  beneficiaries: z.strictObject({ count: answer(z.int()), descriptionAr: answer(looseText(2_000)) }).exactOptional(),
  budget: z
    .strictObject({
      lines: answer(z.array(draftLine).max(mostLines)),
      totalInWordsAr: answer(looseText(400)),
    })
    .exactOptional(),
});
export type DraftSectionsInput = z.output<typeof draftSections>;

const line = z
  .strictObject({
    code: text(64),
    category: z.enum(budgetCategories),
    titleAr: text(200),
    titleEn: text(200).exactOptional(),
    unitAr: text(60),
    unitEn: text(60).exactOptional(),
    quantity: quantity.min(1),
    unitCostMinor: amountMinor,
    amountMinor,
    ownMinor: amountMinor.exactOptional(),
    inKindMinor: amountMinor.exactOptional(),
  })
  .refine((row) => BigInt(row.unitCostMinor) * BigInt(row.quantity) === BigInt(row.amountMinor), {
    path: ['amountMinor'],
    error: 'is not quantity times unit cost',
  })
  .refine(isCovered, { path: ['ownMinor'], error: 'is, with what comes in kind, more than the line' });

/** What has to be there before a request can be submitted. */
export const completeForm = z.strictObject({
  project: z.strictObject({
    titleAr: text(200, 5),
    titleEn: text(200, 5).exactOptional(),
    summaryAr: text(4_000, 20),
    governorates: z
      .array(governorate)
      .min(1)
      .refine((codes) => new Set(codes).size === codes.length, { error: 'names a governorate twice' }),
    localityAr: text(200).exactOptional(),
    startsOn: day,
    months,
  }),
  beneficiaries: z.strictObject({ count: beneficiaries, descriptionAr: text(2_000).exactOptional() }),
  budget: z.strictObject({
    lines: z.array(line).min(1).max(mostLines),
    totalInWordsAr: text(400).exactOptional(),
  }),
});
export type CompleteForm = z.output<typeof completeForm>;

export const requestedMinorOf = ({ budget }: CompleteForm): bigint => budgetSums(budget.lines).requested;
