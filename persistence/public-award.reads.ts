// Awards as the public may read them: sums from ledger postings, names from the read models. Nothing here knows a person.
import type { Account } from '../domain/money/ledger.js';
import type { Figures } from '../domain/money/public-figures.js';
import { figureOf, noFigures } from '../domain/money/public-figures.js';
import type { PagePosition } from './keyset.js';
import { pageOf, rangesAfter } from './keyset.js';
import type { PostingDocument } from './ledger.model.js';
import { envelopeParts } from '../domain/money/envelope.js';
import { postingCollection, PostingModel } from './ledger.model.js';
import type { OrganisationDocument } from './organisation.model.js';
import { organisationCollection } from './organisation.model.js';
import type { RequestDocument } from './request.model.js';
import { requestCollection } from './request.model.js';

type Organisation = Pick<OrganisationDocument, '_id' | 'nameAr' | 'nameEn' | 'registrationNumber'>;
type Heading = Pick<
  RequestDocument,
  'reference' | 'titleAr' | 'titleEn' | 'programmeCode' | 'callId' | 'governorates' | 'updatedAt'
>;

export type PublicAward = Heading & {
  readonly requestId: string;
  /** Of the commitment: where a page of awards ends. */
  readonly postingId: string;
  readonly awardedAt: Date;
  readonly fundingSource: string;
  readonly fiscalYear: string;
  readonly organisation: Organisation | null;
  readonly requestedMinor: string;
  readonly figures: Figures;
};

export type AwardPage = { readonly after?: PagePosition; readonly limit: number };

/** An award becomes public with the posting that commits its money. */
type Commitment = Pick<PostingDocument, '_id' | 'envelopeId' | 'at'> & { readonly requestId: string };

type Sum = {
  readonly _id: { readonly requestId: string; readonly kind: string; readonly from: Account | 'outside' };
  readonly sum: bigint;
};

const figuresOf = async (requestIds: readonly string[]): Promise<ReadonlyMap<string, Figures>> => {
  const sums = await postingCollection()
    .aggregate<Sum>([
      { $match: { requestId: { $in: [...requestIds] } } },
      { $group: { _id: { requestId: '$requestId', kind: '$kind', from: '$from' }, sum: { $sum: '$amountMinor' } } },
    ])
    .toArray();
  const figures = new Map<string, Figures>();
  for (const { _id, sum } of sums) {
    const name = figureOf(_id.kind, _id.from);
    const before = figures.get(_id.requestId) ?? noFigures;
    if (name !== null) figures.set(_id.requestId, { ...before, [name]: before[name] + sum });
  }
  return figures;
};

const headingFields = {
  reference: 1,
  titleAr: 1,
  titleEn: 1,
  programmeCode: 1,
  callId: 1,
  governorates: 1,
  updatedAt: 1,
  organisationId: 1,
  requestedMinor: 1,
} as const;
type Read = Heading & Pick<RequestDocument, '_id' | 'organisationId' | 'requestedMinor'>;

/** Three reads for a page, whatever its length. */
const described = async (page: readonly Commitment[]): Promise<PublicAward[]> => {
  const ids = page.map(({ requestId }) => requestId);
  const [requests, figures] = await Promise.all([
    requestCollection()
      .find({ _id: { $in: ids } })
      .project<Read>(headingFields)
      .toArray(),
    figuresOf(ids),
  ]);
  const organisations = await organisationCollection()
    .find({ _id: { $in: requests.map(({ organisationId }) => organisationId) } })
    .project<Organisation>({ nameAr: 1, nameEn: 1, registrationNumber: 1 })
    .toArray();
  const byRequest = new Map(requests.map((request) => [request._id, request]));
  const byOrganisation = new Map(organisations.map((organisation) => [organisation._id, organisation]));
  return page.map(({ _id: postingId, requestId, envelopeId, at }): PublicAward => {
    const request = byRequest.get(requestId);
    // Posting and request are written in one transaction.
    if (request === undefined) throw new Error(`money is committed to ${requestId}, which is not there`);
    const { _id, organisationId, ...heading } = request;
    const { fundingSource, fiscalYear } = envelopeParts(envelopeId);
    return {
      ...heading,
      requestId: _id,
      postingId,
      awardedAt: at,
      fundingSource,
      fiscalYear,
      organisation: byOrganisation.get(organisationId) ?? null,
      figures: figures.get(_id) ?? noFigures,
    };
  });
};

/** A page of awards, newest first. */
export const publicAwards = async ({ after, limit }: AwardPage): Promise<PublicAward[]> => {
  const ranges = rangesAfter({ field: 'at', direction: -1 }, after, (text) => new Date(text));
  const page = await pageOf(ranges, limit, ({ where, order }, left) =>
    PostingModel.find({ kind: 'commit', ...where }, { envelopeId: 1, requestId: 1, at: 1 })
      .sort(order)
      .limit(left)
      .hint('commitments-by-age')
      .lean<Commitment[]>()
      .exec(),
  );
  return described(page);
};

export const awardPosition = ({ awardedAt, postingId }: PublicAward): PagePosition => ({
  value: awardedAt.toISOString(),
  id: postingId,
});

const pageSize = 500;

/** Every award, newest first; one page is in memory at a time. */
export async function* allPublicAwards(): AsyncGenerator<PublicAward> {
  let after: PagePosition | undefined;
  for (;;) {
    const page = await publicAwards({ limit: pageSize, ...(after === undefined ? {} : { after }) });
    yield* page;
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return;
    after = awardPosition(last);
  }
}
