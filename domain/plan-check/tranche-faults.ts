// Whether a plan's tranches hold: they add up to every award, each can come to be paid, and what they ask for can be measured.
import { isAmountMinor, piastres, wholeBasisPoints } from '../amount.js';
import type { ResultsPlan, TrancheCondition, TranchePlan } from '../plan.js';
import type { PlanFault } from './plan-fault.js';
import { faultIf, planCheck } from './plan-fault.js';

const isShare = (share: number): boolean => Number.isInteger(share) && share > 0 && share <= wholeBasisPoints;
const isGoal = (value: number): boolean => Number.isSafeInteger(value) && value > 0;

const sharesIn = (parts: readonly TranchePlan[]): number[] =>
  parts.flatMap((part) => ('shareBasisPoints' in part ? [part.shareBasisPoints] : []));

const sumFaults = (parts: readonly TranchePlan[]): PlanFault[] => {
  const shares = sharesIn(parts);
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.length === 0
    ? faultIf(true, 'tranches.parts', {
        en: 'at least one tranche is a share: fixed amounts alone add up to one award and no other',
        ar: 'لا بد من دفعة واحدة على الأقل بنسبة: المبالغ الثابتة وحدها لا تساوي إلا منحة واحدة',
      })
    : faultIf(sum !== wholeBasisPoints, 'tranches.parts', {
        en: `the shares add up to ${sum}, not ${wholeBasisPoints}`,
        ar: `مجموع الأنصبة ${sum} وليس ${wholeBasisPoints}`,
      });
};

const sizeFaults = (part: TranchePlan, path: string): PlanFault[] =>
  'shareBasisPoints' in part
    ? faultIf(!isShare(part.shareBasisPoints), `${path}.shareBasisPoints`, {
        en: 'a share is a whole number of basis points above 0',
        ar: 'النصيب عدد صحيح من نقاط الأساس أكبر من صفر',
      })
    : faultIf(!isAmountMinor(part.amountMinor) || piastres(part.amountMinor) === 0n, `${path}.amountMinor`, {
        en: 'a fixed amount is a whole number of piastres above 0',
        ar: 'المبلغ الثابت عدد صحيح من القروش أكبر من صفر',
      });

const shareFaults = planCheck(['tranches'], ({ tranches: { parts, retentionBasisPoints } }) => [
  ...sumFaults(parts),
  ...parts.flatMap((part, index) => sizeFaults(part, `tranches.parts.${index}`)),
  ...faultIf(
    !Number.isInteger(retentionBasisPoints) || retentionBasisPoints < 0 || retentionBasisPoints >= wholeBasisPoints,
    'tranches.retentionBasisPoints',
    {
      en: 'the retention is a whole number from 0 to below 10000: something has to be paid before the end',
      ar: 'نسبة المحتجز عدد صحيح من صفر إلى ما دون 10000: لا بد من صرف شيء قبل النهاية',
    },
  ),
]);

type Place = { readonly tranche: number; readonly reports: number; readonly path: string };

/** A tranche that waits for itself, a later one or something that does not exist would never be paid. */
const orderFaults = (
  { kind, number }: Extract<TrancheCondition, { kind: 'report-accepted' | 'tranche-settled' }>,
  { tranche, reports, path }: Place,
): PlanFault[] => {
  const comes = number >= 1 && Number.isInteger(number);
  const before = kind === 'report-accepted' ? number <= reports : number < tranche;
  return faultIf(!comes || !before, path, {
    en: `${kind} ${number} never comes before tranche ${tranche}`,
    ar: `الشرط ${kind} ${number} لا يتحقق أبداً قبل الدفعة ${tranche}`,
  });
};

const conditionFaultsAt = (condition: TrancheCondition, place: Place): PlanFault[] => {
  switch (condition.kind) {
    case 'report-accepted':
    case 'tranche-settled':
      return orderFaults(condition, place);
    case 'visit-passed':
      return faultIf(!isGoal(condition.number), place.path, {
        en: 'visits are counted in whole numbers from 1',
        ar: 'تُعدّ الزيارات بأعداد صحيحة من 1',
      });
    case 'spent-share':
      return [
        ...faultIf(!isShare(condition.basisPoints), place.path, {
          en: 'a minimum spend is a share from 1 to 10000 basis points',
          ar: 'الحد الأدنى للإنفاق نسبة من 1 إلى 10000 نقطة أساس',
        }),
        ...faultIf(place.tranche === 1, place.path, {
          en: 'nothing is paid before tranche 1 that could be spent',
          ar: 'لا يُصرف قبل الدفعة 1 ما يمكن إنفاقه',
        }),
      ];
    case 'indicator-reached':
      return faultIf(!isGoal(condition.atLeast) || condition.code === '', place.path, {
        en: 'an indicator has a code, and is reached at a whole number above 0',
        ar: 'للمؤشر رمز، ويتحقق عند عدد صحيح أكبر من صفر',
      });
  }
};

const conditionFaults = planCheck(['tranches', 'reports'], ({ tranches, reports }) =>
  tranches.parts.flatMap(({ requires }, index) =>
    requires.flatMap((condition, place) =>
      conditionFaultsAt(condition, {
        ...{ tranche: index + 1, reports: reports.length },
        path: `tranches.parts.${index}.requires.${place}`,
      }),
    ),
  ),
);

const resultsFaultsAt = (
  { indicator, target, leastBasisPoints }: ResultsPlan,
  requires: readonly TrancheCondition[],
  path: string,
): PlanFault[] => [
  ...faultIf(!isGoal(target) || indicator === '', path, {
    en: 'results need an indicator and a target that is a whole number above 0',
    ar: 'النتائج تحتاج إلى مؤشر ومستهدف هو عدد صحيح أكبر من صفر',
  }),
  ...faultIf(!isShare(leastBasisPoints), path, {
    en: 'the least that is earned is a share from 1 to 10000 basis points',
    ar: 'أقل ما يُستحق نسبة من 1 إلى 10000 نقطة أساس',
  }),
  ...faultIf(!requires.some(({ kind }) => kind === 'report-accepted'), path, {
    en: 'results are read from an accepted report, so the tranche has to wait for one',
    ar: 'تُقرأ النتائج من تقرير مقبول، فلا بد أن تنتظره الدفعة',
  }),
];

const resultsFaults = planCheck(['tranches'], ({ tranches }) =>
  tranches.parts.flatMap(({ results, requires }, index) =>
    results === undefined ? [] : resultsFaultsAt(results, requires, `tranches.parts.${index}.results`),
  ),
);

export const trancheChecks = [shareFaults, conditionFaults, resultsFaults];
