// The few words that every printed document carries around its content, and the hash in the form people can compare by eye.

export const printedWords = {
  ar: {
    fund: 'صندوق دعم مشروعات الجمعيات والمؤسسات الأهلية',
    reference: 'المرجع',
    issued: 'التاريخ',
    proof: 'التحقق من صحة هذا المستند',
    code: 'رمز التحقق',
    hash: 'بصمة المحتوى',
    verify: 'للتحقق امسح الرمز أو افتح العنوان',
    qr: 'رمز مربع لعنوان التحقق',
    page: (number: number, of: number) => `صفحة ${number} من ${of}`,
  },
  en: {
    fund: 'Support Fund for NGO Projects',
    reference: 'Reference',
    issued: 'Date',
    proof: 'Proof that this document is genuine',
    code: 'Verification code',
    hash: 'Content hash',
    verify: 'To verify, scan the code or open this address',
    qr: 'QR code of the address for verifying',
    page: (number: number, of: number) => `Page ${number} of ${of}`,
  },
} as const;

/** The first sixteen hex digits in groups of four; the whole hash stands in the JSON. */
export const readableHash = (sha256: string): string => (sha256.slice(0, 16).match(/.{4}/g) ?? []).join(' ');
