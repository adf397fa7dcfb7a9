// Arabic words for the generated parts of README.ar.md: names of stages and verdicts as in docs/glossary.md, meanings of variables.
import type { Outcome, Stage, Verdict } from '../../domain/lifecycle.js';

const names = {
  draft: 'مسودة',
  screening: 'الفحص',
  correction: 'استيفاء المستندات',
  'regional-opinion': 'رأي المديرية',
  'technical-review': 'التقييم الفني',
  committee: 'اللجنة',
  authority: 'الاعتماد',
  agreement: 'الاتفاقية',
  'appeal-window': 'مرفوض في مدة التظلم',
  appeal: 'التظلم',
  implementation: 'التنفيذ والصرف',
  'final-review': 'المراجعة الختامية',
  recovery: 'الاسترداد',
  closed: 'أُغلق',
  ineligible: 'غير مؤهل',
  rejected: 'مرفوض',
  withdrawn: 'مسحوب',
  declined: 'لم تُوقَّع الاتفاقية',
  lapsed: 'سقط بمضي المدة',
  terminated: 'أُنهي',
} as const satisfies Record<Stage | Outcome, string>;

const verdicts = {
  submit: 'تقديم',
  eligible: 'مؤهل',
  incomplete: 'غير مكتمل',
  resubmit: 'إعادة تقديم',
  support: 'تأييد',
  'support-with-remarks': 'تأييد بملاحظات',
  object: 'اعتراض',
  scored: 'اكتمال الدرجات',
  approve: 'موافقة',
  defer: 'تأجيل',
  return: 'إعادة',
  reject: 'رفض',
  sign: 'توقيع الجمعية',
  countersign: 'توقيع الصندوق',
  decline: 'اعتذار',
  uphold: 'تأييد القرار',
  'send-back': 'إعادة إلى مرحلة',
  settled: 'تسوية',
  'not-settled': 'دون تسوية',
  recovered: 'تم الاسترداد',
  'written-off': 'إعدام الدين',
} as const satisfies Record<Exclude<Verdict, 'ineligible' | 'appeal'>, string>;

const silence = { silence: 'انقضاء الموعد' };
const words: Readonly<Record<string, string>> = { ...verdicts, ...silence, ...names };

export const arabicWord = (word: string): string => words[word] ?? word;

const meanings: Readonly<Record<string, string>> = {
  SANAD_MODE:
    'وضع العرض `demo` يضيف دخولاً بلا كلمة مرور ومفتاح توقيع معلوماً للجميع؛ ووضع التشغيل `production` ليس فيه شيء من ذلك',
  SANAD_API_PORT: 'منفذ واجهة HTTP؛ والصفر يأخذ أي منفذ خالٍ',
  SANAD_API_HOST: 'العنوان الذي تستمع عليه الواجهة ومنفذ صحة العامل',
  SANAD_PUBLIC_URL:
    'العنوان الذي يصل منه الناس إلى سند؛ يُطبع على الخطابات مع رمز مربع ويبدأ به الرابط في رسائل البريد',
  SANAD_WORKER_PORT: 'منفذ صفحات صحة العامل وقياساته',
  SANAD_IDENTITY_KEY:
    'سر البصمات المفتاحية للحسابات البنكية والأرقام القومية، 32 حرفاً على الأقل؛ لازم خارج وضع العرض.',
  SANAD_TOKEN_KEY: 'السر الذي توقَّع به رموز الدخول ومؤشرات الصفحات، 32 حرفاً على الأقل؛ لازم خارج وضع العرض',
  SANAD_TOKEN_HOURS: 'مدة صلاحية رمز الدخول بالساعات',
  SANAD_READ_WAIT_MS: 'أقصى انتظار للرد على قرار حتى تظهر نتيجته في نموذج القراءة قبل أن يقال "behind"',
  SANAD_DECISION_DEADLINE_MS: 'أقصى انتظار من الواجهة لسير العمل قبل أن ترد بالحالة 202 وعنوان متابعة',
  SANAD_MAX_COMMANDS: 'عدد الأوامر التي تعمل عليها عملية واجهة واحدة في وقت واحد؛ وما زاد يُرد بالحالة 429',
  SANAD_MAX_CACHED_WORKFLOWS: 'عدد الطلبات التي يبقيها عامل واحد في الذاكرة؛ وغيرها يعاد بناؤه عند الحاجة',
  SANAD_UNRECORDED_LIMIT: 'عدد القرارات المقبولة للطلب الواحد التي يجوز أن تنتظر MongoDB قبل أن تُرد أوامره',
  SANAD_BANK_DELAY_MS: 'المدة التي يستغرقها البنك المحاكى للرد على ملف دفع',
  SANAD_BANK_URL: 'عنوان البنك الذي يستقبل ملفات الدفع؛ لازم خارج وضع العرض، وفي العرض يرد بنك محاكى',
  SANAD_BANK_PROFILE: 'ملف JSON بمواصفات بنك الصندوق لملفات الدفع؛ لازم خارج وضع العرض',
  SANAD_SMTP_URL:
    'خادم البريد الذي تُرسل به الإشعارات، بصيغة smtp://user:password@host:port؛ وبدونه تظهر الإشعارات داخل المنصة وحدها',
  SANAD_MAIL_FROM: 'عنوان مرسل رسائل البريد',
  SANAD_DRAIN_MS: 'المدة التي تُترك للطلبات والأنشطة الجارية حتى تكتمل عند الإيقاف',
  SANAD_LOG_LEVEL: 'أدنى درجة تُكتب في السجل',
  SANAD_TASK_QUEUE: 'طابور المهام في Temporal الذي تشترك فيه الواجهة والعامل',
  SANAD_COMMIT: 'رقم نسخة الشيفرة في هذا البناء، كما تذكره صفحة `/version`',
  TEMPORAL_ADDRESS: 'عنوان خادم Temporal ومنفذه',
  TEMPORAL_NAMESPACE: 'نطاق الأسماء في Temporal',
  MONGODB_URI: 'رابط الاتصال بمجموعة MongoDB المتماثلة (replica set)',
  MONGODB_DATABASE: 'اسم قاعدة البيانات',
  SANAD_DATA: 'المجلد الذي يحفظ فيه `npm start` البيانات والسجلات وملفات التشغيل',
  SANAD_TEMPORAL_BIN: 'ملف برنامج Temporal CLI المراد استخدامه',
  SANAD_MONGOD_BIN: 'ملف برنامج mongod المراد استخدامه',
  SANAD_URL: 'عنوان الواجهة لأوامر `sanad`؛ وبدونه تُستخدم النسخة العاملة في هذا المجلد',
  XDG_CACHE_HOME: 'موضع حفظ برامج الخدمات المثبتة، لكل مستخدم',
  CI: 'إذا ضُبط عُدَّت الخدمة الناقصة فشلاً في `npm test` لا تجاوزاً',
};

export const arabicMeaning = (variable: string): string => {
  const meaning = meanings[variable];
  if (meaning === undefined)
    throw new Error(`${variable} has no Arabic meaning yet: add it to scripts/docs/words-ar.ts`);
  return meaning;
};
