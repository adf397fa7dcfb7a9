// Awards as the public reads them: one award, and totals by a dimension. Amounts come from the ledger alone.
import { z } from 'zod';
import type { Figures, Totals } from '../../domain/money/public-figures.js';
import type { PublicAward } from '../../persistence/public-award.reads.js';
import { egp, instant, money } from '../schemas/text.schema.js';

const figuresView = z
  .object({
    awarded: money.meta({ description: 'Agreed and committed' }),
    cancelled: money.meta({ description: 'Given up again before it was paid' }),
    disbursed: money.meta({ description: 'Paid by the bank' }),
    returned: money.meta({ description: 'Brought back by the organisation' }),
    writtenOff: money.meta({ description: 'Paid, not accounted for, and given up by authority' }),
  })
  .meta({ id: 'PublicFigures' });

const figuresViewOf = (figures: Figures): z.output<typeof figuresView> => ({
  awarded: egp(figures.awarded.toString()),
  cancelled: egp(figures.cancelled.toString()),
  disbursed: egp(figures.disbursed.toString()),
  returned: egp(figures.returned.toString()),
  writtenOff: egp(figures.writtenOff.toString()),
});

const named = z.object({ nameAr: z.string(), nameEn: z.string() });

export const publicAward = z.object({
  reference: z.string().meta({ description: "The request's number, as on its letters" }),
  titleAr: z.string().nullable(),
  titleEn: z.string().nullable(),
  organisation: named.extend({ registrationNumber: z.string() }).nullable(),
  programmeCode: z.string(),
  fundingSource: z.string(),
  fiscalYear: z.string(),
  governorates: z.array(z.string()),
  awardedAt: instant,
  figures: figuresView,
});

/** Requests from before references were given have their id alone. */
export const referenceOf = ({ reference, requestId }: Pick<PublicAward, 'reference' | 'requestId'>): string =>
  reference ?? requestId;

export const publicAwardOf = (award: PublicAward): z.output<typeof publicAward> => ({
  reference: referenceOf(award),
  titleAr: award.titleAr ?? null,
  titleEn: award.titleEn ?? null,
  organisation: award.organisation && {
    nameAr: award.organisation.nameAr,
    nameEn: award.organisation.nameEn,
    registrationNumber: award.organisation.registrationNumber,
  },
  programmeCode: award.programmeCode,
  fundingSource: award.fundingSource,
  fiscalYear: award.fiscalYear,
  governorates: [...award.governorates],
  awardedAt: award.awardedAt.toISOString(),
  figures: figuresViewOf(award.figures),
});

export const dimensions = ['programme', 'sector', 'governorate', 'source', 'fiscal-year', 'month'] as const;
export type Dimension = (typeof dimensions)[number];

export const publicTotals = z.object({
  by: z.enum(dimensions),
  asOf: instant.meta({ description: 'When the ledger was read' }),
  awards: z.int(),
  figures: figuresView,
  parts: z
    .array(
      z.object({
        key: z.string(),
        name: named.nullable(),
        awards: z.int().meta({ description: 'A project in several governorates counts in each' }),
        figures: figuresView,
      }),
    )
    .meta({ description: 'Their amounts add up to the whole; a project in several governorates is shared equally' }),
});

export type Names = ReadonlyMap<string, z.output<typeof named>>;

export const publicTotalsOf = (
  by: Dimension,
  totals: Totals,
  names: Names,
  asOf: Date,
): z.output<typeof publicTotals> => ({
  by,
  asOf: asOf.toISOString(),
  awards: totals.awards,
  figures: figuresViewOf(totals.figures),
  parts: totals.parts.map(({ key, awards, figures }) => ({
    key,
    name: names.get(key) ?? null,
    awards,
    figures: figuresViewOf(figures),
  })),
});
