// One sentence per breach in both languages, for the people who have to look into it.
import type { Breach } from './finding.js';

export const breachSentences: Readonly<Record<Breach, { readonly ar: string; readonly en: string }>> = {
  decisionNotRecorded: {
    ar: 'قرار قُبل في سير العمل ولا أثر له في سجل المراجعة.',
    en: 'A decision was accepted by the workflow and is missing from the audit trail.',
  },
  decisionRecordedTwice: { ar: 'قرار واحد مسجَّل مرتين.', en: 'One decision is recorded twice.' },
  decisionWithoutHistory: {
    ar: 'سجل المراجعة يحوي قرارًا لم يقبله سير العمل.',
    en: 'The audit trail has a decision that the workflow never accepted.',
  },
  decisionDiffers: {
    ar: 'القرار المسجَّل يختلف عمّا قُبل.',
    en: 'A recorded decision differs from what was accepted.',
  },
  decisionNotProjected: {
    ar: 'قرار مسجَّل لا يظهر في بيانات القراءة.',
    en: 'A recorded decision does not show in the read model.',
  },
  acknowledgedLost: {
    ar: 'أُبلغ صاحب الأمر بالقبول ولا أثر لأمره.',
    en: 'Somebody was told that their command was accepted, and it is nowhere.',
  },
  refusedYetApplied: {
    ar: 'أمر رُفض ومع ذلك أحدث أثرًا.',
    en: 'A command was refused and had an effect all the same.',
  },
  keyWithOtherContent: {
    ar: 'مفتاح واحد استُعمل لمحتويين مختلفين.',
    en: 'One key stands for two different contents.',
  },
  attemptMissing: { ar: 'محاولة مرفوضة حُذفت من سجلها.', en: 'A refused attempt is missing from its sequence.' },
  postingMissing: { ar: 'قيد محاسبي ناقص.', en: 'A ledger posting is missing.' },
  postingUnexplained: { ar: 'قيد محاسبي لا يقابله قرار.', en: 'A ledger posting follows from no recorded decision.' },
  accountBelowFloor: { ar: 'حساب نزل عن الصفر.', en: 'An account is below zero.' },
  balanceDiffers: { ar: 'الرصيد لا يساوي مجموع قيوده.', en: 'A balance differs from the sum of its postings.' },
  awardDoesNotAddUp: {
    ar: 'المرتبط به والمدفوع والملغى لا تساوي المنحة.',
    en: 'Committed, paid and cancelled do not add up to the award.',
  },
  awardOverReservation: {
    ar: 'المنحة تتجاوز ما حُجز لها.',
    en: 'The award is more than was reserved for it.',
  },
  twoLiveInstructions: {
    ar: 'أكثر من أمر صرف قائم للدفعة نفسها.',
    en: 'More than one live payment instruction stands for the same tranche.',
  },
  instructionWithoutDecision: {
    ar: 'أمر صرف لا يقابله قرار مسجَّل.',
    en: 'A payment instruction follows from no recorded decision.',
  },
  instructionMissing: { ar: 'أمر صرف تقرر ولا وجود له.', en: 'A payment instruction was decided and is missing.' },
  instructionDiffers: {
    ar: 'أمر الصرف يختلف عن القرار الذي أنشأه.',
    en: 'A payment instruction differs from the decision behind it.',
  },
  noSignedAgreement: {
    ar: 'أمر صرف قبل إبرام الاتفاقية.',
    en: 'A payment was instructed before the agreement was concluded.',
  },
  conditionNotMet: {
    ar: 'أمر صرف قبل قبول التقرير أو تحقق شرط الدفعة.',
    en: 'A payment was instructed before its report or another condition was met.',
  },
  noQuorum: { ar: 'المنحة أُقرّت بلا نصاب.', en: 'The award was approved without a quorum.' },
  notTwoPeople: {
    ar: 'التحضير والإفراج ليسا لشخصين مختلفين.',
    en: 'Preparation and release are not by different people, or too few released.',
  },
  paidTwice: { ar: 'البنك صرف الأمر أكثر من مرة.', en: 'The bank paid an instruction more than once.' },
  paidWithoutApproval: { ar: 'البنك صرف ما لم يُعتمد.', en: 'The bank paid something that nobody approved.' },
  paidAmountDiffers: { ar: 'البنك صرف مبلغًا مختلفًا.', en: 'The bank paid another amount than was instructed.' },
  settledUnpaid: {
    ar: 'أمر مسجَّل مسدَّدًا ولا يعرفه البنك.',
    en: 'An instruction counts as settled and the bank does not know it.',
  },
  unknownSentAgain: {
    ar: 'أُعيد إرسال أمر حالته غير معروفة أو لم يُرفض.',
    en: 'A payment was instructed again although the one before was not rejected.',
  },
  bankWordUnheard: {
    ar: 'كلمة البنك الأخيرة في الدفعة البنكية لم تصل إلى الطلب.',
    en: "The bank's last word stands in its batch, and the request has not heard it.",
  },
  inTwoBatches: { ar: 'أمر واحد أُرسل في دفعتين بنكيتين.', en: 'One instruction was sent in two batches.' },
  chainBroken: { ar: 'سلسلة سجل المراجعة مكسورة.', en: 'The chain of the audit trail is broken.' },
  stateDiffers: {
    ar: 'بيانات القراءة تختلف عن سجل المراجعة.',
    en: 'The read model differs from what the audit trail tells.',
  },
  workflowDiffers: {
    ar: 'حالة سير العمل تختلف عن سجل المراجعة.',
    en: 'The state of the workflow differs from what the audit trail tells.',
  },
  fieldDiffers: {
    ar: 'حقل من حقول القوائم يختلف عن حالة الطلب.',
    en: 'A field that lists sort and filter by differs from the state.',
  },
  tasksDiffer: {
    ar: 'المهام المعروضة ليست ما ينتظره الطلب.',
    en: 'The tasks shown are not what the request waits for.',
  },
  recordMissing: {
    ar: 'الطلب غائب عن بيانات القراءة.',
    en: 'A request with an audit trail or a workflow is missing from the read model.',
  },
  dutiesCombined: {
    ar: 'شخص واحد جمع بين واجبين متعارضين.',
    en: 'One person combined two duties that exclude each other.',
  },
  neverDecidingActed: { ar: 'من لا يملك القرار قرّر.', en: 'Somebody decided whose role never decides.' },
  roleNotHeld: { ar: 'قرار ممن لا يحمل الدور.', en: 'Somebody decided without the role for it.' },
  workflowMissing: { ar: 'طلب جارٍ بلا سير عمل.', en: 'A running request has no workflow.' },
  workflowEnded: {
    ar: 'سير العمل انتهى والطلب لم ينتهِ.',
    en: 'The workflow is over and what it carries is not.',
  },
  nobodyNext: { ar: 'لا أحد ولا مؤقِّت ينتظره الطلب.', en: 'Nobody and nothing is awaited: the request is stuck.' },
  dueTimePassed: { ar: 'موعد فات ولم يحدث شيء.', en: 'A due time passed and nothing happened.' },
  recordingStopped: { ar: 'التسجيل متوقف.', en: 'Recording has stopped or does not get through.' },
  taskFailing: {
    ar: 'سير العمل أو نشاط منه يفشل مرة بعد مرة.',
    en: 'The workflow, or an activity of it, fails again and again.',
  },
  notWholePiastres: {
    ar: 'مبلغ ليس عددًا صحيحًا بالقروش.',
    en: 'An amount is not a whole number of piastres.',
  },
};
