// The reasons of a suggestion in words. Numbers stand after a colon, so that no grammar of counting is needed in either language.
import type { ConnectionKind } from '../connection.js';
import type { SuggestionReason } from './suggestion.js';

export type Sentence = { readonly ar: string; readonly en: string };

export const connectionWords: Readonly<Record<ConnectionKind, Sentence>> = {
  'board-member': { ar: 'عضوية مجلس إدارة الجهة', en: "sits on the organisation's board" },
  employee: { ar: 'العمل لدى الجهة', en: 'works for the organisation' },
  'earlier-employment': { ar: 'عمل سابق لدى الجهة', en: 'worked for the organisation before' },
  'same-account': { ar: 'حساب بنكي مشترك مع الجهة', en: 'shares a bank account with the organisation' },
  'same-phone': { ar: 'رقم هاتف مشترك مع الجهة', en: 'shares a telephone number with the organisation' },
  'same-address': { ar: 'عنوان مشترك مع الجهة', en: 'shares an address with the organisation' },
};

const plain = {
  'knows-programme': { ar: 'خبرة في مجال البرنامج.', en: "Knows the programme's field." },
  'other-programme': { ar: 'خبرته في مجال آخر.', en: 'Has expertise in another field.' },
  'interest-declared': { ar: 'مستبعد لتضارب مصالح مسجَّل.', en: 'Excluded by a recorded conflict of interest.' },
  'has-acted': { ar: 'مستبعد لأنه اتخذ إجراءً آخر على هذا الطلب.', en: 'Excluded: acted on this request otherwise.' },
  'already-assigned': { ar: 'أُسند إليه هذا الطلب من قبل.', en: 'Is assigned to this request already.' },
} as const satisfies Record<string, Sentence>;

export const sentenceOf = (reason: SuggestionReason): Sentence => {
  switch (reason.code) {
    case 'open-tasks':
      return { ar: `المهام المفتوحة لديه الآن: ${reason.count}.`, en: `Open tasks now: ${reason.count}.` };
    case 'earlier-reviews':
      return {
        ar: `تقييمات سابقة لطلبات الجهة نفسها: ${reason.count}.`,
        en: `Earlier reviews of this organisation: ${reason.count}.`,
      };
    case 'connected': {
      const words = reason.kinds.map((kind) => connectionWords[kind]);
      return {
        ar: `مستبعد لصلة بالجهة: ${words.map(({ ar }) => ar).join('، ')}.`,
        en: `Excluded: ${words.map(({ en }) => en).join(', ')}.`,
      };
    }
    default:
      return plain[reason.code];
  }
};
