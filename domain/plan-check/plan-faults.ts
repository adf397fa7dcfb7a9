// Everything wrong with a plan at once. Each group of checks has a file of its own; a new rule about plans is a check in one of them.
import type { Plan } from '../plan.js';
import { matrixIsTotal, moneyChecks } from './money-faults.js';
import { numberChecks } from './number-faults.js';
import { peopleChecks } from './people-faults.js';
import type { PlanFault, PlanSections } from './plan-fault.js';
import { faultIf, planCheck, repeated } from './plan-fault.js';
import { routeChecks } from './route-faults.js';
import { sectionChecks } from './section-faults.js';
import { variantChecks } from './variant-faults.js';

const isThere = (value: unknown, [name, ...rest]: readonly string[]): boolean => {
  if (name === undefined) return true;
  if (typeof value !== 'object' || value === null) return false;
  const inner = Object.entries(value).find(([key]) => key === name);
  return inner !== undefined && isThere(inner[1], rest);
};

/** Asked of whole plans only: a section that could not be read is not an unknown name. */
const assumptionFaults = (plan: Plan): PlanFault[] => [
  ...plan.assumptions
    .filter((path) => !isThere(plan, path.split('.')))
    .flatMap((path) =>
      faultIf(true, 'assumptions', { en: `${path} is not in the plan`, ar: `${path} غير موجود في السياسة` }),
    ),
  ...repeated(plan.assumptions).flatMap((path) =>
    faultIf(true, 'assumptions', { en: `${path} stands twice`, ar: `${path} مكرر` }),
  ),
];

const publicationChecks = [
  planCheck(['purpose'], ({ purpose }) =>
    faultIf(purpose !== 'grants', 'purpose', {
      en: 'a measurement plan cannot be published',
      ar: 'لا تُنشر سياسة أُعدت للقياس',
    }),
  ),
  planCheck(['tranches'], ({ tranches: { releasers, preparation } }) => [
    ...faultIf(releasers < 1, 'tranches.releasers', {
      en: 'no payment without a releaser',
      ar: 'لا صرف بلا معتمِد للصرف',
    }),
    ...faultIf(preparation === 'automatic', 'tranches.preparation', {
      en: 'a person prepares payments',
      ar: 'يُعد الصرف شخص لا آلة',
    }),
  ]),
  planCheck(['agreement'], ({ agreement }) =>
    faultIf(!agreement.countersigned, 'agreement', {
      en: 'the Fund has to countersign',
      ar: 'لا بد من توقيع الصندوق',
    }),
  ),
  matrixIsTotal,
];

const checks = [...routeChecks, ...moneyChecks, ...peopleChecks, ...numberChecks, ...sectionChecks, ...variantChecks];

/** What can be said of the sections that are there. */
export const sectionFaults = (sections: PlanSections): PlanFault[] =>
  [...checks, ...publicationChecks].flatMap((check) => check(sections));

/** An empty list means that a request can run under the plan. */
export const planFaults = (plan: Plan): PlanFault[] => [
  ...checks.flatMap((check) => check(plan)),
  ...assumptionFaults(plan),
];

/** What else keeps a sound plan from being published for real requests. */
export const publishingFaults = (plan: Plan): PlanFault[] => [
  ...planFaults(plan),
  ...publicationChecks.flatMap((check) => check(plan)),
];
