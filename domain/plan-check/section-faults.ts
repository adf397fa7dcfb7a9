// Whether the optional sections of a plan can be run by: the ladder of each stage, eligibility, what a change voids, suggestions.
import type { Stage } from '../lifecycle.js';
import { stageNames, stages } from '../lifecycle.js';
import type { PlanFault } from './plan-fault.js';
import { faultIf, planCheck, repeated } from './plan-fault.js';

const isCount = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

const ladderFaults = planCheck(['stages'], (plan) =>
  stageNames.flatMap((stage): PlanFault[] => {
    const { rerouteAfter, rerouteTo } = plan.stages[stage] ?? {};
    const path = `stages.${stage}`;
    return [
      ...faultIf((rerouteAfter === undefined) !== (rerouteTo === undefined), path, {
        en: 'rerouting needs both a time and a role',
        ar: 'التحويل يحتاج إلى مدة ودور معاً',
      }),
      ...faultIf(rerouteTo !== undefined && stages[stage].silence !== 'escalate', path, {
        en: 'a stage that moves on by itself when it is due is never rerouted',
        ar: 'المرحلة التي تنتقل وحدها عند موعدها لا تُحوَّل',
      }),
    ];
  }),
);

const eligibilityFaults = planCheck(
  ['eligibility'],
  ({ eligibility: { minimumAccountYears, mostOpenViolations, board } }) => [
    ...faultIf(![minimumAccountYears, mostOpenViolations].every(isCount), 'eligibility', {
      en: 'a count is a whole number from zero',
      ar: 'العدد صحيح لا يقل عن صفر',
    }),
    ...faultIf(board.least < 1 || board.most < board.least, 'eligibility.board', {
      en: 'no board could have this number of members',
      ar: 'لا مجلس إدارة بهذا العدد من الأعضاء',
    }),
  ],
);

/** A row that names something unknown would quietly void nothing. */
const voidingFaults = planCheck(['voiding', 'checklist', 'review'], ({ voiding, checklist, review }) => {
  const criteria = review.criteria.map(({ code }) => code);
  const unknown = voiding.filter(
    (row) =>
      row.checklist.some((item) => !checklist.includes(item)) || row.criteria.some((code) => !criteria.includes(code)),
  );
  return [
    ...unknown.flatMap(({ changed }) =>
      faultIf(true, `voiding.${changed}`, {
        en: 'names an item or criterion that is not there',
        ar: 'يذكر بنداً أو معياراً غير موجود',
      }),
    ),
    ...repeated(voiding.map(({ changed }) => changed)).flatMap((changed) =>
      faultIf(true, 'voiding', {
        en: `two rows speak about ${changed}`,
        ar: `صفان عن الجزء نفسه: ${changed}`,
      }),
    ),
  ];
});

const suggestionFaults = planCheck(['review'], ({ review: { suggestion } }) =>
  faultIf(
    !Object.values(suggestion ?? {}).every((points) => typeof points === 'boolean' || isCount(points)),
    'review.suggestion',
    { en: 'points are whole numbers from 0', ar: 'النقاط أعداد صحيحة لا تقل عن صفر' },
  ),
);

/** Up to the committee every stage can judge again; later ones rest on money that was let go. */
const judgingStages: readonly Stage[] = ['screening', 'regional-opinion', 'technical-review', 'committee'];

const appealFaults = planCheck(['appeal', 'route'], ({ appeal: { panel, sendBackTo }, route }) => {
  const sound =
    sendBackTo.length > 0 && sendBackTo.every((name) => judgingStages.includes(name) && route.includes(name));
  return [
    ...faultIf(panel.people % 2 !== 1, 'appeal.panel', {
      en: 'only an odd number of people cannot tie',
      ar: 'العدد الفردي وحده لا تتعادل فيه الأصوات',
    }),
    ...faultIf(!sound, 'appeal.sendBackTo', {
      en: 'stages on the route, up to the committee, at least one',
      ar: 'مراحل من المسار حتى اللجنة، واحدة على الأقل',
    }),
  ];
});

const sessionFaults = planCheck(['committee'], ({ committee: { opening, sessions, ballot } }) => [
  ...faultIf(sessions !== undefined && opening !== 'by-secretary', 'committee.sessions', {
    en: 'a standing ballot belongs to no session',
    ar: 'التصويت المفتوح دائماً لا يتبع جلسة',
  }),
  ...faultIf(ballot === 'by-session' && sessions !== 'kept', 'committee.ballot', {
    en: 'no session is kept that could say how it votes',
    ar: 'لا جلسات محفوظة تحدد طريقة التصويت',
  }),
]);

export const sectionChecks = [
  sessionFaults,
  appealFaults,
  ladderFaults,
  eligibilityFaults,
  voidingFaults,
  suggestionFaults,
];
