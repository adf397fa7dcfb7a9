// A budget held against its call: faults of the rules as errors with a place in the form, and the total in words against figures.
import { plainLetters } from '../domain/arabic-letters.js';
import type { BudgetFault, BudgetTerms } from '../domain/review/budget.js';
import { budgetFaults, budgetSums } from '../domain/review/budget.js';
import type { FieldError, Messages } from './problem.js';
import { amountInWords } from './printed/written-amount.js';
import type { CompleteForm } from './schemas/form.schema.js';

const percent = (basisPoints: number): string => `${basisPoints / 100}%`;

const messagesOf = (fault: BudgetFault): Messages => {
  switch (fault.code) {
    case 'above_ceiling':
      return {
        ar: `مجموع الموازنة أكبر من سقف الدعوة (${fault.mostMinor} قرشاً)`,
        en: `The budget is more than the call's ceiling (${fault.mostMinor} piastres)`,
      };
    case 'category_above_share':
      return {
        ar: `نصيب الفئة ${fault.category} من المطلوب أكبر من المسموح (${percent(fault.mostBasisPoints)})`,
        en: `${fault.category} has more of what is asked for than the call allows (${percent(fault.mostBasisPoints)})`,
      };
    case 'contribution_too_small':
      return {
        ar: `مساهمة الجهة أقل من الحد الأدنى (${percent(fault.leastBasisPoints)} من الموازنة)`,
        en: `The organisation brings less than the least share (${percent(fault.leastBasisPoints)} of the budget)`,
      };
  }
};

/** The words that close a written amount on both sides may be left out when people type it. */
const closing = /^فقط | لا غير$/g;
const sameWords = (one: string, other: string): boolean =>
  plainLetters(one).replace(closing, '') === plainLetters(other).replace(closing, '');

const wordsError = ({ budget }: CompleteForm): FieldError[] => {
  const words = amountInWords(budgetSums(budget.lines).requested.toString(), 'ar');
  if (budget.totalInWordsAr === undefined || sameWords(budget.totalInWordsAr, words)) return [];
  const messages = { ar: `المبلغ كتابةً لا يطابق الأرقام: ${words}`, en: `The words are not the figures: ${words}` };
  return [{ pointer: '/sections/budget/totalInWordsAr', code: 'words_differ', messages }];
};

export const budgetErrors = (
  form: CompleteForm,
  call: { readonly ceilingMinor: string; readonly budgetTerms?: BudgetTerms },
): FieldError[] => [
  ...budgetFaults(form.budget.lines, call.ceilingMinor, call.budgetTerms).map((fault) => ({
    pointer: '/sections/budget/lines',
    code: fault.code,
    messages: messagesOf(fault),
  })),
  ...wordsError(form),
];
