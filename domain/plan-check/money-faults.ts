// Whether a plan's money holds: an authority matrix that leaves no sum open, tranches that add up and can all be paid, reports.
import { isAmountMinor, piastres } from '../amount.js';
import type { AuthorityRow, TrancheCondition } from '../plan.js';
import { isRowFor, riskClasses } from '../plan.js';
import type { PlanFault } from './plan-fault.js';
import { faultIf, planCheck, repeated } from './plan-fault.js';

/** EGP 10 billion: far above every award of the Fund. A matrix that ends below it leaves sums without a row. */
const highestMinor = 1_000_000_000_000n;

const levelFaults = ({ row, levels }: AuthorityRow): PlanFault[] => {
  const path = `authority.${row}`;
  return [
    ...faultIf(levels.length === 0 || !levels.every(({ people }) => Number.isInteger(people) && people > 0), path, {
      en: 'each level needs at least one person',
      ar: 'يلزم لكل مستوى شخص واحد على الأقل',
    }),
    ...repeated(levels.map(({ level }) => level)).flatMap((level) =>
      faultIf(true, path, { en: `the level ${level} stands twice`, ar: `المستوى ${level} مكرر` }),
    ),
  ];
};

const rangeFaults = (rows: readonly AuthorityRow[]): PlanFault[] =>
  rows.flatMap((row, index) => {
    const before = rows[index - 1];
    const from = before ? piastres(before.upToMinor) : 0n;
    const above = piastres(row.aboveMinor);
    const path = `authority.${row.row}`;
    const start =
      index === 0 ? 'the first row has to start at 0' : `the row before ends at ${from}, this one starts at ${above}`;
    return [
      ...faultIf(above > from, path, { en: `a gap: ${start}`, ar: `فجوة بين الصفوف: ${from} ثم ${above}` }),
      ...faultIf(above < from, path, { en: `an overlap: ${start}`, ar: `تداخل بين الصفوف: ${from} ثم ${above}` }),
      ...faultIf(piastres(row.upToMinor) <= above, path, {
        en: 'the row is empty: it ends where it starts or before',
        ar: 'الصف خالٍ: نهايته عند بدايته أو قبلها',
      }),
    ];
  });

/** Amounts have to follow each other without gap or overlap for each programme and risk class that a row names. */
const rangesFor = (rows: readonly AuthorityRow[]): PlanFault[] => {
  const programmes = ['', ...new Set(rows.flatMap((row) => row.programmes ?? []))];
  const risks = rows.some((row) => row.risk !== undefined) ? riskClasses : [undefined];
  const faults = programmes.flatMap((programme) =>
    risks.flatMap((risk) => {
      const about = [programme, risk].filter(Boolean).join(' ');
      const told = about === '' ? '' : ` (${about})`;
      return rangeFaults(rows.filter((row) => isRowFor(row, programme, risk))).map(({ path, en, ar }) => ({
        ...{ path, en: `${en}${told}`, ar: `${ar}${told}` },
      }));
    }),
  );
  return faults.filter((one, at) => faults.findIndex(({ path, en }) => path === one.path && en === one.en) === at);
};

const matrixFaults = planCheck(['authority'], ({ authority }) => [
  ...(authority.every((row) => isAmountMinor(row.aboveMinor) && isAmountMinor(row.upToMinor))
    ? rangesFor(authority)
    : faultIf(true, 'authority', { en: 'an amount is not whole piastres', ar: 'مبلغ ليس عدداً صحيحاً من القروش' })),
  ...authority.flatMap(levelFaults),
  ...repeated(authority.map(({ row }) => row)).flatMap((row) =>
    faultIf(true, `authority.${row}`, { en: 'two rows have this name', ar: 'صفان بهذا الاسم' }),
  ),
]);

/** Asked before publishing only: a running request whose sum has no row waits at `authority` for a newer plan. */
export const matrixIsTotal = planCheck(['route', 'authority'], ({ route, authority }) => {
  const top = authority.at(-1)?.upToMinor;
  const covers = top !== undefined && isAmountMinor(top) && piastres(top) >= highestMinor;
  return faultIf(route.includes('authority') && !covers, 'authority', {
    en: `sums up to ${highestMinor} piastres need a row; the last one ends at ${top ?? 'nothing'}`,
    ar: `يلزم صف لكل مبلغ حتى ${highestMinor} قرش؛ آخر صف ينتهي عند ${top ?? 'لا شيء'}`,
  });
});

const wholeBasisPoints = 10_000;
const isShare = (share: number): boolean => Number.isInteger(share) && share > 0 && share <= wholeBasisPoints;

const shareFaults = planCheck(['tranches'], ({ tranches: { parts, retentionBasisPoints } }) => {
  const sum = parts.reduce((total, { shareBasisPoints }) => total + shareBasisPoints, 0);
  return [
    ...faultIf(sum !== wholeBasisPoints, 'tranches.parts', {
      en: `the shares add up to ${sum}, not ${wholeBasisPoints}`,
      ar: `مجموع الأنصبة ${sum} وليس ${wholeBasisPoints}`,
    }),
    ...parts.flatMap(({ shareBasisPoints }, index) =>
      faultIf(!isShare(shareBasisPoints), `tranches.parts.${index}.shareBasisPoints`, {
        en: 'a share is a whole number of basis points above 0',
        ar: 'النصيب عدد صحيح من نقاط الأساس أكبر من صفر',
      }),
    ),
    ...faultIf(
      !Number.isInteger(retentionBasisPoints) || retentionBasisPoints < 0 || retentionBasisPoints >= wholeBasisPoints,
      'tranches.retentionBasisPoints',
      {
        en: 'the retention is a whole number from 0 to below 10000: something has to be paid before the end',
        ar: 'نسبة المحتجز عدد صحيح من صفر إلى ما دون 10000: لا بد من صرف شيء قبل النهاية',
      },
    ),
  ];
});

/** A tranche that waits for itself, a later one or something that does not exist would never be paid. */
const neverComes = ({ kind, number }: TrancheCondition, tranche: number, reports: number): boolean =>
  number < 1 || !Number.isInteger(number) || (kind === 'report-accepted' ? number > reports : number >= tranche);

const conditionFaults = planCheck(['tranches', 'reports'], ({ tranches, reports }) =>
  tranches.parts.flatMap(({ requires }, index) =>
    requires.flatMap((condition, place) =>
      faultIf(neverComes(condition, index + 1, reports.length), `tranches.parts.${index}.requires.${place}`, {
        en: `${condition.kind} ${condition.number} never comes before tranche ${index + 1}`,
        ar: `الشرط ${condition.kind} ${condition.number} لا يتحقق أبداً قبل الدفعة ${index + 1}`,
      }),
    ),
  ),
);

const reportFaults = planCheck(['reports'], ({ reports }) => [
  ...faultIf(reports.at(-1)?.kind !== 'final', 'reports', {
    en: 'the last report has to be the final one',
    ar: 'آخر التقارير هو التقرير النهائي',
  }),
  ...faultIf(reports.filter(({ kind }) => kind === 'final').length > 1, 'reports', {
    en: 'there is one final report',
    ar: 'التقرير النهائي واحد',
  }),
]);

export const moneyChecks = [matrixFaults, shareFaults, conditionFaults, reportFaults];
