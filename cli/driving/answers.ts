// What each awaited person does: one answer per command, from the script and the cast. What is not answered stays awaited.
import { piastres } from '../../domain/amount.js';
import type { PersonCommandKind } from '../../domain/command.js';
import { developmentGrant } from '../../domain/plans/development-grant.js';
import type { Cast } from './cast.js';
import { approversOf, directorateOfficerOf } from './cast.js';
import { documentHash } from './document-hash.js';
import { conflictOf } from './unasked-acts.js';
import { spentFor, unspentMinor } from './money.js';
import type { Script } from './script.js';
import type { Act, Awaited, Situation } from './situation.js';

export type Answering = {
  readonly task: Awaited;
  readonly situation: Situation;
  readonly script: Script;
  readonly cast: Cast;
  /** Hash of the agreement's text, as read by whoever signs. */
  readonly agreementSha256: string | null;
  /** The open session that has this request on its agenda, when its item is to be opened. */
  readonly sessionId: string | null;
};
type Answer = (answering: Answering) => Act | null;

/** The demo plans change due times alone, so checklist and score sheet are those of the reference plan. */
const { checklist, review } = developmentGrant;

const act = (command: PersonCommandKind, as: string, path: string, body: Act['body'] = {}): Act => ({
  command,
  as,
  path,
  body,
});

const assignedTo = ({ internal }: Situation): string[] => (internal?.assigned ?? []).map(({ personId }) => personId);
const conflictedOf = ({ internal }: Situation): readonly string[] => internal?.conflicted ?? [];
const approvalsOf = ({ internal }: Situation) => internal?.authority?.approvals ?? [];
const objectionsTo = ({ internal }: Situation): string[] =>
  Object.entries(internal?.opinions ?? {}).flatMap(([governorate, opinion]) =>
    opinion === 'object' ? [governorate] : [],
  );

const answersTo = ({ notMet }: Script, met: boolean) =>
  checklist.map((item) =>
    met || !notMet.includes(item)
      ? { item, answer: 'met' }
      : { item, answer: 'not-met', note: 'لم يُستوفَ هذا البند بحسب المستندات المقدمة' },
  );

const screen: Answer = ({ situation, script, cast }) => {
  const verdict = script.screening === 'incomplete' && situation.correction.rounds > 0 ? 'eligible' : script.screening;
  const points = verdict === 'incomplete' ? [{ section: 'project', note: 'يلزم استكمال وصف المشروع' }] : [];
  const reasonCodes = verdict === 'ineligible' ? script.reasonCodes : [];
  const body = { verdict, checklist: answersTo(script, verdict === 'eligible'), points, reasonCodes };
  return act('recordScreening', cast.screeningOfficer, '/screening', body);
};

const resubmit: Answer = ({ situation, cast }) => {
  const answers = situation.correction.points.map(({ section }) => ({ section, note: 'استُكمل المطلوب' }));
  return act('resubmit', cast.signatory, '/resubmission', { answers });
};

const giveOpinion: Answer = ({ task: { governorate }, script }) => {
  if (governorate === null) return null;
  const verdict = script.objectingGovernorates.includes(governorate) ? 'object' : 'support';
  const body = { governorate, verdict };
  return act('recordOpinion', directorateOfficerOf(governorate), '/opinions', {
    ...body,
    ...(verdict === 'object' ? { reason: 'يوجد مشروع مماثل يخدم الفئة نفسها في المحافظة' } : {}),
  });
};

/** The cast is fixed so that the same sample tells the same story; where it is not what is suggested, the secretary says why. */
const assign: Answer = ({ situation, script, cast }) => {
  const taken = [...assignedTo(situation), ...conflictedOf(situation), script.connectedReviewer];
  const wanted = Math.max(situation.review.wanted, review.reviewers) - assignedTo(situation).length;
  const reviewers = cast.reviewers.filter((person) => !taken.includes(person)).slice(0, Math.max(0, wanted));
  const body = { reviewers, reason: 'بحسب جدول توزيع المُقيِّمين على القطاعات' };
  return reviewers.length === 0 ? null : act('assignReviewers', cast.secretary, '/reviewers', body);
};

