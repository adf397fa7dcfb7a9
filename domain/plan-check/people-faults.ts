// Whether people can do what a plan asks: enough reviewers for the scores, a quorum that the seats allow, sign-offs that can be given.
import { permissions } from '../permissions.js';
import { faultIf, planCheck, repeated } from './plan-fault.js';

const reviewFaults = planCheck(['review'], ({ review: { enoughScores, reviewers, criteria } }) => {
  const weights = criteria.reduce((sum, { weight }) => sum + weight, 0);
  return [
    ...faultIf(enoughScores < 1 || enoughScores > reviewers, 'review', {
      en: `${enoughScores} scores are asked of ${reviewers} reviewers: more than there are, or none`,
      ar: `المطلوب ${enoughScores} تقييماً من ${reviewers} مقيّماً: أكثر من عددهم أو لا شيء`,
    }),
    ...faultIf(weights !== 100, 'review.criteria', {
      en: `the weights add up to ${weights}, not 100`,
      ar: `مجموع الأوزان ${weights} وليس 100`,
    }),
    ...repeated(criteria.map(({ code }) => code)).flatMap((code) =>
      faultIf(true, 'review.criteria', { en: `the criterion ${code} stands twice`, ar: `المعيار ${code} مكرر` }),
    ),
  ];
});

/** The smallest quorum is the easiest to reach: more than half of it has to come from civil society. */
const quorumFaults = planCheck(['committee'], ({ committee: { quorum, civilSocietyMajority, seats } }) => {
  const civilSociety = Math.floor(quorum / 2) + 1;
  return [
    ...faultIf(quorum < 1, 'committee.quorum', { en: 'a quorum is at least one', ar: 'النصاب واحد على الأقل' }),
    ...faultIf(seats !== undefined && seats.total < quorum, 'committee.quorum', {
      en: `a quorum of ${quorum} is not possible with ${seats?.total ?? 0} seats`,
      ar: `لا يكتمل نصاب ${quorum} بعدد ${seats?.total ?? 0} مقاعد`,
    }),
    ...faultIf(seats !== undefined && civilSocietyMajority && seats.civilSociety < civilSociety, 'committee.seats', {
      en: `a civil-society majority in a quorum of ${quorum} needs ${civilSociety} of its members, there are ${seats?.civilSociety ?? 0}`,
      ar: `أغلبية المجتمع المدني في نصاب ${quorum} تحتاج ${civilSociety} من أعضائه، والموجود ${seats?.civilSociety ?? 0}`,
    }),
    ...faultIf(seats !== undefined && seats.civilSociety > seats.total, 'committee.seats', {
      en: 'more seats for civil society than there are seats',
      ar: 'مقاعد المجتمع المدني أكثر من المقاعد كلها',
    }),
  ];
});

const closureFaults = planCheck(['closure'], ({ closure: { signoffs } }) => [
  ...faultIf(signoffs.length === 0, 'closure', {
    en: 'somebody has to sign the closure',
    ar: 'لا بد من توقيع على الإغلاق',
  }),
  ...signoffs
    .filter((role) => !permissions.closeRequest.roles.includes(role))
    .flatMap((role) =>
      faultIf(true, 'closure.signoffs', { en: `${role} may not sign a closure`, ar: `الدور ${role} لا يوقع الإغلاق` }),
    ),
  ...repeated(signoffs).flatMap((role) =>
    faultIf(true, 'closure.signoffs', { en: `${role} stands twice`, ar: `الدور ${role} مكرر` }),
  ),
]);

const checklistFaults = planCheck(['checklist'], ({ checklist }) =>
  repeated(checklist).flatMap((item) =>
    faultIf(true, 'checklist', { en: `the item ${item} stands twice`, ar: `البند ${item} مكرر` }),
  ),
);

export const peopleChecks = [reviewFaults, quorumFaults, closureFaults, checklistFaults];
