// Which source pays for each sample request: older money first, so that everything outside housing fits its envelope.
import { amountMinor, piastres } from '../../domain/amount.js';
import type { AmountMinor } from '../../domain/amount.js';
import type { Envelope, FundingSourceCode } from '../../sample/programmes.js';
import type { SampleRequest } from '../../sample/requests.js';
import type { Scenario } from '../../sample/scenarios.js';

export type Funding = {
  readonly source: FundingSourceCode;
  /** What the committee grants: what was asked, or what the source has left when that is nearly as much. */
  readonly awardMinor: AmountMinor;
  /** The approval is meant to be refused, because no source can carry it. */
  readonly overflows: boolean;
};

/** Scenarios that never come to an approval by the committee, so that their amounts bind nothing. */
const neverReserving: readonly Scenario[] = [
  'draft',
  'screening',
  'correction',
  'regional-opinion',
  'technical-review',
  'committee',
  'ineligible',
  'withdrawn',
  'lapsed',
];

/** A source that has at least this share of the amount left pays what it has; the committee then trims the award. */
const trimFromPercent = 90n;

type Purse = { readonly source: FundingSourceCode; left: bigint };

const choose = (purses: readonly Purse[], requested: bigint): Purse | null =>
  purses.find(({ left }) => left >= requested) ??
  purses.find(({ left }) => left * 100n >= requested * trimFromPercent) ??
  null;

const fundingOf = (request: SampleRequest, purses: readonly Purse[], reserves: boolean): Funding => {
  const requested = piastres(request.requestedMinor);
  const purse = choose(purses, requested) ?? purses[0];
  if (purse === undefined) throw new Error(`programme ${request.programmeCode} has no envelope`);
  const fits = choose([purse], requested) !== null;
  const award = fits && purse.left < requested ? purse.left : requested;
  if (fits && reserves) purse.left -= award;
  return { source: purse.source, awardMinor: amountMinor(award), overflows: !fits };
};

/**
 * By request index. Takes all requests of size `full`, whichever are loaded, so that a request has the same source at
 * every size. Requests that reserve money choose first, in their order; the others see what is left.
 */
export const assignFunding = (
  requests: readonly SampleRequest[],
  envelopes: readonly Envelope[],
): ReadonlyMap<number, Funding> => {
  const purses = new Map<string, Purse[]>();
  for (const { programmeCode, fundingSourceCode: source, amountMinor: amount } of envelopes)
    purses.set(programmeCode, [...(purses.get(programmeCode) ?? []), { source, left: piastres(amount) }]);
  const reserves = ({ target }: SampleRequest): boolean => !neverReserving.includes(target);
  const inOrder = [...requests.filter(reserves), ...requests.filter((request) => !reserves(request))];
  return new Map(
    inOrder.map((request) => [
      request.index,
      fundingOf(request, purses.get(request.programmeCode) ?? [], reserves(request)),
    ]),
  );
};

/** Sound sample data: every approval but the one of housing that is meant to fail finds its money. */
export const fundingFaults = (
  requests: readonly SampleRequest[],
  funding: ReadonlyMap<number, Funding>,
): readonly number[] =>
  requests
    .filter(({ target, programmeCode }) => !neverReserving.includes(target) || programmeCode === 'housing')
    .filter(({ index, target }) => funding.get(index)?.overflows !== (target === 'committee'))
    .map(({ index }) => index);