const declare: Answer = ({ task: { personId }, script }) =>
  personId === null ? null : personId === script.conflictedReviewer ? conflictOf(personId) : noInterest(personId);
const noInterest = (personId: string): Act => act('declareInterest', personId, '/interests', { interest: 'none' });

/** Close enough together that no further reviewer is called in. */
const score: Answer = ({ task: { personId }, situation }) => {
  if (personId === null) return null;
  const lenience = assignedTo(situation).indexOf(personId) % 2;
  const scores = Object.fromEntries(review.criteria.map(({ code }) => [code, 7 + lenience]));
  return act('recordScore', personId, '/scores', { scores });
};

const openItem: Answer = ({ situation, cast, sessionId }) => {
  const recused = cast.present.filter((person) => conflictedOf(situation).includes(person));
  return sessionId === null ? null : act('openItem', cast.secretary, '/committee-item', { sessionId, recused });
};

const isToReturn = ({ script, situation }: Answering): boolean =>
  script.committeeReturnsFirst && situation.correction.rounds === 0;
const committeeVerdict = ({ script, situation }: Answering): Script['committee'] =>
  situation.appeal?.verdict === 'send-back' ? 'approve' : script.committee;

const vote: Answer = (answering) => {
  const { personId } = answering.task;
  if (personId === null || !answering.cast.voters.includes(personId)) return null;
  return act('castVote', personId, '/votes', { vote: isToReturn(answering) ? 'abstain' : committeeVerdict(answering) });
};

const closeItem: Answer = (answering) => {
  const { situation, script, cast } = answering;
  const answersToObjections = Object.fromEntries(
    objectionsTo(situation).map((code) => [code, 'نوقش الاعتراض وروعي في الشروط']),
  );
  const path = '/committee-item/closing';
  if (isToReturn(answering)) {
    const points = [{ section: 'project', note: 'يلزم توضيح خطة استدامة المشروع' }];
    const reason = 'تطلب اللجنة توضيحاً قبل القرار';
    return act('closeItem', cast.chair, path, { verdict: 'return', points, answersToObjections, reason });
  }
  const verdict = committeeVerdict(answering);
  const amount = verdict === 'approve' && script.awardMinor !== null ? { amountMinor: script.awardMinor } : {};
  const reason = verdict === 'approve' ? 'مشروع سليم وملائم للاحتياج' : 'لا يحقق المشروع أولويات الدعوة';
  return act('closeItem', cast.chair, path, { verdict, ...amount, answersToObjections, reason });
};

const approve: Answer = ({ task: { level }, situation, script }) => {
  if (level === null) return null;
  const people = script.delegate?.level === level ? [script.delegate.personId] : approversOf(level);
  const next = people.find((person) => !approvalsOf(situation).some(({ personId }) => personId === person));
  const body =
    script.authority === 'approve' ? { verdict: 'approve' } : { verdict: 'reject', reason: 'تقليص موازنة البرنامج' };
  return next === undefined ? null : act('recordApproval', next, '/approvals', body);
};

const sign: Answer = ({ cast, agreementSha256 }) =>
  agreementSha256 === null
    ? null
    : act('signAgreement', cast.signatory, '/agreement/signature', { documentSha256: agreementSha256 });

const countersign: Answer = ({ cast, agreementSha256 }) =>
  agreementSha256 === null
    ? null
    : act('countersignAgreement', cast.fundSignatory, '/agreement/countersignature', {
        documentSha256: agreementSha256,
      });

const appeal: Answer = ({ script, cast }) =>
  script.appeal === null
    ? null
    : act('fileAppeal', cast.signatory, '/appeal', { reason: 'لم تُؤخذ مستندات الجهة كلها في الاعتبار' });

/** One member of the panel after the other. */
const judge: Answer = ({ task: { level }, situation, script }) => {
  const next = approversOf(level ?? '')[situation.appeal?.judged ?? 0];
  if (next === undefined || script.appeal === null) return null;
  const upheld = { verdict: 'uphold', reason: 'القرار موافق لضوابط الدعوة' };
  const sentBack = { verdict: 'send-back', toStage: 'committee', reason: 'تُعاد مناقشة الطلب بكامل مستنداته' };
  return act('decideAppeal', next, '/appeal/judgements', script.appeal === 'uphold' ? upheld : sentBack);
};

