// The sentences of decision letters in both languages. What a code means is said here where the code is a known one.
import type { AppealableOutcome, Stage } from '../../domain/lifecycle.js';
import type { CountedNoun } from '../printed/arabic-number.js';
import { arabicCount } from '../printed/arabic-number.js';
import { englishNumber } from '../printed/english-number.js';
import type { LetterKind } from './letter-kind.js';

const tranche: CountedNoun = {
  gender: 'feminine',
  one: 'دفعة واحدة',
  two: 'دفعتان',
  twoOf: 'دفعتا',
  plural: 'دفعات',
  accusative: 'دفعة',
  singular: 'دفعة',
};

export type LetterWords = {
  readonly titles: Readonly<Record<LetterKind, string>>;
  readonly to: string;
  readonly project: string;
  readonly organisation: string;
  readonly amount: string;
  readonly inWords: string;
  readonly paid: string;
  readonly tranches: (count: number) => string;
  readonly opening: Readonly<Record<Exclude<LetterKind, 'appeal-decision'>, string>>;
  readonly upheld: (standing: AppealableOutcome) => string;
  readonly sentBack: (stage: Stage) => string;
  readonly reasons: string;
  readonly reasonCodes: string;
  readonly notMet: string;
  readonly points: string;
  readonly conditions: string;
  readonly answerUntil: (moment: string) => string;
  readonly signUntil: (moment: string) => string;
  readonly appeal: string;
  readonly appealUntil: (moment: string) => string;
  readonly final: string;
  readonly onGround: (ground: string) => string;
  readonly moneyBack: string;
  readonly clocks: string;
};

const stagesAr: Partial<Record<Stage, string>> = {
  screening: 'الفحص',
  'regional-opinion': 'رأي المديرية',
  'technical-review': 'التقييم الفني',
  committee: 'اللجنة',
};

