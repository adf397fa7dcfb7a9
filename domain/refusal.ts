// The closed list of refusals (lifecycle.md §10): a rule said no, why, and what would be accepted. Never an exception in the domain.

type Sentence = { readonly ar: string; readonly en: string };

export const refusalSentences = {
  notSignedIn: { ar: 'يلزم تسجيل الدخول أولاً.', en: 'Sign in first.' },
  notYourRole: { ar: 'هذا الإجراء ليس من صلاحيات دورك.', en: 'Your role does not include this action.' },
  notYourOrganisation: { ar: 'هذا الطلب يخص جمعية أخرى.', en: 'This request belongs to another organisation.' },
  notYourGovernorate: { ar: 'هذا الطلب خارج نطاق محافظتك.', en: 'This request is outside your governorate.' },
  notAssigned: { ar: 'لم تُسند إليك هذه المهمة.', en: 'This task is not assigned to you.' },
  notThisStage: {
    ar: 'الطلب ليس في مرحلة تقبل هذا الإجراء.',
    en: 'The request is not at a stage that accepts this action.',
  },
  staleVersion: {
    ar: 'تغيّر الملف بعد أن فتحته؛ راجع التغييرات ثم أعد المحاولة.',
    en: 'The file changed after you opened it; look at the changes and try again.',
  },
  alreadyActed: { ar: 'سبق أن سجّلت إجراءك في هذه الخطوة.', en: 'You have already acted at this step.' },
  conflictOfInterest: {
    ar: 'يوجد تضارب مصالح مسجَّل يمنعك من هذا الطلب.',
    en: 'A recorded conflict of interest excludes you from this request.',
  },
  dutyConflict: {
    ar: 'سبق لك إجراء على هذا الطلب لا يجوز الجمع بينه وبين هذا الإجراء.',
    en: 'You did something on this request that may not be combined with this action.',
  },
  quorumMissing: { ar: 'لم يكتمل النصاب.', en: 'The quorum is not complete.' },
  ballotClosed: { ar: 'أُغلق التصويت على هذا البند.', en: 'The ballot on this item is closed.' },
  notPresent: { ar: 'لم تُسجَّل حاضراً في هذه الجلسة.', en: 'You are not recorded as present in this session.' },
  recused: { ar: 'تنحّيت عن هذا البند.', en: 'You are recused from this item.' },
  pastDeadline: { ar: 'انقضى الموعد النهائي.', en: 'The deadline has passed.' },
  suspended: { ar: 'الطلب موقوف حتى يُرفع الإيقاف.', en: 'The request is suspended until the suspension is lifted.' },
  envelopeExceeded: {
    ar: 'المبلغ يتجاوز المتاح في مخصصات البرنامج.',
    en: "The amount is more than the programme's envelope has left.",
  },
  authorityUnresolved: {
    ar: 'لا يحدد جدول الصلاحيات صفاً واحداً لهذا المبلغ.',
    en: 'The authority matrix gives no single row for this amount.',
  },
  conditionsNotMet: { ar: 'لم تتحقق الشروط اللازمة لهذا الإجراء.', en: 'The conditions for this action are not met.' },
  tranchesDoNotAddUp: { ar: 'مجموع الأجزاء لا يساوي الإجمالي.', en: 'The parts do not add up to the total.' },
  bankDetailsUnverified: { ar: 'لم يُتحقق بعد من بيانات الحساب البنكي.', en: 'The bank details are not verified yet.' },
  bankDetailsTooFresh: {
    ar: 'تغيّرت بيانات الحساب البنكي حديثاً؛ لا صرف قبل انقضاء مهلة الأمان.',
    en: 'The bank details changed too recently for a payment.',
  },
  instructionExists: {
    ar: 'يوجد إذن صرف قائم لهذه الدفعة.',
    en: 'This tranche already has a live payment instruction.',
  },
  reportNotAccepted: { ar: 'لم يُقبل التقرير المطلوب بعد.', en: 'The report this depends on is not accepted yet.' },
  indicatorPartsDoNotAddUp: {
    ar: 'مجموع فئات المؤشر لا يساوي المتحقق.',
    en: "An indicator's parts do not add up to its actual value.",
  },
  amendmentNeeded: {
    ar: 'يتجاوز ذلك المبلغ المعتمد؛ يلزم ملحق للاتفاقية.',
    en: 'This goes beyond what was awarded; an amendment is needed.',
  },
  appealWindowClosed: { ar: 'انقضت مدة التظلم من هذا القرار.', en: 'The time to appeal this decision has passed.' },
  appealAlreadyDecided: {
    ar: 'سبق البت في التظلم من هذا القرار، ولا يُنظر مرتين.',
    en: 'The appeal against this decision was already decided, and is not decided twice.',
  },
  panelNotIndependent: {
    ar: 'شاركت في القرار محل التظلم، فلا يجوز أن تكون في لجنة التظلمات.',
    en: 'You took part in the decision under appeal and cannot sit on its panel.',
  },
  roundsExhausted: { ar: 'استُنفدت جولات الاستيفاء المسموح بها.', en: 'All allowed correction rounds are used up.' },
  requestEnded: { ar: 'انتهى هذا الطلب.', en: 'This request has ended.' },
  keyReusedWithOtherContent: {
    ar: 'استُخدم مفتاح التكرار نفسه مع محتوى مختلف.',
    en: 'The same idempotency key was used with other content.',
  },
  planNotApplicable: { ar: 'لا يمكن تطبيق هذه السياسة.', en: 'This plan cannot be applied.' },
  unknownStatus: {
    ar: 'حالة الدفع غير معلومة؛ يلزم قرار مسؤول.',
    en: 'The payment status is unknown; a person has to resolve it.',
  },
  recordingBehind: {
    ar: 'التسجيل متأخر مؤقتاً؛ أعد المحاولة بعد قليل.',
    en: 'Recording is behind for the moment; try again shortly.',
  },
} as const satisfies Record<string, Sentence>;

export type RefusalCode = keyof typeof refusalSentences;
export const refusalCodes = Object.keys(refusalSentences).filter(
  (code): code is RefusalCode => code in refusalSentences,
);

/** `rule` names what was broken and `accepted` what would pass; both are codes or numbers, never personal data. */
export type Refusal = { readonly code: RefusalCode; readonly rule?: string; readonly accepted?: string };

export const refuse = (code: RefusalCode, rule?: string, accepted?: string): { refusal: Refusal } => ({
  refusal: { code, ...(rule === undefined ? {} : { rule }), ...(accepted === undefined ? {} : { accepted }) },
});
