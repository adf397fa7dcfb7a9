// The words of the ledger in both languages: accounts, postings, and the columns of a statement.
import type { Account } from '../domain/money/ledger.js';
import type { PostingDocument } from '../persistence/ledger.model.js';
import type { Language } from './problem.js';

type Sides = Account | 'outside';
type Kinds = PostingDocument['kind'];

export type LedgerWords = {
  readonly columns: {
    readonly envelope: string;
    readonly number: string;
    readonly bookedAt: string;
    readonly decidedAt: string;
    readonly kind: string;
    readonly from: string;
    readonly to: string;
    readonly amount: string;
    readonly request: string;
    readonly after: (account: string) => string;
    readonly posting: string;
    readonly reverses: string;
  };
  readonly opening: string;
  readonly closing: string;
  readonly inAll: (count: number) => string;
  readonly account: Readonly<Record<Sides, string>>;
  readonly kind: Readonly<Record<Kinds, string>>;
};

const arabic: LedgerWords = {
  columns: {
    envelope: 'المخصص',
    number: 'رقم القيد',
    bookedAt: 'وقت القيد (UTC)',
    decidedAt: 'وقت القرار (UTC)',
    kind: 'نوع القيد',
    from: 'من حساب',
    to: 'إلى حساب',
    amount: 'المبلغ بالجنيه',
    request: 'الطلب',
    after: (account) => `رصيد ${account} بالجنيه`,
    posting: 'معرف القيد',
    reverses: 'يعكس القيد',
  },
  opening: 'رصيد أول المدة',
  closing: 'رصيد آخر المدة',
  inAll: (count) => `الإجمالي (${count})`,
  account: {
    available: 'المتاح',
    reserved: 'المحجوز',
    committed: 'المرتبط به',
    disbursed: 'المنصرف تحت التسوية',
    spent: 'المسوّى',
    'written-off': 'المعدوم',
    outside: 'خارج المخصصات',
  },
  kind: {
    reserve: 'حجز',
    release: 'فك حجز أو ارتباط',
    commit: 'ارتباط',
    disburse: 'صرف',
    'account-for-spending': 'تسوية بتقرير مقبول',
    refund: 'رد',
    'write-off': 'إعدام',
    open: 'فتح مخصص',
    transfer: 'مناقلة',
    reverse: 'قيد عكسي',
  },
};

const english: LedgerWords = {
  columns: {
    envelope: 'Envelope',
    number: 'Number',
    bookedAt: 'Booked at (UTC)',
    decidedAt: 'Decided at (UTC)',
    kind: 'Posting',
    from: 'From account',
    to: 'To account',
    amount: 'Amount in EGP',
    request: 'Request',
    after: (account) => `${account} after it, in EGP`,
    posting: 'Posting id',
    reverses: 'Takes back',
  },
  opening: 'Opening balance',
  closing: 'Closing balance',
  inAll: (count) => `In all (${count})`,
  account: {
    available: 'Available',
    reserved: 'Reserved',
    committed: 'Committed',
    disbursed: 'Disbursed, not accounted for',
    spent: 'Accounted for',
    'written-off': 'Written off',
    outside: 'Outside',
  },
  kind: {
    reserve: 'Reservation',
    release: 'Release',
    commit: 'Commitment',
    disburse: 'Payment',
    'account-for-spending': 'Accounted for by a report',
    refund: 'Refund',
    'write-off': 'Write-off',
    open: 'Opening',
    transfer: 'Transfer',
    reverse: 'Reversal',
  },
};

export const ledgerWords: Readonly<Record<Language, LedgerWords>> = { ar: arabic, en: english };
