// The conditions of tranches in words: what each one says while it is met and while it is not.
import { z } from 'zod';
import type { GrantRequest, Tranche } from '../../domain/grant-request.js';
import type { CheckName, TrancheCheck } from '../../domain/money/tranche-checks.js';
import { checkNames } from '../../domain/money/tranche-checks.js';
import { reachedOf } from '../../domain/money/tranche-conditions.js';
import { plannedMinor, resultsPlanOf } from '../../domain/money/tranche-results.js';
import type { Plan } from '../../domain/plan.js';
import type { Messages } from '../problem.js';
import { egp, instant, money } from '../schemas/text.schema.js';

export const trancheCheckView = z.object({
  condition: z.enum(checkNames),
  number: z.int().nullable().meta({ description: 'Of the report or the tranche that it waits for' }),
  state: z.enum(['met', 'not-met']),
  why: z.object({ ar: z.string(), en: z.string() }),
  at: instant.nullable().meta({ description: 'Since when it is met, or when a wait for a moment ends' }),
  spent: z.object({ needed: money, reached: money }).nullable().meta({
    description: 'Of what was paid before: how much accepted reports have to account for, and how much they do',
  }),
  indicator: z
    .object({ code: z.string(), needed: z.int(), reached: z.int() })
    .nullable()
    .meta({ description: 'As the newest accepted report has it now; a tranche that went on keeps its condition met' }),
});

/** How a tranche's amount depends on results. */
export const trancheResultsView = z.object({
  indicator: z.string(),
  target: z.int(),
  leastBasisPoints: z.int(),
  reached: z.int(),
  planned: money,
  earned: money.nullable().meta({ description: 'Null until its conditions are met' }),
});

const sentences: Readonly<Record<CheckName, { readonly met: Messages; readonly unmet: Messages }>> = {
  'agreement-signed': {
    met: { ar: 'وقّع الطرفان الاتفاقية.', en: 'Both sides signed the agreement.' },
    unmet: { ar: 'لم يوقّع الطرفان الاتفاقية بعد.', en: 'The agreement is not signed by both sides yet.' },
  },
  'report-accepted': {
    met: { ar: 'قُبل التقرير المطلوب.', en: 'The report it waits for is accepted.' },
    unmet: { ar: 'لم يُقبل التقرير المطلوب بعد.', en: 'The report it waits for is not accepted yet.' },
  },
  'tranche-settled': {
    met: { ar: 'صُرفت الدفعة السابقة.', en: 'The earlier tranche is paid.' },
    unmet: { ar: 'لم تُصرف الدفعة السابقة بعد.', en: 'The earlier tranche is not paid yet.' },
  },
  'spent-share': {
    met: { ar: 'أُنفق الحد الأدنى مما صُرف من قبل بحسب التقارير المقبولة.', en: 'Accepted reports account for enough of the money paid before.' },
    unmet: { ar: 'لم يُنفق بعد الحد الأدنى مما صُرف من قبل بحسب التقارير المقبولة.', en: 'Accepted reports do not account for enough of the money paid before.' },
  },
  'indicator-reached': {
    met: { ar: 'تحقق المؤشر المطلوب.', en: 'The indicator it waits for is reached.' },
    unmet: { ar: 'لم يتحقق المؤشر المطلوب بعد.', en: 'The indicator it waits for is not reached yet.' },
  },
  'visit-passed': {
    met: { ar: 'اجتاز المشروع الزيارة الميدانية المطلوبة.', en: 'The project passed the visit it waits for.' },
    unmet: { ar: 'لم يجتز المشروع بعد الزيارة الميدانية المطلوبة.', en: 'The project has not passed the visit it waits for yet.' },
  },
  'after-review-ratified': {
    met: { ar: 'لا ينتظر الصرف المراجعة اللاحقة.', en: 'The payment does not wait for the after-review.' },
    unmet: { ar: 'لم تقرّ اللجنة المراجعة اللاحقة بعد.', en: 'The committee has not ratified the first money yet.' },
  },
  'not-suspended': {
    met: { ar: 'الطلب غير موقوف.', en: 'The request is not suspended.' },
    unmet: { ar: 'الطلب موقوف.', en: 'The request is suspended.' },
  },
  'account-verified': {
    met: { ar: 'تم التحقق من الحساب البنكي.', en: 'The bank account is verified.' },
    unmet: { ar: 'لم يُتحقق بعد من الحساب البنكي.', en: 'The bank account is not verified yet.' },
  },
  'account-rested': {
    met: { ar: 'انقضت مهلة الأمان بعد تغيير الحساب.', en: 'The rest after the last change of account is over.' },
    unmet: { ar: 'لم تنقض مهلة الأمان بعد تغيير الحساب.', en: 'The account was changed too recently.' },
  },
  'account-sharing-explained': {
    met: { ar: 'جهة أخرى تُصرف لها على الحساب نفسه، والسبب مدوَّن.', en: 'Another organisation is paid on the account, for a recorded reason.' },
    unmet: { ar: 'جهة أخرى تُصرف لها على الحساب نفسه بلا سبب مدوَّن.', en: 'Another organisation is paid on the account, and nobody recorded why.' },
  },
  'registry-data-fresh': {
    met: { ar: 'بيانات القيد حديثة.', en: 'The registry data are fresh.' },
    unmet: { ar: 'بيانات القيد قديمة وتلزم إعادة الاستعلام.', en: 'The registry data are too old; ask the registry again.' },
  },
}; // prettier-ignore

export const trancheCheckViewOf = ({
  condition,
  number,
  met,
  atMs,
  spent,
  indicator,
}: TrancheCheck): z.output<typeof trancheCheckView> => ({
  condition,
  number: number ?? null,
  state: met ? 'met' : 'not-met',
  why: sentences[condition][met ? 'met' : 'unmet'],
  at: atMs === undefined ? null : new Date(atMs).toISOString(),
  spent: spent ? { needed: egp(spent.neededMinor), reached: egp(spent.reachedMinor) } : null,
  indicator: indicator ?? null,
});

export const trancheResultsViewOf = (
  request: GrantRequest,
  tranche: Tranche,
  plan: Plan,
): z.output<typeof trancheResultsView> | null => {
  const results = resultsPlanOf(tranche, plan);
  if (results === undefined) return null;
  const isEarned = tranche.plannedMinor !== undefined;
  return {
    ...results,
    reached: reachedOf(request, results.indicator),
    planned: egp(plannedMinor(tranche)),
    earned: isEarned ? egp(tranche.amountMinor) : null,
  };
};
