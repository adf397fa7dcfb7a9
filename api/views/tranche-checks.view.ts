// The conditions of tranches in words: what each one says while it is met and while it is not.
import { z } from 'zod';
import type { CheckName, TrancheCheck } from '../../domain/money/tranche-checks.js';
import { checkNames } from '../../domain/money/tranche-checks.js';
import type { Messages } from '../problem.js';
import { instant } from '../schemas/text.schema.js';

export const trancheCheckView = z.object({
  condition: z.enum(checkNames),
  number: z.int().nullable().meta({ description: 'Of the report or the tranche that it waits for' }),
  state: z.enum(['met', 'not-met']),
  why: z.object({ ar: z.string(), en: z.string() }),
  at: instant.nullable().meta({ description: 'Since when it is met, or when a wait for a moment ends' }),
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
}: TrancheCheck): z.output<typeof trancheCheckView> => ({
  condition,
  number: number ?? null,
  state: met ? 'met' : 'not-met',
  why: sentences[condition][met ? 'met' : 'unmet'],
  at: atMs === undefined ? null : new Date(atMs).toISOString(),
});
