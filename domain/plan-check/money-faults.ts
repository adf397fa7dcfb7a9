// Whether a plan's money holds: an authority matrix that leaves no sum open, reports; tranches have a file of their own.
import { isAmountMinor, piastres } from '../amount.js';
import type { AuthorityRow } from '../plan.js';
import { isRowFor, riskClasses } from '../plan.js';
import type { PlanFault } from './plan-fault.js';
import { faultIf, planCheck, repeated } from './plan-fault.js';
import { trancheChecks } from './tranche-faults.js';

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

type Asked = { readonly about: string; readonly rows: readonly AuthorityRow[] };

/** The rows that each programme and risk class named in the matrix is decided by; `about` is empty for all that are not named. */
const askedOf = (rows: readonly AuthorityRow[]): Asked[] => {
  const programmes = ['', ...new Set(rows.flatMap((row) => row.programmes ?? []))];
  const risks = rows.some((row) => row.risk !== undefined) ? riskClasses : [undefined];
  return programmes.flatMap((programme) =>
    risks.map((risk) => {
      const about = [programme, risk].filter(Boolean).join(' ');
      return { about: about === '' ? '' : ` (${about})`, rows: rows.filter((row) => isRowFor(row, programme, risk)) };
    }),
  );
};

/** Amounts have to follow each other without gap or overlap for each programme and risk class that a row names. */
const rangesFor = (authority: readonly AuthorityRow[]): PlanFault[] => {
  const faults = askedOf(authority).flatMap(({ about, rows }) =>
    rangeFaults(rows).map(({ path, en, ar }) => ({ path, en: `${en}${about}`, ar: `${ar}${about}` })),
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
export const matrixIsTotal = planCheck(['route', 'authority'], ({ route, authority }) =>
  askedOf(authority).flatMap(({ about, rows }) => {
    const top = rows.at(-1)?.upToMinor;
    const covers = top !== undefined && isAmountMinor(top) && piastres(top) >= highestMinor;
    return faultIf(route.includes('authority') && !covers, 'authority', {
      en: `sums up to ${highestMinor} piastres need a row; the last one ends at ${top ?? 'nothing'}${about}`,
      ar: `يلزم صف لكل مبلغ حتى ${highestMinor} قرش؛ آخر صف ينتهي عند ${top ?? 'لا شيء'}${about}`,
    });
  }),
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

export const moneyChecks = [matrixFaults, ...trancheChecks, reportFaults];