const prepare: Answer = ({ task: { number }, cast }) =>
  act('prepareTranche', cast.financeOfficer, `/tranches/${number}/preparation`);

const release: Answer = ({ task: { number }, cast }) =>
  act('releaseTranche', cast.paymentReleaser, `/tranches/${number}/release`);

const confirm: Answer = ({ task: { number }, cast }) =>
  act('confirmReceipt', cast.signatory, `/tranches/${number}/receipt`);

const report: Answer = ({ task, situation, script, cast }) => {
  const number = task.number ?? 0;
  return act('submitReport', cast.applicant, `/reports/${number}/submission`, {
    spentMinor: spentFor(situation, number, script),
    indicators: [
      { code: 'beneficiaries-reached', total: 120 * number, parts: { female: 66 * number, male: 54 * number } },
    ],
    documentSha256: documentHash(`report ${number} of ${situation.id}`),
  });
};

const reviewReport: Answer = ({ task: { number }, cast }) =>
  act('recordReportReview', cast.monitoringOfficer, `/reports/${number}/review`, { verdict: 'accepted' });

const closeRequest: Answer = ({ task: { role }, situation, script, cast }) => {
  const left = unspentMinor(situation);
  const owed = left > 0n && script.leftover === 'owed';
  if (owed && role !== 'financeOfficer') return null;
  const as = role === 'financeOfficer' ? cast.financeOfficer : cast.monitoringOfficer;
  return act('closeRequest', as, '/closure', {
    verdict: owed ? 'not-settled' : 'settled',
    unspentMinor: left.toString(),
    returnedMinor: owed ? '0' : left.toString(),
  });
};

const monthMs = 30 * 86_400_000;

const planRecovery: Answer = ({ situation, cast }) => {
  if (situation.recovery === null) return null;
  const dueAt = new Date(Date.now() + monthMs).toISOString();
  const instalments = [{ amountMinor: situation.recovery.due, dueAt }];
  return act('agreeRecoveryPlan', cast.financeOfficer, '/recovery-plan', { instalments });
};

const approveWriteOff: Answer = ({ task: { level }, situation }) => {
  const given = situation.internal?.writeOff?.approvals.map(({ personId }) => personId) ?? [];
  const next = level === null ? undefined : approversOf(level).find((person) => !given.includes(person));
  return next === undefined ? null : act('recordRecovery', next, '/recoveries', writtenOff(situation));
};

const writtenOff = ({ recovery }: Situation) => ({
  kind: 'written-off',
  amountMinor: (recovery ? piastres(recovery.due) - piastres(recovery.received) : 0n).toString(),
});

const recover: Answer = (answering) => {
  const { task, situation, script, cast } = answering;
  if (task.role === 'approver') return approveWriteOff(answering);
  if (situation.recovery === null || situation.internal?.writeOff) return null;
  const body =
    script.recovers === 'paid'
      ? { kind: 'received', amountMinor: situation.recovery.due }
      : { ...writtenOff(situation), reason: 'حُلّت الجمعية ولا أموال لها' };
  return act('recordRecovery', cast.financeOfficer, '/recoveries', body);
};

/** Commands that answer a task; the others (withdraw, suspend …) are acts of somebody's own accord, see scenarios. */
const answers: Partial<Record<PersonCommandKind, Answer>> = {
  recordScreening: screen,
  resubmit,
  recordOpinion: giveOpinion,
  assignReviewers: assign,
  declareInterest: declare,
  recordScore: score,
  openItem,
  castVote: vote,
  closeItem,
  recordApproval: approve,
  signAgreement: sign,
  countersignAgreement: countersign,
  fileAppeal: appeal,
  decideAppeal: judge,
  prepareTranche: prepare,
  releaseTranche: release,
  confirmReceipt: confirm,
  submitReport: report,
  recordReportReview: reviewReport,
  closeRequest,
  agreeRecoveryPlan: planRecovery,
  recordRecovery: recover,
};

export const answerTo = (answering: Answering): Act | null => answers[answering.task.command]?.(answering) ?? null;
