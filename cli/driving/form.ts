// The form of a request as an applicant fills it in, from sample data.
import type { SampleRequest } from '../../sample/requests.js';

/** What a driver needs of a request to write and hand in its draft. */
export type DraftContent = Pick<
  SampleRequest,
  'titleAr' | 'titleEn' | 'summaryAr' | 'governorates' | 'localityAr' | 'project' | 'budgetLines'
>;

export type FormSections = {
  readonly project: Readonly<Record<string, unknown>>;
  readonly beneficiaries: Readonly<Record<string, unknown>>;
  readonly budget: { readonly lines: DraftContent['budgetLines'] };
};

/** An amount left for administration may be zero; such a line says nothing and is left out. */
const isUseful = ({ amountMinor }: DraftContent['budgetLines'][number]): boolean => amountMinor !== '0';

export const formOf = (content: DraftContent): FormSections => {
  const { titleAr, titleEn, summaryAr, governorates, localityAr, project, budgetLines } = content;
  const { startsOn, months, beneficiaries } = project;
  return {
    project: { titleAr, titleEn, summaryAr, governorates, localityAr, startsOn, months },
    beneficiaries: { count: beneficiaries },
    budget: { lines: budgetLines.filter(isUseful) },
  };
};

/** What an applicant mends when sections are found wanting: the text says so, the amounts stay. */
export const mended = (content: DraftContent, round: number): Pick<FormSections, 'project'> => ({
  project: { summaryAr: `${content.summaryAr} (استُكملت المستندات المطلوبة في الجولة ${round}.)` },
});
