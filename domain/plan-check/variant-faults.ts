// Whether a plan that pays before the committee has sat still brings the money before it: after-review, provisional release.
import { faultIf, planCheck } from './plan-fault.js';

const awardFaults = planCheck(['route', 'award'], ({ route, afterReview }) => [
  ...faultIf(route.includes('committee'), 'award', {
    en: 'the committee is on the route and sets the award itself',
    ar: 'اللجنة على المسار وهي التي تحدد قيمة المنحة',
  }),
  ...faultIf(afterReview === undefined, 'afterReview', {
    en: 'an award without the committee needs its after-review',
    ar: 'المنحة التي لم تقررها اللجنة تحتاج إلى مراجعتها اللاحقة',
  }),
]);

const afterReviewFaults = planCheck(['route', 'tranches'], ({ route, afterReview, tranches: { provisional } }) => [
  ...faultIf(afterReview !== undefined && !route.includes('implementation'), 'afterReview', {
    en: 'there is no money on the route to review',
    ar: 'لا صرف على المسار يُراجع',
  }),
  ...faultIf(afterReview !== undefined && provisional === undefined, 'tranches.provisional', {
    en: 'an after-review needs a tranche that is paid before it',
    ar: 'المراجعة اللاحقة تحتاج إلى دفعة تُصرف قبلها',
  }),
  ...faultIf(afterReview === undefined && provisional !== undefined, 'afterReview', {
    en: 'a provisional release needs an after-review',
    ar: 'الصرف المؤقت يحتاج إلى مراجعة لاحقة',
  }),
]);

const provisionalFaults = planCheck(['tranches'], ({ tranches: { provisional } }) =>
  faultIf(
    provisional !== undefined && !(Number.isInteger(provisional.approvers) && provisional.approvers >= 2),
    'tranches.provisional',
    { en: 'a provisional release takes two approvers or more', ar: 'الصرف المؤقت يحتاج إلى معتمدَين على الأقل' },
  ),
);

export const variantChecks = [awardFaults, afterReviewFaults, provisionalFaults];
