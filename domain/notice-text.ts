// What notices say, in Arabic and English. A subject names the request and nothing else: no person, no organisation, no amount,
// because subjects are read over shoulders, kept by mail servers and shown on locked screens.
import type { NoticeKind } from './notice.js';

export type NoticeLanguage = 'ar' | 'en';
export type NoticeText = { readonly subject: string; readonly body: string; readonly action: string };

const open = { ar: 'فتح الطلب', en: 'Open the request' };

/** `{reference}` stands for the number of the request, `{number}` for that of the report or tranche. */
const texts: Readonly<Record<NoticeKind, Readonly<Record<NoticeLanguage, Omit<NoticeText, 'action'>>>>> = {
  'submission-received': {
    ar: {
      subject: 'تسلّمنا الطلب {reference}',
      body: 'تسلّم الصندوق طلبكم وبدأ فحصه. يمكنكم متابعة المرحلة والموعد من صفحة الطلب.',
    },
    en: {
      subject: 'Request {reference} was received',
      body: 'The Fund has received your request and is screening it. Its page shows the stage and the due time.',
    },
  },
  'correction-asked': {
    ar: {
      subject: 'مطلوب استيفاء في الطلب {reference}',
      body: 'طلب الصندوق استيفاء بعض البنود. تجدون في صفحة الطلب ما هو مطلوب وآخر موعد لإعادة التقديم.',
    },
    en: {
      subject: 'Request {reference} needs a correction',
      body: 'The Fund asks you to correct some points. The page of the request says which, and until when to send it again.',
    },
  },
  'work-assigned': {
    ar: { subject: 'أُسند إليك الطلب {reference}', body: 'أُسند إليك عمل على هذا الطلب، وتجد موعده في صندوق مهامك.' },
    en: {
      subject: 'Request {reference} was assigned to you',
      body: 'Work on this request was assigned to you. Your inbox shows until when.',
    },
  },
  'opinion-asked': {
    ar: {
      subject: 'مطلوب رأي المديرية في الطلب {reference}',
      body: 'وصل إلى مديريتكم طلب لإبداء الرأي. إن لم يُسجَّل الرأي قبل موعده مضى الطلب بدونه.',
    },
    en: {
      subject: 'Request {reference} waits for the opinion of the directorate',
      body: 'A request waits for the opinion of your directorate. Without an opinion in time it goes on without one.',
    },
  },
  'decision-refused': {
    ar: {
      subject: 'صدر قرار في الطلب {reference}',
      body: 'صدر قرار بعدم الموافقة على الطلب. تجدون في صفحته الأسباب وخطاب القرار وآخر يوم للتظلم إن كان متاحاً.',
    },
    en: {
      subject: 'A decision was taken on request {reference}',
      body: 'The request was not approved. Its page has the reasons, the letter, and the last day of an appeal where there is one.',
    },
  },
  'agreement-to-sign': {
    ar: {
      subject: 'صدر قرار في الطلب {reference}',
      body: 'وافق الصندوق على الطلب، والاتفاقية جاهزة لتوقيعكم. تسقط الموافقة إذا انقضى الموعد دون توقيع.',
    },
    en: {
      subject: 'A decision was taken on request {reference}',
      body: 'The Fund approved the request and the agreement is ready for your signature. The approval lapses when it is not signed in time.',
    },
  },
  'agreement-concluded': {
    ar: {
      subject: 'أُبرمت اتفاقية الطلب {reference}',
      body: 'وقّع الطرفان الاتفاقية وبدأ التنفيذ. تجدون في صفحة الطلب الدفعات ومواعيد التقارير.',
    },
    en: {
      subject: 'The agreement on request {reference} is concluded',
      body: 'Both sides have signed and the project begins. The page of the request shows its tranches and when reports are due.',
    },
  },
  'payment-settled': {
    ar: {
      subject: 'حُوّلت دفعة في الطلب {reference}',
      body: 'أفاد البنك بتحويل الدفعة رقم {number}. يرجى تأكيد تسلّمها من صفحة الطلب.',
    },
    en: {
      subject: 'A payment on request {reference} was made',
      body: 'The bank reports that tranche {number} was paid. Please confirm its receipt on the page of the request.',
    },
  },
  'tranche-reduced': {
    ar: {
      subject: 'تغيّر مبلغ دفعة في الطلب {reference}',
      body: 'لم تُستحق الدفعة رقم {number} كاملة بحسب التقارير المقبولة. تجدون في صفحة الطلب ما استُحق منها والسبب.',
    },
    en: {
      subject: 'A tranche on request {reference} was reduced',
      body: 'By the accepted reports tranche {number} was not earned in full. The page of the request shows what was earned, and why.',
    },
  },
  'report-due-soon': {
    ar: {
      subject: 'يقترب موعد تقرير الطلب {reference}',
      body: 'يحل قريباً موعد تقديم التقرير رقم {number}. تجدون الموعد في صفحة الطلب.',
    },
    en: {
      subject: 'A report on request {reference} is due soon',
      body: 'Report {number} is due soon. The page of the request shows the day.',
    },
  },
  'report-overdue': {
    ar: {
      subject: 'تأخر تقرير الطلب {reference}',
      body: 'انقضى موعد التقرير رقم {number} ولم يصل بعد. لا تُصرف الدفعات المعلّقة عليه حتى يُقبل.',
    },
    en: {
      subject: 'A report on request {reference} is overdue',
      body: 'Report {number} has not arrived in time. Tranches that depend on it wait until it is accepted.',
    },
  },
  'report-returned': {
    ar: {
      subject: 'أُعيد تقرير الطلب {reference}',
      body: 'أُعيد التقرير رقم {number} لاستيفاء ملاحظات. تجدونها في صفحة الطلب.',
    },
    en: {
      subject: 'A report on request {reference} was returned',
      body: 'Report {number} was returned with points to correct. The page of the request says which.',
    },
  },
  'instalment-due-soon': {
    ar: {
      subject: 'يقترب موعد قسط مستحق على الطلب {reference}',
      body: 'يحل قريباً موعد القسط رقم {number} من المبلغ المستحق للصندوق. تجدون المبلغ والموعد في صفحة الطلب.',
    },
    en: {
      subject: 'An instalment on request {reference} is due soon',
      body: 'Instalment {number} of what is owed to the Fund is due soon. The page of the request shows the sum and the day.',
    },
  },
  'instalment-overdue': {
    ar: {
      subject: 'تأخر قسط مستحق على الطلب {reference}',
      body: 'انقضى موعد القسط رقم {number} ولم يُسدَّد كاملاً. تجدون المتبقي في صفحة الطلب.',
    },
    en: {
      subject: 'An instalment on request {reference} is overdue',
      body: 'Instalment {number} was not paid in full in time. The page of the request shows what is left.',
    },
  },
  'request-suspended': {
    ar: {
      subject: 'أُوقف الطلب {reference}',
      body: 'أُوقف الطلب مؤقتاً. توقفت مواعيده وصرف دفعاته حتى يُرفع الإيقاف، وتجدون السبب في صفحته.',
    },
    en: {
      subject: 'Request {reference} is suspended',
      body: 'The request is suspended. Its due times and payments stand still until that is lifted; its page says why.',
    },
  },
  'suspension-lifted': {
    ar: {
      subject: 'رُفع إيقاف الطلب {reference}',
      body: 'رُفع الإيقاف وعادت المواعيد إلى السريان. تجدون المواعيد الجديدة في صفحة الطلب.',
    },
    en: {
      subject: 'Request {reference} is no longer suspended',
      body: 'The suspension is lifted and due times run again. The page of the request shows the new ones.',
    },
  },
  'request-ended': {
    ar: { subject: 'انتهى الطلب {reference}', body: 'انتهى هذا الطلب. تجدون في صفحته كيف انتهى وما بقي من مستندات.' },
    en: {
      subject: 'Request {reference} has ended',
      body: 'This request has ended. Its page shows how, and the documents that remain.',
    },
  },
  'authority-unresolved': {
    ar: {
      subject: 'الطلب {reference} ينتظر جدول الصلاحيات',
      body: 'لا يحدد جدول الصلاحيات صفاً واحداً لهذا الطلب، فهو ينتظر ولا يمضي حتى يُصحَّح الجدول.',
    },
    en: {
      subject: 'Request {reference} waits for the authority matrix',
      body: 'The authority matrix gives no single row for this request. It waits, and is never passed, until that is mended.',
    },
  },
};

export type NoticeAbout = { readonly reference: string; readonly number?: number };

const filled = (text: string, { reference, number }: NoticeAbout): string =>
  text.replaceAll('{reference}', reference).replaceAll('{number}', number === undefined ? '' : String(number));

export const noticeText = (kind: NoticeKind, language: NoticeLanguage, about: NoticeAbout): NoticeText => {
  const { subject, body } = texts[kind][language];
  return { subject: filled(subject, about), body: filled(body, about), action: open[language] };
};
