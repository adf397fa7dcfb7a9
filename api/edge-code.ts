// Codes that only the HTTP edge uses, beside the refusal codes of the domain, each with its public sentence.

export const edgeSentences = {
  invalidInput: { ar: 'بعض البيانات المرسلة غير صحيحة.', en: 'Some of what was sent is not valid.' },
  idempotencyKeyMissing: {
    ar: 'يلزم إرسال مفتاح تكرار (Idempotency-Key) من 16 إلى 64 حرفاً.',
    en: 'An Idempotency-Key of 16 to 64 letters, digits, "-" or "_" is required.',
  },
  badCursor: { ar: 'مؤشر الصفحة غير صالح.', en: 'The page cursor is not valid.' },
  notFound: { ar: 'لا يوجد شيء بهذا العنوان.', en: 'There is nothing at this address.' },
  keyInProgress: {
    ar: 'طلب سابق بالمفتاح نفسه ما زال قيد التنفيذ.',
    en: 'An earlier call with the same key is still running.',
  },
  draftChanged: {
    ar: 'تغيّرت المسودة بعد أن فتحتها؛ حمّل النسخة الأخيرة ثم أعد المحاولة.',
    en: 'The draft changed after you opened it; load the latest version and try again.',
  },
  preconditionMissing: {
    ar: 'يلزم إرسال رقم النسخة التي فتحتها (If-Match).',
    en: 'The version you opened is required (If-Match).',
  },
  tooLarge: { ar: 'المحتوى المرسل أكبر من المسموح.', en: 'What was sent is larger than allowed.' },
  unsupportedMediaType: { ar: 'يُقبل محتوى JSON فقط.', en: 'Only JSON is accepted.' },
  tooManyRequests: {
    ar: 'عدد كبير من الطلبات في وقت واحد؛ أعد المحاولة بعد قليل.',
    en: 'Too many calls at once; try again shortly.',
  },
  unavailable: {
    ar: 'الخدمة غير متاحة مؤقتاً؛ أعد المحاولة بعد قليل.',
    en: 'The service is not available for the moment; try again shortly.',
  },
  notCarriedOut: {
    ar: 'لم يُنفَّذ الطلب؛ أعد إرساله بالمفتاح نفسه.',
    en: 'The call was not carried out; send it again with the same key.',
  },
  internal: { ar: 'حدث خطأ غير متوقع؛ احتفظ برقم الطلب.', en: 'Something unexpected went wrong; keep the request id.' },
} as const satisfies Record<string, { readonly ar: string; readonly en: string }>;

export type EdgeCode = keyof typeof edgeSentences;
