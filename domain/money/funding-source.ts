// Where the Fund's money comes from, and what it may be used for: the terms of a source bind every envelope filled from it.
import type { Refusal } from '../refusal.js';
import { refuse } from '../refusal.js';

/** What binds the money of a source. Absent: no restriction of this kind. */
export type SourceTerms = {
  readonly programmes?: readonly string[];
  readonly sectors?: readonly string[];
  readonly governorates?: readonly string[];
  readonly fromMs?: number;
  readonly untilMs?: number;
};

export type FundingSource = SourceTerms & {
  readonly code: string;
  readonly nameAr: string;
  readonly nameEn: string;
  /** Whose money it is, where it is somebody's in particular. */
  readonly donor?: string;
};

/** The terms alone, in one order: what a change of them is compared with. */
export const termsOf = ({ programmes, sectors, governorates, fromMs, untilMs }: SourceTerms): SourceTerms => ({
  ...(programmes === undefined ? {} : { programmes }),
  ...(sectors === undefined ? {} : { sectors }),
  ...(governorates === undefined ? {} : { governorates }),
  ...(fromMs === undefined ? {} : { fromMs }),
  ...(untilMs === undefined ? {} : { untilMs }),
});

/** A term by the name that refusals and the treasury's answer carry. */
export type SourceTerm = 'source-programmes' | 'source-sectors' | 'source-governorates' | 'source-period';

export type Use = {
  readonly programmeCode: string;
  readonly sector?: string | undefined;
  readonly governorates: readonly string[];
  readonly atMs: number;
};

type Wanted = readonly (string | undefined)[];

const outside = (allowed: Wanted | undefined, wanted: Wanted): boolean =>
  allowed !== undefined && wanted.some((one) => !allowed.includes(one));

type Filling = Pick<Use, 'programmeCode' | 'sector'>;

const brokenByFilling = (
  { programmes, sectors }: SourceTerms,
  { programmeCode, sector }: Filling,
): SourceTerm | null => {
  if (outside(programmes, [programmeCode])) return 'source-programmes';
  return outside(sectors, [sector]) ? 'source-sectors' : null;
};

/** The first term that this use would break. */
export const brokenTerm = (terms: SourceTerms, use: Use): SourceTerm | null => {
  const { governorates, fromMs = -Infinity, untilMs = Infinity } = terms;
  const filling = brokenByFilling(terms, use);
  if (filling) return filling;
  if (outside(governorates, use.governorates)) return 'source-governorates';
  return use.atMs < fromMs || untilMs <= use.atMs ? 'source-period' : null;
};

const refusedBy = (term: SourceTerm | null, { code }: FundingSource): { readonly refusal: Refusal } | null =>
  term === null ? null : refuse('conditionsNotMet', term, code);

/** An envelope is filled only for what its source may be used for, wherever the money comes from. */
export const fillingFault = (source: FundingSource, filling: Filling): { readonly refusal: Refusal } | null =>
  refusedBy(brokenByFilling(source, filling), source);

export const sourceFault = (source: FundingSource, use: Use): { readonly refusal: Refusal } | null =>
  refusedBy(brokenTerm(source, use), source);

/** Money that somebody gave for something stays with what it was given for: it never changes its source. */
export const transferFault = (from: FundingSource, to: FundingSource): { readonly refusal: Refusal } | null => {
  const bound = [from, to].find(({ donor }) => donor !== undefined);
  return from.code === to.code || bound === undefined
    ? null
    : refuse('conditionsNotMet', 'source-of-donor', bound.code);
};
