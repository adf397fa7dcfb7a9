// Examples for the documentation, in both languages where people write text; each is checked against its schema by a test.
import type { PersonCommandKind } from '../domain/command.js';

type Examples = { readonly ar: unknown; readonly en: unknown };
const same = (value: Readonly<Record<string, unknown>>): Examples => ({ ar: value, en: value });
const hash = '3f6b8f1c2d4e5a69788796a5b4c3d2e1f00112233445566778899aabbccddeef';
const withReason = (value: Readonly<Record<string, unknown>>, ar: string, en: string): Examples => ({
  ar: { ...value, reason: ar },
  en: { ...value, reason: en },
});

const checklist = [
  'registered-under-law',
  'purpose-within-statute',
  'relevant-experience',
  'active-board',
  'qualified-staff',
  'two-years-of-final-accounts',
  'satisfactory-inspection',
  'no-open-violations',
].map((item) => ({ item, answer: 'met' }));

export const commandExamples = {
  submitRequest: same({ expectedVersion: 4 }),
  recordScreening: same({ expectedVersion: 1, verdict: 'eligible', checklist, points: [], reasonCodes: [] }),
  resubmit: {
    ar: { expectedVersion: 2, answers: [{ section: 'budget', note: 'أُضيفت عروض الأسعار.' }] },
    en: { expectedVersion: 2, answers: [{ section: 'budget', note: 'Price offers were added.' }] },
  },
  recordOpinion: withReason(
    { expectedVersion: 2, governorate: 'EG-ALX', verdict: 'support' },
    'المشروع يلبي احتياجاً قائماً في المحافظة.',
    'The project meets a need in the governorate.',
  ),
  assignReviewers: withReason(
    { expectedVersion: 3, reviewers: ['reviewer-disability-1', 'reviewer-disability-2', 'reviewer-disability-3'] },
    'المُقيِّم المقترح في إجازة.',
    'The reviewer suggested is on leave.',
  ),
  declareInterest: same({ expectedVersion: 4, interest: 'none' }),
  recordScore: same({
    expectedVersion: 4,
    scores: {
      'need-and-targeting': 8,
      'design-and-feasibility': 7,
      'capacity-and-record': 8,
      'budget-and-value': 7,
      sustainability: 6,
    },
  }),
  openItem: same({
    expectedVersion: 10,
    sessionId: 'session-2026-03',
    recused: ['committee-member-6'],
  }),
  castVote: same({ expectedVersion: 11, vote: 'approve' }),
  closeItem: withReason(
    { expectedVersion: 18, verdict: 'approve', amountMinor: '60000000', conditions: [], castingVote: false },
    'حاز المشروع أغلبية الأصوات.',
    'The project has the majority of votes.',
  ),
  recordApproval: withReason({ expectedVersion: 20, verdict: 'approve' }, 'مستوفٍ للشروط.', 'All conditions are met.'),
  resolveAuthority: same({ expectedVersion: 20 }),
  signAgreement: same({ expectedVersion: 22, documentSha256: hash }),
  countersignAgreement: same({ expectedVersion: 22, documentSha256: hash }),
  declineAgreement: withReason({ expectedVersion: 22 }, 'تغيّرت خطة الجهة.', "The organisation's plans have changed."),
  fileAppeal: withReason(
    { expectedVersion: 19 },
    'لم تُؤخذ شهادة القيد المجدَّدة في الاعتبار.',
    'The renewed certificate of registration was not considered.',
  ),
  decideAppeal: withReason(
    { expectedVersion: 20, verdict: 'send-back', toStage: 'committee' },
    'لم تناقش اللجنة ردّ الجهة على الملاحظات.',
    "The committee did not discuss the organisation's answer.",
  ),
  prepareTranche: same({ expectedVersion: 24 }),
  releaseTranche: same({ expectedVersion: 25 }),
  confirmReceipt: same({ expectedVersion: 27 }),
  submitReport: same({
    expectedVersion: 28,
    spentMinor: '20000000',
    indicators: [{ code: 'beneficiaries-reached', total: 120, parts: { female: 70, male: 50 } }],
    documentSha256: hash,
  }),
  recordReportReview: {
    ar: { expectedVersion: 29, verdict: 'returned', points: [{ section: 'financial', note: 'تنقص فاتورة البند 3.' }] },
    en: {
      expectedVersion: 29,
      verdict: 'returned',
      points: [{ section: 'financial', note: 'Invoice of line 3 is missing.' }],
    },
  },
  recordVisit: {
    ar: {
      ...{ expectedVersion: 30, visitedOn: '2026-11-20', verdict: 'failed' },
      findings: [{ severity: 'major', note: 'سجل الحضور غير مكتمل.' }],
      evidence: [{ fileId: 'visit-photos', sha256: hash }],
    },
    en: {
      ...{ expectedVersion: 30, visitedOn: '2026-11-20', verdict: 'failed' },
      findings: [{ severity: 'major', note: 'The attendance sheet is not complete.' }],
      evidence: [{ fileId: 'visit-photos', sha256: hash }],
    },
  },
  suspend: withReason(
    { expectedVersion: 30, ground: 'registry-finding' },
    'ورد إخطار من السجل.',
    'The registry reported a finding.',
  ),
  liftSuspension: withReason({ expectedVersion: 31 }, 'زال السبب.', 'The ground no longer stands.'),
  withdraw: withReason({ expectedVersion: 3 }, 'حصلت الجهة على تمويل آخر.', 'The organisation found other funding.'),
  terminate: withReason({ expectedVersion: 40 }, 'إخلال جسيم بالاتفاقية.', 'A serious breach of the agreement.'),
  recordRefund: withReason(
    {
      ...{ expectedVersion: 43, amountMinor: '1500000' },
      evidence: [{ fileId: 'bank-credit-note', sha256: hash }],
    },
    'وفر في بند المعدات رُدّ إلى حساب الصندوق.',
    "A saving on equipment, paid back to the Fund's account.",
  ),
  closeRequest: same({ expectedVersion: 44, verdict: 'settled', unspentMinor: '0', returnedMinor: '0' }),
  agreeRecoveryPlan: same({
    expectedVersion: 45,
    instalments: [{ amountMinor: '5000000', dueAt: '2026-12-31T13:00:00Z' }],
  }),
  recordRecovery: same({ expectedVersion: 46, kind: 'received', amountMinor: '5000000' }),
  reassignTask: withReason(
    { expectedVersion: 4, task: 'score-reviewer-disability-1', personId: 'reviewer-health-1' },
    'في إجازة حتى نهاية الشهر.',
    'On leave until the end of the month.',
  ),
  migratePlan: withReason(
    { expectedVersion: 20, planHash: hash },
    'لا يغطي الجدول القديم هذا المبلغ.',
    'The old matrix has no row for this sum.',
  ),
} as const satisfies Record<PersonCommandKind, Examples>;