export const letterWords: Readonly<Record<'ar' | 'en', LetterWords>> = {
  ar: {
    titles: {
      ineligibility: 'إخطار بعدم أهلية طلب تمويل',
      correction: 'إخطار باستيفاء مستندات',
      award: 'إخطار بالموافقة على منحة',
      rejection: 'إخطار برفض طلب تمويل',
      deferral: 'إخطار بتأجيل البت في طلب تمويل',
      'appeal-decision': 'قرار في تظلم',
      suspension: 'إخطار بإيقاف طلب',
      lifting: 'إخطار برفع الإيقاف',
      termination: 'إخطار بإنهاء التمويل',
    },
    to: 'السادة',
    project: 'المشروع',
    organisation: 'رقم الجهة',
    amount: 'قيمة المنحة',
    inWords: 'بالحروف',
    paid: 'تُصرف على',
    tranches: (count) => arabicCount(BigInt(count), tranche),
    opening: {
      ineligibility: 'نحيطكم علماً بأن طلبكم لم يستوفِ شروط الأهلية، وذلك للأسباب المبينة أدناه.',
      correction: 'نعيد إليكم طلبكم لاستيفاء النقاط المبينة أدناه، ثم إعادة تقديمه.',
      award: 'يسرّنا إخطاركم بالموافقة على تمويل مشروعكم بالقيمة والشروط المبينة أدناه.',
      rejection: 'نحيطكم علماً بأنه تقرر رفض طلبكم، وذلك للأسباب المبينة أدناه.',
      deferral: 'نحيطكم علماً بأنه تقرر تأجيل البت في طلبكم، وذلك للأسباب المبينة أدناه.',
      suspension: 'نحيطكم علماً بأنه تقرر إيقاف طلبكم مؤقتاً، وتتوقف معه المواعيد والمدفوعات.',
      lifting: 'نحيطكم علماً بأنه تقرر رفع الإيقاف عن طلبكم، وتعود المواعيد إلى السريان بما كان متبقياً منها.',
      termination: 'نحيطكم علماً بأنه تقرر إنهاء تمويل مشروعكم، وتتوقف الدفعات التي لم تُصرف.',
    },
    upheld: (standing) =>
      standing === 'ineligible'
        ? 'نظرت لجنة التظلمات تظلمكم، وقررت تأييد القرار بعدم أهلية الطلب. وهذا القرار نهائي.'
        : 'نظرت لجنة التظلمات تظلمكم، وقررت تأييد القرار برفض الطلب. وهذا القرار نهائي.',
    sentBack: (stage) =>
      `نظرت لجنة التظلمات تظلمكم، وقررت قبوله وإعادة الطلب إلى مرحلة ${stagesAr[stage] ?? stage} للنظر فيه من جديد.`,
    reasons: 'الأسباب',
    reasonCodes: 'رموز الأسباب',
    notMet: 'بنود لم تُستوفَ',
    points: 'المطلوب استيفاؤه',
    conditions: 'الشروط',
    answerUntil: (moment) => `آخر موعد لإعادة التقديم: ${moment}. ويسقط الطلب بمضي المدة إن لم يُقدَّم قبله.`,
    signUntil: (moment) => `آخر موعد لتوقيع الاتفاقية: ${moment}.`,
    appeal: 'حق التظلم',
    appealUntil: (moment) =>
      `للمفوَّض بالتوقيع عن الجهة أن يتظلم من هذا القرار، مع بيان الأسباب، حتى ${moment}. وينظر التظلم من لم يشارك في القرار.`,
    final: 'القرار نهائي.',
    onGround: (ground) => `سبب الإيقاف: ${ground}.`,
    moneyBack: 'ما صُرف ولم يثبت إنفاقه في أغراض المشروع يُسترد وفق خطة استرداد يُتفق عليها.',
    clocks: 'لا يلزمكم إجراء حتى إخطار آخر.',
  },
  en: {
    titles: {
      ineligibility: 'Notice that a funding request is not eligible',
      correction: 'Notice to complete a funding request',
      award: 'Notice of an award',
      rejection: 'Notice of the rejection of a funding request',
      deferral: 'Notice that a decision is deferred',
      'appeal-decision': 'Decision on an appeal',
      suspension: 'Notice of a suspension',
      lifting: 'Notice that a suspension is lifted',
      termination: 'Notice of the termination of funding',
    },
    to: 'To',
    project: 'Project',
    organisation: 'Organisation no.',
    amount: 'Award',
    inWords: 'In words',
    paid: 'Paid in',
    tranches: (count) => `${englishNumber(BigInt(count))} ${count === 1 ? 'tranche' : 'tranches'}`,
    opening: {
      ineligibility: 'Your request does not meet the conditions of eligibility, for the reasons below.',
      correction: 'Your request is returned to you for the points below; please complete it and hand it in again.',
      award: 'We are pleased to tell you that your project is awarded funding, with the amount and conditions below.',
      rejection: 'It has been decided to reject your request, for the reasons below.',
      deferral: 'It has been decided to defer the decision on your request, for the reasons below.',
      suspension: 'It has been decided to suspend your request; its due times and payments stand still.',
      lifting: 'The suspension of your request is lifted; its due times run on with what was left of them.',
      termination: 'It has been decided to terminate the funding of your project; tranches not yet paid are stopped.',
    },
    upheld: (standing) =>
      `The appeal panel heard your appeal and upholds the decision ${
        standing === 'ineligible' ? 'that the request is not eligible' : 'to reject the request'
      }. This decision is final.`,
    sentBack: (stage) =>
      `The appeal panel heard your appeal, grants it, and sends the request back to the stage ${stage} to be judged again.`,
    reasons: 'Reasons',
    reasonCodes: 'Reason codes',
    notMet: 'Conditions not met',
    points: 'What to complete',
    conditions: 'Conditions',
    answerUntil: (moment) => `Hand it in again by ${moment}. A request that is not handed in by then lapses.`,
    signUntil: (moment) => `The agreement is to be signed by ${moment}.`,
    appeal: 'Your right to appeal',
    appealUntil: (moment) =>
      `Your signatory may appeal this decision, with grounds, until ${moment}. Nobody who took part in it judges the appeal.`,
    final: 'The decision is final.',
    onGround: (ground) => `Ground of the suspension: ${ground}.`,
    moneyBack: 'Money that was paid and is not accounted for will be recovered under a plan to be agreed.',
    clocks: 'You need not do anything until further notice.',
  },
};

const meanings: Readonly<Record<string, { readonly ar: string; readonly en: string }>> = {
  'registered-under-law': { ar: 'القيد وفق القانون', en: 'registered under the law' },
  'purpose-within-statute': { ar: 'اتفاق الغرض مع النظام الأساسي', en: 'purpose within the statute' },
  'relevant-experience': { ar: 'الخبرة ذات الصلة', en: 'relevant experience' },
  'active-board': { ar: 'مجلس إدارة قائم', en: 'an active board' },
  'qualified-staff': { ar: 'عاملون مؤهلون', en: 'qualified staff' },
  'two-years-of-final-accounts': { ar: 'حسابات ختامية لسنتين', en: 'two years of final accounts' },
  'satisfactory-inspection': { ar: 'تقرير تفتيش مُرضٍ', en: 'a satisfactory inspection' },
  'no-open-violations': { ar: 'عدم وجود مخالفات قائمة', en: 'no open violations' },
  'registry-finding': { ar: 'ملاحظة واردة من السجل', en: 'a finding of the registry' },
  'flagged-visit': { ar: 'ملاحظات زيارة ميدانية', en: 'a flagged visit' },
  'fraud-alarm': { ar: 'اشتباه يجري فحصه', en: 'a suspicion under examination' },
  'overdue-report': { ar: 'تقرير متأخر', en: 'an overdue report' },
  project: { ar: 'بيانات المشروع', en: 'project' },
  budget: { ar: 'الموازنة', en: 'budget' },
};

/** A code nobody has put into words stands for itself. */
export const meaningOf = (code: string, language: 'ar' | 'en'): string => meanings[code]?.[language] ?? code;
