// Awards as a CSV file that spreadsheets open with Arabic intact and never take for formulas.
import { amountTextOf } from '../bank/amount-text.js';
import { spreadsheetRows } from '../bank/spreadsheet.js';
import type { FigureName } from '../domain/money/public-figures.js';
import { figureNames } from '../domain/money/public-figures.js';
import type { PublicAward } from '../persistence/public-award.reads.js';
import { referenceOf } from './views/public-award.view.js';

const columns = [
  'reference',
  'title_ar',
  'title_en',
  'organisation_ar',
  'organisation_en',
  'registration_number',
  'programme',
  'funding_source',
  'fiscal_year',
  'governorates',
  'awarded_on',
  ...figureNames.map((name) => `${name}_egp`),
];

const rowOf = (award: PublicAward): string[] => [
  referenceOf(award),
  award.titleAr ?? '',
  award.titleEn ?? '',
  award.organisation?.nameAr ?? '',
  award.organisation?.nameEn ?? '',
  award.organisation?.registrationNumber ?? '',
  award.programmeCode,
  award.fundingSource,
  award.fiscalYear,
  award.governorates.join(' '),
  award.awardedAt.toISOString().slice(0, 10),
  ...figureNames.map((name: FigureName) => amountTextOf(award.figures[name])),
];

export async function* awardsCsv(awards: AsyncIterable<PublicAward>): AsyncGenerator<string> {
  yield spreadsheetRows([columns], true);
  for await (const award of awards) yield spreadsheetRows([rowOf(award)]);
}
