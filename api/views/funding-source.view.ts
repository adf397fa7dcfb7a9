// Sources of money as people read them: whose it is, what binds it, and what somebody proposed to change.
import { z } from 'zod';
import type { SourceTerms } from '../../domain/money/funding-source.js';
import type { FundingSourceDocument } from '../../persistence/funding-source.model.js';
import { instant, version } from '../schemas/text.schema.js';

const terms = {
  programmes: z.array(z.string()).optional(),
  sectors: z.array(z.string()).optional(),
  governorates: z.array(z.string()).optional(),
  from: instant.optional(),
  until: instant.optional(),
} as const;

export const fundingSourceView = z.object({
  code: z.string(),
  version: version.meta({ description: 'What to send with a change of the terms; 0 while nobody has changed them' }),
  nameAr: z.string(),
  nameEn: z.string(),
  donor: z.string().optional(),
  ...terms,
  proposal: z
    .object({ terms: z.object(terms), proposedBy: z.string(), proposedAt: instant })
    .nullable()
    .meta({ description: 'Terms that wait for a second person; null for those who do not look after money' }),
});

const when = (name: 'from' | 'until', atMs: number | undefined) =>
  atMs === undefined ? {} : { [name]: new Date(atMs).toISOString() };

const termsShown = ({ programmes, sectors, governorates, fromMs, untilMs }: SourceTerms) => ({
  ...(programmes === undefined ? {} : { programmes: [...programmes] }),
  ...(sectors === undefined ? {} : { sectors: [...sectors] }),
  ...(governorates === undefined ? {} : { governorates: [...governorates] }),
  ...when('from', fromMs),
  ...when('until', untilMs),
});

export const fundingSourceViewOf = (
  source: FundingSourceDocument,
  showsProposal: boolean,
): z.output<typeof fundingSourceView> => {
  const { _id: code, nameAr, nameEn, donor, proposal } = source;
  return {
    ...{ code, version: source.version ?? 0, nameAr, nameEn },
    ...(donor === undefined ? {} : { donor }),
    ...termsShown(source),
    proposal:
      proposal === undefined || !showsProposal
        ? null
        : {
            terms: termsShown(proposal.terms),
            proposedBy: proposal.proposedBy,
            proposedAt: proposal.proposedAt.toISOString(),
          },
  };
};
