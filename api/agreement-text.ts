// The agreement's text, generated from award, frozen submission and plan: the same request always gives the same words and hash.
import { piastres } from '../domain/amount.js';
import { tranchesOf } from '../domain/approval/agreement.js';
import type { GrantRequest, Tranche } from '../domain/grant-request.js';
import { resultsPlanOf } from '../domain/money/tranche-results.js';
import type { Plan, ResultsPlan } from '../domain/plan.js';
import { canonical, sha256 } from '../platform/hashing.js';

type Named = { readonly reference?: string; readonly titleAr?: string; readonly titleEn?: string };
export type Agreement = { readonly ar: string; readonly en: string; readonly documentSha256: string };

/** Latin digits and a point, whatever the language: a sum in an agreement must not depend on a locale's data. */
export const pounds = (amountMinor: string): string => {
  const digits = amountMinor.padStart(3, '0');
  const whole = digits.slice(0, -2).replaceAll(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${digits.slice(-2)}`;
};

const numbered = (lines: readonly string[]): string[] => lines.map((line, index) => `${index + 1}. ${line}`);

const percent = (basisPoints: number): string => `${basisPoints / 100}`;
/** What the parties sign about a tranche whose amount depends on results. */
const resultsIn = (tranche: Tranche, plan: Plan, words: (results: ResultsPlan) => string): string => {
  const results = resultsPlanOf(tranche, plan);
  return results === undefined ? '' : words(results);
};

type Facts = {
  readonly file: NonNullable<GrantRequest['file']>;
  readonly award: NonNullable<GrantRequest['award']>;
  readonly plan: Plan;
  readonly named: Named;
  readonly tranches: readonly Tranche[];
};

const arabic = ({ file, award, plan, named, tranches }: Facts): string[] => [
  `اتفاقية تمويل رقم ${named.reference ?? file.snapshot.id}`,
  `بين صندوق دعم مشروعات الجمعيات والمؤسسات الأهلية والجهة المسجلة برقم ${file.organisationId}.`,
  `المشروع: ${named.titleAr ?? file.callId}. البرنامج: ${file.programmeCode}.`,
  `مصدر التمويل: ${file.fundingSource}. السنة المالية: ${file.fiscalYear}.`,
  `نص الطلب المعتمد محفوظ ببصمة ${file.snapshot.sha256}.`,
  `قيمة المنحة ${pounds(award.amountMinor)} جنيه مصري، تُصرف على الدفعات الآتية:`,
  ...numbered(
    tranches.map((tranche) => {
      const name = tranche.purpose === 'retention' ? 'دفعة محتجزة حتى قبول التقرير النهائي' : 'دفعة';
      const results = resultsIn(
        tranche,
        plan,
        ({ indicator, target, leastBasisPoints }) =>
          ` بحد أقصى، تُستحق بنسبة المتحقق من المؤشر ${indicator} إلى المستهدف ${target}، وبما لا يقل عن ${percent(leastBasisPoints)} %`,
      );
      return `${name}: ${pounds(tranche.amountMinor)} جنيه${results}`;
    }),
  ),
  `التقارير الدورية المطلوبة: ${plan.reports.length}، آخرها التقرير النهائي.`,
  ...(award.conditions.length > 0 ? ['شروط اللجنة:', ...numbered(award.conditions)] : []),
  `تسري أحكام السياسة ${plan.code} الإصدار ${plan.version}.`,
];

const english = ({ file, award, plan, named, tranches }: Facts): string[] => [
  `Funding agreement no. ${named.reference ?? file.snapshot.id}`,
  `Between the Support Fund for NGO Projects and the organisation registered as ${file.organisationId}.`,
  `Project: ${named.titleEn ?? named.titleAr ?? file.callId}. Programme: ${file.programmeCode}.`,
  `Funding source: ${file.fundingSource}. Fiscal year: ${file.fiscalYear}.`,
  `The approved text of the request is kept under the hash ${file.snapshot.sha256}.`,
  `The award is EGP ${pounds(award.amountMinor)}, paid in these tranches:`,
  ...numbered(
    tranches.map((tranche) => {
      const name = tranche.purpose === 'retention' ? 'retained until the final report is accepted' : 'tranche';
      const results = resultsIn(
        tranche,
        plan,
        ({ indicator, target, leastBasisPoints }) =>
          ` at most, earned in the proportion of ${indicator} reached to the target of ${target}, not less than ${percent(leastBasisPoints)} %`,
      );
      return `${name}: EGP ${pounds(tranche.amountMinor)}${results}`;
    }),
  ),
  `Reports due: ${plan.reports.length}, the last one being the final report.`,
  ...(award.conditions.length > 0 ? ["The committee's conditions:", ...numbered(award.conditions)] : []),
  `The rules of plan ${plan.code}, version ${plan.version}, apply.`,
];

/** What was signed keeps the plan it was signed under, also after the request went on under a newer one. */
export const agreementPlanHashOf = (record: {
  readonly planHash: string;
  readonly state: Pick<GrantRequest, 'plan'>;
}): string => record.state.plan?.agreementHash ?? record.planHash;

/** Null while there is no award to agree on. */
export const agreementOf = ({ file, award }: GrantRequest, plan: Plan, named: Named): Agreement | null => {
  if (file === null || award === null) return null;
  const facts: Facts = { file, award, plan, named, tranches: tranchesOf(piastres(award.amountMinor), plan) };
  const ar = arabic(facts).join('\n');
  const en = english(facts).join('\n');
  return { ar, en, documentSha256: sha256(canonical({ ar, en })) };
};
