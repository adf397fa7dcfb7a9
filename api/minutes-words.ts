// The words of the minutes of a committee session in both languages.
import type { Closing } from '../domain/approval/sitting.js';
import type { Vote } from '../domain/command.js';

export type MinutesWords = {
  readonly title: string;
  readonly committee: string;
  readonly number: string;
  readonly held: string;
  readonly opened: string;
  readonly closed: string;
  readonly chair: string;
  readonly secretary: string;
  readonly attendance: string;
  readonly attendanceColumns: readonly [string, string, string];
  readonly untilTheEnd: string;
  readonly agenda: string;
  readonly notTakenUp: string;
  readonly undecided: string;
  readonly present: string;
  readonly recused: string;
  readonly recusedDuring: string;
  readonly quorum: string;
  readonly quorumOf: (counted: number, needed: number, civilSociety: number) => string;
  readonly ballot: string;
  readonly ballots: { readonly open: string; readonly secret: string };
  readonly votes: string;
  readonly voteColumns: readonly [string, string];
  readonly vote: Readonly<Record<Vote, string>>;
  readonly tally: string;
  readonly decision: string;
  readonly verdict: Readonly<Record<Closing['verdict'], string>>;
  readonly castingVote: string;
  readonly amount: string;
  readonly pounds: (amount: string) => string;
  readonly until: string;
  readonly reason: string;
  readonly conditions: string;
  readonly answers: string;
  readonly points: string;
  readonly none: string;
};

const arabic: MinutesWords = {
  title: 'محضر جلسة لجنة دعم المشروعات',
  committee: 'صندوق دعم مشروعات الجمعيات والمؤسسات الأهلية',
  number: 'رقم الجلسة',
  held: 'موعد الجلسة',
  opened: 'افتُتحت الجلسة',
  closed: 'رُفعت الجلسة',
  chair: 'رئيس اللجنة',
  secretary: 'أمين سر اللجنة',
  attendance: 'الحضور',
  attendanceColumns: ['الاسم', 'حضر', 'انصرف'],
  untilTheEnd: 'لم ينصرف',
  agenda: 'جدول الأعمال والقرارات',
  notTakenUp: 'لم يُعرض هذا البند في الجلسة.',
  undecided: 'عُرض هذا البند ولم يُتخذ فيه قرار.',
  present: 'عدد الحاضرين عند فتح البند',
  recused: 'المتنحّون عند فتح البند',
  recusedDuring: 'المتنحّون أثناء التصويت',
  quorum: 'النصاب',
  quorumOf: (counted, needed, civilSociety) =>
    `${counted} حاضرون دون المتنحّين والمطلوب ${needed}، منهم ${civilSociety} عن المجتمع المدني`,
  ballot: 'التصويت',
  ballots: { open: 'علني', secret: 'سري' },
  votes: 'الأصوات',
  voteColumns: ['العضو', 'الصوت'],
  vote: { approve: 'موافق', reject: 'رافض', abstain: 'ممتنع' },
  tally: 'نتيجة التصويت',
  decision: 'القرار',
  verdict: {
    approve: 'الموافقة',
    defer: 'التأجيل',
    return: 'الإعادة للاستيفاء',
    reject: 'الرفض',
    ratify: 'إقرار ما صُرف',
    recover: 'استرداد ما صُرف',
  },
  castingVote: 'رجّح صوت رئيس اللجنة عند تساوي الأصوات',
  amount: 'قيمة المنحة',
  pounds: (amount) => `${amount} جنيه مصري`,
  until: 'مؤجل إلى',
  reason: 'أسباب القرار',
  conditions: 'شروط اللجنة',
  answers: 'الرد على اعتراضات المديريات',
  points: 'المطلوب استيفاؤه',
  none: 'لا أحد',
};

const english: MinutesWords = {
  title: 'Minutes of the project support committee',
  committee: 'Support Fund for NGO Projects',
  number: 'Session no.',
  held: 'Scheduled for',
  opened: 'Opened at',
  closed: 'Closed at',
  chair: 'Chair',
  secretary: 'Secretary',
  attendance: 'Attendance',
  attendanceColumns: ['Name', 'Came', 'Left'],
  untilTheEnd: 'did not leave',
  agenda: 'Agenda and decisions',
  notTakenUp: 'This item was not taken up in the session.',
  undecided: 'This item was taken up and not decided.',
  present: 'Present when the item was opened',
  recused: 'Recused when the item was opened',
  recusedDuring: 'Recused while the ballot was open',
  quorum: 'Quorum',
  quorumOf: (counted, needed, civilSociety) =>
    `${counted} present without the recused, ${needed} needed; ${civilSociety} of them from civil society`,
  ballot: 'Ballot',
  ballots: { open: 'open', secret: 'secret' },
  votes: 'Votes',
  voteColumns: ['Member', 'Vote'],
  vote: { approve: 'approve', reject: 'reject', abstain: 'abstain' },
  tally: 'Result of the vote',
  decision: 'Decision',
  verdict: {
    approve: 'approved',
    defer: 'deferred',
    return: 'returned for correction',
    reject: 'rejected',
    ratify: 'ratified',
    recover: 'to be recovered',
  },
  castingVote: "The tie was broken by the chair's casting vote",
  amount: 'Award',
  pounds: (amount) => `EGP ${amount}`,
  until: 'Deferred until',
  reason: 'Reasons',
  conditions: 'Conditions',
  answers: "Answers to the directorates' objections",
  points: 'To be corrected',
  none: 'nobody',
};

export const minutesWords = { ar: arabic, en: english } as const;
