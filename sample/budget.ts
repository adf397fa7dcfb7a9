// Amounts of sample requests: the programme's mean times a factor, and budget lines that add up to it exactly.
import type { AmountMinor } from '../domain/amount.js';
import { amountMinor, piastres, splitByWeights } from '../domain/amount.js';
import type { BudgetCategory, BudgetRow } from './budget-rows.js';
import { administrationRow, budgetRowsOf } from './budget-rows.js';
import type { ProgrammeCode } from './programmes.js';
import { minorOfPounds, programmeOf } from './programmes.js';

export type BudgetLine = {
  readonly code: string;
  readonly category: BudgetCategory;
  readonly titleAr: string;
  readonly titleEn: string;
  readonly unitAr: string;
  readonly unitEn: string;
  readonly quantity: number;
  readonly unitCostMinor: AmountMinor;
  /** `quantity` times `unitCostMinor`. */
  readonly amountMinor: AmountMinor;
};

/** Factors of the mean in tenths, so that no amount ever passes through a fraction. */
export const factorsInTenths = [4, 6, 8, 10, 12, 15, 18] as const;
export type FactorInTenths = (typeof factorsInTenths)[number];

const stepMinor = minorOfPounds(500);
const pound = minorOfPounds(1);

const roundedToStep = (tenthsOfMinor: bigint): bigint => {
  const step = stepMinor * 10n;
  return ((tenthsOfMinor + step / 2n) / step) * stepMinor;
};

/** Mean times factor, rounded to the nearest EGP 500 and capped by the call's ceiling. */
export const requestedAmount = (programme: ProgrammeCode, factor: FactorInTenths): bigint => {
  const { meanMinor, ceilingMinor } = programmeOf(programme);
  const wanted = roundedToStep(piastres(meanMinor) * BigInt(factor));
  const ceiling = piastres(ceilingMinor);
  return wanted > ceiling ? ceiling : wanted;
};

const quantityFor = (row: BudgetRow, share: bigint, months: number): number => {
  if (row.unitEgp === 'months') return months;
  return Math.max(1, Number(share / minorOfPounds(row.unitEgp)));
};

const lineOf = (row: BudgetRow, quantity: number, unitCost: bigint): BudgetLine => ({
  code: row.code,
  category: row.category,
  titleAr: row.titleAr,
  titleEn: row.titleEn,
  unitAr: row.unitAr,
  unitEn: row.unitEn,
  quantity,
  unitCostMinor: amountMinor(unitCost),
  amountMinor: amountMinor(unitCost * BigInt(quantity)),
});

/** Unit costs are whole pounds; what that leaves over from the exact shares goes to the administration line. */
const lineFromShare = (row: BudgetRow, share: bigint, months: number): BudgetLine => {
  const quantity = quantityFor(row, share, months);
  return lineOf(row, quantity, (share / (BigInt(quantity) * pound)) * pound);
};

export const budgetLinesFor = (programme: ProgrammeCode, requested: bigint, months: number): BudgetLine[] => {
  const rows = budgetRowsOf(programme);
  const shares = splitByWeights(
    requested,
    [...rows, administrationRow].map((row) => row.weight),
  );
  const lines = rows.map((row, index) => lineFromShare(row, shares[index] ?? 0n, months));
  const spent = lines.reduce((sum, line) => sum + piastres(line.amountMinor), 0n);
  return [...lines, lineOf(administrationRow, 1, requested - spent)];
};
